import type { LoopedOperation, Project } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { coldReason } from "../gates/hot.ts";
import { byLoop, goesOverList, isSmall, repeatsOnPurpose, settledReason } from "../gates/repetition.ts";
import { isEmbedded, placesOf } from "../gates/statements.ts";
import { listName, pageOr, reasonOf } from "../gates/words.ts";

/** What a commit cannot take back: after it the row that says so is better on the disk at once. */
const outside: ReadonlySet<string> = new Set(["http-read", "http-write", "queue", "process", "sleep", "lock"]);

export default rule({
  id: "db/commit-in-loop",
  title: "a commit for each element of a list",
  needs: ["facts"],
  provedBy: "commits of one request that grow with the list, each with a flush of the database's log",
  tier: "likely",
  check(project, report) {
    const loops = byLoop(project);
    const commits = project.looped.filter((looped) => isCommit(looped) && !isPerElementOnPurpose(looped, loops.get(looped.loop.id) ?? []));
    for (const { looped, related } of placesOf(innermost(commits))) {
      const { path } = looped;
      const first = path.find((step) => step.name !== "");
      report({
        place: looped.site,
        function: looped.function,
        message: `One commit for each element of ${listName(looped)}: ${first === undefined ? "it" : `\`${first.name}\``} ends the transaction in every round, and the list ${pageOr(looped)}. Each commit waits until the database has written its log to the disk.`,
        advice: "Commit once after the loop, or after every few hundred elements when the list is long.",
        effort: path.length === 0 ? "S" : "M",
        path,
        operation: looped.operation,
        loop: looped.loop,
        related,
        ...(isEmbedded(looped.operation) ? { atMost: "medium" as const } : {}),
        ...reasonOf(doubts(project, looped)),
      });
    }
  },
});

function isCommit({ operation }: LoopedOperation): boolean {
  return operation.spec.transaction === "commit";
}

/** Elements that may fail alone, and work outside the database that must not be done twice, are committed one by one for a reason. */
function isPerElementOnPurpose(looped: LoopedOperation, round: readonly LoopedOperation[]): boolean {
  const { loop, isolated, memoized } = looped;
  if (isolated || memoized || isSmall(looped) || repeatsOnPurpose(loop) || !goesOverList(loop)) return true;
  return round.some(({ operation }) => outside.has(operation.kind));
}

/** A commit does not depend on what is looped over: of several loops around it the innermost repeats it. */
function innermost(commits: readonly LoopedOperation[]): readonly LoopedOperation[] {
  return commits.filter(
    (one) => !commits.some((other) => other !== one && other.operation.id === one.operation.id && depthOf(other) > depthOf(one)),
  );
}

/** Loops further in: fewer calls between the loop and the commit, more loops around it. */
function depthOf({ path, outer }: LoopedOperation): number {
  return outer.length - 100 * path.length;
}

function doubts(project: Project, looped: LoopedOperation): readonly string[] {
  const reasons = [...coldReason(project, looped.function), ...settledReason(looped.loop)];
  if (looped.conditional || looped.partly) reasons.push("not every round commits, perhaps only every hundredth");
  return reasons;
}
