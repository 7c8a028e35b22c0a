/** Kysely: builders that run only on execute* and stream. */
import type { EffectSpec } from "../../model/effect.ts";
import type { ExportSpec, MethodSpec, TypeSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { at, names } from "../shapes/places.ts";

const runs: Record<string, MethodSpec> = {
  execute: { runs: true, promise: true },
  ...names("executeTakeFirst executeTakeFirstOrThrow", { runs: true, sets: { list: false }, returns: "row", promise: true }),
  stream: { runs: true, sets: { stream: true }, returns: { type: "Rows" } },
  compile: { returns: "value" },
  explain: { effect: { kind: "db-read" }, returns: "value", promise: true },
  $call: { callbacks: [{ arg: 0, runs: "once", params: ["same"] }], returns: "callback" },
  $if: { callbacks: [{ arg: 1, runs: "once", params: ["same"] }], returns: "same" },
};

const clauses: Record<string, MethodSpec> = {
  where: { sets: { filter: at(0), where: "pair" } },
  ...names("whereRef having", { sets: {} }),
  orderBy: { sets: { sort: "pair" } },
  offset: { sets: { skip: at(0) } },
  ...names("innerJoin leftJoin rightJoin fullJoin crossJoin innerJoinLateral leftJoinLateral", { sets: { joined: true } }),
  ...names("limit top fetch", { sets: { limited: true } }),
  select: { sets: { columns: at(0) } },
};

function builder(lazy: EffectSpec, members: Record<string, MethodSpec> = {}): TypeSpec {
  return { lazy, inert: true, any: { returns: "same" }, members: { ...runs, ...clauses, ...members } };
}

function start(type: string): MethodSpec {
  return { table: { arg: 0 }, returns: { type, table: { arg: 0 } } };
}

const database: Record<string, MethodSpec | string> = {
  selectFrom: start("Select"),
  selectNoFrom: { returns: { type: "Select" } },
  ...names("insertInto replaceInto", start("Insert")),
  ...names("updateTable deleteFrom mergeInto", start("Change")),
  /** What is asked under a name decides what the statement gives. */
  ...names("with withRecursive", { returns: { type: "Named" } }),
  ...names("withSchema withPlugin withoutPlugins withTables", { returns: "same" }),
  transaction: { returns: { type: "TransactionBuilder" } },
  startTransaction: { returns: { type: "TransactionBuilder" } },
  connection: { returns: { type: "ConnectionBuilder" } },
  executeQuery: { effect: { kind: "db-read", list: true }, returns: { properties: { rows: "rows" } }, promise: true },
  schema: "Schema",
  destroy: { returns: "void", promise: true },
};

/** `trx.commit().execute()` of a controlled transaction. */
function end(transaction: "commit" | "rollback"): MethodSpec {
  return { sets: { transaction }, returns: { type: "End" } };
}

export default library({
  id: "kysely",
  packages: ["kysely"],
  exports: {
    Kysely: { class: "Kysely" },
    Transaction: { type: "Kysely" },
    ControlledTransaction: { type: "Kysely" },
    sql: { value: "sql" },
    ...names<ExportSpec>("SelectQueryBuilder", { type: "Select" }),
  },
  types: {
    Kysely: { construct: { effect: { kind: "connect" } }, members: { ...database, commit: end("commit"), rollback: end("rollback") } },
    TransactionBuilder: {
      any: { returns: "same" },
      members: {
        execute: {
          effect: { kind: "db-write", transaction: "begin" },
          callbacks: [{ arg: 0, runs: "transaction", params: [{ type: "Kysely" }] }],
          returns: "callback",
          otherwise: { type: "Kysely" },
          promise: true,
        },
      },
    },
    ConnectionBuilder: {
      members: { execute: { callbacks: [{ arg: 0, runs: "once", params: [{ type: "Kysely" }] }], returns: "callback", promise: true } },
    },
    /** `` sql`…`.execute(db) `` */
    sql: { call: { sets: { sql: { arg: 0 } }, returns: { type: "Statement" } }, any: { returns: "value" } },
    Statement: {
      lazy: { kind: "db-read", list: true },
      inert: true,
      any: { returns: "same" },
      members: { execute: { runs: true, returns: { properties: { rows: "rows" } }, promise: true } },
    },
    /** Statements with a name, and none yet that asks them. */
    Named: { lazy: { kind: "db-read", list: true }, inert: true, members: database, any: { returns: "same" } },
    Select: builder({ kind: "db-read", list: true }),
    Insert: builder({ kind: "db-write" }, { values: { sets: { bulkIn: at(0) } } }),
    Change: builder({ kind: "db-write", bulk: true }, { set: { sets: { columns: at(0) } } }),
    Rows: { element: "row" },
    Schema: { any: { returns: { type: "SchemaChange" } } },
    End: { lazy: { kind: "db-write" }, inert: true, members: { execute: { runs: true, returns: "void", promise: true } } },
    SchemaChange: {
      lazy: { kind: "db-write" },
      inert: true,
      any: { returns: "same" },
      members: { execute: { runs: true, returns: "void", promise: true } },
    },
  },
});
