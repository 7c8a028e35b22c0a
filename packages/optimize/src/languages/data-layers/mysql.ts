/** mysql and mysql2 with callbacks. */
import type { CallbackSpec, MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names, within } from "../shapes/places.ts";

const query: MethodSpec = {
  effect: { kind: "db-read", list: true, sql: within(0, "sql") },
  callbacks: [1, 2].map((arg): CallbackSpec => ({ arg, runs: "once", params: ["value", "rows"] })),
  returns: { type: "Query" },
};

const done: readonly CallbackSpec[] = [
  { arg: 0, runs: "once" },
  { arg: 1, runs: "once" },
];
const plain: MethodSpec = { callbacks: done, returns: "void" };
const events: MethodSpec = { callbacks: [{ arg: 1, runs: "later" }], returns: "same" };

function transaction(step: "begin" | "commit" | "rollback"): MethodSpec {
  return { effect: { kind: "db-write", transaction: step }, callbacks: done, returns: "void" };
}

const createPool: MethodSpec = {
  effect: { kind: "connect" },
  returns: { type: "Pool" },
  pools: { max: ["connectionLimit"], url: "connectionLimit" },
};

const connection: Record<string, MethodSpec> = {
  ...names("query execute", query),
  beginTransaction: transaction("begin"),
  commit: transaction("commit"),
  rollback: transaction("rollback"),
  connect: plain,
  ping: plain,
  ...names("release end destroy changeUser", plain),
  ...names("on once", events),
  ...names("escape escapeId format", { returns: "value" }),
  promise: { returns: { type: "Promised" } },
};

const promised: MethodSpec = {
  effect: { kind: "db-read", list: true, sql: within(0, "sql") },
  returns: { tuple: ["rows", "value"] },
  promise: true,
};

export default library({
  id: "mysql",
  packages: ["mysql", "mysql2"],
  dialect: "mysql",
  exports: {
    default: { value: "Module" },
    createConnection: { value: "createConnection" },
    createPool: { value: "createPool" },
    createPoolCluster: { value: "createPoolCluster" },
    Pool: { type: "Pool" },
    Connection: { type: "Connection" },
    PoolConnection: { type: "Connection" },
  },
  types: {
    Module: {
      members: {
        createConnection: { effect: { kind: "connect" }, returns: { type: "Connection" } },
        createPool,
        createPoolCluster: { effect: { kind: "connect" }, returns: { type: "Pool" } },
        ...names("escape escapeId format raw", { returns: "value" }),
      },
    },
    createConnection: { call: { effect: { kind: "connect" }, returns: { type: "Connection" } } },
    createPool: { call: createPool },
    createPoolCluster: { call: { effect: { kind: "connect" }, returns: { type: "Pool" } } },
    Pool: {
      members: {
        ...connection,
        getConnection: {
          callbacks: [0, 1, 2].map((arg): CallbackSpec => ({ arg, runs: "once", params: ["value", { type: "Connection" }] })),
          returns: "void",
        },
      },
    },
    Connection: { serial: true, members: connection },
    Query: {
      members: { ...names("on once", events), stream: { returns: { type: "Rows" } } },
    },
    Rows: { element: "row", members: names<MethodSpec>("on once", events) },
    /** `pool.promise()` */
    Promised: {
      members: {
        ...names("query execute", promised),
        getConnection: {
          returns: { type: "Promised" },
          promise: true,
          lends: { what: "connection", back: ["release", "destroy", "end"], steady: ["beginTransaction", "rollback"] },
        },
        beginTransaction: { effect: { kind: "db-write", transaction: "begin" }, returns: "void", promise: true },
        commit: { effect: { kind: "db-write", transaction: "commit" }, returns: "void", promise: true },
        rollback: { effect: { kind: "db-write", transaction: "rollback" }, returns: "void", promise: true },
        ...names("release end connect ping", { returns: "void", promise: true }),
      },
    },
  },
});
