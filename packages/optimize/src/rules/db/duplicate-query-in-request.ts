import type { Operation, Project, RepeatedRead } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { columnOf, tablesOf } from "../schema/asked.ts";
import { coldReason, guessReason } from "../gates/hot.ts";
import { statementName } from "../gates/statements.ts";
import { reasonOf } from "../gates/words.ts";

const locking = /\bfor\s+(no\s+key\s+)?(update|share)\b/i;

export default rule({
  id: "db/duplicate-query-in-request",
  title: "the same query twice on one path",
  needs: ["facts"],
  provedBy: "the same statement with the same parameters twice in one request, from these two places",
  confirmedBy: ["duplicate"],
  tier: "likely",
  check(project, report) {
    const seen = new Set<string>();
    for (const repeated of project.repeats) {
      const key = `${repeated.first.file}:${repeated.first.line}|${repeated.second.file}:${repeated.second.line}`;
      if (seen.has(key) || !isWasted(project, repeated)) continue;
      seen.add(key);
      report({
        place: repeated.second,
        function: repeated.function,
        message: message(repeated),
        advice:
          repeated.together === true
            ? "Read it in a function that is wrapped in `cache` of `react`, which remembers for the length of the request, and call that from both."
            : repeated.otherColumns === true
              ? "Ask once for the columns that both places need, and use that row."
              : "Keep the first result and pass it on; where the two places do not know each other, memoise the read for the length of the request.",
        effort: repeated.secondPath.length === 0 && repeated.firstPath.length === 0 ? "S" : "M",
        path: repeated.secondPath,
        // A helper that reads for itself is asked from many places, and remembering its answer mends all of them.
        ...(repeated.secondPath.length === 0 ? {} : { group: `${repeated.operation.id} ${repeated.operation.table ?? ""}` }),
        operation: repeated.operation,
        related: firstTime(repeated),
        atMost: "medium",
        ...reasonOf([...coldReason(project, repeated.function), ...guessReason(repeated)]),
      });
    }
  },
});

function isWasted(project: Project, { operation, first, second, otherColumns, together }: RepeatedRead): boolean {
  // A first look at a column may spare the rest of the row to those who are turned away; a few more columns cost the first nothing.
  if (otherColumns === true && together !== true && !asksForColumns(project, operation)) return false;
  if (operation.kind !== "db-read" || operation.spec.transaction !== undefined) return false;
  if (first.file === second.file && first.at === second.at) return false;
  return operation.sql === undefined || !locking.test(operation.sql);
}

/** It names columns of its own, and no relation. */
function asksForColumns(project: Project, operation: Operation): boolean {
  if (operation.chooses !== true) return false;
  const [only] = tablesOf(project, operation);
  return only === undefined || (operation.includes ?? []).every((name) => columnOf(only.table, name) !== undefined);
}

function message({ operation, first, secondPath, conditional, otherColumns, together }: RepeatedRead): string {
  if (together === true)
    return `The same request reads the same ${otherColumns === true ? "row" : "rows"} twice: ${statementName(operation)} asks here for what another function of the page asks for on line ${first.line}.`;
  if (otherColumns === true)
    return `${conditional ? "On some paths the" : "The"} same row is read a second time: ${statementName(operation)} asks for what was asked for on line ${first.line}, only for other columns, and nothing wrote to it in between.`;
  const via = secondPath[0] === undefined ? "" : ` through \`${secondPath[0].name}\``;
  const some = conditional ? "On some paths the" : "The";
  return `${some} same query runs a second time${via}: ${statementName(operation)} with the same arguments was read on line ${first.line}, and nothing wrote to it in between.`;
}

function firstTime({ first, firstPath }: RepeatedRead): readonly { place: RepeatedRead["first"]; role: string; note?: string }[] {
  return [{ place: first, role: "first time" }, ...firstPath.map((step) => ({ place: step.place, role: "calls", note: step.name }))];
}
