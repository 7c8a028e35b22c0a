import type { LoopedOperation, Project } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { elementIsAddress, isHttp } from "../gates/address.ts";
import { coldReason } from "../gates/hot.ts";
import { goesOverList, isLimited, onePerLine, runsPerElement, settledReason } from "../gates/repetition.ts";
import { boundWords, calledName, listName, paceWords, reasonOf, requestName } from "../gates/words.ts";

export default rule({
  id: "io/http-n-plus-one",
  title: "an HTTP request for each element of a list",
  needs: ["facts"],
  provedBy: "client spans of one request: at least five to the same URL pattern below the same span",
  confirmedBy: ["n+1"],
  recipe: { javascript: "concurrency", python: "concurrency" },
  tier: "likely",
  check(project, report) {
    for (const looped of onePerLine(project.looped.filter(isRepeatedRequest))) {
      const same = looped.relation === "invariant";
      report({
        place: looped.site,
        function: looped.function,
        message: same ? repeatedMessage(looped) : message(looped),
        advice: same
          ? "Send it once before the loop and use the answer in it."
          : `Ask for all of ${listName(looped)} in one request if the service can answer that; else keep a fixed number of requests in flight and ask once for equal keys.`,
        effort: same ? "S" : "M",
        path: looped.path,
        operation: looped.operation,
        loop: looped.loop,
        ...reasonOf(doubts(project, looped)),
      });
    }
  },
});

function isRepeatedRequest(looped: LoopedOperation): boolean {
  if (!isHttp(looped.operation) || !runsPerElement(looped) || elementIsAddress(looped)) return false;
  return looped.relation === "element" || looped.relation === "invariant";
}

function doubts(project: Project, looped: LoopedOperation): string[] {
  const { loop, operation } = looped;
  const reasons = [...coldReason(project, looped.function), ...settledReason(loop)];
  if (operation.kind === "http-write")
    reasons.push("it is not proven to be a read, and whether the service takes many writes at once is not known");
  if (isLimited(looped)) reasons.push("the number of requests at a time is limited already");
  if (!goesOverList(loop)) reasons.push("the loop runs until something happens and not over a list");
  if (looped.carried) reasons.push("a round depends on the round before");
  if (looped.relation === "invariant" && loop.form === "count")
    reasons.push("a counted loop that asks the same thing again may be a retry");
  return reasons;
}

function message(looped: LoopedOperation): string {
  const via = looped.path.length === 0 ? "" : `, which sends ${requestName(looped.operation)}`;
  const what = looped.path.length === 0 ? requestName(looped.operation) : calledName(looped);
  return `One HTTP request for each element of ${listName(looped)}: ${what}${via} runs in the loop ${paceWords(looped)}, and the list ${boundWords(looped)}.`;
}

function repeatedMessage(looped: LoopedOperation): string {
  return `The same HTTP request is sent again for each element of ${listName(looped)}: nothing that ${calledName(looped)} asks depends on the element, and the list ${boundWords(looped)}.`;
}
