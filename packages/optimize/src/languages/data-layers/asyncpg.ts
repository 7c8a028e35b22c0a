import type { MethodSpec, ResultSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { named, names } from "../shapes/places.ts";

const read = (list: boolean, returns: ResultSpec): MethodSpec => ({
  effect: { kind: "db-read", list, sql: named("query", 0) },
  returns,
  promise: true,
});

const statements = {
  fetch: read(true, "rows"),
  fetchrow: read(false, "row"),
  fetchval: read(false, "value"),
  execute: read(false, "value"),
  executemany: { effect: { kind: "db-write", bulk: true, sql: named("command", 0) }, returns: "value", promise: true },
  ...names("copy_records_to_table copy_to_table", {
    effect: { kind: "db-write", bulk: true, table: named("table_name", 0) },
    returns: "value",
    promise: true,
  }),
} as const;

export default library({
  id: "asyncpg",
  language: "python",
  packages: ["asyncpg"],
  dialect: "postgresql",
  exports: {
    connect: { value: "Connect" },
    create_pool: { value: "CreatePool" },
    Connection: { type: "Connection" },
    Pool: { type: "Pool" },
  },
  types: {
    Connect: { call: { effect: { kind: "connect" }, returns: { type: "Connection" }, promise: true } },
    // A pool is made at once and opened when it is waited for.
    CreatePool: { call: { returns: { type: "Pool" }, pools: { max: ["max_size"] } } },
    Connection: {
      serial: true,
      members: {
        ...statements,
        transaction: { returns: "value" },
        prepare: { sets: { sql: named("query", 0) }, returns: { type: "Statement" }, promise: true },
        cursor: { sets: { sql: named("query", 0), stream: true }, returns: { type: "Cursor" } },
        close: { returns: "void", promise: true },
      },
    },
    Pool: {
      members: {
        ...statements,
        acquire: { returns: { type: "Connection" }, lends: { what: "connection", back: [], to: ["release"] } },
        ...names("release close", { returns: "void", promise: true }),
      },
    },
    Statement: {
      lazy: { kind: "db-read", list: true },
      inert: true,
      members: {
        fetch: { runs: true, sets: { list: true }, returns: "rows", promise: true },
        fetchrow: { runs: true, sets: { list: false }, returns: "row", promise: true },
        fetchval: { runs: true, sets: { list: false }, returns: "value", promise: true },
        executemany: { runs: true, sets: { bulk: true }, returns: "value", promise: true },
        cursor: { sets: { stream: true }, returns: { type: "Cursor" } },
        ...names("get_attributes get_parameters", { returns: "value" }),
      },
    },
    Cursor: { lazy: { kind: "db-read", list: true, stream: true }, inert: true, element: "row" },
  },
});
