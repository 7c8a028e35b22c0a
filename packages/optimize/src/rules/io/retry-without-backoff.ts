import type { LoopedOperation, Project } from "../../model/project.ts";
import type { Retry } from "../../model/local.ts";
import { rule } from "../../model/rule.ts";
import { coldReason, guessReason } from "../gates/hot.ts";
import { reasonOf, requestName } from "../gates/words.ts";

export default rule({
  id: "io/retry-without-backoff",
  title: "a failed request that is sent again at once",
  needs: ["facts"],
  provedBy: "several requests to one address within milliseconds of a failed one, in the spans of one request",
  recipe: { javascript: "retry" },
  // None of the projects that were scanned has one that an entry reaches.
  tier: "candidate",
  check(project, report) {
    for (const retry of project.locals.retries) {
      const sent = requestIn(project, retry);
      // What leaves before the request is sent ends the work, and not its attempts.
      if (sent === undefined || sent.site.at > retry.leaves) continue;
      const often = retry.endless ? "again and again, without end" : "again at once, for each attempt that is left";
      report({
        place: sent.site,
        function: retry.function,
        message: `When ${requestName(sent.operation)} fails it is sent ${often}: a service that is down or overloaded gets all attempts in the moment in which it can bear them least, and they all fail for the same reason.`,
        advice:
          "Wait before the next attempt, twice as long each time and with a random part, end after a few, and only for errors that may pass (429, 502, 503, time-outs).",
        effort: "S",
        path: sent.path,
        operation: sent.operation,
        related: [{ place: retry.place, role: "the loop" }],
        atMost: "medium",
        ...reasonOf([...coldReason(project, retry.function), ...guessReason(sent)]),
      });
    }
  },
});

/** The request that the loop repeats; databases are asked again for other reasons (a lost race), where waiting helps less. */
function requestIn({ looped }: Project, { place }: Retry): LoopedOperation | undefined {
  return looped
    .filter(
      ({ loop, operation }) =>
        loop.place.file === place.file && loop.place.at === place.at && !loop.paced && operation.kind.startsWith("http-"),
    )
    .sort((a, b) => a.path.length - b.path.length || a.site.at - b.site.at)[0];
}
