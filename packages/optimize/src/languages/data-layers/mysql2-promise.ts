/** mysql2/promise: rows and fields come as a pair. */
import type { LendsSpec } from "../../model/lends.ts";
import type { ExportSpec, MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names, within } from "../shapes/places.ts";

const query: MethodSpec = {
  effect: { kind: "db-read", list: true, sql: within(0, "sql") },
  returns: { tuple: ["rows", "value"] },
  promise: true,
};

function transaction(step: "begin" | "commit" | "rollback"): MethodSpec {
  return { effect: { kind: "db-write", transaction: step }, returns: "void", promise: true };
}

const lends: LendsSpec = { what: "connection", back: ["release", "destroy", "end"], steady: ["beginTransaction", "rollback"] };
const plain: MethodSpec = { returns: "void", promise: true };
const createConnection: MethodSpec = { effect: { kind: "connect" }, returns: { type: "Connection" }, promise: true };
const createPool: MethodSpec = {
  effect: { kind: "connect" },
  returns: { type: "Pool" },
  pools: { max: ["connectionLimit"], url: "connectionLimit", patience: "" },
};

export default library({
  id: "mysql2-promise",
  packages: ["mysql2/promise", "mysql2/promise.js"],
  dialect: "mysql",
  exports: {
    default: { value: "Module" },
    createConnection: { value: "createConnection" },
    createPool: { value: "createPool" },
    Pool: { type: "Pool" },
    ...names<ExportSpec>("Connection PoolConnection", { type: "Connection" }),
  },
  types: {
    Module: { members: { createConnection, createPool, ...names("escape escapeId format raw", { returns: "value" }) } },
    createConnection: { call: createConnection },
    createPool: { call: createPool },
    Pool: { extends: "Connection", members: { getConnection: { returns: { type: "Connection" }, promise: true, lends } } },
    Connection: {
      serial: true,
      members: {
        ...names("query execute", query),
        beginTransaction: transaction("begin"),
        commit: transaction("commit"),
        rollback: transaction("rollback"),
        ...names("release end connect ping destroy", plain),
        on: { callbacks: [{ arg: 1, runs: "later" }], returns: "same" },
        ...names("escape escapeId format", { returns: "value" }),
      },
    },
  },
});
