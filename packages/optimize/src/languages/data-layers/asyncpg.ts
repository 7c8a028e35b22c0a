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
  ...names("copy_records_to_table copy_to_table", { effect: { kind: "db-write", bulk: true }, returns: "value", promise: true }),
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
    CreatePool: { call: { returns: { type: "Pool" } } },
    Connection: {
      serial: true,
      members: {
        ...statements,
        transaction: { returns: "value" },
        prepare: { returns: { type: "Statement" }, promise: true },
        close: { returns: "void", promise: true },
      },
    },
    Pool: {
      members: {
        ...statements,
        acquire: { returns: { type: "Connection" } },
        ...names("release close", { returns: "void", promise: true }),
      },
    },
    Statement: { members: names("get_attributes get_parameters", { returns: "value" }) },
  },
});
