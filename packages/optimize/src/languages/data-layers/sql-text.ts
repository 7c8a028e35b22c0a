/** Whatever in Python is given the text of a statement: drivers and wrappers that no other file describes. */
import type { MethodSpec, ResultSpec, TypeSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { named, names } from "../shapes/places.ts";

/** `fetch_all(query="SELECT …")`: the text stands first, or under one of these names. */
const sql = { ...named("query", 0), or: { ...named("sql"), or: named("statement") } };

function connection(waits: boolean): TypeSpec {
  const asks = (list: boolean, returns: ResultSpec, bulk = false): MethodSpec => ({
    effect: { kind: "db-read", list, bulk, blocking: !waits, sql },
    promise: waits,
    returns,
  });
  const cursor: ResultSpec = { type: waits ? "AsyncCursor" : "Cursor" };
  return {
    serial: true,
    members: {
      ...names("execute query", asks(true, cursor)),
      ...names("executemany execute_many", asks(true, cursor, true)),
      ...names("fetch fetch_all fetchall", asks(true, "rows")),
      ...names("fetchrow fetch_one fetchone", asks(false, "row")),
      ...names("fetchval fetch_val", asks(false, "value")),
    },
  };
}

/** What executing gives: the cursor itself, or what was found. */
function cursor(waits: boolean): TypeSpec {
  const fetch = (returns: ResultSpec): MethodSpec => ({ fetches: true, returns, promise: waits });
  return {
    element: "row",
    members: {
      ...names("fetchall fetchmany all fetch_all", fetch("rows")),
      ...names("fetchone first one fetch_one", fetch("row")),
      ...names("scalar scalar_one", fetch("value")),
      close: { returns: "void", promise: waits },
    },
  };
}

export default library({
  id: "sql-text",
  language: "python",
  packages: ["any:sql"],
  receivers: [
    {
      given: "sql",
      calls: "execute query executemany execute_many fetch fetch_all fetchall fetchrow fetch_one fetchone fetchval fetch_val".split(" "),
      type: "Connection",
      waits: "AsyncConnection",
    },
  ],
  exports: {},
  types: { Connection: connection(false), AsyncConnection: connection(true), Cursor: cursor(false), AsyncCursor: cursor(true) },
});
