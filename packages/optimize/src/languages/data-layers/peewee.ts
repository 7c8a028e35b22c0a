/** Peewee: models that are asked by their classes, queries that run when they are gone through, keys that are read when they are touched. */
import type { EffectSpec } from "../../model/effect.ts";
import type { MethodSpec, ResultSpec, TypeSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import type { FieldSpec } from "../../model/models.ts";
import { many, named, names, one } from "../shapes/places.ts";

const row = one("Row");
const rows = many("Row");
const single = { list: false, limited: true } as const;

function runs(sets: Partial<EffectSpec> & { readonly limited?: boolean }, returns: ResultSpec): MethodSpec {
  return { runs: true, sets, returns };
}

function writes(more: Partial<EffectSpec>, returns: ResultSpec): MethodSpec {
  return { effect: { kind: "db-write", blocking: true, ...more }, returns };
}

const where: MethodSpec = { sets: { filter: [{ arg: 0 }], where: "expressions" } };

const select: TypeSpec = {
  lazy: { kind: "db-read", list: true, blocking: true },
  inert: true,
  gives: rows,
  element: row,
  any: { returns: "same" },
  members: {
    ...names("where orwhere", where),
    filter: { sets: { where: "keywords" } },
    order_by: { sets: { sort: "expressions" } },
    offset: { sets: { skip: [named("value", 0)] } },
    limit: { sets: { limit: [named("value", 0)] } },
    paginate: { sets: { limit: [named("paginate_by", 1)] } },
    for_update: { sets: { locks: true } },
    iterator: { sets: { stream: true } },
    // What is joined is mostly selected too, and then the rows hold it.
    ...names("join left_outer_join join_from", { sets: {}, rows: { eager: "all" } }),
    ...names("dicts tuples namedtuples", { sets: {}, rows: { plain: true } }),
    execute: runs({}, rows),
    ...names("get first get_or_none", runs(single, row)),
    scalar: runs(single, "value"),
    ...names("count exists", runs({ list: false, count: true }, "value")),
    ...names("alias cte sql", { returns: { type: "Expression" } }),
  },
};

/** A statement that changes rows and waits to be executed. */
function changing(bulk: boolean): TypeSpec {
  return {
    lazy: { kind: "db-write", bulk, blocking: true },
    inert: true,
    any: { returns: "same" },
    members: { where, execute: { runs: true, returns: "value" } },
  };
}

const write = (type: string): MethodSpec => ({ sets: {}, returns: one(type) });

const to = named("model", 0);
const key: FieldSpec = { relation: "one", via: "key", to, reverse: named("backref") };

const database: TypeSpec = {
  members: {
    execute_sql: { effect: { kind: "db-read", list: true, blocking: true, sql: named("sql", 0) }, returns: "rows" },
    ...names("atomic transaction", { wraps: 0, transactional: true, returns: { type: "Atomic" } }),
    ...names("create_tables drop_tables init bind bind_ctx", { returns: "void" }),
    connection_context: { returns: "value" },
    connect: { effect: { kind: "connect" }, returns: "value" },
    ...names("close is_closed", { returns: "value" }),
  },
};

export default library({
  id: "peewee",
  language: "python",
  packages: ["peewee", "playhouse.pool", "playhouse.postgres_ext", "playhouse.sqlite_ext", "playhouse.mysql_ext", "playhouse.shortcuts"],
  models: {
    row: "Row",
    statics: "Model",
    many: { query: "Select" },
    reads: { kind: "db-read", blocking: true },
    column: "_id",
    reverse: { many: "_set", one: "" },
    separator: ".",
  },
  exports: {
    Model: { class: "Row", statics: "Model" },
    ...names("ForeignKeyField DeferredForeignKey", { class: "Key" }),
    ManyToManyField: { class: "Many" },
    ...names("Database SqliteDatabase PostgresqlDatabase MySQLDatabase SqliteExtDatabase PostgresqlExtDatabase", { class: "Database" }),
    ...names("PooledSqliteDatabase PooledPostgresqlDatabase PooledMySQLDatabase PooledPostgresqlExtDatabase", { class: "Database" }),
    fn: { value: "Functions" },
    prefetch: { value: "Prefetch" },
  },
  types: {
    Row: {
      members: {
        save: writes({ instance: true }, "value"),
        delete_instance: writes({ instance: true }, "value"),
      },
    },
    Model: {
      instances: "Row",
      fields: "Expression",
      any: "Expression",
      members: {
        select: { hears: true, sets: {}, returns: one("Select") },
        filter: { sets: { where: "keywords" }, returns: one("Select") },
        ...names("get get_or_none", {
          effect: { kind: "db-read", blocking: true, filter: [{ arg: 0 }], where: "expressions" },
          returns: row,
        }),
        get_by_id: { effect: { kind: "db-read", blocking: true }, returns: row },
        get_or_create: {
          effect: { kind: "db-read", blocking: true, where: "keywords", makesMissing: true },
          also: [{ kind: "db-write", blocking: true }],
          returns: { tuple: [row, "value"] },
        },
        create: { ...writes({}, row), rows: { made: true } },
        ...names("bulk_create bulk_update", writes({ bulk: true }, "value")),
        ...names("set_by_id delete_by_id", writes({}, "value")),
        ...names("insert replace", write("Insert")),
        ...names("insert_many insert_from replace_many", write("Changing")),
        ...names("update delete", write("Changing")),
        ...names("create_table drop_table truncate_table", { returns: "void" }),
        ...names("table_exists alias noop", { returns: "value" }),
      },
    },
    Key: { field: key },
    Many: { field: { relation: "many", via: "many-to-many", to, reverse: named("backref"), through: named("through_model") } },
    Select: select,
    Insert: changing(false),
    Changing: changing(true),
    /** Columns and functions of them: what is selected of them are no rows of the model. */
    Expression: { any: { returns: "same" } },
    Functions: { any: { returns: { type: "Expression" } } },
    /** Each of the queries runs once, and the rows of the first hold those of the others. */
    Prefetch: {
      call: {
        runs: { arg: 0 },
        effect: { kind: "db-read", list: true, blocking: true },
        rows: { eager: "all" },
        returns: { type: "Row", list: true, table: { arg: 0 } },
      },
    },
    Database: database,
    Atomic: { members: { __enter__: { effect: { kind: "db-write", transaction: "begin" }, returns: "void" } } },
  },
});
