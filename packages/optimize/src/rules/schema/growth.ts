/** Whether a table can be expected to grow: what is never written while the program runs is a table of settings. */
import type { Project } from "../../model/project.ts";
import type { Schema, Table } from "../../model/schema.ts";
import { plainName } from "../../model/schema.ts";
import { isReached, tablesOf } from "./asked.ts";
import type { Need } from "./found-index.ts";

const growing = new WeakMap<Project, ReadonlySet<Table>>();

/** Frameworks that write rows on their own: forms, admin pages and serializers save what no call of the program names. */
const unseen: ReadonlySet<string> = new Set(["Django"]);

/** Requests or jobs add rows to it, as far as can be seen. */
export function grows(project: Project, schema: Schema, table: Table): boolean {
  if (schema.sources.some(({ by }) => unseen.has(by)) || project.entries.length === 0) return true;
  let known = growing.get(project);
  if (known === undefined) {
    const tables = new Set<Table>();
    for (const operation of project.operations)
      if (
        operation.kind === "db-write" &&
        /create|insert|upsert|save|build|add|bulk|copy|put|query|execute|raw|values|set/i.test(operation.method) &&
        isReached(project, operation)
      )
        for (const one of tablesOf(project, operation)) tables.add(one.table);
    growing.set(project, tables);
    known = tables;
  }
  return known.has(table);
}

/** The index that is needed, with a reason for doubt when the table is not seen to grow. */
export function unlessStill(project: Project, need: Need | undefined): readonly Need[] {
  if (need === undefined) return [];
  return [{ ...need, reason: need.reason ?? stillReason(project, need.schema, need.table) }];
}

/** Why the table may stay as small as it is; undefined when it grows. */
export function stillReason(project: Project, schema: Schema, table: Table): string | undefined {
  // Where the size is known the planner decides at it.
  if (table.rows !== undefined) return undefined;
  return grows(project, schema, table) ? undefined : "nothing was found that adds rows to the table while the program runs";
}

/** So many of the other tables refer to it that there can be few of its rows for many of theirs: tenants, projects. */
export function isHub(schema: Schema, table: Table): boolean {
  const referring = schema.tables.filter((one) => one.foreignKeys.some((key) => plainName(key.table) === plainName(table.name))).length;
  const all = schema.tables.filter((one) => one.foreignKeys.length > 0).length;
  return referring >= 8 && referring * 3 >= all;
}
