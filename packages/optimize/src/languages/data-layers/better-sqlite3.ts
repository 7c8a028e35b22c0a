/** better-sqlite3, node:sqlite and bun:sqlite: every statement blocks the thread; a prepared statement runs on get, all, run, iterate. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

const prepare: MethodSpec = { sets: { sql: { arg: 0 } }, returns: { type: "Statement" } };
const exec: MethodSpec = { effect: { kind: "db-write", blocking: true, sql: { arg: 0 } }, returns: "same" };

export default library({
  id: "better-sqlite3",
  packages: ["better-sqlite3", "better-sqlite3-multiple-ciphers", "node:sqlite", "bun:sqlite"],
  dialect: "sqlite",
  exports: {
    default: { class: "Database" },
    Database: { class: "Database" },
    DatabaseSync: { class: "Database" },
    "Database.Database": { type: "Database" },
    "Database.Statement": { type: "Statement" },
  },
  types: {
    Database: {
      construct: { effect: { kind: "connect", blocking: true } },
      members: {
        ...names("prepare query", prepare),
        exec,
        run: exec,
        pragma: { effect: { kind: "db-read", blocking: true }, returns: "value" },
        transaction: { wraps: 0, transactional: true },
        backup: { effect: { kind: "file-write" }, returns: "value", promise: true },
        ...names("function aggregate table loadExtension unsafeMode", { returns: "same" }),
        close: { returns: "void" },
      },
    },
    Statement: {
      lazy: { kind: "db-read", blocking: true },
      inert: true,
      members: {
        all: { runs: true, sets: { list: true }, returns: "rows" },
        get: { runs: true, returns: "row" },
        run: { runs: true, sets: { kind: "db-write" }, returns: "value" },
        iterate: { runs: true, sets: { list: true, stream: true }, returns: { type: "Rows" } },
        values: { runs: true, sets: { list: true }, returns: "rows" },
        ...names("pluck expand raw bind safeIntegers setReadBigInts setAllowBareNamedParameters", { returns: "same" }),
      },
    },
    Rows: { element: "row" },
  },
});
