/** @clickhouse/client: one statement a call, rows read from the result set. */
import type { ExportSpec, MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { at, names } from "../shapes/places.ts";

const statement: MethodSpec = { effect: { kind: "db-write", sql: { arg: 0, property: "query" } }, returns: "value", promise: true };

export default library({
  id: "clickhouse",
  packages: ["@clickhouse/client", "@clickhouse/client-web"],
  exports: { createClient: { value: "createClient" }, ...names<ExportSpec>("ClickHouseClient NodeClickHouseClient", { type: "Client" }) },
  types: {
    createClient: { call: { effect: { kind: "connect" }, returns: { type: "Client" } } },
    Client: {
      members: {
        query: {
          effect: { kind: "db-read", list: true, sql: { arg: 0, property: "query" } },
          returns: { type: "ResultSet" },
          promise: true,
        },
        insert: {
          effect: { kind: "db-write", table: { arg: 0, property: "table" }, bulkIn: at(0, "values") },
          returns: "value",
          promise: true,
        },
        ...names("command exec", statement),
        ping: { effect: { kind: "db-read" }, returns: "value", promise: true },
        close: { returns: "void", promise: true },
      },
    },
    ResultSet: {
      members: {
        json: { returns: "rows", promise: true },
        text: { returns: "value", promise: true },
        stream: { returns: { type: "Chunks" } },
        close: { returns: "void" },
      },
    },
    Chunks: { element: "rows", members: { on: { callbacks: [{ arg: 1, runs: "batches", params: ["rows"] }], returns: "same" } } },
  },
});
