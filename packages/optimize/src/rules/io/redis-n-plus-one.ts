import type { LoopedOperation, Project } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { coldReason } from "../gates/hot.ts";
import { byLoop, goesOverList, onePerLine, runsPerElement } from "../gates/repetition.ts";
import { boundWords, calledName, listName, reasonOf } from "../gates/words.ts";

export default rule({
  id: "io/redis-n-plus-one",
  title: "a cache command for each element of a list",
  needs: ["facts"],
  provedBy: "redis spans of one request: at least five of the same command below the same span, one after the other",
  confirmedBy: ["n+1"],
  tier: "likely",
  check(project, report) {
    const loops = byLoop(project);
    for (const looped of onePerLine(project.looped.filter(isRepeatedCommand))) {
      const same = looped.relation === "invariant";
      report({
        place: looped.site,
        function: looped.function,
        message: same ? repeatedMessage(looped) : message(looped),
        advice: same
          ? "Run the command once before the loop."
          : "Send the commands together: one command that takes many keys (`MGET`, `DEL`, `SADD`), or one pipeline with a single `exec` after the loop.",
        effort: "S",
        path: looped.path,
        operation: looped.operation,
        loop: looped.loop,
        ...reasonOf(doubts(project, looped, loops.get(looped.loop.id) ?? [])),
      });
    }
  },
});

function isRepeatedCommand(looped: LoopedOperation): boolean {
  const { kind, spec } = looped.operation;
  if ((kind !== "cache-read" && kind !== "cache-write") || spec.scan === true || looped.operation.byList || !runsPerElement(looped))
    return false;
  // Commands that no round waits for are written one after the other, as a pipeline would.
  if (looped.floating) return false;
  return looped.relation === "element" || (looped.relation === "invariant" && kind === "cache-read");
}

function doubts(project: Project, looped: LoopedOperation, all: readonly LoopedOperation[]): string[] {
  const { loop } = looped;
  const reasons = [...coldReason(project, looped.function)];
  // Clients write commands of one tick to one socket without waiting: what is left is the cost of each command.
  if (loop.mode !== "sequential") reasons.push("the commands are sent together, without waiting for each other");
  if (all.some(({ operation }) => operation.kind === "lock"))
    reasons.push("each round takes a lock of its own, and goes on when it has it");
  if (!goesOverList(loop)) reasons.push("the loop runs until something happens and not over a list");
  if (looped.carried || looped.feedsWrite) reasons.push("a later command needs the answer of an earlier one");
  if (looped.relation === "invariant" && loop.form === "count")
    reasons.push("a counted loop that asks the same thing again may be a retry");
  return reasons;
}

function message(looped: LoopedOperation): string {
  const { method, library } = looped.operation;
  const via = looped.path.length === 0 ? "" : `, which runs \`${method}\`,`;
  return `One ${library} round trip for each element of ${listName(looped)}: ${calledName(looped)}${via} runs in the loop, and the list ${boundWords(looped)}.`;
}

function repeatedMessage(looped: LoopedOperation): string {
  const { library } = looped.operation;
  return `The same ${library} command runs again for each element of ${listName(looped)}: nothing that ${calledName(looped)} asks depends on the element, and the list ${boundWords(looped)}.`;
}
