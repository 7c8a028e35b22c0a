/** The standard library's sqlite3. */
import { library } from "../../model/library.ts";
import { dbApiTypes } from "../shapes/db-api.ts";

export default library({
  id: "python-sqlite3",
  language: "python",
  packages: ["sqlite3"],
  dialect: "sqlite",
  exports: { connect: { value: "Connect" }, Connection: { type: "Connection" }, Cursor: { type: "Cursor" } },
  types: {
    ...dbApiTypes("", { sql: "sql", promise: false, chains: true, direct: true }),
    Connect: { call: { effect: { kind: "connect", blocking: true }, returns: { type: "Connection" } } },
  },
});
