/** What a data layer's call sends, as far as an index is concerned: for people to read. */
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
    return /^(?:destroy|delete|remove)/i.test(operation.method) ? `DELETE FROM ${target}${where}` : `UPDATE ${target} SET …${where}`;
  const order = operation.spec.count === true ? undefined : orderOf(asked);
  const by =
    order === undefined || order.columns.length === 0
      ? ""
      : ` ORDER BY ${order.columns.map((one) => name(one.name ?? "") + (one.order === "desc" ? " DESC" : "")).join(", ")}`;
  return `SELECT ${operation.spec.count === true ? "count(*)" : "…"} FROM ${target}${where}${by}${operation.limited ? ` LIMIT ${next()}` : ""}`;
}

function conditionText({ by, value, wrapped }: AskedIn, column: string, next: () => string): string {
  const left = wrapped === undefined || !/^\w+$/.test(wrapped) ? column : `${wrapped}(${column})`;
  const right = typeof value === "boolean" || typeof value === "number" ? String(value) : next();
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
      return `${left} = ${right}`;
  }
}
