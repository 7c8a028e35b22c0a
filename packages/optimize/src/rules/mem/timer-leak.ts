import type { Acquisition, Guard } from "../../model/acquisition.ts";
import type { Project } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import type { Found } from "../../model/rule.ts";
import { coldReason, isEntered, isHot } from "../gates/hot.ts";
import { reasonOf } from "../gates/words.ts";

/** Milliseconds from which on what is left behind adds up. */
const longEnough = 5000;

export default rule({
  id: "mem/timer-leak",
  title: "an interval that is started again and again and never ends",
  needs: ["facts"],
  provedBy: "the number of active timers (`process.getActiveResourcesInfo()`) growing with the requests",
  tier: "likely",
  check(project, report) {
    for (const guard of project.locals.guards)
      if (guard.after === undefined || guard.after >= longEnough) report(forgotten(project, guard));
    for (const one of project.locals.acquisitions) {
      if (one.kind !== "interval" || one.scope === "effect" || one.scope === "render" || one.scope === "module" || one.released === "yes")
        continue;
      const instance = one.scope === "instance" && one.ends;
      report({
        place: one.place,
        function: one.function,
        message: `${instance ? "Each instance" : "Each call"} starts an interval, and nothing ends it: they all go on running, and keep what they can see in memory.`,
        advice: instance
          ? "Keep the handle in a field and clear it where the instance ends."
          : "Keep the handle and clear it when the request, connection or job ends; or start one interval when the module is loaded.",
        effort: "S",
        path: [],
        ...(instance ? { again: true as const } : {}),
        ...reasonOf(doubts(project, one, instance)),
      });
    }
  },
});

function forgotten(project: Project, guard: Guard): Found {
  const { kept, words, after } = guard;
  const time = after === undefined ? "its whole time" : `${String(Math.round(after / 1000))} seconds`;
  return {
    place: guard.place,
    function: guard.function,
    message: kept
      ? `The time-out is cleared only when nothing fails: an error leaves it behind for ${time}, after which it still does what it was there for, and what it can see stays in memory with it.`
      : `The time-out that calls \`${words}\` is not cleared when the work is done: each call leaves one behind for ${time}, and what it can see stays in memory with it.`,
    advice: kept
      ? "Clear it in a `finally` block."
      : "Keep the handle and clear it where the work ends, also when it fails (`finally`); or use `AbortSignal.timeout`, which holds nothing.",
    effort: "S",
    path: [],
    atMost: "medium",
    ...reasonOf(coldReason(project, guard.function)),
  };
}

function doubts(project: Project, one: Acquisition, instance: boolean): string[] {
  if (instance || isEntered(project, one.function) || (one.perCall && isHot(project, one.function))) return [];
  return ["it is not seen to run for each request: it may run once"];
}
