/** What a call of a library sends: its table, conditions, joins, order and page, as far as the code says them. */
import { quoted } from "../../model/schema-ddl.ts";
import { columnNamed, type Dialect } from "../../model/schema.ts";
import type { AskedColumn } from "../../model/query-shape.ts";
import { orderOf, type Asked } from "../../rules/schema/asked.ts";
import { isRemoval, sentCondition } from "../../rules/schema/asked-sql.ts";
import { joinsOf, linkOf } from "../../rules/schema/joined-tables.ts";

export interface Sent {
  readonly sql: string;
  /** Something is written that no statement can hold: `…`. */
  readonly isOpen: boolean;
  readonly unknown: readonly string[];
}

/** Undefined where not even the kind of the statement is known: `save` inserts or updates. */
export function sentSql(asked: Asked, dialect: Dialect): Sent | undefined {
  const { operation, table } = asked;
  const name = (text: string): string => quoted(text, dialect);
  const target = (table.schema === undefined ? "" : `${name(table.schema)}.`) + name(table.name);
  const parts = conditionsOf(asked, dialect);
  const { isOpen } = parts;
  const tail = parts.where.length === 0 ? "" : ` WHERE ${parts.where.join(" AND ")}`;
  if (operation.kind === "db-write") {
    if (isRemoval(operation.method)) return { isOpen, unknown: parts.unknown, sql: `DELETE FROM ${target}${tail}` };
    if (/^(?:update|set|increment|decrement)/i.test(operation.method)) {
      const set = ownColumns(asked)?.map((column) => `${name(column)} = ${parts.next()}`);
      return set === undefined
        ? { unknown: [...parts.unknown, "which columns it sets"], isOpen: true, sql: `UPDATE ${target} SET …${tail}` }
        : { unknown: parts.unknown, isOpen, sql: `UPDATE ${target} SET ${set.join(", ")}${tail}` };
    }
    return undefined;
  }
  if (operation.spec.count === true) return { isOpen, unknown: parts.unknown, sql: `SELECT count(*) FROM ${target}${parts.joins}${tail}` };
  const order = orderOf(asked);
  const isSorted = order !== undefined && order.columns.length > 0;
  const unknown = [...parts.unknown];
  // One row by nothing that was seen: it is read by its key.
  const isKeyless = operation.spec.list !== true && parts.where.length === 0 && !isSorted && !asked.shape.open;
  if (isKeyless) unknown.push("which row it reads");
  const columns = operation.chooses === true ? ownColumns(asked) : undefined;
  if (operation.chooses === true && columns === undefined) unknown.push("which columns it reads");
  if (order === undefined && (asked.shape.sortOpen || asked.shape.sort.length > 0)) unknown.push("its order");
  const by = isSorted
    ? ` ORDER BY ${order.columns.map((one) => `${name(table.name)}.${name(one.name ?? "")}${one.order === "desc" ? " DESC" : ""}`).join(", ")}`
    : asked.shape.random === true
      ? " ORDER BY random()"
      : "";
  const page = operation.limited || operation.uses.has("slice") ? ` LIMIT ${parts.next()}` : operation.spec.list === true ? "" : " LIMIT 1";
  const skipped = asked.shape.offset === undefined ? "" : ` OFFSET ${parts.next()}`;
  const qualified = parts.joins === "" ? "" : `${name(table.name)}.`;
  const list = columns === undefined ? `${qualified}*` : columns.map((column) => qualified + name(column)).join(", ");
  return {
    unknown,
    isOpen: isOpen || isKeyless,
    sql: `SELECT ${list} FROM ${target}${parts.joins}${tail}${by}${page}${skipped}${operation.spec.locks === true && dialect !== "sqlite" ? " FOR UPDATE" : ""}`,
  };
}

/** The statements that load the relations which a call names, where the library sends one for each: `WHERE "order_id" IN (…)`. */
export function loadedSql({ operation, schema, table }: Asked, dialect: Dialect): readonly string[] {
  if (operation.spec.eagerBy !== "statement") return [];
  const name = (text: string): string => quoted(text, dialect);
  return (operation.includes ?? []).flatMap((path) => {
    let from = table;
    let sql: string[] = [];
    for (const step of path.split(".")) {
      const link = linkOf(schema, from, step);
      const [pair, second] = link?.pairs ?? [];
      if (link === undefined || pair === undefined || second !== undefined) return [];
      sql = [`SELECT * FROM ${name(link.table.name)} WHERE ${name(pair[1])} IN ($1, $2, $3)`];
      from = link.table;
    }
    return sql;
  });
}

/** The columns that the call names, in the words of the table; undefined where one of them is none of it. */
function ownColumns({ operation, table }: Asked): readonly string[] | undefined {
  const { columns = [] } = operation;
  const own = columns.map((column) => columnNamed(table, column)?.name);
  return own.length === 0 || own.includes(undefined) ? undefined : own.flatMap((one) => one ?? []);
}

interface Conditions {
  readonly where: readonly string[];
  readonly joins: string;
  readonly isOpen: boolean;
  readonly unknown: readonly string[];
  readonly next: () => string;
}

function conditionsOf({ operation, schema, table, shape }: Asked, dialect: Dialect): Conditions {
  const joins = joinsOf(schema, table, dialect);
  const unknown: string[] = [];
  let placeholders = 0;
  const next = (): string => `$${++placeholders}`;
  const own = (column: string): string | undefined => {
    const of = columnNamed(table, column);
    return of === undefined ? joins.column(column) : `${quoted(table.name, dialect)}.${quoted(of.name, dialect)}`;
  };
  const said = (one: AskedColumn): readonly string[] => {
    const column = own(one.column === "pk" ? (table.primaryKey[0] ?? "pk") : one.column);
    const text = column === undefined ? undefined : sentCondition(one, column, next, literal);
    if (text === undefined) unknown.push(`a condition on ${one.column}`);
    else if (one.by === "range") unknown.push(`which side of ${one.column}`);
    return text === undefined ? [] : [text];
  };
  const where = shape.conditions.flatMap(said);
  if (shape.either.length > 0) {
    const either = shape.either.flatMap(said);
    if (either.length > 0) where.push(`(${either.join(" OR ")})`);
    unknown.push("how its alternatives belong together");
  }
  if (operation.spec.eagerBy !== "statement")
    for (const path of operation.includes ?? []) if (!joins.reach(path.split("."))) unknown.push(`how ${path} is joined`);
  if (shape.open) unknown.push("further conditions");
  return { where, joins: joins.texts.map((one) => ` ${one}`).join(""), isOpen: isDecisive(unknown), unknown: [...new Set(unknown)], next };
}

/** What is not known says which rows it reads, so that a plan would be another one's. */
function isDecisive(unknown: readonly string[]): boolean {
  return unknown.some((one) => !one.startsWith("which side of "));
}

function literal(value: AskedColumn["value"]): string | undefined {
  if (typeof value === "string") return `'${value.replaceAll("'", "''")}'`;
  return typeof value === "boolean" || typeof value === "number" ? String(value) : undefined;
}
