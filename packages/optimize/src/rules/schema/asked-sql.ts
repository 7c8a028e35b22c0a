/** What a data layer's call sends, as far as an index is concerned: for people to read. */
import type { AskedColumn } from "../../model/query-shape.ts";
import { quoted } from "../../model/schema-ddl.ts";
import type { Asked, AskedIn } from "./asked.ts";
import { orderOf } from "./asked.ts";

/** `SELECT … FROM "orders" WHERE "state" = $1 ORDER BY "at" DESC LIMIT $2`; the statement's own text when the code holds it. */
export function askedSql(asked: Asked): string {
  const { operation, schema, table, all } = asked;
  if (operation.sql !== undefined) return operation.sql.replaceAll(/\s+/g, " ").replaceAll("\ufffc", "…").trim();
  const name = (column: string): string => quoted(column, schema.dialect);
  let placeholders = 0;
  const next = (): string => `$${++placeholders}`;
  const conditions = all.map((one) => conditionText(one, name(one.of.name), next));
  const where = conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
  const target = quoted(table.name, schema.dialect);
  if (operation.kind === "db-write")
    return isRemoval(operation.method) ? `DELETE FROM ${target}${where}` : `UPDATE ${target} SET …${where}`;
  const order = operation.spec.count === true ? undefined : orderOf(asked);
  const by =
    order === undefined || order.columns.length === 0
      ? ""
      : ` ORDER BY ${order.columns.map((one) => name(one.name ?? "") + (one.order === "desc" ? " DESC" : "")).join(", ")}`;
  return `SELECT ${operation.spec.count === true ? "count(*)" : "…"} FROM ${target}${where}${by}${operation.limited ? ` LIMIT ${next()}` : ""}`;
}

function conditionText({ by, value, wrapped }: AskedIn, column: string, next: () => string): string {
  const left = wrapped === undefined || !/^\w+$/.test(wrapped) ? column : `${wrapped}(${column})`;
  switch (by) {
    case "list":
      return `${left} IN (${next()}, …)`;
    case "range":
      // Which way is not kept.
      return `${left} < or > ${next()}`;
    case "prefix":
    case "infix":
      return `${left} LIKE ${next()}`;
    case "null":
      return `${left} IS NULL`;
    case "other":
      return `${left} …`;
    default:
      return `${left} = ${typeof value === "boolean" || typeof value === "number" ? String(value) : next()}`;
  }
}

/**
 * The statement in PostgreSQL's words, for a planner: what the code holds first, then what is known of its conditions, order and page. `isFew`: few rows
 * lie within its bounds, which a planner would take for a third of all.
 */
export function statementsOf(asked: Asked, isFew = removesByRange(asked)): readonly string[] {
  const { sql } = asked.operation;
  if (isFew) return [plannedSql(asked, isFew)];
  return [...(sql === undefined || sql.includes("\ufffc") ? [] : [sql]), plannedSql(asked, isFew)];
}

/** What is removed is gone the next time: a planner would count on a third of the rows each time, because it does not know of the last. */
export function removesByRange({ operation, range }: Asked): boolean {
  return operation.kind === "db-write" && isRemoval(operation.method) && range.length > 0;
}

function plannedSql(asked: Asked, isFew: boolean): string {
  const { operation, table, all } = asked;
  // The planner takes one value of a column for one row in 200.
  const name = (column: string): string => quoted(column, "postgresql");
  let placeholders = 0;
  const next = (): string => `$${++placeholders}`;
  const target = (table.schema === undefined ? "" : `${name(table.schema)}.`) + name(table.name);
  const conditions = all.flatMap(
    (one) => sentCondition(isFew && one.by === "range" ? { ...one, by: "equal" } : one, name(one.of.name), next, planned) ?? [],
  );
  const where = conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
  if (operation.kind === "db-write") {
    const [column] = table.columns;
    return isRemoval(operation.method) || column === undefined
      ? `DELETE FROM ${target}${where}`
      : `UPDATE ${target} SET ${name(column.name)} = ${name(column.name)}${where}`;
  }
  if (operation.spec.count === true) return `SELECT count(*) FROM ${target}${where}`;
  const order = orderOf(asked)?.columns ?? [];
  // A limit alone is left out: the planner would count on meeting matching rows at once, and a value that is not there is looked for to the end.
  if (order.length === 0) return `SELECT * FROM ${target}${where}`;
  const by = order.map((one) => name(one.name ?? "") + (one.order === "desc" ? " DESC" : "")).join(", ");
  const isPage = operation.limited || operation.spec.list !== true || operation.uses.has("slice") || operation.uses.has("first");
  return `SELECT * FROM ${target}${where} ORDER BY ${by}${isPage || asked.shape.offset !== undefined ? ` LIMIT ${next()}` : ""}`;
}

/** Undefined for what cannot be said in SQL. `literal`: a value that stands in the statement itself. */
export function sentCondition(
  { by, value, wrapped }: AskedColumn,
  column: string,
  next: () => string,
  literal: (value: AskedColumn["value"]) => string | undefined,
): string | undefined {
  const left = wrapped === undefined ? column : /^(?:lower|upper|date)$/i.test(wrapped) ? `${wrapped.toLowerCase()}(${column})` : undefined;
  if (left === undefined) return undefined;
  switch (by) {
    case "list":
      return `${left} IN (${next()}, ${next()}, ${next()})`;
    case "range":
      return `${left} > ${next()}`;
    case "prefix":
    case "infix":
      return `${left} LIKE ${next()}`;
    case "null":
      return `${left} IS NULL`;
    case "other":
      return undefined;
    default:
      return `${left} = ${literal(value) ?? next()}`;
  }
}

/** Only these are few enough for a plan to depend on which it is. */
const planned = (value: AskedColumn["value"]): string | undefined => (typeof value === "boolean" ? String(value) : undefined);

export function isRemoval(method: string): boolean {
  return /^(?:destroy|delete|remove|del$)/i.test(method);
}
