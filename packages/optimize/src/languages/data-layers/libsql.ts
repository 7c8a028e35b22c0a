/** libSQL (Turso) and PlanetScale's client: statements as texts or objects, batches of them in one request. */
import type { EffectSpec } from "../../model/effect.ts";
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names, within } from "../shapes/places.ts";

const execute: MethodSpec = {
  effect: { kind: "db-read", list: true, sql: within(0, "sql") },
  returns: { properties: { rows: "rows", rowsAffected: "value", insertId: "value", lastInsertRowid: "value" } },
  promise: true,
};

function transaction(step: NonNullable<EffectSpec["transaction"]>): MethodSpec {
  return { effect: { kind: "db-write", transaction: step }, returns: "void", promise: true };
}

export default library({
  id: "libsql",
  packages: [
    "@libsql/client",
    "@libsql/client/web",
    "@libsql/client/http",
    "@libsql/client/node",
    "@libsql/client/sqlite3",
    "@planetscale/database",
  ],
  exports: {
    createClient: { value: "Create" },
    connect: { value: "Create" },
    Client: { class: "Client" },
    Connection: { type: "Client" },
    Transaction: { type: "Transaction" },
  },
  types: {
    Create: { call: { returns: { type: "Client" } } },
    Client: {
      members: {
        execute,
        ...names("batch migrate", { effect: { kind: "db-write", bulk: true }, returns: "value", promise: true }),
        executeMultiple: { effect: { kind: "db-write", sql: { arg: 0 } }, returns: "void", promise: true },
        transaction: {
          callbacks: [{ arg: 0, runs: "transaction", params: [{ type: "Transaction" }] }],
          effect: { kind: "db-write", transaction: "begin" },
          returns: "callback",
          otherwise: { type: "Transaction" },
          promise: true,
        },
        connection: { returns: "same" },
        ...names("sync refresh", { returns: "value", promise: true }),
        close: { returns: "void" },
      },
    },
    Transaction: {
      serial: true,
      members: {
        execute,
        batch: { effect: { kind: "db-write", bulk: true }, returns: "value", promise: true },
        commit: transaction("commit"),
        rollback: transaction("rollback"),
        close: { returns: "void" },
      },
    },
  },
});
