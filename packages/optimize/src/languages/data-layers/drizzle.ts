/** Drizzle: builders that run when awaited, relational queries by table name, SQL tags. Synchronous drivers run on all/get/run. */
import type { EffectSpec } from "../../model/effect.ts";
import type { ExportSpec, MethodSpec, ResultSpec, TypeSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { at, names, one } from "../shapes/places.ts";

const drivers =
  "node-postgres postgres-js neon-http neon-serverless vercel-postgres pglite aws-data-api/pg pg-proxy " +
  "mysql2 planetscale-serverless tidb-serverless mysql-proxy " +
  "better-sqlite3 libsql libsql/node libsql/web libsql/http bun-sqlite bun-sql d1 expo-sqlite op-sqlite sql-js sqlite-proxy durable-sqlite " +
  "pg-core mysql-core sqlite-core singlestore singlestore-core gel";

const relational = {
  kind: "db-read",
  filter: at(0, "where"),
  eager: at(0, "with"),
  columns: at(0, "columns"),
} as const;

/** Members that run the builder at once. */
const runs: Record<string, MethodSpec> = {
  ...names("execute all values", { runs: true, promise: true }),
  get: { runs: true, sets: { list: false }, returns: "row", promise: true },
  run: { runs: true, returns: "value", promise: true },
  iterator: { runs: true, sets: { stream: true }, returns: "rows" },
  prepare: { returns: "same" },
  $dynamic: { returns: "same" },
  $withCache: { returns: "same" },
  toSQL: { returns: "value" },
  getSQL: { returns: "value" },
};

const select: TypeSpec = {
  lazy: { kind: "db-read", list: true },
  any: { returns: "same" },
  members: {
    ...runs,
    from: { table: { arg: 0 }, returns: "same" },
    where: { sets: { filter: at(0), where: "expressions" } },
    having: { sets: {} },
    orderBy: { sets: { sort: "expressions" } },
    offset: { sets: { skip: at(0) } },
    limit: { sets: { limited: true } },
    as: { returns: "value" },
  },
};

function write(sets: Partial<EffectSpec> = {}): TypeSpec {
  return {
    lazy: { kind: "db-write", ...sets },
    gives: "rows",
    any: { returns: "same" },
    members: {
      ...runs,
      values: { sets: { bulkIn: at(0) } },
      where: { sets: { filter: at(0), where: "expressions" } },
      set: { sets: { columns: at(0) } },
    },
  };
}

function builder(type: string): MethodSpec {
  return { returns: { type, table: { arg: 0 } } };
}

/** A statement in a template: rows, in the driver's own shape. */
function statement(returns: ResultSpec): MethodSpec {
  return { effect: { kind: "db-read", list: true, sql: { arg: 0 } }, returns, promise: true };
}

const database: TypeSpec = {
  members: {
    ...names("select selectDistinct selectDistinctOn", { sets: { columns: at(0) }, returns: { type: "Select" } }),
    $count: { effect: { kind: "db-read", count: true, table: { arg: 0 }, filter: at(1) }, returns: "value", promise: true },
    query: "Query",
    _query: "Query",
    ...names("insert replace", builder("Insert")),
    ...names("update delete", builder("Change")),
    execute: statement("rows"),
    all: statement("rows"),
    values: statement("rows"),
    get: { effect: { kind: "db-read", sql: { arg: 0 } }, returns: "row", promise: true },
    run: { effect: { kind: "db-write", sql: { arg: 0 } }, returns: "value", promise: true },
    batch: { returns: { argument: 0 }, promise: true },
    transaction: {
      callbacks: [{ arg: 0, runs: "transaction", params: [{ type: "Database" }] }],
      returns: "callback",
      promise: true,
    },
    ...names("with $primary", { returns: "same" }),
    $with: { returns: { type: "Cte" } },
    rollback: { ends: true },
    refreshMaterializedView: { effect: { kind: "db-write", table: { arg: 0 } }, returns: "void", promise: true },
  },
};

const tableKinds = "pgTable mysqlTable sqliteTable singlestoreTable pgView mysqlView sqliteView pgMaterializedView";
const databaseTypes =
  "PgDatabase PgTransaction MySqlDatabase MySqlTransaction BaseSQLiteDatabase SQLiteTransaction NodePgDatabase PostgresJsDatabase " +
  "NeonHttpDatabase NeonDatabase VercelPgDatabase PgliteDatabase MySql2Database PlanetScaleDatabase BetterSQLite3Database LibSQLDatabase " +
  "DrizzleD1Database BunSQLiteDatabase ExpoSQLiteDatabase SQLJsDatabase DrizzleSqliteDODatabase";

export default library({
  id: "drizzle",
  packages: ["drizzle-orm", ...drivers.split(" ").map((driver) => `drizzle-orm/${driver}`)],
  exports: {
    default: { value: "Module" },
    drizzle: { value: "drizzle" },
    sql: { value: "sql" },
    relations: { value: "plain" },
    ...names<ExportSpec>(tableKinds, { value: "table" }),
    ...names<ExportSpec>("pgTableCreator mysqlTableCreator sqliteTableCreator", { value: "creator" }),
    ...names<ExportSpec>("pgSchema mysqlSchema", { value: "schema" }),
    ...names<ExportSpec>(databaseTypes, { type: "Database" }),
  },
  types: {
    Module: {},
    drizzle: { call: { effect: { kind: "connect" }, returns: { type: "Database" } } },
    /** Text only: it runs when a database gets it. */
    sql: { call: { returns: { argument: 0 } }, any: { returns: { argument: 0 } } },
    plain: { call: { returns: "value" } },
    table: { call: { returns: { type: "Table", table: { arg: 0 } } } },
    creator: { call: { returns: { type: "table" } } },
    schema: { call: { returns: { type: "Schema" } } },
    Schema: { members: names<MethodSpec>("table view materializedView", { returns: { type: "Table", table: { arg: 0 } } }) },
    Table: {},
    Database: database,
    Cte: { members: { as: { returns: "value" } } },
    Query: { any: "RelationalTable", anyNamesTable: true },
    RelationalTable: {
      members: {
        findMany: { sets: { ...relational, list: true, limit: at(0, "limit") }, returns: one("Relational") },
        findFirst: { sets: { ...relational, list: false }, returns: one("Relational") },
      },
    },
    Relational: { lazy: { kind: "db-read" }, members: { ...runs, sync: { runs: true } } },
    Select: select,
    Insert: write(),
    Change: write({ bulk: true }),
  },
});
