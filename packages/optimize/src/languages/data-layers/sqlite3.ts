/** sqlite3 with callbacks, and the promise form of `sqlite`. */
import type { EffectSpec } from "../../model/effect.ts";
import type { CallbackSpec, MethodSpec, ResultSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";

function after(param: ResultSpec): readonly CallbackSpec[] {
  return [1, 2].map((arg): CallbackSpec => ({ arg, runs: "once", params: ["value", param] }));
}

/** The callback form gives the database back; the promise form gives the rows. Only rows are followed. */
function query(effect: Partial<EffectSpec>, returns: ResultSpec): MethodSpec {
  return { effect: { kind: "db-read", sql: { arg: 0 }, ...effect }, callbacks: after(returns), returns, promise: true };
}

const each: readonly CallbackSpec[] = [1, 2].map((arg): CallbackSpec => ({ arg, runs: "each", over: -1, params: ["value", "row"] }));

const members: Record<string, MethodSpec> = {
  all: query({ list: true }, "rows"),
  get: query({}, "row"),
  run: query({ kind: "db-write" }, "value"),
  exec: query({ kind: "db-write" }, "value"),
  each: { effect: { kind: "db-read", list: true, stream: true, sql: { arg: 0 } }, callbacks: each, returns: "value", promise: true },
  prepare: { sets: { sql: { arg: 0 } }, returns: { type: "Statement" } },
  serialize: { callbacks: [{ arg: 0, runs: "once" }], returns: "void" },
  parallelize: { callbacks: [{ arg: 0, runs: "once" }], returns: "void" },
  close: { callbacks: [{ arg: 0, runs: "once" }], returns: "void", promise: true },
  on: { callbacks: [{ arg: 1, runs: "later" }], returns: "same" },
};

export default library({
  id: "sqlite3",
  packages: ["sqlite3", "sqlite"],
  dialect: "sqlite",
  exports: { default: { value: "Module" }, Database: { class: "Database" }, open: { value: "open" } },
  types: {
    Module: { members: { verbose: { returns: "same" } } },
    open: { call: { effect: { kind: "connect" }, returns: { type: "Database" }, promise: true } },
    Database: { construct: { effect: { kind: "connect" } }, members },
    Statement: {
      lazy: { kind: "db-read" },
      inert: true,
      members: {
        all: { runs: true, sets: { list: true }, callbacks: after("rows"), returns: "rows", promise: true },
        get: { runs: true, callbacks: after("row"), returns: "row", promise: true },
        run: { runs: true, sets: { kind: "db-write" }, callbacks: after("value"), returns: "same" },
        finalize: { returns: "void" },
        bind: { returns: "same" },
      },
    },
  },
});
