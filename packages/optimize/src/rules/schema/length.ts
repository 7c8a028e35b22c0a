/** Whether a list without a limit is as long as a table that grows, or may stay short: what the schema says of its rows and of the conditions. */
import type { Operation, Project } from "../../model/project.ts";
import type { Table } from "../../model/schema.ts";
import type { Asked, AskedIn, KnownTable } from "./asked.ts";
import { askedTables, columnOf } from "./asked.ts";
import { isHub, stillReason } from "./growth.ts";

const byOperation = new WeakMap<Project, ReadonlyMap<string, readonly Asked[]>>();

/** The ways in which the statement asks, where the schema knows its table. */
export function waysOf(project: Project, operation: Operation): readonly Asked[] {
  let known = byOperation.get(project);
  if (known === undefined) {
    const ways = new Map<string, Asked[]>();
    for (const asked of askedTables(project)) {
      const list = ways.get(asked.operation.id);
      if (list === undefined) ways.set(asked.operation.id, [asked]);
      else list.push(asked);
    }
    byOperation.set(project, (known = ways));
  }
  return known.get(operation.id) ?? [];
}

/** Why so few rows may match that no limit is needed; nothing when every way of asking gives more with each row that is added. */
export function shortReasons(project: Project, operation: Operation): readonly string[] {
  const ways = waysOf(project, operation);
  if (ways.length === 0) return ["how many rows match is not known without the schema and its keys"];
  const reasons = ways.map((asked) => tableReason(project, asked) ?? conditionReason(asked));
  return [...new Set(reasons.flatMap((one) => (one === undefined ? [] : [one])))].slice(0, 1);
}

/** Why the table may be short for each row that its rows belong to. */
export function tableReason(project: Project, { schema, table }: KnownTable): string | undefined {
  if (table.partial !== undefined) return `the table is known in part only: ${table.partial}`;
  if (isHub(schema, table)) return "so many tables refer to it that it has few rows for many of theirs";
  if (!belongs(table)) return "its rows belong to no other table's: it may hold what is set up once";
  return stillReason(project, schema, table);
}

/** Its rows belong to rows of another table: one of those has many of them. */
function belongs({ foreignKeys, columns, primaryKey }: Table): boolean {
  return (
    foreignKeys.length > 0 || columns.some(({ name, property }) => /[a-z](Id|_id)$/.test(property ?? name) && !primaryKey.includes(name))
  );
}

function conditionReason({ shape, unknown, all, range }: Asked): string | undefined {
  if (shape.open || unknown || shape.either.length > 0) return "conditions that were not seen may leave few rows";
  if (range.length > 0) return "a range may leave few rows";
  return all.every(keepsMost) ? undefined : "how many rows the conditions leave is not known";
}

/** What is not removed, not archived, or anything but one value: nearly all rows, and more with each that is added. */
function keepsMost({ by, value, of }: AskedIn): boolean {
  if (by === "other") return true;
  const removed = /delet|remov|archiv|trash/i.test(of.property ?? of.name);
  return removed && (by === "null" || (by === "equal" && value === false));
}

/** What is shown with the newest first is a history: each request that adds to it makes it longer. */
export function isHistory(project: Project, operation: Operation): boolean {
  return waysOf(project, operation).some(({ shape, table }) => {
    const [first] = shape.sort;
    return first?.order === "desc" && isTime(table, first.column);
  });
}

export function isTime(table: Table, name: string): boolean {
  return /^(date|time)/.test(columnOf(table, name)?.type ?? "");
}
