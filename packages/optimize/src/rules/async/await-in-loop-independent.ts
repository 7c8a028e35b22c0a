import type { EffectKind } from "../../model/effect.ts";
import type { LoopedOperation, Project } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { isServiceAskedPerElement } from "../gates/address.ts";
import { coldReason } from "../gates/hot.ts";
import { byLoop, goesOverList, runsPerElement } from "../gates/repetition.ts";
import { boundWords, calledName, limiterWords, listName, reasonOf } from "../gates/words.ts";

/** Repeating and reordering these is harmless. */
const reads: ReadonlySet<EffectKind> = new Set<EffectKind>(["http-read", "file-read", "cpu"]);
/** No business of this rule, whatever they do: their own rules speak of them. */
const owned: ReadonlySet<EffectKind> = new Set<EffectKind>(["db-read", "db-write", "cache-read", "cache-write"]);

export default rule({
  id: "async/await-in-loop-independent",
  title: "rounds that wait for each other without need",
  needs: ["facts"],
  provedBy: "spans of the same call that never overlap, and a paired run with a few at a time",
  recipe: { javascript: "concurrency", python: "concurrency" },
  tier: "likely",
  check(project, report) {
    for (const all of byLoop(project).values()) {
      const looped = waitedFor(all);
      if (looped === undefined) continue;
      report({
        place: looped.site,
        function: looped.function,
        message: `Each round waits for the one before: ${calledName(looped)} is awaited for each element of ${listName(looped)}, nothing it asks depends on an earlier round, and the list ${boundWords(looped)}.`,
        advice: `Work on a fixed number of elements at a time and keep their order (${limiterWords(looped.function)}, or slices of ${listName(looped)}).`,
        effort: "S",
        path: looped.path,
        operation: looped.operation,
        loop: looped.loop,
        ...reasonOf(doubts(project, looped, all)),
      });
    }
  },
});

/** The first independent read that a round waits for, when nothing in the round belongs to another rule. */
function waitedFor(all: readonly LoopedOperation[]): LoopedOperation | undefined {
  const loop = all[0]?.loop;
  if (loop === undefined || loop.mode !== "sequential" || !goesOverList(loop)) return undefined;
  if (all.some((looped) => owned.has(looped.operation.kind) || isServiceAskedPerElement(looped))) return undefined;
  if (all.some((looped) => looped.carried)) return undefined;
  return all.find(
    (looped) =>
      looped.relation === "element" &&
      reads.has(looped.operation.kind) &&
      looped.operation.spec.blocking !== true &&
      // What the thread itself computes takes as long in any order.
      looped.operation.spec.computes !== true &&
      runsPerElement(looped),
  );
}

function doubts(project: Project, looped: LoopedOperation, all: readonly LoopedOperation[]): string[] {
  const reasons = [...coldReason(project, looped.function)];
  const other = all.find(({ operation }) => !reads.has(operation.kind) && operation.kind !== "log");
  if (other !== undefined) reasons.push(`the round also does \`${other.operation.method}\`, whose order may matter`);
  if (looped.inTransaction) reasons.push("it runs inside a transaction");
  return reasons;
}
