/** A schema as DDL: what a planner is given to plan with, and what people read. */
import { typeIn } from "./schema-types.ts";
import type { Column, Dialect, Index, IndexColumn, Schema, Table } from "./schema.ts";

export interface DdlStatement {
  readonly table: string | undefined;
  readonly sql: string;
}

export interface DdlOptions {
  /** Foreign keys as constraints; a planner does not need them to choose indexes, but uses them for the size of joins. */
  readonly foreignKeys?: boolean;
}

/**
 * Statements that make the schema, each by itself so that one that fails costs no other: extensions, tables with their keys, indexes,
 * foreign keys. A type that the dialect does not know is given as its nearest.
 */
export function schemaDdl(schema: Schema, dialect: Dialect = schema.dialect, options: DdlOptions = {}): readonly DdlStatement[] {
  const statements: DdlStatement[] = [];
  if (dialect === "postgresql")
    for (const name of schema.extensions)
      statements.push({ table: undefined, sql: `CREATE EXTENSION IF NOT EXISTS ${quoted(name, dialect)}` });
  const schemas = new Set(schema.tables.flatMap((table) => table.schema ?? []));
  if (dialect === "postgresql")
    for (const name of schemas)
      if (name !== "public") statements.push({ table: undefined, sql: `CREATE SCHEMA IF NOT EXISTS ${quoted(name, dialect)}` });
  for (const table of schema.tables) statements.push({ table: table.name, sql: tableDdl(table, schema.dialect, dialect) });
  for (const table of schema.tables)
    for (const index of table.indexes)
      if (index.origin !== "primary key" && isPrintable(index))
        statements.push({ table: table.name, sql: indexDdl(table, index, dialect) });
  if (options.foreignKeys === true && dialect !== "sqlite")
    for (const table of schema.tables)
      for (const key of table.foreignKeys) {
        const target = schema.tables.find((one) => one.name === key.table);
        const references = key.references.length > 0 ? key.references : (target?.primaryKey ?? []);
        if (key.virtual === true || target === undefined || references.length !== key.columns.length) continue;
        const does = key.onDelete === undefined ? "" : ` ON DELETE ${key.onDelete.toUpperCase()}`;
        statements.push({
          table: table.name,
          sql: `ALTER TABLE ${tableRef(table, dialect)} ADD FOREIGN KEY (${list(key.columns, dialect)}) REFERENCES ${tableRef(target, dialect)} (${list(references, dialect)})${does}`,
        });
      }
  return statements;
}

export function tableDdl(table: Table, from: Dialect, dialect: Dialect): string {
  const lines = table.columns.map((column) => `  ${columnDdl(column, from, dialect)}`);
  if (table.primaryKey.length > 0) lines.push(`  PRIMARY KEY (${list(table.primaryKey, dialect)})`);
  return `CREATE TABLE ${tableRef(table, dialect)} (\n${lines.join(",\n")}\n)`;
}

function columnDdl(column: Column, from: Dialect, dialect: Dialect): string {
  const optional = column.nullable ? "" : " NOT NULL";
  return `${quoted(column.name, dialect)} ${typeIn(column.type, from, dialect)}${optional}`;
}

/** `CREATE INDEX …`; `concurrently` for PostgreSQL. Without a name in the index the server, or `name`, chooses. */
export function indexDdl(table: Table, index: Index, dialect: Dialect, options: { readonly concurrently?: boolean } = {}): string {
  const name = index.name ?? indexName(table, index);
  const how = options.concurrently === true && dialect === "postgresql" ? "CONCURRENTLY " : "";
  const method = dialect === "postgresql" && index.method !== "btree" && index.method !== "" ? ` USING ${index.method}` : "";
  const kind =
    dialect === "mysql" && /^(?:fulltext|spatial)$/.test(index.method) ? `${index.method.toUpperCase()} ` : index.unique ? "UNIQUE " : "";
  const include = index.include.length > 0 && dialect === "postgresql" ? ` INCLUDE (${list(index.include, dialect)})` : "";
  const where = index.where === undefined || dialect === "mysql" ? "" : ` WHERE ${index.where}`;
  const columns = index.columns.map((column) => indexColumnDdl(column, dialect)).join(", ");
  return `CREATE ${kind}INDEX ${how}${quoted(name, dialect)} ON ${tableRef(table, dialect)}${method} (${columns})${include}${where}`;
}

function indexColumnDdl(column: IndexColumn, dialect: Dialect): string {
  const what = column.name === undefined ? `(${column.expression ?? ""})` : quoted(column.name, dialect);
  const opclass = column.opclass === undefined || dialect !== "postgresql" ? "" : ` ${column.opclass}`;
  const nulls = column.nulls === undefined || dialect === "mysql" ? "" : ` NULLS ${column.nulls.toUpperCase()}`;
  return `${what}${opclass}${column.order === "desc" ? " DESC" : ""}${nulls}`;
}

/** What most tools would call it: table, columns, idx; within the 63 characters of PostgreSQL. */
export function indexName(table: Pick<Table, "name">, index: Pick<Index, "columns">): string {
  const columns = index.columns.map((column) => column.name ?? (column.expression ?? "").replaceAll(/\W+/g, "_"));
  return `${[table.name, ...columns].join("_").replaceAll(/\W+/g, "_").slice(0, 59)}_idx`;
}

function isPrintable(index: Index): boolean {
  return index.columns.length > 0 && index.columns.every((column) => column.name !== undefined || (column.expression ?? "") !== "");
}

function tableRef(table: Table, dialect: Dialect): string {
  return table.schema === undefined || dialect === "sqlite"
    ? quoted(table.name, dialect)
    : `${quoted(table.schema, dialect)}.${quoted(table.name, dialect)}`;
}

function list(names: readonly string[], dialect: Dialect): string {
  return names.map((name) => quoted(name, dialect)).join(", ");
}

export function quoted(name: string, dialect: Dialect): string {
  return dialect === "mysql" ? `\`${name.replaceAll("`", "``")}\`` : `"${name.replaceAll('"', '""')}"`;
}
