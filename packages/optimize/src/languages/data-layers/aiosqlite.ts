/** aiosqlite: the standard library's sqlite3 in a thread of its own, each call waited for. */
import type { MethodSpec, ResultSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { dbApiTypes } from "../shapes/db-api.ts";
import { named } from "../shapes/places.ts";

const shape = dbApiTypes("", { sql: "sql", promise: true, chains: true, direct: true });

function read(list: boolean, returns: ResultSpec): MethodSpec {
  return { effect: { kind: "db-read", list, sql: named("sql", 0) }, returns, promise: true };
}

export default library({
  id: "aiosqlite",
  language: "python",
  packages: ["aiosqlite"],
  dialect: "sqlite",
  exports: { connect: { value: "Connect" }, Connection: { type: "Connection" }, Cursor: { type: "Cursor" } },
  types: {
    ...shape,
    Connection: {
      ...shape["Connection"],
      members: {
        ...shape["Connection"]?.members,
        execute_fetchall: read(true, "rows"),
        execute_insert: read(false, "row"),
      },
    },
    Connect: { call: { effect: { kind: "connect" }, returns: { type: "Connection" }, promise: true } },
  },
});
