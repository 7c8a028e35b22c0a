import type { LoopedOperation, Project } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { coldReason } from "../gates/hot.ts";
import { goesOverList, onePerLine, runsPerElement, settledReason } from "../gates/repetition.ts";
import { calledName, listName, pageOr, reasonOf } from "../gates/words.ts";

export default rule({
  id: "async/cpu-in-event-loop",
  title: "a computation for each element of a list, on the thread that answers everybody",
  needs: ["facts"],
  provedBy: "a delay of the event loop that grows with the list, and a CPU profile with the computation on top",
  confirmedBy: ["blocking"],
  tier: "likely",
  check(project, report) {
    const shared = onSharedThread(project);
    for (const looped of onePerLine(project.looped.filter((one) => computesForEach(one) && shared.has(one.operation.id)))) {
      const { method } = looped.operation;
      const via = looped.path.length === 0 ? "" : `, which runs \`${method}\`,`;
      report({
        place: looped.site,
        function: looped.function,
        message: `${calledName(looped)}${via} computes for each element of ${listName(looped)} on the thread that answers everybody, and the list ${pageOr(looped)}: nothing else runs until all of them are done.`,
        advice: `Compute once for each different value, only what is shown, when the row is written; or hand the list to a ${looped.function.language === "python" ? "process pool (`run_in_executor`)" : "worker thread"}.`,
        effort: "M",
        path: looped.path,
        operation: looped.operation,
        loop: looped.loop,
        atMost: "medium",
        ...reasonOf(doubts(project, looped)),
      });
    }
  },
});

function computesForEach(looped: LoopedOperation): boolean {
  return looped.operation.kind === "cpu" && looped.operation.spec.computes === true && runsPerElement(looped) && goesOverList(looped.loop);
}

/** Python has a thread for each request where handlers are no coroutines. */
function onSharedThread(project: Project): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const entry of project.entries) for (const { operation, onLoop } of entry.operations) if (onLoop) ids.add(operation.id);
  return ids;
}

function doubts(project: Project, looped: LoopedOperation): string[] {
  return [
    ...coldReason(project, looped.function),
    ...settledReason(looped.loop),
    ...(looped.relation === "element" ? [] : ["it is the same for each element: whoever computes it once is done"]),
  ];
}
