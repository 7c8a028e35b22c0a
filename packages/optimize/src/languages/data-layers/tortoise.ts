/** Tortoise: models that are asked by their classes; everything runs when it is awaited. */
import type { EffectSpec } from "../../model/effect.ts";
import type { MethodSpec, TypeSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import type { FieldSpec } from "../../model/models.ts";
import { many, named, names, one } from "../shapes/places.ts";

const row = one("Row");
const chain: MethodSpec = { sets: {}, returns: one("Query") };

function answers(type: string, sets: Partial<EffectSpec> & { readonly limited?: boolean } = {}): MethodSpec {
  return { sets: { list: false, ...sets }, returns: one(type) };
}

function writes(more: Partial<EffectSpec>, returns: MethodSpec["returns"]): MethodSpec {
  return { effect: { kind: "db-write", ...more }, promise: true, ...(returns === undefined ? {} : { returns }) };
}

const looksUp: MethodSpec = {
  effect: { kind: "db-read", where: "keywords", makesMissing: true },
  also: [{ kind: "db-write" }],
  promise: true,
  returns: { tuple: [row, "value"] },
};

/** What a class is asked, and a query further. */
const asking: Readonly<Record<string, MethodSpec>> = {
  filter: { ...chain, sets: { where: "keywords" } },
  exclude: { ...chain, sets: { where: "excluded" } },
  ...names("all annotate distinct using_db", chain),
  select_for_update: { ...chain, sets: { locks: true } },
  raw: { sets: { sql: named("sql", 0) }, returns: one("Query") },
  ...names("get get_or_none", answers("One", { limited: true, where: "keywords" })),
  ...names("first last earliest latest", answers("One", { limited: true })),
  exists: answers("Value", { count: true, where: "keywords" }),
  in_bulk: { effect: { kind: "db-read", list: true, bulk: true }, promise: true, returns: many("Row") },
};

/** Clauses of a query that was begun. */
const clauses: Readonly<Record<string, MethodSpec>> = {
  ...names("group_by join use_index force_index resolve_ordering", chain),
  order_by: { ...chain, sets: { sort: "arguments" } },
  limit: { ...chain, sets: { limit: [named("limit", 0)] } },
  offset: { ...chain, sets: { skip: [named("offset", 0)] } },
  only: { ...chain, sets: { columns: [{ arg: 0 }] } },
  ...names("values values_list", { sets: { columns: [{ arg: 0 }] }, rows: { plain: true } }),
  select_related: { sets: {}, rows: { eager: "arguments" } },
  prefetch_related: { sets: {}, rows: { eager: "arguments", by: "statement" } },
  count: answers("Value", { count: true }),
  update: answers("Change", { kind: "db-write", bulk: true }),
  delete: answers("Change", { kind: "db-write", bulk: true, beside: "cascades" }),
};

const query: TypeSpec = {
  lazy: { kind: "db-read", list: true },
  gives: many("Row"),
  element: row,
  any: { returns: "same" },
  members: { ...asking, ...clauses },
};

const to = named("model_name", 0);
const reverse = named("related_name", 1);
const onDelete = named("on_delete", 2);
const key: FieldSpec = { relation: "one", via: "key", to, reverse, onDelete };

export default library({
  id: "tortoise",
  language: "python",
  packages: [
    "tortoise",
    "tortoise.models",
    "tortoise.fields",
    "tortoise.fields.relational",
    "tortoise.queryset",
    "tortoise.query_utils",
    "tortoise.transactions",
    "tortoise.connection",
  ],
  models: {
    row: "Row",
    statics: "Model",
    one: { query: "One" },
    many: { query: "Related" },
    reads: { kind: "db-read" },
    column: "_id",
    reverse: { many: "s", one: "" },
    separator: "__",
  },
  exports: {
    Model: { class: "Row", statics: "Model" },
    QuerySet: { type: "Query" },
    Prefetch: { class: "Prefetch" },
    ForeignKeyField: { class: "Key" },
    OneToOneField: { class: "OneToOne" },
    ManyToManyField: { class: "Many" },
    ...names("in_transaction", { value: "Transaction" }),
    atomic: { value: "Atomic" },
    connections: { value: "Connections" },
    Tortoise: { value: "Tortoise" },
  },
  types: {
    Row: {
      members: {
        save: writes({ instance: true }, "void"),
        delete: writes({ instance: true, beside: "cascades" }, "void"),
        fetch_related: {
          effect: { kind: "db-read", list: true, instance: true },
          rows: { eager: "arguments", by: "statement" },
          promise: true,
          returns: "void",
        },
        refresh_from_db: { effect: { kind: "db-read", instance: true }, promise: true, returns: "void" },
        update_from_dict: { returns: "same" },
      },
    },
    Model: {
      instances: "Row",
      members: {
        ...asking,
        create: { ...writes({}, row), rows: { made: true } },
        ...names("get_or_create update_or_create", looksUp),
        ...names("bulk_create bulk_update", writes({ bulk: true }, "value")),
        fetch_for_list: {
          effect: { kind: "db-read", list: true, bulk: true },
          promise: true,
          returns: "void",
        },
      },
    },
    Query: query,
    /** What a row leads to: many. */
    Related: {
      ...query,
      members: {
        ...asking,
        ...clauses,
        all: { ...chain, rows: { keeps: true } },
        ...names("add remove clear", writes({ bulk: true }, "void")),
      },
    },
    One: {
      lazy: { kind: "db-read" },
      gives: row,
      any: { returns: "same" },
      members: {
        select_related: { sets: {}, rows: { eager: "arguments" } },
        prefetch_related: { sets: {}, rows: { eager: "arguments", by: "statement" } },
        ...names("values values_list", { sets: {}, rows: { plain: true } }),
      },
    },
    Value: { lazy: { kind: "db-read", count: true }, gives: "value", any: { returns: "same" } },
    Change: { lazy: { kind: "db-write", bulk: true }, gives: "value", any: { returns: "same" } },
    Prefetch: { loads: { path: named("relation", 0), query: named("queryset", 1), as: named("to_attr", 2) } },
    Key: { field: key },
    OneToOne: { field: { ...key, via: "one-to-one" } },
    Many: { field: { relation: "many", via: "many-to-many", to, reverse: named("related_name"), through: named("through") } },
    Transaction: { call: { effect: { kind: "db-write", transaction: "begin" }, returns: { type: "Connection" } } },
    Atomic: { call: { wraps: 0, transactional: true, returns: { type: "Atomic" } } },
    Connections: { members: { get: { returns: { type: "Connection" } } } },
    Tortoise: {
      members: {
        get_connection: { returns: { type: "Connection" } },
        ...names("init generate_schemas close_connections", { returns: "void", promise: true }),
      },
    },
    Connection: {
      members: {
        ...names("execute_query execute_query_dict", {
          effect: { kind: "db-read", list: true, sql: named("query", 0) },
          promise: true,
          returns: "rows",
        }),
        execute_insert: { effect: { kind: "db-write", sql: named("query", 0) }, promise: true, returns: "value" },
        execute_many: { effect: { kind: "db-write", bulk: true, sql: named("query", 0) }, promise: true, returns: "void" },
        execute_script: { effect: { kind: "db-write", sql: named("query", 0) }, promise: true, returns: "void" },
      },
    },
  },
});
