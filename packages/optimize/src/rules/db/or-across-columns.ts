import type { PlanProof } from "../../model/index-question.ts";
import type { Operation, Project } from "../../model/project.ts";
import type { SplitQuery } from "../../model/query-shape.ts";
import { rule } from "../../model/rule.ts";
import { hotStatements, statementName } from "../gates/statements.ts";
import type { KnownTable } from "../schema/asked.ts";
import { alternativeColumns, comparedPlan, servedBy } from "../schema/split.ts";

export default rule({
  id: "db/or-across-columns",
  title: "OR of conditions that no index serves together",
  needs: ["facts", "schema", "planner"],
  provedBy: "the plan of the statement: whole tables are read, or sorted, where each condition alone has its index",
  tier: "likely",
  check(project, report) {
    for (const operation of hotStatements(project, ({ shapes = [] }) => shapes.some(({ split }) => split !== undefined)))
      for (const split of operation.shapes?.flatMap((shape) => shape.split ?? []) ?? []) {
        const known = servedBy(project, operation, split);
        if (known === undefined) continue;
        const planned = plannedFor(project, operation, known, split);
        if (planned === undefined) continue;
        const { reason, plan } = planned;
        report({
          place: operation.place,
          function: operation.place.function,
          tier: reason === undefined ? "likely" : "candidate",
          message: `${statementName(operation)} takes rows for which ${alternativeColumns(split)} fits: each of them has its index, but ${
            split.page === undefined
              ? "conditions of several tables joined by `OR` are only known once the tables are joined, so that no index is searched for any of them."
              : "joined by `OR` none of the indexes gives the rows in the order of the page, so that all of them are found and sorted first."
          }`,
          advice: `Ask one query for each and put them together: \`UNION ALL\`, the later ones without the rows that an earlier one gave (\`IS NOT TRUE\`)${split.counted === true ? "; the values are given once for each place" : ""}.`,
          effort: "S",
          path: [],
          operation,
          atMost: "medium",
          ...(reason === undefined ? {} : { reason }),
          ...(plan === undefined ? {} : { plan }),
          ...(split.counted === true ? {} : { better: split.rewrite }),
        });
        break;
      }
  },
});

/** Undefined where the planner gains nothing by it: then the statement is as good as it is. */
function plannedFor(
  project: Project,
  { sql }: Operation,
  { schema }: KnownTable,
  { rewrite }: SplitQuery,
): { readonly reason?: string; readonly plan?: PlanProof } | undefined {
  if (sql === undefined) return undefined;
  return comparedPlan(project, { schema, statement: sql, instead: rewrite });
}
