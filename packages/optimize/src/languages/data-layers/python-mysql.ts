/** Drivers of MySQL for Python, what Flask brings of them, and their waiting form. */
import type { LendsSpec } from "../../model/lends.ts";
import { library } from "../../model/library.ts";
import { dbApiTypes } from "../shapes/db-api.ts";
import { names } from "../shapes/places.ts";

const sync = dbApiTypes("", { sql: "query", promise: false, chains: false, direct: false });
const waiting = dbApiTypes("Async", { sql: "query", promise: true, chains: false, direct: false });

const lends: LendsSpec = { what: "connection", back: [], to: ["release"], steady: ["cursor", "ping"] };

export default library({
  id: "python-mysql",
  language: "python",
  packages: [
    "MySQLdb",
    "MySQLdb.connections",
    "MySQLdb.cursors",
    "pymysql",
    "pymysql.connections",
    "pymysql.cursors",
    "mysql.connector",
    "mysql.connector.pooling",
    "aiomysql",
    "asyncmy",
    "flask_mysqldb",
    "flaskext.mysql",
  ],
  dialect: "mysql",
  exports: {
    ...names("connect Connect", { value: "Connect" }),
    ...names("Connection MySQLConnection", { class: "Connection" }),
    ...names("Cursor DictCursor SSCursor SSDictCursor MySQLCursor", { type: "Cursor" }),
    MySQLConnectionPool: { class: "Pool" },
    create_pool: { value: "CreatePool" },
    Pool: { type: "AsyncPool" },
    MySQL: { class: "Extension" },
  },
  types: {
    ...sync,
    ...waiting,
    Connect: { call: { effect: { kind: "connect", blocking: true }, returns: { type: "Connection" } } },
    Pool: { members: { get_connection: { returns: { type: "Connection" } } } },
    CreatePool: { call: { returns: { type: "AsyncPool" }, pools: { max: ["maxsize"] } } },
    AsyncPool: {
      members: {
        acquire: { returns: { type: "AsyncConnection" }, lends },
        ...names("release wait_closed", { returns: "void", promise: true }),
        ...names("close terminate", { returns: "void" }),
      },
    },
    /** `mysql = MySQL(app)`: a connection for each request. */
    Extension: {
      members: {
        ...names("connection connect", "Connection"),
        get_db: { returns: { type: "Connection" } },
        init_app: { returns: "void" },
      },
    },
  },
});
