import type { RepeatedRead } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
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
      if (seen.has(key) || !isWasted(repeated)) continue;
      seen.add(key);
      report({
        place: repeated.second,
        function: repeated.function,
        message: message(repeated),
        advice:
          "Keep the first result and pass it on; where the two places do not know each other, memoise the read for the length of the request.",
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

function isWasted({ operation, first, second }: RepeatedRead): boolean {
  if (operation.kind !== "db-read" || operation.spec.transaction !== undefined) return false;
  if (first.file === second.file && first.at === second.at) return false;
  return operation.sql === undefined || !locking.test(operation.sql);
}

function message({ operation, first, secondPath, conditional }: RepeatedRead): string {
  const via = secondPath[0] === undefined ? "" : ` through \`${secondPath[0].name}\``;
  const some = conditional ? "On some paths the" : "The";
  return `${some} same query runs a second time${via}: ${statementName(operation)} with the same arguments was read on line ${first.line}, and nothing wrote to it in between.`;
}

function firstTime({ first, firstPath }: RepeatedRead): readonly { place: RepeatedRead["first"]; role: string; note?: string }[] {
  return [{ place: first, role: "first time" }, ...firstPath.map((step) => ({ place: step.place, role: "calls", note: step.name }))];
}
