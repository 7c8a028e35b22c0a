import type { LoopedOperation } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { isHttp, isServiceAskedPerElement } from "../gates/address.ts";
import { coldReason } from "../gates/hot.ts";
import { boundOf, isLimited, onePerLine, runsPerElement, settledReason } from "../gates/repetition.ts";
import { boundWords, calledName, limiterWords, listName, reasonOf } from "../gates/words.ts";

/** So many sockets, files or processes at once are no danger by themselves. */
const harmless = 100;

/** File calls that hold a descriptor between steps of their own; the others are one task of the thread pool, which runs a few at a time. */
const holding: ReadonlySet<string> = new Set([
  "readFile",
  "writeFile",
  "appendFile",
  "open",
  "cp",
  "opendir",
  "createReadStream",
  "createWriteStream",
]);

export default rule({
  id: "async/unbounded-concurrency",
  title: "as much at once as a list is long",
  needs: ["facts"],
  provedBy: "the peak of open sockets, descriptors or processes growing with the list",
  recipe: { javascript: "concurrency", python: "concurrency" },
  tier: "likely",
  check(project, report) {
    for (const looped of onePerLine(project.looped.filter(isFanOut))) {
      report({
        place: looped.site,
        function: looped.function,
        message: `${startWords(looped)} for each element of ${listName(looped)} at the same time: ${calledName(looped)} runs for all of them at once, nothing limits how many, and the list ${boundWords(looped)}.`,
        advice: `Let a fixed number run at a time: ${limiterWords(looped.function)}, or slices of the list.`,
        effort: "S",
        path: looped.path,
        operation: looped.operation,
        loop: looped.loop,
        ...reasonOf([...coldReason(project, looped.function), ...settledReason(looped.loop)]),
      });
    }
  },
});

function isFanOut(looped: LoopedOperation): boolean {
  if (looped.loop.mode !== "parallel" || isLimited(looped) || looped.relation !== "element" || !runsPerElement(looped)) return false;
  const bound = boundOf(looped);
  return (bound === undefined || bound > harmless) && holdsSomething(looped);
}

function holdsSomething(looped: LoopedOperation): boolean {
  const { kind, spec, method } = looped.operation;
  if (spec.blocking === true) return false;
  if (isHttp(looped.operation)) return !isServiceAskedPerElement(looped);
  if (kind === "file-read" || kind === "file-write") return holding.has(method);
  return kind === "process";
}

function startWords(looped: LoopedOperation): string {
  const { kind } = looped.operation;
  if (kind === "process") return "A process is started";
  return kind.startsWith("file") ? "A file is opened" : "A request is sent";
}
