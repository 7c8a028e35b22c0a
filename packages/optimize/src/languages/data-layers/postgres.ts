/** postgres (porsager): a tag that runs when awaited, and is a mere fragment inside another tag. */
import type { CallbackSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

const query = { sets: { sql: { arg: 0 } }, returns: { type: "Query" } } as const;

export default library({
  id: "postgres",
  packages: ["postgres"],
  dialect: "postgresql",
  exports: {
    default: { value: "connect" },
    Sql: { type: "Sql" },
    TransactionSql: { type: "Sql" },
    "postgres.Sql": { type: "Sql" },
    "postgres.TransactionSql": { type: "Sql" },
  },
  types: {
    connect: { call: { effect: { kind: "connect" }, returns: { type: "Sql" }, pools: { max: ["max"], patience: "" } } },
    Sql: {
      call: query,
      members: {
        unsafe: query,
        file: { effect: { kind: "db-read", list: true }, returns: "rows", promise: true },
        ...names("begin savepoint", {
          callbacks: [0, 1].map((arg): CallbackSpec => ({ arg, runs: "transaction", params: [{ type: "Sql" }] })),
          returns: "callback",
          promise: true,
        }),
        reserve: { returns: "same", promise: true, lends: { what: "connection", back: ["release"] } },
        ...names("json array typed types", { returns: "value" }),
        listen: { callbacks: [{ arg: 1, runs: "later" }], returns: "value", promise: true },
        subscribe: { callbacks: [{ arg: 1, runs: "later" }], returns: "value", promise: true },
        notify: { effect: { kind: "db-write" }, returns: "void", promise: true },
        ...names("end close release", { returns: "void", promise: true }),
      },
    },
    Query: {
      lazy: { kind: "db-read", list: true },
      gives: "rows",
      members: {
        execute: { runs: true, promise: true },
        cursor: {
          runs: true,
          sets: { stream: true },
          callbacks: [0, 1].map((arg): CallbackSpec => ({ arg, runs: "batches", params: ["rows"] })),
          returns: { type: "Chunks" },
          promise: true,
        },
        forEach: {
          runs: true,
          sets: { stream: true },
          callbacks: [{ arg: 0, runs: "each", over: -1, params: ["row"] }],
          returns: "void",
          promise: true,
        },
        ...names("values raw simple cancel", { returns: "same" }),
        describe: { effect: { kind: "db-read" }, returns: "value", promise: true },
      },
    },
    Chunks: { element: "rows" },
  },
});
