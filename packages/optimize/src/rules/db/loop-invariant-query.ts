import type { LoopedOperation, Project } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { coldReason, guessReason } from "../gates/hot.ts";
import { byLoop, goesOverList, isSmall, repeatsOnPurpose } from "../gates/repetition.ts";
import { isEmbedded, placesOf, reachedName } from "../gates/statements.ts";
import { listName, pageOr, reasonOf } from "../gates/words.ts";

/** Functions that answer differently each time they are asked. */
const volatile =
  /\b(nextval|random|rand|newid|uuid|gen_random_uuid|uuid_generate_v\d\w*|clock_timestamp|pg_(try_)?advisory\w*)\s*\(|\bfor\s+(no\s+key\s+)?(update|share)\b/i;

export default rule({
  id: "db/loop-invariant-query",
  title: "the same query again for each element of a list",
  needs: ["facts"],
  provedBy: "the same statement with the same parameters twice or more in one request, from this place",
  confirmedBy: ["duplicate"],
  tier: "likely",
  check(project, report) {
    for (const all of byLoop(project).values()) {
      const repeated = all.filter((looped) => isRepeated(looped) && !all.some((other) => writesItsTable(other, looped)));
      for (const { looped, related } of placesOf(repeated)) {
        report({
          place: looped.site,
          function: looped.function,
          message: `The same query runs again for each element of ${listName(looped)}: nothing that ${reachedName(looped.operation, looped.path)} asks depends on the element, and the list ${pageOr(looped)}.`,
          advice: "Run the query once before the loop and use its result inside.",
          effort: "S",
          path: looped.path,
          operation: looped.operation,
          loop: looped.loop,
          related,
          ...(isEmbedded(looped.operation) ? { atMost: "medium" as const } : {}),
          ...reasonOf(doubts(project, looped)),
        });
      }
    }
  },
});

function isRepeated(looped: LoopedOperation): boolean {
  const { operation, loop } = looped;
  if (operation.kind !== "db-read" || operation.spec.transaction !== undefined || looped.relation !== "invariant") return false;
  // The row keeps what was read for it.
  if (operation.spec.lazy === "relation" || operation.spec.lazy === "row") return false;
  if (looped.memoized || looped.perLiteral || isSmall(looped) || repeatsOnPurpose(loop) || !goesOverList(loop)) return false;
  if (operation.spec.batched === true && loop.mode !== "sequential") return false;
  return operation.sql === undefined || !volatile.test(operation.sql);
}

/** What the loop writes may change the answer; a statement without a known table may write any, and one with joins may read any. */
function writesItsTable(other: LoopedOperation, read: LoopedOperation): boolean {
  if (other.operation.kind !== "db-write") return false;
  const { table } = other.operation;
  const { spec, sql } = read.operation;
  if (
    spec.joined === true ||
    (table !== undefined && sql !== undefined && new RegExp(`\\b${table.replace(/\W/g, "\\$&")}\\b`, "i").test(sql))
  )
    return true;
  return table === undefined || read.operation.table === undefined || table.toLowerCase() === read.operation.table.toLowerCase();
}

function doubts(project: Project, looped: LoopedOperation): readonly string[] {
  const reasons = [...coldReason(project, looped.function), ...guessReason(looped)];
  if (looped.conditional) reasons.push("it runs only in some rounds, perhaps only in the first");
  if (looped.loop.form === "count") reasons.push("a counted loop that asks the same thing again may be a retry");
  return reasons;
}
