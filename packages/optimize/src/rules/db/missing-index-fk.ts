import type { Operation, Project } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import type { ForeignKey, Schema, Table } from "../../model/schema.ts";
import { quoted } from "../../model/schema-ddl.ts";
import { columnNamed, tableNamed } from "../../model/schema.ts";
import { isRequested } from "../gates/hot.ts";
import { askedSql, statementsOf } from "../schema/asked-sql.ts";
import { askedBy, askedTables, isReached, tablesOf, type Asked } from "../schema/asked.ts";
import type { Need } from "../schema/found-index.ts";
import { reportNeeds } from "../schema/found-index.ts";
import { isHub, stillReason } from "../schema/growth.ts";
import { coveredByPrefix, indexLeadingWith, partialFor, wasDropped } from "../schema/indexes.ts";

export default rule({
  id: "db/missing-index-fk",
  title: "a foreign key without an index",
  needs: ["facts", "schema", "planner"],
  provedBy: "the plan of the statement, or of the check that a DELETE of the other table makes: a scan of the whole table",
  tier: "likely",
  check(project, report) {
    const needs: Need[] = [];
    const deletions = deletionsIn(project);
    const endings = endingsOf(project, deletions);
    const many = new Set(project.looped.map(({ operation }) => operation.id));
    for (const schema of project.schemas)
      for (const table of schema.tables)
        for (const key of table.foreignKeys)
          if (lacksIndex(schema, table, key))
            needs.push(...needsOf(project, schema, table, key, deletions, many).map((need) => unlessEnding(need, endings)));
    reportNeeds(project, needs, report);
  },
});

function lacksIndex(schema: Schema, table: Table, key: ForeignKey): boolean {
  if (schema.dialect === "mysql" || schema.dialect === "mongodb" || key.columns.length === 0) return false;
  if (key.columns.some((name) => columnNamed(table, name) === undefined)) return false;
  return coveredByPrefix(table, key.columns) === undefined && indexLeadingWith(table, key.columns.slice(0, 1)) === undefined;
}

function needsOf(
  project: Project,
  schema: Schema,
  table: Table,
  key: ForeignKey,
  deletions: ReadonlyMap<Table, readonly Operation[]>,
  many: ReadonlySet<string>,
): readonly Need[] {
  const [name = ""] = key.columns;
  const base = { schema, table, columns: key.columns.map((column) => ({ name: column, order: "asc" as const })), at: name };
  const reason = reasonOf(project, schema, table, name);
  const asking = askedTables(project).filter(
    (asked) =>
      asked.table === table &&
      asked.equal.some(({ of }) => of.name === name) &&
      indexLeadingWith(
        table,
        [...asked.equal, ...asked.range].map(({ of }) => of.name),
      ) === undefined,
  );
  const needs = asking.map((asked): Need => ({
    ...base,
    operation: asked.operation,
    sql: askedSql(asked),
    statements: statementsOf(asked),
    reason: reason ?? askingReason(project, asked, many),
    does: `filters by the foreign key \`${name}\``,
  }));
  const parent = tableNamed(schema, key.table);
  if (parent === undefined || key.virtual === true) return needs;
  const removals = (deletions.get(parent) ?? []).map((operation): Need => ({
    ...base,
    operation,
    reason: reason ?? removalReason(project, parent, operation, many),
    sql: `SELECT 1 FROM ${quoted(table.name, schema.dialect)} WHERE ${quoted(name, schema.dialect)} = $1`,
    statements: [`SELECT 1 FROM ${quoted(table.name, "postgresql")} WHERE ${quoted(name, "postgresql")} = $1`],
    does: `deletes rows of \`${parent.name}\` and looks for those of \`${table.name}\` that refer to them by \`${name}\``,
  }));
  return [...needs, ...removals];
}

/** So many tables that hang on it are cleared by the function that removes the row: then it removes an account with all that it has. */
const leastCleared = 3;

