import type { LoopedOperation, Project } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { curesOf } from "../gates/data-layers.ts";
import { coldReason } from "../gates/hot.ts";
import { isSmall, repeatsOnPurpose } from "../gates/repetition.ts";
import { placesOf, reachedName, shareWords } from "../gates/statements.ts";
import { listName, pageOr } from "../gates/words.ts";
import { floodsPool } from "../gates/pool.ts";

export default rule({
  id: "db/write-in-loop",
  title: "a write for each element of a list",
  needs: ["facts", "schema"],
  provedBy: "one write of the same shape for each element, each with its own commit, where one statement gives the same rows",
  confirmedBy: ["n+1"],
  tier: "candidate",
  check(project, report) {
    for (const { looped, related } of placesOf(project.looped.filter(isWriteForEach))) {
      const { operation, path } = looped;
      report({
        place: looped.site,
        function: looped.function,
        tier: "candidate",
        message: `One write for ${shareWords(looped)} ${listName(looped)}: ${reachedName(operation, path)} runs in the loop, and the list ${pageOr(looped)}.`,
        advice: `Collect the rows and write them with one statement: ${curesOf(operation).bulk}.`,
        effort: path.length === 0 ? "S" : "M",
        path,
        operation,
        loop: looped.loop,
        related,
        reason: doubts(project, looped).join("; "),
      });
    }
  },
});

function isWriteForEach(looped: LoopedOperation): boolean {
  const { operation, loop } = looped;
  if (operation.kind !== "db-write" || operation.spec.transaction !== undefined || looped.relation !== "element") return false;
  if (looped.memoized || looped.perLiteral || isSmall(looped) || repeatsOnPurpose(loop)) return false;
  // One row fails alone, or the next write of the round needs what this one made: no single statement does the same.
  if (looped.isolated || looped.feedsWrite) return false;
  return !floodsPool(looped);
}

function doubts(project: Project, looped: LoopedOperation): readonly string[] {
  const { spec, method, sql } = looped.operation;
  const reasons = [
    "hooks, generated keys and unique keys of the table are not known without its schema",
    ...coldReason(project, looped.function),
  ];
  const inserts = /^(create|insert|add)/i.test(method) || /^\s*insert\b/i.test(sql ?? "");
  if (looped.valuesVary && !inserts) reasons.push("each row gets its own values");
  if (spec.instance === true) reasons.push("the row's own hooks run with it");
  return reasons;
}
