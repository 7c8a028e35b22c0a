/** Knex: builders that run when awaited, raw SQL, transactions whose handle is a knex again. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { at, names } from "../shapes/places.ts";

const start: MethodSpec = { returns: { type: "Builder" } };
const create: MethodSpec = { effect: { kind: "connect" }, returns: { type: "Knex" }, pools: { max: ["pool.max"] } };
const raw: MethodSpec = { sets: { sql: { arg: 0 } }, returns: { type: "Raw" } };
const from: MethodSpec = { table: { arg: 0 }, returns: "same" };
const count: MethodSpec = { sets: { count: true, list: false } };

/** Members that a builder and knex itself share. */
const clauses: Record<string, MethodSpec> = {
  ...names("select column columns distinct distinctOn", { sets: { columns: at(0) } }),
  ...names("insert upsert", { sets: { kind: "db-write", list: false, bulkIn: at(0) } }),
  ...names("update del delete truncate increment decrement", { sets: { kind: "db-write", list: false, bulk: true } }),
  ...names("first", { sets: { list: false, columns: at(0) } }),
  ...names("count countDistinct min max sum sumDistinct avg avgDistinct", count),
  ...names("where andWhere orWhere having orHaving where* andWhere* orWhere* having* orHaving*", { sets: { filter: at(0) } }),
  ...names("where andWhere orWhere where* andWhere* orWhere*", { sets: { filter: at(0), where: "pair" } }),
  orderBy: { sets: { sort: "pair" } },
  orderByRaw: { sets: { sort: "pair" } },
  offset: { sets: { skip: at(0) } },
  limit: { sets: { limited: true } },
  ...names("transacting", { sets: { within: at(0) } }),
  ...names("from into table fromRaw", from),
};

/** On knex itself each clause starts a builder. */
const starts = Object.fromEntries(
  Object.entries(clauses).map(([name, spec]): [string, MethodSpec] => [name, { ...spec, returns: { type: "Builder" } }]),
);

const transaction: MethodSpec = {
  effect: { kind: "db-write", transaction: "begin" },
  callbacks: [{ arg: 0, runs: "transaction", params: [{ type: "Knex" }] }],
  returns: "callback",
  otherwise: { type: "Knex" },
  promise: true,
  lends: { what: "transaction", back: ["commit", "rollback"] },
};

const schemaChange: MethodSpec = { effect: { kind: "db-write", table: { arg: 0 } }, returns: "void", promise: true };

export default library({
  id: "knex",
  packages: ["knex", "nestjs-knex"],
  exports: {
    default: { value: "create" },
    knex: { value: "create" },
    Knex: { type: "Knex" },
    "Knex.Transaction": { type: "Knex" },
    "Knex.QueryBuilder": { type: "Builder" },
    "Knex.Raw": { type: "Raw" },
  },
  types: {
    create: { call: create },
    Knex: {
      call: { table: { arg: 0 }, returns: { type: "Builder", table: { arg: 0 } } },
      members: {
        ...starts,
        raw,
        queryBuilder: start,
        ...names("with withRecursive withSchema", start),
        transaction,
        transactionProvider: { returns: "value" },
        batchInsert: { effect: { kind: "db-write", bulk: true, table: { arg: 0 } }, returns: "value", promise: true },
        schema: "Schema",
        ...names("ref fn", { returns: "value" }),
        commit: { effect: { kind: "db-write", transaction: "commit" }, returns: "void", promise: true },
        rollback: { effect: { kind: "db-write", transaction: "rollback" }, returns: "void", promise: true },
        destroy: { returns: "void", promise: true },
        on: { callbacks: [{ arg: 1, runs: "later" }], returns: "same" },
      },
    },
    Builder: {
      lazy: { kind: "db-read", list: true },
      any: { returns: "same" },
      members: {
        ...clauses,
        ...names("join innerJoin leftJoin leftOuterJoin rightJoin rightOuterJoin fullOuterJoin crossJoin joinRaw union unionAll", {
          sets: { joined: true },
        }),
        modify: { callbacks: [{ arg: 0, runs: "once", params: [{ type: "Builder", table: "receiver" }] }], returns: "same" },
        ...names("asCallback", { runs: true, callbacks: [{ arg: 0, runs: "once", params: ["value", "rows"] }] }),
        ...names("stream pipe", { runs: true, sets: { stream: true }, callbacks: [{ arg: 0, runs: "once" }], returns: { type: "Rows" } }),
        ...names("toSQL toQuery toString", { returns: "value" }),
        on: { callbacks: [{ arg: 1, runs: "later" }], returns: "same" },
      },
    },
    Rows: {
      element: "row",
      members: names<MethodSpec>("on once", { callbacks: [{ arg: 1, runs: "later", params: ["row"] }], returns: "same" }),
    },
    /** What a raw statement answers depends on the driver. */
    Raw: { lazy: { kind: "db-read", list: true }, gives: "value", any: { returns: "same" } },
    Schema: {
      members: names<MethodSpec>("hasTable hasColumn", { effect: { kind: "db-read", table: { arg: 0 } }, returns: "value", promise: true }),
      any: schemaChange,
    },
  },
});
