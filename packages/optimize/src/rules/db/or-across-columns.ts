import type { PlanProof } from "../../model/index-question.ts";
import type { Operation, Project } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import type { Found } from "../../model/rule.ts";
import { hotStatements, statementName } from "../gates/statements.ts";
import { chosenBy } from "../schema/chosen.ts";
import { alternativeColumns, comparedPlan, servedBy } from "../schema/split.ts";

export default rule({
  id: "db/or-across-columns",
  title: "OR of conditions that no index serves together",
  needs: ["facts", "schema", "planner"],
  provedBy: "the plan of the statement: whole tables are read, or sorted, where each condition alone has its index",
  tier: "likely",
  check(project, report) {
    for (const operation of hotStatements(project, isAsked)) {
      const found = ofText(project, operation) ?? ofCall(project, operation);
      if (found !== undefined) report(found);
    }
  },
});

function isAsked({ shapes = [] }: Operation): boolean {
  return shapes.some(({ split, alternatives }) => split !== undefined || alternatives !== undefined);
}

const joined =
  "conditions of several tables joined by `OR` are only known once the tables are joined, so that no index is searched for any of them.";

function ofText(project: Project, operation: Operation): Found | undefined {
  for (const split of operation.shapes?.flatMap((shape) => shape.split ?? []) ?? []) {
    const known = servedBy(project, operation, split);
    const { sql } = operation;
    if (known === undefined || sql === undefined) continue;
    const planned = comparedPlan(project, { schema: known.schema, statement: sql, instead: split.rewrite });
    if (planned === undefined) continue;
    return {
      ...common(operation, planned),
      message: `${statementName(operation)} takes rows for which ${alternativeColumns(split)} fits: each of them has its index, but ${
        split.page === undefined
          ? joined
          : "joined by `OR` none of the indexes gives the rows in the order of the page, so that all of them are found and sorted first."
      }`,
      advice: `Ask one query for each and put them together: \`UNION ALL\`, the later ones without the rows that an earlier one gave (\`IS NOT TRUE\`)${split.counted === true ? "; the values are given once for each place" : ""}.`,
      ...(split.counted === true ? {} : { better: split.rewrite }),
    };
  }
  return undefined;
}

function ofCall(project: Project, operation: Operation): Found | undefined {
  const chosen = chosenBy(project, operation);
  const planned = chosen === undefined ? undefined : comparedPlan(project, chosen);
  if (chosen === undefined || planned === undefined) return undefined;
  return {
    ...common(operation, planned),
    message: `${statementName(operation)} takes rows for which ${chosen.columns.join(" or ")} fits: each of them has its index, but ${joined}`,
    advice: `Ask one query for each and put the rows together, each once: ${operation.library === "django" ? "`first.union(second)`" : "by their key, or with a `UNION` in SQL"}.`,
  };
}

function common(
  operation: Operation,
  { reason, plan }: { readonly reason?: string; readonly plan?: PlanProof },
): Pick<Found, "place" | "function" | "tier" | "effort" | "path" | "operation" | "atMost" | "reason" | "plan"> {
  return {
    place: operation.place,
    function: operation.place.function,
    tier: reason === undefined ? "likely" : "candidate",
    effort: "S",
    path: [],
    operation,
    atMost: "medium",
    ...(reason === undefined ? {} : { reason }),
    ...(plan === undefined ? {} : { plan }),
  };
}
