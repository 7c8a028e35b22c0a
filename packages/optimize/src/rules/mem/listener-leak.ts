import type { Acquisition, Misremoval, Race } from "../../model/acquisition.ts";
import type { Project } from "../../model/project.ts";
import type { Found } from "../../model/rule.ts";
import { rule } from "../../model/rule.ts";
import { coldReason, isEntered, isHot } from "../gates/hot.ts";
import { adviceOf, messageOf } from "../gates/listener-words.ts";
import { reasonOf } from "../gates/words.ts";

export default rule({
  id: "mem/listener-leak",
  title: "a listener added again and again to something that lives on",
  needs: ["facts"],
  provedBy: "`MaxListenersExceededWarning`, or the number of listeners growing with the requests",
  tier: "likely",
  check(project, report) {
    for (const one of project.locals.misremovals) report(misremoval(one));
    for (const one of project.locals.races) report(race(project, one));
    for (const one of project.locals.acquisitions) {
      if (one.kind !== "listener" || one.scope === "effect" || one.scope === "render" || one.scope === "module" || one.released === "yes")
        continue;
      if (!outlives(one)) continue;
      report({
        place: one.place,
        function: one.function,
        message: messageOf(one),
        advice: adviceOf(one),
        effort: "S",
        path: [],
        ...((one.ends && one.scope === "instance") || one.shared || one.again !== undefined || isFutile(one)
          ? { again: true as const }
          : {}),
        ...reasonOf(doubts(project, one)),
      });
    }
  },
});

function misremoval({ place, function: fn, event, added }: Misremoval): Found {
  const names = added.map((name) => `\`${name}\``).join(", ");
  return {
    place,
    function: fn,
    tier: "likely",
    message: `The listener is removed from \`${event}\`, for which it was never added: what was added for ${names} stays, and is added once more the next time.`,
    advice: `Remove it from ${names}.`,
    effort: "S",
    path: [],
    again: true,
  };
}

function race(project: Project, { place, function: fn, words }: Race): Found {
  return {
    place,
    function: fn,
    message: `Each round races against \`${words}\`, which outlives them all: every race leaves its own reactions with that promise, and what they can see, until it is settled.`,
    advice:
      "Wait for one promise that the work or the end settles (an event that is taken off after each round), instead of racing against the same one again.",
    effort: "M",
    path: [],
    ...reasonOf(coldReason(project, fn)),
  };
}

/** It is taken off in a way that does nothing. */
function isFutile({ released }: Acquisition): boolean {
  return released === "mismatch" || released === "phase";
}

/** The holder is there before and after the function. */
function outlives(one: Acquisition): boolean {
  const { holder, signal, again, wire } = one;
  if (again !== undefined || wire) return true;
  return holder === "runtime" || holder === "module" || (holder === "given" && (signal || isFutile(one)));
}

function doubts(project: Project, one: Acquisition): string[] {
  // Whoever takes it off again knows that there will be more.
  if (one.again !== undefined || isFutile(one)) return [];
  if (one.wire) return isServed(project, one) ? [] : ["the connection may be there for this request alone"];
  // An instance that can be ended is made more than once, and its end leaves the listener there.
  if (one.scope === "instance" && one.holder === "runtime") return one.ends ? [] : ["how many instances are made is not known"];
  // Whoever uses a package may give one signal to many calls, and is told by nothing that each of them stays with it.
  if (one.signal) return one.shared || (one.local && project.isPublished(one.function)) ? [] : ["how long the signal lives is not known"];
  if (isEntered(project, one.function) || (one.perCall && isHot(project, one.function))) return [];
  return ["it is not seen to run for each request: it may run once"];
}

/** A route answers requests; what upgrades a connection has it for itself. */
function isServed(project: Project, { function: fn, local }: Acquisition): boolean {
  return local && isEntered(project, fn) && !project.routesReaching(fn).some(({ kind }) => kind === "socket" || kind === "event");
}
