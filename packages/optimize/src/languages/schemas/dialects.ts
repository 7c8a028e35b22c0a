/** Which database a package talks to, from the drivers that it depends on. */
import type { Dialect } from "../../model/schema.ts";

const drivers: Readonly<Record<string, Dialect>> = {
  pg: "postgresql",
  postgres: "postgresql",
  "pg-promise": "postgresql",
  slonik: "postgresql",
  "@neondatabase/serverless": "postgresql",
  "@vercel/postgres": "postgresql",
  "@electric-sql/pglite": "postgresql",
  mysql: "mysql",
  mysql2: "mysql",
  mariadb: "mysql",
  sqlite3: "sqlite",
  "better-sqlite3": "sqlite",
  "@libsql/client": "sqlite",
  mssql: "mssql",
  tedious: "mssql",
  "django.db.backends.postgresql": "postgresql",
  psycopg: "postgresql",
  psycopg2: "postgresql",
  asyncpg: "postgresql",
  pymysql: "mysql",
  MySQLdb: "mysql",
  aiomysql: "mysql",
  aiosqlite: "sqlite",
};

/** Of several drivers none is meant for certain, but SQLite beside another is there for tests. */
export function dialectOfDrivers(names: Iterable<string>): Dialect {
  const found = new Set<Dialect>();
  for (const name of names) {
    const dialect = Object.hasOwn(drivers, name) ? drivers[name] : undefined;
    if (dialect !== undefined) found.add(dialect);
  }
  if (found.size > 1) found.delete("sqlite");
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : "unknown";
}
