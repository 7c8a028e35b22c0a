/** `databases`: statements of SQLAlchemy or texts of SQL, sent by one object that waits. */
import type { MethodSpec, ResultSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { named, names } from "../shapes/places.ts";

function read(list: boolean, returns: ResultSpec): MethodSpec {
  return {
    runs: named("query", 0),
    sets: { list },
    effect: { kind: "db-read", list, sql: named("query", 0) },
    returns,
    promise: true,
  };
}

export default library({
  id: "databases",
  language: "python",
  packages: ["databases", "databases.core"],
  exports: { Database: { class: "Database" }, Connection: { type: "Database" } },
  types: {
    Database: {
      members: {
        fetch_all: read(true, "rows"),
        fetch_one: read(false, "row"),
        fetch_val: read(false, "value"),
        iterate: { ...read(true, "rows"), promise: false },
        execute: { runs: named("query", 0), effect: { kind: "db-write", sql: named("query", 0) }, returns: "value", promise: true },
        execute_many: {
          runs: named("query", 0),
          sets: { bulk: true },
          effect: { kind: "db-write", bulk: true, sql: named("query", 0) },
          returns: "value",
          promise: true,
        },
        transaction: { wraps: 0, transactional: true, returns: { type: "Transaction" } },
        connection: { returns: "same" },
        connect: { effect: { kind: "connect" }, returns: "void", promise: true },
        ...names("disconnect", { returns: "void", promise: true }),
      },
    },
    Transaction: {
      members: {
        start: { effect: { kind: "db-write", transaction: "begin" }, returns: "same", promise: true },
        commit: { effect: { kind: "db-write", transaction: "commit" }, returns: "void", promise: true },
        rollback: { effect: { kind: "db-write", transaction: "rollback" }, returns: "void", promise: true },
      },
    },
  },
});
