/** MongoEngine: documents that are asked by `objects`; references are read when they are touched. */
import type { EffectSpec } from "../../model/effect.ts";
import type { MethodSpec, ResultSpec, TypeSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import type { FieldSpec } from "../../model/models.ts";
import { many, named, names, one } from "../shapes/places.ts";

const row = one("Row");
const rows = many("Row");
const single = { list: false, limited: true } as const;
const pagination: ResultSpec = { properties: { items: rows, total: "value", page: "value", pages: "value" } };

function runs(sets: Partial<EffectSpec> & { readonly limited?: boolean }, returns: ResultSpec): MethodSpec {
  return { runs: true, sets, returns };
}

function writes(more: Partial<EffectSpec>, returns: ResultSpec): MethodSpec {
  return { effect: { kind: "db-write", blocking: true, ...more }, returns };
}

const asked: MethodSpec = { sets: { where: "keywords" }, returns: one("QuerySet") };

const querySet: TypeSpec = {
  lazy: { kind: "db-read", list: true, blocking: true },
  inert: true,
  gives: rows,
  element: row,
  /** `User.objects(active=True)` */
  call: asked,
  members: {
    filter: asked,
    ...names(
      "all clone no_cache cache read_preference read_concern hint batch_size timeout allow_disk_use comment collation using search_text",
      {
        sets: {},
        returns: one("QuerySet"),
      },
    ),
    order_by: { sets: { sort: "arguments" }, returns: one("QuerySet") },
    ...names("only exclude fields", { sets: { columns: [{ arg: 0 }] }, returns: one("QuerySet") }),
    limit: { sets: { limit: [named("n", 0)] }, returns: one("QuerySet") },
    skip: { sets: { skip: [named("n", 0)] }, returns: one("QuerySet") },
    none: { sets: {}, rows: { none: true }, returns: one("QuerySet") },
    ...names("select_related no_dereference", { sets: {}, rows: { eager: "all" }, returns: one("QuerySet") }),
    ...names("as_pymongo scalar values_list", { sets: { columns: [{ arg: 0 }] }, rows: { plain: true }, returns: one("QuerySet") }),
    ...names("get get_or_404", runs({ ...single, where: "keywords" }, row)),
    ...names("first first_or_404 with_id", runs(single, row)),
    ...names("count sum average", runs({ list: false, count: true }, "value")),
    ...names("distinct item_frequencies", runs({}, "rows")),
    aggregate: runs({ stages: [named("pipeline", 0)] }, "rows"),
    in_bulk: { runs: true, sets: { bulk: true }, returns: rows, rows: { byKey: true } },
    ...names("update delete", runs({ kind: "db-write", list: false, bulk: true }, "value")),
    ...names("update_one upsert_one modify", runs({ kind: "db-write", list: false }, "value")),
    create: { ...writes({}, row), rows: { made: true } },
    insert: writes({ bulk: true }, { argument: 0 }),
    paginate: {
      runs: true,
      sets: { list: true, limit: [named("per_page", 1)] },
      also: [{ kind: "db-read", count: true, blocking: true }],
      returns: pagination,
    },
    ...names("to_json explain", { returns: "value" }),
  },
};

const key: FieldSpec = { relation: "one", via: "key", to: named("document_type", 0) };

export default library({
  id: "mongoengine",
  language: "python",
  packages: [
    "mongoengine",
    "mongoengine.document",
    "mongoengine.fields",
    "mongoengine.queryset",
    "mongoengine.queryset.queryset",
    "flask_mongoengine",
    "flask_mongoengine.documents",
  ],
  models: {
    row: "Row",
    statics: "Model",
    manager: "QuerySet",
    managers: ["objects"],
    many: { query: "QuerySet" },
    reads: { kind: "db-read", blocking: true },
    separator: "__",
    asks: ["get", "filter"],
  },
  exports: {
    ...names("Document DynamicDocument", { class: "Row", statics: "Model" }),
    ...names("QuerySet BaseQuerySet QuerySetNoCache", { class: "QuerySet", statics: "QuerySetClass" }),
    MongoEngine: { class: "FlaskDatabase" },
    ReferenceField: { class: "Reference" },
    GenericReferenceField: { class: "GenericReference" },
    ...names("connect register_connection", { value: "Connect" }),
  },
  types: {
    Row: {
      members: {
        save: writes({ instance: true }, "same"),
        ...names("delete update modify", writes({ instance: true }, "value")),
        reload: { effect: { kind: "db-read", blocking: true, instance: true }, returns: "same" },
        select_related: { effect: { kind: "db-read", blocking: true, list: true }, returns: "same" },
        ...names("to_mongo to_json validate clean", { returns: "value" }),
      },
    },
    Model: {
      instances: "Row",
      members: {
        objects: "QuerySet",
        ...names("ensure_indexes create_index drop_collection", { returns: "void" }),
      },
    },
    QuerySet: querySet,
    QuerySetClass: { members: { as_manager: { returns: { type: "QuerySet" } } }, instances: "QuerySet" },
    Reference: { field: key },
    GenericReference: { field: { relation: "one", via: "generic" } },
    /** `db = MongoEngine(app)`: the classes of the package under one name. */
    FlaskDatabase: { members: { ...names("Document DynamicDocument", "Model"), ...names("init_app", { returns: "void" }) } },
    Connect: { call: { effect: { kind: "connect" }, returns: "value" } },
  },
});
