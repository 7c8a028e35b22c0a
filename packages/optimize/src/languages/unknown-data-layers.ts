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
  "slonik",
  "snowflake-sdk",
  "surrealdb",
  "tedious",
  "waterline",
] as const;

/** Of the modules that a file imports, those that are databases which nothing here knows. */
export function unknownDataLayers(): (imports: readonly string[]) => readonly string[] {
  const known = librariesByPackage();
  const unknown = new Set<string>(databasePackages.filter((name) => !known.has(name)));
  return (imports) => [...new Set(imports.map(packageOf).filter((name) => unknown.has(name)))];
}

function packageOf(specifier: string): string {
  const parts = specifier.split("/");
  return specifier.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] ?? "");
}
