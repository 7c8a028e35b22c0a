import type { Acquisition, Misremoval } from "../../model/local.ts";
import type { Project } from "../../model/project.ts";
import type { Found } from "../../model/rule.ts";
import { rule } from "../../model/rule.ts";
import { isEntered } from "../gates/hot.ts";
import { reasonOf } from "../gates/words.ts";

export default rule({
  id: "mem/listener-leak",
  title: "a listener added again and again to something that lives on",
  needs: ["facts"],
  provedBy: "`MaxListenersExceededWarning`, or the number of listeners growing with the requests",
  tier: "likely",
  check(project, report) {
    for (const one of project.locals.misremovals) report(misremoval(one));
    for (const one of project.locals.acquisitions) {
      if (one.kind !== "listener" || one.scope === "effect" || one.scope === "module" || one.released === "yes") continue;
      if (!outlives(one)) continue;
      report({
        place: one.place,
        function: one.function,
        message: message(one),
        advice: advice(one),
        effort: "S",
        path: [],
        ...((one.ends && one.scope === "instance") || one.shared ? { again: true as const } : {}),
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

/** The holder is there before and after the function. */
function outlives({ holder, signal }: Acquisition): boolean {
  return holder === "runtime" || holder === "module" || (holder === "given" && signal);
}

function doubts(project: Project, one: Acquisition): string[] {
  // An instance that can be ended is made more than once, and its end leaves the listener there.
  if (one.scope === "instance" && one.holder === "runtime") return one.ends ? [] : ["how many instances are made is not known"];
  if (one.signal) return one.shared ? [] : ["how long the signal lives is not known"];
  return isEntered(project, one.function) ? [] : ["it is not seen to run for each request: it may run once"];
}

function message({ words, released, scope, signal }: Acquisition): string {
  if (released === "mismatch")
    return `The listener for ${words} is taken off with a function that was written anew, which is never the one that was added.`;
  if (signal)
    return `Each call adds a listener for ${words} and leaves it there when the work is done: as long as the signal lives, it keeps everything that the listener can see.`;
  const when = scope === "instance" ? "Each instance" : "Each call";
  return `${when} adds a listener for ${words}, and nothing takes it off: they grow in number, all of them are called, and each keeps what it can see in memory.`;
}

function advice({ signal, scope, released }: Acquisition): string {
  if (released === "mismatch") return "Give the function a name, and add and remove that one.";
  if (signal) return "Remove it when the work is done, or add it with `{ once: true, signal }` of a controller that is aborted then.";
  if (scope === "instance") return "Keep the function in a field and take it off where the instance ends.";
  return "Add it once when the module is loaded, or take it off (`off`, `removeEventListener`) when the request or connection ends.";
}
