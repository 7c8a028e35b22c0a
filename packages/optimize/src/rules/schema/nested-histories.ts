/** Histories that are loaded whole with each of many rows: what the schema says of the relations that a statement follows. */
import type { NestedRead } from "../../model/row-reading.ts";
import type { Operation, Project } from "../../model/project.ts";
import { tableNamed } from "../../model/schema.ts";
import { isHot } from "../gates/hot.ts";
import type { KnownTable } from "./asked.ts";
import { tablesOf } from "./asked.ts";
import { isTime, tableReason } from "./length.ts";

export interface NestedHistory {
  readonly operation: Operation;
  readonly read: NestedRead;
  readonly reasons: readonly string[];
}

export function nestedHistories(project: Project): readonly NestedHistory[] {
  const { nestedReads } = project.locals;
  if (nestedReads.length === 0) return [];
  const byCall = new Map<string, Operation>();
  for (const operation of project.operations)
    if (operation.kind === "db-read" && operation.library === "prisma" && isHot(project, operation.place.function))
      byCall.set(keyOf(operation.place), operation);
  return nestedReads.flatMap((read) => {
    const operation = byCall.get(keyOf(read.call));
    const target = operation === undefined ? undefined : ledTo(project, operation, read);
    if (operation === undefined || target === undefined || !isTime(target.table, read.newest)) return [];
    const reason = tableReason(project, target);
    return [{ operation, read, reasons: reason === undefined ? [] : [reason] }];
  });
}

/** The table at the end of the way, when it is a list there and there are many rows that have one: rows of one parent may be few. */
function ledTo(project: Project, operation: Operation, { path }: NestedRead): KnownTable | undefined {
  const [start, other] = tablesOf(project, operation);
  if (start === undefined || other !== undefined) return undefined;
  const { schema } = start;
  let table = start.table;
  let lists = operation.spec.list === true ? 1 : 0;
  let last: "one" | "many" = "one";
  for (const name of path) {
    const relation = table.relations.find((one) => one.name === name);
    const next = relation === undefined ? undefined : tableNamed(schema, relation.table);
    if (relation === undefined || next === undefined) return undefined;
    last = relation.kind;
    if (last === "many") lists++;
    table = next;
  }
  return last === "many" && lists > 1 ? { schema, table } : undefined;
}

function keyOf({ file, at, end }: { readonly file: string; readonly at: number; readonly end: number }): string {
  return `${file}:${String(at)}:${String(end)}`;
}
