/** pg-promise: one method for each expected number of rows; tasks and transactions hand on the same protocol. */
import type { EffectSpec } from "../../model/effect.ts";
import type { CallbackSpec, MethodSpec, ResultSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names, within } from "../shapes/places.ts";

function query(effect: Partial<EffectSpec>, returns: ResultSpec): MethodSpec {
  return { effect: { kind: "db-read", sql: within(0, "text"), ...effect }, returns, promise: true };
}

const list = query({ list: true }, "rows");

function scoped(runs: "once" | "transaction"): MethodSpec {
  return {
    callbacks: [0, 1].map((arg): CallbackSpec => ({ arg, runs, params: [{ type: "Database" }] })),
    returns: "callback",
    promise: true,
  };
}

export default library({
  id: "pg-promise",
  packages: ["pg-promise"],
  dialect: "postgresql",
  exports: {
    default: { value: "initialise" },
    IDatabase: { type: "Database" },
    ITask: { type: "Database" },
    "pgPromise.IDatabase": { type: "Database" },
  },
  types: {
    initialise: { call: { returns: { type: "connect" } } },
    connect: {
      call: { effect: { kind: "connect" }, returns: { type: "Database" } },
      members: { helpers: "Helpers", as: "Helpers", end: { returns: "void" } },
    },
    Helpers: { any: { returns: "value" } },
    Database: {
      members: {
        ...names("any many manyOrNone query func proc", list),
        ...names("one oneOrNone", query({}, "row")),
        none: query({ kind: "db-write" }, "void"),
        multi: query({ list: true }, "value"),
        result: query({ list: true }, { properties: { rows: "rows", rowCount: "value" } }),
        map: { ...list, callbacks: [{ arg: 2, runs: "each", over: -1, params: ["row", "index"] }] },
        each: { ...list, callbacks: [{ arg: 2, runs: "each", over: -1, params: ["row", "index"] }] },
        stream: {
          effect: { kind: "db-read", list: true, stream: true },
          callbacks: [{ arg: 1, runs: "once" }],
          returns: "value",
          promise: true,
        },
        ...names("task taskIf", scoped("once")),
        ...names("tx txIf", scoped("transaction")),
        batch: { returns: { argument: 0 }, promise: true },
        connect: { returns: "same", promise: true, lends: { what: "connection", back: ["done"] } },
      },
    },
  },
});