/** Functions that remove a row on which most tables hang, after clearing these one by one. */
function endingsOf(project: Project, deletions: ReadonlyMap<Table, readonly Operation[]>): ReadonlySet<string> {
  const clears = (table: Table, id: string): boolean => (deletions.get(table) ?? []).some(({ place }) => place.function.id === id);
  const found = new Set<string>();
  for (const schema of project.schemas)
    for (const hub of schema.tables)
      if (deletions.has(hub) && isHub(schema, hub)) {
        const hanging = schema.tables.filter((table) => table.foreignKeys.some((key) => tableNamed(schema, key.table) === hub));
        for (const { place } of deletions.get(hub) ?? [])
          if (hanging.filter((table) => table !== hub && clears(table, place.function.id)).length >= leastCleared)
            found.add(place.function.id);
      }
  return found;
}

function unlessEnding(need: Need, endings: ReadonlySet<string>): Need {
  return need.reason === undefined && endings.has(need.operation.place.function.id)
    ? { ...need, reason: "it runs when a row on which most tables hang is removed with all that it has: once in its life" }
    : need;
}

function reasonOf(project: Project, schema: Schema, table: Table, name: string): string | undefined {
  if (wasDropped(table, [name])) return "a migration took such an index away";
  if (table.partial !== undefined) return `the table is known in part only: ${table.partial}`;
  if (partialFor(table, [name], [name]) !== undefined) return "a partial index may answer it";
  return stillReason(project, schema, table);
}

function askingReason(
  project: Project,
  { shape, table, equal, range, all, operation, unknown }: Asked,
  many: ReadonlySet<string>,
): string | undefined {
  if (unknown) return "one of its conditions is on something that the schema does not know";
  if (shape.either.length > 0) return "it has conditions of which one is enough";
  const searched = [...equal, ...range].map(({ of }) => of.name);
  const said = all.map(({ of }) => of.name);
  if (partialFor(table, searched, said) !== undefined) return "a partial index may answer it";
  const isOfMany = all.some(({ by }) => by === "list");
  // What is locked is read in order to be written.
  const writes = operation.kind === "db-write" || operation.spec.locks === true;
  return writes && !isOfMany && isWorkedOff(project, operation, many)
    ? "only work in the background changes rows by it, for one row of the other table at a time: nobody waits for it"
    : undefined;
}

/** The server looks once for each row that goes. */
function removalReason(project: Project, parent: Table, operation: Operation, many: ReadonlySet<string>): string | undefined {
  return isWorkedOff(project, operation, many) && (operation.spec.instance === true || isOfOne(project, parent, operation))
    ? "only work in the background removes such rows, one at a time: nobody waits for it"
    : undefined;
}

/** A job, an event or a command does it and no request, and it is done once where it is done. */
function isWorkedOff(project: Project, { id, place }: Operation, many: ReadonlySet<string>): boolean {
  return !many.has(id) && project.routesReaching(place.function).length > 0 && !isRequested(project, place.function);
}

/** The filter names one row by a key of the table. */
function isOfOne(project: Project, table: Table, operation: Operation): boolean {
  const asked = askedBy(project, operation);
  const keys = [table.primaryKey, ...table.uniques].filter((key) => key.length > 0);
  return (
    asked.length > 0 &&
    asked.every(({ equal }) => keys.some((key) => key.every((name) => equal.some(({ of, by }) => of.name === name && by === "equal"))))
  );
}

/** Statements that really remove rows, by table; those that only mark them are none. */
function deletionsIn(project: Project): ReadonlyMap<Table, readonly Operation[]> {
  const found = new Map<Table, Operation[]>();
  for (const operation of project.operations) {
    if (
      operation.kind !== "db-write" ||
      !/^(?:destroy|delete\w*|remove|truncate|del)$/i.test(operation.method) ||
      operation.place.function.module
    )
      continue;
    const [only, second] = tablesOf(project, operation);
    if (only === undefined || second !== undefined || !isReached(project, operation)) continue;
    if (only.table.softDelete === true && operation.shapes?.some(({ force }) => force === true) !== true) continue;
    const list = found.get(only.table);
    if (list === undefined) found.set(only.table, [operation]);
    else list.push(operation);
  }
  return found;
}
