import type { Acquisition } from "../../model/acquisition.ts";
import { rule } from "../../model/rule.ts";
import { reasonOf } from "../gates/words.ts";

export default rule({
  id: "mem/effect-missing-cleanup",
  title: "an effect of a component that nothing undoes",
  needs: ["facts"],
  provedBy: "listeners, timers or detached nodes that grow when the component is mounted and unmounted twenty times",
  tier: "likely",
  check(project, report) {
    for (const one of project.locals.acquisitions) {
      if ((one.scope !== "effect" && one.scope !== "render") || one.released === "yes" || isOwn(one)) continue;
      report({
        place: one.place,
        function: one.function,
        message: message(one),
        advice: advice(one),
        effort: "S",
        path: [],
        again: true,
        ...reasonOf(doubts(one)),
      });
    }
  },
});

/** What a rendering makes goes with it. */
function isOwn({ scope, holder }: Acquisition): boolean {
  return scope === "render" && holder === "made";
}

/** What an element of the component holds goes with the element. */
function doubts({ holder, tidies, kind, released, scope, again }: Acquisition): string[] {
  if (
    kind === "interval" ||
    kind === "socket" ||
    kind === "instance" ||
    scope === "render" ||
    again !== undefined ||
    holder === "runtime" ||
    holder === "module" ||
    released === "mismatch" ||
    released === "phase"
  )
    return [];
  return tidies && holder === "given" && kind !== "observer" ? [] : ["what holds it may go together with the component"];
}

function message({ words, kind, released, tidies, scope, again }: Acquisition): string {
  const what = kind === "listener" ? `The listener for ${words}` : words.charAt(0).toUpperCase() + words.slice(1);
  if (released === "mismatch")
    return `${what} stays after each clean-up: it is taken off with a function that was written anew, which is never the one that was added.`;
  if (released === "phase")
    return `${what} stays after each clean-up: it is added for one phase (\`capture\`) and taken off for the other.`;
  if (scope === "render")
    return `Each rendering adds one more: ${what.charAt(0).toLowerCase()}${what.slice(1)} is added by the component itself, outside of an effect, and nothing takes it off.`;
  if (again === "runs")
    return `${what} stays when the effect runs again for the same holder, and the next run adds one more: each of them is called, and keeps what its run saw in memory.`;
  if (kind === "instance")
    return `${words} is not ended when the component is unmounted: its listeners stay, and keep it and all it can see in memory.`;
  const but = tidies ? "; the clean-up lets go of other things only" : "";
  return `${what} stays when the component is unmounted, and each further run of the effect adds one${but}: it keeps the component and all it can see in memory.`;
}

function advice({ kind, released, end, scope }: Acquisition): string {
  if (end?.startsWith("this.") === true) return `Call \`${end}\` in \`componentWillUnmount\`.`;
  if (end !== undefined) return `Keep it and return a function from the effect that calls its \`${end}\`.`;
  if (released === "phase") return "Give both calls the same options.";
  if (released === "mismatch") return "Give the function a name inside the effect, and add and remove that one.";
  if (scope === "render") return "Move it into an effect (`useEffect`) that gives back a function which takes it off.";
  if (kind === "observer") return "Return `() => observer.disconnect()` from the effect.";
  if (kind === "interval") return "Keep the handle and return `() => clearInterval(handle)` from the effect.";
  if (kind === "socket") return "Return a function from the effect that closes it.";
  if (kind === "subscription") return "Return what `subscribe` gives (or call its `unsubscribe`) from the effect.";
  return "Return a function from the effect that removes it, or add it with `{ signal }` of a controller that the clean-up aborts.";
}
