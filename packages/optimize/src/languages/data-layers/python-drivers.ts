/** Drivers of other databases that keep to Python's DB-API: ODBC, SQL Server, Oracle, DuckDB. */
import { library } from "../../model/library.ts";
import { dbApiTypes } from "../shapes/db-api.ts";
import { names } from "../shapes/places.ts";

export default library({
  id: "python-drivers",
  language: "python",
  packages: ["pyodbc", "pymssql", "cx_Oracle", "oracledb", "duckdb"],
  exports: {
    connect: { value: "Connect" },
    ...names("Connection DuckDBPyConnection", { type: "Connection" }),
    Cursor: { type: "Cursor" },
    ...names("SessionPool ConnectionPool", { class: "Pool" }),
    create_pool: { value: "CreatePool" },
  },
  types: {
    ...dbApiTypes("", { sql: "statement", promise: false, chains: true, direct: true }),
    Connect: { call: { effect: { kind: "connect", blocking: true }, returns: { type: "Connection" } } },
    CreatePool: { call: { returns: { type: "Pool" }, pools: { max: ["max"] } } },
    Pool: { members: { acquire: { returns: { type: "Connection" } }, ...names("release drop close", { returns: "void" }) } },
  },
});
