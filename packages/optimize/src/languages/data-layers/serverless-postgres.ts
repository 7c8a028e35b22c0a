/** PostgreSQL over HTTP or WebSocket: @neondatabase/serverless and @vercel/postgres, which speak as node-postgres does. */
import type { MethodSpec, ResultSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names, within } from "../shapes/places.ts";

const result: ResultSpec = { properties: { rows: "rows", rowCount: "value", fields: "value" } };
const query: MethodSpec = { effect: { kind: "db-read", list: true, sql: within(0, "text") }, returns: result, promise: true };
const rows: MethodSpec = { ...query, returns: "rows" };
const end: MethodSpec = { returns: "void", promise: true };

export default library({
  id: "serverless-postgres",
  packages: ["@neondatabase/serverless", "@vercel/postgres"],
  dialect: "postgresql",
  exports: {
    default: { value: "Module" },
    Pool: { class: "Pool" },
    Client: { class: "Client" },
    neon: { value: "neon" },
    sql: { value: "sql" },
    db: { value: "Pool" },
    createPool: { value: "createPool" },
    createClient: { value: "createClient" },
  },
  types: {
    Module: {},
    Pool: {
      construct: { effect: { kind: "connect" } },
      members: {
        query,
        sql: "sql",
        connect: { returns: { type: "Client" }, promise: true, lends: { what: "connection", back: ["release", "end"] } },
        end,
        on: { callbacks: [{ arg: 1, runs: "later" }] },
      },
    },
    Client: {
      members: {
        query,
        sql: "sql",
        connect: { effect: { kind: "connect" }, returns: "void", promise: true },
        ...names("release end", end),
      },
    },
    createPool: { call: { effect: { kind: "connect" }, returns: { type: "Pool" } } },
    createClient: { call: { returns: { type: "Client" } } },
    neon: { call: { returns: { type: "neonSql" } } },
    neonSql: {
      call: rows,
      members: { query: rows, transaction: { returns: "value", promise: true }, unsafe: { returns: { argument: 0 } } },
    },
    sql: { call: query, members: { query } },
  },
});
