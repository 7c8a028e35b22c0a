/** The tables and indexes that a planner was given, and the steps that give them size and statistics. */
import type { ColumnStatistics, DatabaseStatistics, TableStatistics } from "../../model/database-statistics.ts";
import type { Index, Schema, Table } from "../../model/schema.ts";
import { assumedColumns, distinctKeys } from "./assumptions.ts";
import type { Row, Step } from "./engine.ts";
import { indexPages, tablePages, treeHeight, widthOf } from "./relation-size.ts";
import { restoreColumn, restoreRelation } from "./restore.ts";
import { emptyTree } from "./tree-pages.ts";

export interface IndexRelation {
  readonly oid: number;
  readonly name: string;
  readonly path: string;
  readonly method: string;
  readonly unique: boolean;
  /** As the schema or a candidate has it; undefined for what the server made of a constraint. */
  readonly index: Index | undefined;
  /** Share of the table's rows that a partial index holds. */
  readonly fraction: number;
  /** As the real server says. */
  readonly known: { readonly pages: number; readonly rows: number; readonly columns: readonly ColumnStatistics[] } | undefined;
}

/** A table's name with its schema: two readings of one schema mean the same by it. */
export function tableKey(table: Pick<Table, "name" | "schema">): string {
  return `${table.schema ?? "public"}.${table.name}`;
}

export interface TableRelation {
  readonly table: Table;
  readonly schema: string;
  readonly name: string;
  readonly oid: number;
  readonly path: string;
  readonly indexes: IndexRelation[];
  readonly statistics: TableStatistics | undefined;
}

/** What the catalogue says of tables and indexes; asked again after each definition. */
export const catalogue = `SELECT n.nspname AS schema, t.relname AS "table", t.oid::int AS oid, pg_relation_filepath(t.oid) AS path,
  i.relname AS "index", i.oid::int AS index_oid, pg_relation_filepath(i.oid) AS index_path, m.amname AS method, x.indisunique AS "unique"
  FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
  LEFT JOIN pg_index x ON x.indrelid = t.oid LEFT JOIN pg_class i ON i.oid = x.indexrelid LEFT JOIN pg_am m ON m.oid = i.relam
  WHERE t.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_toast%' ORDER BY t.oid, i.oid`;

/** The same of one index; `name` is quoted. */
export function catalogueOfIndex(table: number, name: string): string {
  return `SELECT i.relname AS "index", i.oid::int AS index_oid, pg_relation_filepath(i.oid) AS index_path, m.amname AS method, x.indisunique AS "unique"
    FROM pg_class i JOIN pg_index x ON x.indexrelid = i.oid JOIN pg_am m ON m.oid = i.relam WHERE i.relname = ${name} AND x.indrelid = ${table}`;
}

export function tablesOf(rows: readonly Row[], schema: Schema, statistics: DatabaseStatistics | undefined): TableRelation[] {
  const relations = new Map<number, TableRelation>();
  for (const row of rows) {
    const oid = Number(row["oid"]);
    const name = String(row["table"]);
    const inSchema = String(row["schema"]);
    const table = schema.tables.find((one) => one.name === name && (one.schema ?? "public") === inSchema);
    if (table === undefined) continue;
    const known = statistics?.tables.find((one) => one.name === name && (one.schema ?? "public") === inSchema);
    const relation = relations.get(oid) ?? {
      table,
      schema: inSchema,
      name,
      oid,
      path: String(row["path"]),
      indexes: [],
      statistics: known,
    };
    relations.set(oid, relation);
    if (row["index"] !== null && row["index"] !== undefined) relation.indexes.push(indexOf(row, table, known));
  }
  return [...relations.values()];
}

export function indexOf(row: Row, table: Table, known: TableStatistics | undefined, candidate?: Index, fraction = 1): IndexRelation {
  const name = String(row["index"]);
  const seen = known?.indexes?.find((one) => one.name === name);
  const columns = name.endsWith("_pkey") ? table.primaryKey : undefined;
  const declared = table.indexes.find((index) => index.name === name) ?? (columns === undefined ? undefined : primaryIndex(columns));
  return {
    oid: Number(row["index_oid"]),
    name,
    path: String(row["index_path"]),
    method: String(row["method"]),
    unique: row["unique"] === true,
    index: candidate ?? declared,
    fraction: seen === undefined || known === undefined || known.rows <= 0 ? fraction : Math.min(1, seen.rows / known.rows),
    known: seen === undefined ? undefined : { pages: seen.pages, rows: seen.rows, columns: seen.columns ?? [] },
  };
}

function primaryIndex(columns: readonly string[]): Index {
  return { columns: columns.map((name) => ({ name, order: "asc" })), unique: true, method: "btree", include: [], origin: "primary key" };
}

/** How large a table is taken to be. */
export interface TableSize {
  readonly rows: number;
  readonly pages: number;
  readonly allVisible: number;
  readonly columns: readonly ColumnStatistics[];
}

