/** Django's ORM: models with relations, managers, querysets. */
import type { EffectSpec } from "../../model/effect.ts";
import type { MethodSpec } from "../../model/library.ts";
import type { FieldSpec } from "../../model/models.ts";
import { library } from "../../model/library.ts";
import { named, names, one } from "../shapes/places.ts";

const query: EffectSpec = { kind: "db-read", list: true, blocking: true };
const write = (more: Partial<EffectSpec> = {}): MethodSpec => ({ effect: { kind: "db-write", blocking: true, ...more }, returns: "value" });
const chain: MethodSpec = { sets: {}, returns: one("QuerySet") };
const single: MethodSpec = { runs: true, sets: { list: false }, returns: one("Model") };
const counts: MethodSpec = { runs: true, sets: { list: false, count: true }, returns: "value", rows: { keeps: true } };

const to = named("to", 0);
const reverse = named("related_name");
const fields: Readonly<Record<string, FieldSpec>> = {
  ForeignKey: { relation: "one", via: "key", to, reverse },
  OneToOneField: { relation: "one", via: "one-to-one", to, reverse },
  ManyToManyField: { relation: "many", via: "many-to-many", to, reverse },
  GenericForeignKey: { relation: "one", via: "generic" },
  GenericRelation: { relation: "many", via: "reverse", to },
};

export default library({
  id: "django",
  language: "python",
  packages: ["django.db.models", "django.db.models.query", "django.db.models.manager", "django.contrib.contenttypes.fields"],
  models: {
    row: "Model",
    statics: "ModelClass",
    manager: "Manager",
    managers: ["objects", "_default_manager", "_base_manager"],
    many: { query: "Manager" },
    reads: { kind: "db-read", blocking: true },
    column: "_id",
    reverse: { many: "_set", one: "" },
    separator: "__",
  },
  exports: {
    Model: { class: "Model", statics: "ModelClass" },
    QuerySet: { class: "QuerySet", statics: "QuerySetClass" },
    ...names("Manager BaseManager", { class: "Manager", statics: "ManagerClass" }),
    Prefetch: { class: "Prefetch" },
    ...Object.fromEntries(Object.keys(fields).map((name) => [name, { class: name }])),
  },
  types: {
    ...Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, { field }])),
    ModelClass: { members: { objects: "Manager", _default_manager: "Manager", _base_manager: "Manager" } },
    Model: {
      members: {
        save: write({ instance: true }),
        delete: write({ instance: true }),
        refresh_from_db: { effect: { kind: "db-read", blocking: true }, returns: "void" },
      },
    },
    Prefetch: { loads: { path: named("lookup", 0), query: named("queryset", 1), as: named("to_attr", 2) } },
    QuerySetClass: { members: { as_manager: { returns: { type: "Manager" } } }, instances: "QuerySet" },
    ManagerClass: {
      members: { from_queryset: { returns: { type: "ManagerClass" } } },
      instances: "Manager",
      call: { returns: { type: "Manager" } },
    },
    Manager: {
      extends: "QuerySet",
      lazy: query,
      inert: true,
      element: one("Model"),
      members: { get_queryset: { ...chain, rows: { keeps: true } } },
    },
    QuerySet: {
      lazy: query,
      inert: true,
      element: one("Model"),
      members: {
        ...names(
          "filter exclude annotate alias order_by reverse distinct using defer only extra union intersection difference select_for_update iterator",
          chain,
        ),
        all: { ...chain, rows: { keeps: true } },
        none: { ...chain, rows: { none: true } },
        ...names("values values_list dates datetimes", { ...chain, rows: { plain: true } }),
        select_related: { ...chain, rows: { eager: "keys" } },
        prefetch_related: { ...chain, rows: { eager: "arguments" } },
        ...names("get first last earliest latest", single),
        ...names("count exists", counts),
        aggregate: { runs: true, sets: { list: false, count: true }, returns: "value" },
        ...names("create", { ...write(), returns: one("Model") }),
        ...names("bulk_create bulk_update", write({ bulk: true })),
        ...names("update delete", { runs: true, sets: { kind: "db-write", bulk: true, list: false }, returns: "value" }),
      },
    },
  },
});
