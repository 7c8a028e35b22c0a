/** Models of Django: fields that relate, rows, and the bases that other packages bring. */
import type { EffectSpec } from "../../../model/effect.ts";
import type { ExportSpec, MethodSpec, TypeSpec } from "../../../model/library.ts";
import type { FieldSpec, ModelsSpec } from "../../../model/models.ts";
import { named, names, one } from "../places.ts";

const to = named("to", 0);
const reverse = named("related_name");
const onDelete = named("on_delete", 1);
const key: FieldSpec = { relation: "one", via: "key", to, reverse, onDelete };
const many: FieldSpec = { relation: "many", via: "many-to-many", to, reverse, through: named("through") };

const fields: Readonly<Record<string, FieldSpec>> = {
  ForeignKey: key,
  ForeignObject: key,
  ParentalKey: key,
  TreeForeignKey: key,
  OneToOneField: { ...key, via: "one-to-one" },
  AutoOneToOneField: { ...key, via: "one-to-one" },
  ManyToManyField: many,
  ParentalManyToManyField: many,
  SortedManyToManyField: many,
  TreeManyToManyField: many,
  GenericForeignKey: { relation: "one", via: "generic" },
  GenericRelation: { relation: "many", via: "reverse", to },
};

const read = (more: Partial<EffectSpec> = {}): EffectSpec => ({ kind: "db-read", blocking: true, ...more });
const write = (more: Partial<EffectSpec> = {}): MethodSpec => ({
  effect: { kind: "db-write", blocking: true, instance: true, ...more },
  returns: "value",
});
const waited = (more: Partial<EffectSpec> = {}): MethodSpec => ({
  effect: { kind: "db-write", instance: true, ...more },
  promise: true,
  returns: "value",
});
const cascades = { beside: "cascades" } as const;
const neighbour: MethodSpec = { effect: read(), returns: one("Model") };
const near = { effect: read(), returns: one("Model") } as const;

export const modelTypes: Readonly<Record<string, TypeSpec>> = {
  ...Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, { field }])),
  ModelClass: { members: names("objects _default_manager _base_manager", "Manager") },
  Model: {
    members: {
      save: write(),
      delete: write(cascades),
      asave: waited(),
      adelete: waited(cascades),
      refresh_from_db: { effect: { ...read(), instance: true }, returns: "void" },
      arefresh_from_db: { effect: { kind: "db-read", instance: true }, promise: true, returns: "void" },
      ...names("get_next_by_* get_previous_by_*", neighbour),
    },
  },
  /** Rows of trees: the neighbours are queries. */
  Node: {
    extends: "Model",
    members: {
      ...names(
        "get_parent get_root get_first_child get_last_child get_prev_sibling get_next_sibling get_first_sibling get_last_sibling",
        near,
      ),
      ...names("get_children get_ancestors get_descendants get_siblings get_family get_leafnodes", {
        sets: {},
        returns: { type: "QuerySet", table: "receiver" },
      }),
      ...names("get_children_count get_descendant_count", { effect: read({ count: true }), returns: "value" }),
      ...names("add_child add_sibling move move_to insert_at", { effect: { kind: "db-write", blocking: true }, returns: one("Model") }),
    },
  },
  Enumeration: { enumerates: true },
  OnDelete: { call: { returns: { type: "OnDelete" } } },
  Prefetch: { loads: { path: named("lookup", 0), query: named("queryset", 1), as: named("to_attr", 2) } },
};

const model: ExportSpec = { class: "Model", statics: "ModelClass" };
const account: ExportSpec = { ...model, account: true };

/** Bases and tables; those of packages that build on Django are its own kind. */
export const modelExports: Readonly<Record<string, ExportSpec>> = {
  ...names("Choices TextChoices IntegerChoices", { class: "Enumeration" }),
  Model: model,
  Prefetch: { class: "Prefetch" },
  ...names("CASCADE PROTECT RESTRICT SET_NULL SET_DEFAULT DO_NOTHING SET", { value: "OnDelete" }),
  ...Object.fromEntries(Object.keys(fields).map((name) => [name, { class: name }])),
  ...names("AbstractUser AbstractBaseUser", account),
  ...names("User Group Permission ContentType Site Session LogEntry FlatPage Redirect Token TaggedItem Tag", model),
  ...names("PermissionsMixin ClusterableModel TimeStampedModel UUIDModel StatusModel SoftDeletableModel TimeFramedModel", model),
  ...names("PolymorphicModel TranslatableModel SingletonModel OrderedModel SafeDeleteModel TagBase ItemBase GenericTaggedItemBase", model),
  ...names("TaggedItemBase Orderable TranslatableMixin ActivatorModel TitleDescriptionModel TitleSlugDescriptionModel", model),
  ...names("MP_Node NS_Node AL_Node MPTTModel", { class: "Node", statics: "ModelClass" }),
};

export const modelPackages: readonly string[] = (
  "django.db.models django.db.models.deletion django.db.models.base django.db.models.query django.db.models.manager django.db.models.fields.related " +
  "django.contrib.gis.db.models django.contrib.contenttypes.fields django.contrib.contenttypes.models django.contrib.auth.models " +
  "django.contrib.auth.base_user django.contrib.sites.models django.contrib.sessions.models django.contrib.admin.models " +
  "django.contrib.flatpages.models django.contrib.redirects.models rest_framework.authtoken.models " +
  "treebeard.mp_tree treebeard.ns_tree treebeard.al_tree mptt.models mptt.fields mptt.managers modelcluster.models modelcluster.fields " +
  "taggit.models model_utils.models django_extensions.db.models polymorphic.models parler.models solo.models ordered_model.models " +
  "safedelete.models sortedm2m.fields annoying.fields wagtail.models wagtail.core.models"
).split(" ");

/** Relations of the tables that Django brings. */
export const modelsSpec: ModelsSpec = {
  row: "Model",
  statics: "ModelClass",
  truth: "rows",
  manager: "Manager",
  managers: ["objects", "_default_manager", "_base_manager"],
  many: { query: "Manager" },
  reads: read(),
  column: "_id",
  reverse: { many: "_set", one: "" },
  separator: "__",
  asks: "get filter exclude".split(" "),
  account: "User",
  known: {
    User: { groups: ["many", "Group"], user_permissions: ["many", "Permission"] },
    Group: { permissions: ["many", "Permission"], user_set: ["many", "User"] },
    Permission: { content_type: ["one", "ContentType"], group_set: ["many", "Group"] },
    LogEntry: { user: ["one", "User"], content_type: ["one", "ContentType"] },
    Token: { user: ["one", "User"] },
    TaggedItem: { tag: ["one", "Tag"], content_type: ["one", "ContentType"] },
  },
};