/** The size that is known, else that of so many rows. */
export function sizeOf(schema: Schema, relation: TableRelation, rows: number): TableSize {
  const { statistics, table } = relation;
  if (statistics !== undefined)
    return { rows: statistics.rows, pages: statistics.pages, allVisible: statistics.allVisible ?? 0, columns: statistics.columns };
  const columns = assumedColumns(schema, table);
  const pages = tablePages(table, rows, (name) => columns.find((column) => column.name === name));
  return { rows, pages, allVisible: pages, columns };
}

export function indexSize(relation: TableRelation, one: IndexRelation, size: TableSize): { readonly rows: number; readonly pages: number } {
  if (one.known !== undefined && relation.statistics?.rows === size.rows) return one.known;
  const rows = Math.max(1, size.rows * one.fraction);
  const statisticsOf = (name: string): ColumnStatistics | undefined => size.columns.find((column) => column.name === name);
  const index = one.index ?? primaryIndex([relation.table.columns[0]?.name ?? ""]);
  const keys = distinctKeys(
    index.columns.map((column) => statisticsOf(column.name ?? sourceColumn(relation.table, column.expression ?? "") ?? "")),
    rows,
  );
  return { rows, pages: indexPages(relation.table, index, { rows, keys: one.unique ? rows : keys }, statisticsOf) };
}

/** The one column that an expression is made of: of `lower(email)`, email. */
export function sourceColumn(table: Table, expression: string): string | undefined {
  const words = new Set(expression.match(/[A-Za-z_]\w*/g) ?? []);
  const named = table.columns.filter((column) => words.has(column.name));
  return named.length === 1 ? named[0]?.name : undefined;
}

/** The statistics that one relation of the other has in common with this: those of `lower(email)` are those of email. */
function expressionColumns(relation: TableRelation, one: IndexRelation, size: TableSize): readonly ColumnStatistics[] {
  if (one.known !== undefined && one.known.columns.length > 0) return one.known.columns;
  let count = 0;
  return (one.index?.columns ?? []).flatMap((column) => {
    if (column.expression === undefined) return [];
    const source = sourceColumn(relation.table, column.expression);
    const known = size.columns.find((other) => other.name === source);
    // PostgreSQL names the column of an expression after its function, or "expr".
    const name = /^\s*\(*\s*([a-z_]\w*)\s*\(/i.exec(column.expression)?.[1]?.toLowerCase() ?? "expr";
    const numbered = count++ === 0 ? name : `${name}${count - 1}`;
    return known === undefined ? [] : [{ name: numbered, nullFraction: known.nullFraction, width: known.width, distinct: known.distinct }];
  });
}

/** Steps that make a table and its indexes as large as this. */
export function sizeSteps(relation: TableRelation, size: TableSize): Step[] {
  const steps: Step[] = [{ kind: "run", sql: restoreRelation(relation, size.rows, size.pages, size.allVisible) }];
  for (const column of size.columns) steps.push({ kind: "run", sql: restoreColumn(relation, column) });
  steps.push(...resizeSteps(relation, size));
  return steps;
}

/** Only the sizes: after a definition, for which the table was made empty. */
export function resizeSteps(relation: TableRelation, size: TableSize): Step[] {
  return [
    { kind: "run", sql: restoreRelation(relation, size.rows, size.pages, size.allVisible) },
    { kind: "pages", path: relation.path, pages: size.pages },
    touch(relation.oid),
    ...relation.indexes.flatMap((one) => indexSteps(relation, one, size)),
  ];
}

export function indexSteps(relation: TableRelation, one: IndexRelation, size: TableSize): Step[] {
  const { rows, pages } = indexSize(relation, one, size);
  const name = { schema: relation.schema, name: one.name };
  // The planner takes the rows of a whole index from its table.
  return [
    ...(one.fraction < 1 ? [{ kind: "run", sql: restoreRelation(name, rows, pages) } as const] : []),
    ...expressionColumns(relation, one, size).map((column): Step => ({ kind: "run", sql: restoreColumn(name, column) })),
    { kind: "pages", path: one.path, pages },
    touch(one.oid),
  ];
}

/** A B-tree that nothing has read yet gets its height. */
export function heightSteps(relation: TableRelation, one: IndexRelation, size: TableSize): Step[] {
  if (one.method !== "btree") return [];
  const { pages } = indexSize(relation, one, size);
  const bytes = (one.index?.columns ?? []).reduce((sum, column) => {
    const found = relation.table.columns.find((other) => other.name === column.name);
    return (
      sum +
      widthOf(
        found ?? { type: "" },
        size.columns.find((other) => other.name === column.name),
      ).bytes
    );
  }, 0);
  return [{ kind: "write", path: one.path, bytes: emptyTree(treeHeight(pages, bytes)) }];
}

/** Makes the server forget what it knows of the relation's file: a row of the catalogue that is written again. */
export function touch(oid: number): Step {
  return { kind: "run", sql: `UPDATE pg_class SET relhastriggers = relhastriggers WHERE oid = ${oid}` };
}
