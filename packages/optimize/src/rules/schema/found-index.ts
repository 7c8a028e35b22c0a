/** Reporting an index that is missing: one finding for each index, at its column, with the statements that need it. */
import type { Operation, Project } from "../../model/project.ts";
import type { Found, RelatedPlace } from "../../model/rule.ts";
import type { Index, IndexColumn, Schema, Table } from "../../model/schema.ts";
import { plainIndex } from "../../model/schema-change.ts";
import { refusal } from "../../model/index-question.ts";
import type { PlanProof } from "../../model/index-question.ts";
import { statementName } from "../gates/statements.ts";
import { indexText } from "./index-text.ts";
import { columnPlace } from "./place.ts";

export interface Need {
  readonly schema: Schema;
  readonly table: Table;
  readonly columns: readonly IndexColumn[];
  readonly more?: Partial<Index>;
  readonly operation: Operation;
  /** The column at which the finding stands. */
  readonly at: string;
  /** Why it is a candidate; likely without. */
  readonly reason: string | undefined;
  /** "filters by `status`", "sorts by `at`". */
  readonly does: string;
  /** What is sent, for people. */
  readonly sql?: string;
  /** The same as a planner takes it; the first that it can plan counts. */
  readonly statements: readonly string[];
  /** What is taken for granted beside the size. */
  readonly assuming?: string;
  /** Where else the order or the key is declared. */
  readonly declared?: readonly RelatedPlace[];
}

const shownQueries = 5;
/** Longer statements are found at their place. */
const longestSql = 200;

/** The needs of one index together: it stands at the first of its columns and names its queries. */
export function reportNeeds(project: Project, needs: readonly Need[], report: (found: Found) => void): void {
  const groups = new Map<string, Need[]>();
  for (const need of needs) {
    const own = columnPlace(need.schema, need.table, need.at);
    const key = `${own?.file ?? ""}:${String(own?.line ?? "")}|${need.at}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [need]);
    else group.push(need);
  }
  for (const group of groups.values()) {
    const sorted = group
      .map((need) => planned(project, need))
      .sort(
        (a, b) =>
          Number(a.reason !== undefined) - Number(b.reason !== undefined) ||
          reach(project, b) - reach(project, a) ||
          a.operation.id.localeCompare(b.operation.id),
      );
    const [first] = sorted;
    const place = first === undefined ? undefined : columnPlace(first.schema, first.table, first.at);
    const foreign = first !== undefined && place !== undefined && isForeign(first.schema, place.file);
    if (first === undefined || place === undefined) continue;
    const reason = first.reason ?? (foreign ? "the column is none that the models declare: a package brings it" : undefined);
    const operations = distinct(sorted.filter((one) => one.reason === first.reason).map(({ operation }) => operation));
    const [operation] = operations;
    if (operation === undefined) continue;
    const others = operations.slice(1, shownQueries);
    const more = operations.filter((one) => sorted.some(({ operation: own, does }) => own === one && does === first.does)).length - 1;
    const rest = operations.length - 1 - more;
    report({
      place,
      function: operation.place.function,
      tier: reason === undefined ? "likely" : "candidate",
      message: `${statementName(operation)}${more === 0 ? "" : ` and ${more} more ${more === 1 ? "statement" : "statements"}`} ${more === 0 ? first.does : plural(first.does)}${rest === 0 ? "" : ` (${rest} other${rest === 1 ? "" : "s"} need${rest === 1 ? "s" : ""} it too)`}, and no index of \`${first.table.name}\` begins with what ${more === 0 ? "it asks" : "they ask"} for: the server ${readingOf(first.plan)}.${first.sql === undefined || first.sql.length > longestSql ? "" : ` Sent: \`${first.sql.replaceAll("`", "'")}\`.`}`,
      advice: `Add ${quoted(indexText(first.schema, first.table, first.columns, first.more))}.`,
      effort: "S",
      path: [],
      operation,
      atMost: "medium",
      related: [
        ...others.map((one): RelatedPlace => ({ place: one.place, role: "also runs", note: statementName(one) })),
        ...(first.declared ?? []),
      ],
      ...(reason === undefined ? {} : { reason }),
      ...(first.plan === undefined ? {} : { plan: first.plan }),
    });
  }
}

interface PlannedNeed extends Need {
  readonly plan?: PlanProof;
}

/** A planner decides what the structure does not doubt. */
function planned(project: Project, need: Need): PlannedNeed {
  const { schema, table, columns, more, statements, assuming = "values are spread evenly" } = need;
  if (need.reason !== undefined || schema.dialect === "mongodb" || project.planned === undefined) return need;
  const answer = project.planned({ schema, table, index: { ...plainIndex([]), ...more, columns }, statements });
  if (answer === undefined) return { ...need, reason: "so many indexes are missing that this one was not planned" };
  const { planner, sizes } = answer;
  const isOwn = schema.dialect === "postgresql" || planner.toLowerCase().startsWith(schema.dialect);
  const by = `the planner of ${planner}${isOwn ? "" : "; another server may choose otherwise"}`;
  const plan =
    sizes.length === 0
      ? {}
      : {
          plan: {
            by,
            assuming: `${table.rows === undefined ? "the size is unknown" : "the size is the exported one"} and ${assuming}`,
            sizes,
          },
        };
  const reason = refusal(answer);
  return { ...need, ...plan, ...(reason === undefined ? {} : { reason }) };
}

/** Models say every column that they know; one that only a migration says comes from what they extend. */
function isForeign(schema: Schema, file: string): boolean {
  const models = schema.sources.filter(({ kind }) => kind === "models");
  return models.length > 0 && !models.some(({ files }) => files.includes(file));
}

/** An index whose later columns are asked for is gone through whole, which is less than the table and no search. */
function readingOf(plan: PlanProof | undefined): string {
  const isIndex = plan !== undefined && plan.sizes.every(({ before }) => before.startsWith("Index"));
  return isIndex ? "goes through the whole of another index" : "reads every row";
}

function plural(does: string): string {
  return does.replace(/(^|\band )(\w+)s /g, "$1$2 ");
}

function quoted(text: string): string {
  return text.includes("`") ? text : `\`${text}\``;
}

function reach(project: Project, { operation }: Need): number {
  return project.routesReaching(operation.place.function).length;
}

function distinct(operations: readonly Operation[]): readonly Operation[] {
  const seen = new Set<string>();
  return operations.filter(({ place }) => {
    const key = `${place.file}:${place.line}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
