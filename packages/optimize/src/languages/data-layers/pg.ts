/** node-postgres: SQL text or a query object, on pool, client or pooled client. */
import type { CallbackSpec, MethodSpec, ResultSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names, within } from "../shapes/places.ts";

const result: ResultSpec = { properties: { rows: "rows", rowCount: "value", fields: "value", command: "value" } };

const query: MethodSpec = {
  effect: { kind: "db-read", list: true, sql: within(0, "text") },
  callbacks: [1, 2].map((arg): CallbackSpec => ({ arg, runs: "once", params: ["value", result] })),
  returns: result,
  promise: true,
};

const events: MethodSpec = { callbacks: [{ arg: 1, runs: "later" }], returns: "same" };
const end: MethodSpec = { returns: "void", promise: true };

export default library({
  id: "pg",
  packages: ["pg", "pg-pool"],
  dialect: "postgresql",
  exports: {
    default: { class: "Pool" },
    Pool: { class: "Pool" },
    Client: { class: "Client" },
    PoolClient: { type: "Client" },
    ClientBase: { type: "Client" },
    native: { value: "Module" },
  },
  types: {
    Module: {},
    Pool: {
      construct: { effect: { kind: "connect" }, pools: { max: ["max"], patience: "connectionTimeoutMillis" } },
      members: {
        query,
        connect: {
          callbacks: [{ arg: 0, runs: "once", params: ["value", { type: "Client" }, "value"] }],
          returns: { type: "Client" },
          promise: true,
          lends: { what: "connection", back: ["release", "end"] },
        },
        end,
        ...names("on once", events),
      },
    },
    Client: {
      serial: true,
      members: {
        query,
        connect: { effect: { kind: "connect" }, callbacks: [{ arg: 0, runs: "once" }], returns: "void", promise: true },
        release: { returns: "void" },
        end,
        ...names("on once", events),
        ...names("escapeIdentifier escapeLiteral", { returns: "value" }),
      },
    },
  },
});
