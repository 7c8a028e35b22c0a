/** What a data layer's call sends where one of several conditions is enough and they are of different tables: as one statement, and as one for each. */
import type { Operation, Project } from "../../model/project.ts";
import type { AskedColumn } from "../../model/query-shape.ts";
import { quoted } from "../../model/schema-ddl.ts";
import { columnNamed, type Column, type Schema, type Table } from "../../model/schema.ts";
import type { Asked } from "./asked.ts";
import { askedBy, columnOf, orderOf } from "./asked.ts";
import { sentCondition } from "./asked-sql.ts";
import { indexLeadingWith, isCoarse } from "./indexes.ts";
import { joinsOf, linkOf } from "./joined-tables.ts";

export interface Chosen {
  readonly schema: Schema;
  /** "`owner`", "`trip.driver`" */
  readonly columns: readonly string[];
  readonly statement: string;
  readonly instead: string;
}

/** Undefined where all of it is of one table, a side has no index of its own, a condition besides has one, or a part is not known. */
export function chosenBy(project: Project, operation: Operation): Chosen | undefined {
  const { kind, spec, sql } = operation;
  if (kind !== "db-read" || spec.list !== true || spec.count === true || spec.lazy !== undefined || sql !== undefined) return undefined;
  if ((operation.shapes ?? []).length !== 1) return undefined;
  const [asked] = askedBy(project, operation);
  const sides = asked?.shape.alternatives;
  if (asked === undefined || sides === undefined || asked.shape.open || asked.shape.random === true || asked.unknown) return undefined;
  const { schema, table, shape } = asked;
  if (schema.dialect === "mongodb" || table.partial !== undefined || shape.either.length !== sides.flat().length) return undefined;
  if (asked.equal.some((one) => isServed(asked.table, one.of))) return undefined;
  const found = sides.map((side) => side.flatMap((one) => servedColumn(schema, table, one) ?? []));
  const paths = sides.map((side) => [...new Set(side.map(({ column }) => pathOf(schema, table, column)))].sort().join());
  if (found.some((served) => served.length === 0) || new Set(paths).size < 2) return undefined;
  const texts = statementsOf(asked, sides);
  return texts === undefined ? undefined : { schema, columns: [...new Set(found.flat())], ...texts };
}

/** The way to the table of a column, over relations: "" for the table's own. */
function pathOf(schema: Schema, table: Table, column: string): string {
  return columnOf(table, column) === undefined ? (singleWay(schema, table, column)?.path ?? "?") : "";
}

/** Relations that lead to one row each, so that a row of the table is there once. */
function singleWay(
  schema: Schema,
  table: Table,
  column: string,
): { readonly path: string; readonly of: Column; readonly table: Table } | undefined {
  const parts = column.split(".");
  let from = table;
  for (const step of parts.slice(0, -1)) {
    const link = linkOf(schema, from, step);
    if (link?.single !== true) return undefined;
    from = link.table;
  }
  const of = parts.length < 2 ? undefined : columnNamed(from, parts.at(-1) === "pk" ? (from.primaryKey[0] ?? "") : (parts.at(-1) ?? ""));
  return of === undefined ? undefined : { path: parts.slice(0, -1).join("."), of, table: from };
}

function servedColumn(schema: Schema, table: Table, { column, by, wrapped }: AskedColumn): string | undefined {
  if ((by !== "equal" && by !== "list") || wrapped !== undefined) return undefined;
  const own = columnOf(table, column);
  const way = own === undefined ? singleWay(schema, table, column) : { of: own, table };
  return way !== undefined && isServed(way.table, way.of) ? `\`${column}\`` : undefined;
}

/** Few rows have one value of it, and an index finds them. */
function isServed(table: Table, column: Column): boolean {
  return !isCoarse(column) && table.partial === undefined && indexLeadingWith(table, [column.name]) !== undefined;
}

/** In PostgreSQL's words. Undefined where a condition, or the order, cannot be said. */
function statementsOf(asked: Asked, sides: readonly (readonly AskedColumn[])[]): Pick<Chosen, "statement" | "instead"> | undefined {
  const { schema, table, shape, operation } = asked;
  const order = orderOf(asked);
  if (order === undefined && (shape.sortOpen || shape.sort.length > 0)) return undefined;
  const name = (text: string): string => quoted(text, "postgresql");
  const joins = joinsOf(schema, table, "postgresql");
  let placeholders = 0;
  const said = (one: AskedColumn): string | undefined => {
    const own = columnOf(table, one.column);
    if (own === undefined && singleWay(schema, table, one.column) === undefined) return undefined;
    const column = own === undefined ? joins.column(one.column) : `${name(table.name)}.${name(own.name)}`;
    const literal = (value: AskedColumn["value"]): string | undefined => (typeof value === "boolean" ? String(value) : undefined);
    return column === undefined ? undefined : sentCondition(one, column, () => `$${++placeholders}`, literal);
  };
  const others = shape.conditions.map(said);
  const either = sides.map((side) => side.map(said));
  if ([...others, ...either.flat()].includes(undefined)) return undefined;
  const texts = either.map((side) => side.join(" AND "));
  const target = (table.schema === undefined ? "" : `${name(table.schema)}.`) + name(table.name);
  const head = `SELECT ${name(table.name)}.* FROM ${target}${joins.texts.map((one) => ` ${one}`).join("")} WHERE `;
  const columns = order?.columns ?? [];
  const by = (prefix: string): string =>
    columns.length === 0
      ? ""
      : ` ORDER BY ${columns.map((one) => `${prefix}${name(one.name ?? "")}${one.order === "desc" ? " DESC" : ""}`).join(", ")}`;
  const isPage = operation.limited || operation.uses.has("slice") || shape.offset !== undefined;
  // Twenty rows, as the planner takes a page whose size is given.
  const page = isPage ? " LIMIT 20" : "";
  const branch = (side: string, place: number): string => {
    const before = texts.slice(0, place);
    const conditions = [...others, `(${side})`, ...(before.length === 0 ? [] : [`(${before.join(" OR ")}) IS NOT TRUE`])];
    return `(${head}${conditions.join(" AND ")}${by(`${name(table.name)}.`)}${page})`;
  };
  return {
    statement: `${head}${[...others, `(${texts.map((one) => `(${one})`).join(" OR ")})`].join(" AND ")}${by(`${name(table.name)}.`)}${page}`,
    instead: texts.map(branch).join(" UNION ALL ") + by("") + page,
  };
}
