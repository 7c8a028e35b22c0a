/**
 * Rows in the likeness of a database, made from its statistics: as many as there are, up to a limit, shared out over the tables alike; common values as often as they are,
 * the others between the bounds, references to keys that are there. Columns do not depend on each other, which in real data they may.
 */
import type { ColumnStatistics, DatabaseStatistics, TableStatistics } from "../model/database-statistics.ts";
import { quoted } from "../model/schema-ddl.ts";
import { tableNamed, type Column, type Schema, type Table } from "../model/schema.ts";
import { arrayItems } from "../databases/engines/array-text.ts";
import { quotedText } from "../databases/oracle/literals.ts";

/** Rows of all tables together. */
const mostRows = 1_000_000;

export interface FillStatement {
  readonly table: string;
  readonly sql: string;
}

/** Statements that fill the tables, those that are referred to first. Deterministic on one server. */
export function fillStatements(schema: Schema, statistics: DatabaseStatistics): readonly FillStatement[] {
  const known = new Map(statistics.tables.map((table) => [`${table.schema ?? "public"}.${table.name}`, table]));
  const total = statistics.tables.reduce((sum, table) => sum + Math.max(0, table.rows), 0);
  const share = Math.min(1, mostRows / Math.max(1, total));
  const rowsOf = (table: Table): number => {
    const rows = known.get(`${table.schema ?? "public"}.${table.name}`)?.rows ?? 0;
    return rows <= 0 ? 0 : Math.max(Math.min(rows, 100), Math.round(rows * share));
  };
  return inOrder(schema).flatMap((table) => {
    const rows = rowsOf(table);
    if (rows === 0) return [];
    const own = known.get(`${table.schema ?? "public"}.${table.name}`);
    const names = table.columns.map((column) => quoted(column.name, "postgresql")).join(", ");
    const values = table.columns.map((column) => valueOf(column, table, schema, own, rowsOf)).join(", ");
    const ref = `${table.schema === undefined ? "" : `${quoted(table.schema, "postgresql")}.`}${quoted(table.name, "postgresql")}`;
    return [
      {
        table: table.name,
        sql: `INSERT INTO ${ref} (${names}) SELECT ${values} FROM generate_series(1, ${rows}) g ON CONFLICT DO NOTHING`,
      },
    ];
  });
}

function inOrder(schema: Schema): readonly Table[] {
  const ordered: Table[] = [];
  const visit = (table: Table, path: ReadonlySet<Table>): void => {
    if (ordered.includes(table) || path.has(table)) return;
    for (const key of table.foreignKeys) {
      const target = tableNamed(schema, key.table);
      if (target !== undefined) visit(target, new Set([...path, table]));
    }
    ordered.push(table);
  };
  for (const table of schema.tables) visit(table, new Set());
  return ordered;
}

function valueOf(
  column: Column,
  table: Table,
  schema: Schema,
  statistics: TableStatistics | undefined,
  rowsOf: (table: Table) => number,
): string {
  const known = statistics?.columns.find((one) => one.name === column.name);
  const isKey = [table.primaryKey, ...table.uniques].some((key) => key.length === 1 && key[0] === column.name);
  const target = tableNamed(
    schema,
    table.foreignKeys.find((key) => key.columns.length === 1 && key.columns[0] === column.name)?.table ?? "",
  );
  const value = isKey
    ? numbered("g", column.type)
    : target === undefined
      ? drawn(column, known, rowsOf(table))
      : reference(column, known, Math.max(1, rowsOf(target)));
  const missing = known?.nullFraction ?? 0;
  return missing > 0 && column.nullable ? `CASE WHEN random() >= ${missing} THEN ${value} END` : value;
}

/** A key of the other table: some of them as often as the common ones are, each under its own number where that is one of them. */
function reference(column: Column, known: ColumnStatistics | undefined, keys: number): string {
  const any = numbered(`1 + floor(random() * ${keys})::bigint`, column.type);
  const frequencies = known?.commonFrequencies ?? [];
  if (frequencies.length === 0) return any;
  const values = arrayItems(known?.commonValues ?? "{}").map(Number);
  let sum = 0;
  const cases = frequencies.map((frequency, place) => {
    sum += frequency;
    const own = values[place] ?? 0;
    const key = Number.isInteger(own) && own >= 1 && own <= keys ? own : 1 + (place % keys);
    return `WHEN r.p < ${sum.toPrecision(6)} THEN ${numbered(String(key), column.type)}`;
  });
  return `(SELECT CASE ${cases.join(" ")} ELSE ${any} END FROM (SELECT random() + 0 * g AS p) r)`;
}

/** A whole number as a value of the type: the same for a key and for what refers to it. */
function numbered(number: string, type: string): string {
  if (type.startsWith("uuid")) return `md5((${number})::text)::uuid`;
  if (/^(?:small|big)?int|^numeric|^real|^double/.test(type)) return `(${number})::${type}`;
  if (/^(?:text|(?:var)?char|character)/.test(type)) return `((${number})::text)::${type}`;
  if (/^(?:date|timestamp)/.test(type)) return `(timestamptz '2000-01-01' + (${number}) * interval '1 minute')::${type}`;
  return `NULL::${type}`;
}

function drawn(column: Column, known: ColumnStatistics | undefined, rows: number): string {
  const common = arrayItems(known?.commonValues ?? "{}");
  const bounds = arrayItems(known?.histogram ?? "{}");
  const cast = `::${column.type}`;
  const literal = (text: string): string => `${quotedText(text)}${cast}`;
  const distinct =
    known === undefined ? 200 : known.distinct < 0 ? Math.max(1, Math.round(-known.distinct * rows)) : Math.max(1, known.distinct);
  const rest =
    bounds.length > 1
      ? between(bounds, column.type)
      : column.values !== undefined && column.values.length > 0
        ? `(ARRAY[${column.values.map(literal).join(", ")}])[1 + floor(random() * ${column.values.length})::int]`
        : column.type.startsWith("bool")
          ? "random() < 0.5"
          : /^jsonb?$/.test(column.type)
            ? `'{}'${cast}`
            : numbered(`1 + floor(random() * ${Math.round(distinct)})::bigint`, column.type);
  if (common.length === 0) return rest;
  let sum = 0;
  const cases = common.map((value, place) => {
    sum += known?.commonFrequencies?.[place] ?? 0;
    return `WHEN r.p < ${sum.toPrecision(6)} THEN ${literal(value)}`;
  });
  // One draw decides for all of them; it hangs on the row, so that it is drawn anew for each.
  return `(SELECT CASE ${cases.join(" ")} ELSE ${rest} END FROM (SELECT random() + 0 * g AS p) r)`;
}

/** Between two neighbouring bounds where values can be counted, else one of the bounds. */
function between(bounds: readonly string[], type: string): string {
  const array = `ARRAY[${bounds.map((bound) => `${quotedText(bound)}::${type}`).join(", ")}]`;
  const last = bounds.length - 1;
  const place = `1 + floor(random() * ${last} + 0 * g)::int AS i`;
  if (type === "date") return `(SELECT b[i] + floor(random() * (b[i + 1] - b[i] + 1))::int FROM (SELECT ${array} AS b, ${place}) h)`;
  if (/^(?:small|big)?int|^numeric|^real|^double|^timestamp/.test(type))
    return `(SELECT (b[i] + (b[i + 1] - b[i]) * random())::${type} FROM (SELECT ${array} AS b, ${place}) h)`;
  return `(SELECT b[1 + floor(random() * ${last + 1} + 0 * g)::int] FROM (SELECT ${array} AS b) h)`;
}
