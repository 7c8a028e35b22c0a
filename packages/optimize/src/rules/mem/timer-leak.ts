import type { Acquisition } from "../../model/local.ts";
import type { Project } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { isEntered } from "../gates/hot.ts";
import { reasonOf } from "../gates/words.ts";

export default rule({
  id: "mem/timer-leak",
  title: "an interval that is started again and again and never ends",
  needs: ["facts"],
  provedBy: "the number of active timers (`process.getActiveResourcesInfo()`) growing with the requests",
  tier: "likely",
  check(project, report) {
    for (const one of project.locals.acquisitions) {
      if (one.kind !== "interval" || one.scope === "effect" || one.scope === "module" || one.released === "yes") continue;
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

function doubts(project: Project, one: Acquisition, instance: boolean): string[] {
  if (instance || isEntered(project, one.function)) return [];
  return ["it is not seen to run for each request: it may run once"];
}
