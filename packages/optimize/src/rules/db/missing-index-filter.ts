import type { Operation, Project } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import type { RelatedPlace } from "../../model/rule.ts";
import type { Table } from "../../model/schema.ts";
import { isRequested } from "../gates/hot.ts";
import type { Asked, AskedIn } from "../schema/asked.ts";
import { askedTables } from "../schema/asked.ts";
import { askedSql, isRemoval, removesByRange, statementsOf } from "../schema/asked-sql.ts";
import type { Need } from "../schema/found-index.ts";
import { reportNeeds } from "../schema/found-index.ts";
import { unlessStill } from "../schema/growth.ts";
import { indexLeadingWith, isCoarse, isIndexable, partialFor, wasDropped } from "../schema/indexes.ts";
import { schemaPlace } from "../schema/place.ts";

export default rule({
  id: "db/missing-index-filter",
  title: "a filter that no index answers",
  needs: ["facts", "schema", "planner"],
  provedBy: "the plan of the statement: a scan of the whole table that throws most rows away",
  tier: "likely",
  check(project, report) {
    reportNeeds(
      project,
      askedTables(project).flatMap((asked) => unlessStill(project, needOf(project, asked))),
      report,
    );
  },
});

function needOf(project: Project, asked: Asked): Need | undefined {
  const { equal, range, table, schema, operation } = asked;
  const isKey = (one: AskedIn): boolean => table.foreignKeys.some((key) => key.columns[0] === one.of.name);
  const searched = [...equal, ...range].map(({ of }) => of.name);
  // Some condition is answered by an index already, or is a key whose index is another rule's.
  if (searched.length === 0 || indexLeadingWith(table, searched) !== undefined || equal.some(isKey)) return undefined;
  const fine = equal.filter(({ of }) => !isCoarse(of) && isIndexable(of));
  const rare = fine.length === 0 ? rareFlag(asked) : undefined;
  const [best] = fine.length > 0 ? fine : rare === undefined ? range.filter(({ of }) => isIndexable(of)) : [rare];
  if (best === undefined) return undefined;
  const columns =
    fine.length > 0
      ? fine.slice(0, 3).map(({ of }) => ({ name: of.name, order: "asc" as const }))
      : [{ name: best.of.name, order: "asc" as const }];
  const reason = whyNot(asked, project, best, fine.length > 0 || rare !== undefined);
  const named = [...new Set((fine.length > 0 ? fine : [best]).map(({ of }) => of.property ?? of.name))];
  return {
    schema,
    table,
    columns,
    ...(rare === undefined || schema.dialect === "mysql" ? {} : { more: { where: `"${rare.of.name}" = ${String(rare.value)}` } }),
    operation,
    at: best.of.name,
    reason,
    sql: askedSql(asked),
    ...plannedAs(project, asked, best, fine.length > 0 || rare !== undefined),
    declared: orderedBy(table, best.of.name),
    does: `filters by ${named.map((name) => `\`${name}\``).join(" and ")}`,
  };
}

/** What a planner is asked, and what it is told of bounds that it knows nothing of. */
function plannedAs(project: Project, asked: Asked, best: AskedIn, selective: boolean): Pick<Need, "statements" | "assuming"> {
  if (removesByRange(asked))
    return { statements: statementsOf(asked), assuming: "one row in 200 is due at a time, because what was removed before is gone" };
  if (selective || !isDueList(project, asked, best)) return { statements: statementsOf(asked) };
  return { statements: statementsOf(asked, true), assuming: `one row in 200 is due at a time, because most have no \`${best.of.name}\`` };
}

/** No request but a timer, a job or a command asks what has come due, of a moment that rows need not have. */
function isDueList(project: Project, { operation }: Asked, { of }: AskedIn): boolean {
  const fn = operation.place.function;
  return (
    operation.kind === "db-read" &&
    of.nullable &&
    /^(?:timestamp|datetime|date)/.test(of.type) &&
    project.routesReaching(fn).length > 0 &&
    !isRequested(project, fn)
  );
}

/** A flag that is asked for the value that it does not have by default: the few rows that are marked. */
function rareFlag({ equal, operation }: Asked): AskedIn | undefined {
  // One row that is marked as the default is one of few.
  if (operation.spec.list !== true && operation.spec.count !== true) return undefined;
  return equal.find(
    ({ of, value }) =>
      /^(?:bool|tinyint\(1\))/.test(of.type) && typeof value === "boolean" && of.default !== undefined && isOther(of.default, value),
  );
}

function isOther(fallback: string, value: boolean): boolean {
  const text = fallback.toLowerCase().replaceAll(/['()]/g, "");
  return (/^(?:false|0|f)\b/.test(text) && value) || (/^(?:true|1|t)\b/.test(text) && !value);
}

/** The order that the model declares begins with the column: the index serves it too. */
function orderedBy(table: Table, name: string): readonly RelatedPlace[] {
  const site = table.ordering?.[0]?.name === name ? table.orderingSite : undefined;
  return site === undefined ? [] : [{ place: schemaPlace(site, `${table.models[0] ?? table.name}.ordering`), role: "the order" }];
}

/** What matches is gone afterwards, so that the next time few rows match. */
function removes({ kind, method }: Operation): boolean {
  return kind === "db-write" && isRemoval(method);
}

function whyNot(asked: Asked, project: Project, best: AskedIn, selective: boolean): string | undefined {
  const { shape, all, equal, range, unknown, table, schema, operation } = asked;
  if (shape.open) return "the statement may hold further conditions that were not seen";
  if (shape.either.length > 0) return "it has conditions of which one is enough";
  if (unknown) return "one of its conditions is on something that the schema does not know";
  if (wasDropped(table, [best.of.name])) return "a migration took such an index away";
  if (table.partial !== undefined) return `the table is known in part only: ${table.partial}`;
  if (
    partialFor(
      table,
      [...equal, ...range].map(({ of }) => of.name),
      all.map(({ of }) => of.name),
    ) !== undefined
  )
    return "a partial index may answer it";
  if (all.some(({ wrapped }) => wrapped !== undefined) && table.indexes.some(({ columns }) => columns[0]?.expression !== undefined))
    return "an index on an expression may answer another of its conditions";
  if (schema.dialect === "mongodb") return "of a collection";
  if (!selective && !best.of.nullable && !removes(operation)) return "a range may hold most of the rows";
  if (operation.spec.kind === "db-write" && operation.method.startsWith("create")) return "it writes a row";
  // Removed once a day, what a year brings is there; removed by each request, only what is not old yet.
  if (!selective && removesByRange(asked) && isRequested(project, operation.place.function))
    return "requests themselves remove what is past the bound, so that the table may stay small";
  return undefined;
}
