/**
 * Packages that talk to a database and that no file of `data-layers/` describes: what goes through them is not counted, and a
 * scan has to say so, because no query found is not the same as no query.
 */
import { librariesByPackage } from "./libraries.ts";

const databasePackages = [
  "@aws-sdk/client-dynamodb",
  "@aws-sdk/lib-dynamodb",
  "@databases/mysql",
  "@databases/pg",
  "@databases/sqlite",
  "@google-cloud/bigquery",
  "@google-cloud/firestore",
  "@google-cloud/spanner",
  "@libsql/client",
  "@opensearch-project/opensearch",
  "@planetscale/database",
  "@typegoose/typegoose",
  "arangojs",
  "bookshelf",
  "cassandra-driver",
  "couchbase",
  "dynamoose",
  "edgedb",
  "electrodb",
  "firebase-admin",
  "gel",
  "influx",
  "massive",
  "moleculer-db",
  "memcached",
  "memjs",
  "mssql",
  "mysql-promise",
  "nano",
  "neo4j-driver",
  "node:sqlite",
  "oracledb",
  "pouchdb",
  "rethinkdb",
  "snowflake-sdk",
  "surrealdb",
  "tedious",
  "waterline",
] as const;

/** By the name that a program imports. */
const pythonDatabases = [
  "MySQLdb",
  "aiomysql",
  "aiopg",
  "aiosqlite",
  "arango",
  "beanie",
  "cassandra",
  "clickhouse_connect",
  "clickhouse_driver",
  "couchbase",
  "cx_Oracle",
  "databases",
  "django.db",
  "duckdb",
  "edgedb",
  "elasticsearch",
  "firebase_admin",
  "flask_sqlalchemy",
  "gel",
  "gino",
  "google.cloud.bigquery",
  "google.cloud.firestore",
  "google.cloud.spanner",
  "influxdb",
  "influxdb_client",
  "mongoengine",
  "mysql.connector",
  "neo4j",
  "odmantic",
  "opensearchpy",
  "oracledb",
  "ormar",
  "peewee",
  "piccolo",
  "pony",
  "prisma",
  "pymemcache",
  "pymssql",
  "pymysql",
  "pyodbc",
  "rethinkdb",
  "snowflake.connector",
  "sqlalchemy",
  "sqlmodel",
  "supabase",
  "surrealdb",
  "tortoise",
] as const;

/** Of the modules that a file imports, those that are databases which nothing here knows. */
export function unknownDataLayers(): (imports: readonly string[], language?: string) => readonly string[] {
  const known = librariesByPackage();
  const unknown = new Set<string>(databasePackages.filter((name) => !known.has(name)));
  const spoken = new Set([...known.keys()].flatMap((key) => (key.startsWith("python:") ? prefixes(key.slice(7)) : [])));
  const unknownPython = new Set<string>(pythonDatabases.filter((name) => !spoken.has(name)));
  return (imports, language) =>
    language === "python"
      ? [...new Set(imports.flatMap((name) => prefixes(name).filter((one) => unknownPython.has(one))))]
      : [...new Set(imports.map(packageOf).filter((name) => unknown.has(name)))];
}

/** "a.b.c" -> "a", "a.b", "a.b.c". */
function prefixes(dotted: string): readonly string[] {
  const parts = dotted.split(".");
  return parts.map((_, index) => parts.slice(0, index + 1).join("."));
}

function packageOf(specifier: string): string {
  const parts = specifier.split("/");
  return specifier.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] ?? "");
}
