/** Conditions of which one is enough: does each of them have its index, and what does a planner say to a query for each? */
import type { PlanProof, RewriteQuestion } from "../../model/index-question.ts";
import type { Operation, Project } from "../../model/project.ts";
import type { InnerColumn, SplitQuery } from "../../model/query-shape.ts";
import { columnNamed } from "../../model/schema.ts";
import type { KnownTable } from "./asked.ts";
import { tablesOf } from "./asked.ts";
import { indexForOrder, indexLeadingWith, isCoarse } from "./indexes.ts";

/**
 * The database that is asked; undefined where a condition has no index of its own, which is what is to be said then, or where that is not known; and where
 * a condition that always holds has one, which may leave few rows.
 */
export function servedBy(project: Project, { library }: Operation, { branches, besides, page }: SplitQuery): KnownTable | undefined {
  if (besides.some((one) => tableWithIndex(project, library, one, [one], undefined) !== undefined)) return undefined;
  let found: KnownTable | undefined;
  for (const columns of branches.flatMap(({ alternatives }) => alternatives)) {
    const served = columns.map((one) => tableWithIndex(project, library, one, columns, page)).find((one) => one !== undefined);
    if (served === undefined || (found !== undefined && found.schema !== served.schema)) return undefined;
    found = served;
  }
  return found;
}

/** Few rows have one value of the column, and an index finds them: in the order of the page, where there is one. */
function tableWithIndex(
  project: Project,
  library: string,
  { table: name, column: asked }: InnerColumn,
  together: readonly InnerColumn[],
  page: SplitQuery["page"],
): KnownTable | undefined {
  const [known, ...others] = tablesOf(project, { table: name, library });
  if (known === undefined || others.length > 0 || known.table.partial !== undefined) return undefined;
  const { table } = known;
  const column = columnNamed(table, asked);
  if (column === undefined || isCoarse(column)) return undefined;
  if (page === undefined) return indexLeadingWith(table, [column.name]) === undefined ? undefined : known;
  const names = together.flatMap((one) => columnNamed(table, one.column)?.name ?? []);
  const order = page.flatMap((one) => {
    const of = columnNamed(table, one.column);
    return of === undefined ? [] : [{ name: of.name, order: one.order }];
  });
  const index = order.length === page.length ? indexForOrder(table, names, order) : undefined;
  return index !== undefined && names.includes(index.columns[0]?.name ?? "") ? known : undefined;
}

/** "`orders.owner` or `members.person`" */
export function alternativeColumns({ branches }: SplitQuery): string {
  const names = branches.flatMap(({ alternatives }) =>
    alternatives.map((columns) => columns.map(({ table, column }) => `\`${table}.${column}\``).join(" with ")),
  );
  return [...new Set(names)].join(" or ");
}

/** Undefined where the planner gains nothing by the other statement, or was not asked because there are too many questions. */
export function comparedPlan(
  project: Project,
  question: RewriteQuestion,
): { readonly reason?: string; readonly plan?: PlanProof } | undefined {
  if (project.planned === undefined) return {};
  const answer = project.planned(question);
  if (answer === undefined) return undefined;
  const { planner, sizes, why, holds } = answer;
  if (why !== undefined) return { reason: `it could not be planned: ${why}` };
  if (!holds) return undefined;
  const isOwn = question.schema.dialect === "postgresql";
  const plan: PlanProof = {
    by: `the planner of ${planner}${isOwn ? "" : "; another server may choose otherwise"}`,
    assuming: `${question.schema.tables.some(({ rows }) => rows !== undefined) ? "the size is the exported one" : "the size is unknown"} and values are spread evenly`,
    sizes,
  };
  return isOwn ? { plan } : { plan, reason: "the database is another one than the planner's, and may read several indexes at once" };
}
