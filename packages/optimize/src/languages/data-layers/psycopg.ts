/** psycopg 3 and psycopg2: connections, cursors, pools, and the helpers that send many rows at once. */
import type { LendsSpec } from "../../model/lends.ts";
import { library } from "../../model/library.ts";
import type { PoolSpec } from "../../model/pools.ts";
import { dbApiTypes } from "../shapes/db-api.ts";
import { named, names } from "../shapes/places.ts";

const sync = dbApiTypes("", { sql: "query", promise: false, chains: true, direct: true });
const waiting = dbApiTypes("Async", { sql: "query", promise: true, chains: true, direct: true });
const bulk = { effect: { kind: "db-write", bulk: true, blocking: true, sql: named("sql", 1) }, returns: "value" } as const;

/** A connection that is only closed is counted as lent for ever. */
const lends: LendsSpec = {
  what: "connection",
  back: [],
  to: ["putconn"],
  steady: ["cursor", "set_session", "set_isolation_level", "rollback"],
};

/** psycopg_pool has as many as it keeps open when no maximum is said; the pools of psycopg2 take the numbers first. */
const pools: PoolSpec = { max: ["max_size", "maxconn"], at: 1, orMin: "min_size" };

export default library({
  id: "psycopg",
  language: "python",
  packages: ["psycopg", "psycopg2", "psycopg2.extras", "psycopg2.pool", "psycopg_pool"],
  dialect: "postgresql",
  exports: {
    connect: { value: "Connect" },
    Connection: { class: "Connection", statics: "ConnectionClass" },
    AsyncConnection: { class: "AsyncConnection", statics: "AsyncConnectionClass" },
    Cursor: { type: "Cursor" },
    AsyncCursor: { type: "AsyncCursor" },
    extras: { value: "Extras" },
    pool: { value: "Pools" },
    execute_values: { value: "Bulk" },
    execute_batch: { value: "Bulk" },
    ...Object.fromEntries(
      ["ConnectionPool", "NullConnectionPool", "SimpleConnectionPool", "ThreadedConnectionPool"].map((name) => [name, { class: "Pool" }]),
    ),
    AsyncConnectionPool: { class: "AsyncPool" },
  },
  types: {
    ...sync,
    ...waiting,
    Connect: { call: { effect: { kind: "connect", blocking: true }, returns: { type: "Connection" } } },
    ConnectionClass: { members: { connect: { effect: { kind: "connect", blocking: true }, returns: { type: "Connection" } } } },
    AsyncConnectionClass: { members: { connect: { effect: { kind: "connect" }, returns: { type: "AsyncConnection" }, promise: true } } },
    Extras: { members: names("execute_values execute_batch", bulk) },
    Bulk: { call: bulk },
    Pools: { members: names("SimpleConnectionPool ThreadedConnectionPool", { returns: { type: "Pool" }, pools }) },
    Pool: {
      construct: { pools },
      members: {
        connection: { returns: { type: "Connection" } },
        getconn: { returns: { type: "Connection" }, lends },
        ...names("putconn close closeall open wait", { returns: "void" }),
      },
    },
    AsyncPool: {
      construct: { pools },
      members: {
        connection: { returns: { type: "AsyncConnection" } },
        getconn: { returns: { type: "AsyncConnection" }, promise: true, lends },
        ...names("putconn close open wait", { returns: "void", promise: true }),
      },
    },
  },
});
