import type { LostWork } from "../../model/lost.ts";
import { rule } from "../../model/rule.ts";
import { coldReason } from "../gates/hot.ts";
import { reasonOf } from "../gates/words.ts";

export default rule({
  id: "async/floating-task",
  title: "work that is started and lost",
  needs: ["facts"],
  provedBy: "an unhandled rejection, `Task exception was never retrieved` or `coroutine … was never awaited` that names this place",
  // Handlers of many programs end in an answer that they do not wait for: whether losing it is meant cannot be told from the code.
  tier: "candidate",
  check(project, report) {
    const seen = new Set<string>();
    for (const lost of project.lost) {
      const key = `${lost.place.file}:${lost.place.at}`;
      if (seen.has(key)) continue;
      seen.add(key);
      report({
        place: lost.place,
        function: lost.function,
        message: message(lost),
        advice: advice(lost),
        effort: "S",
        path: [],
        ...reasonOf(coldReason(project, lost.function)),
      });
    }
  },
});

function message({ kind, name, named }: LostWork): string {
  const what = name === "" ? "The work" : `\`${name}\``;
  if (kind === "coroutine") return `${what} is called and not awaited: the call only makes a coroutine, and nothing of it ever runs.`;
  if (kind === "promise")
    return `${what} is started and nobody waits for it: when it fails, nothing handles the rejection, which ends the process unless something else is set up for that.`;
  const kept = named ? "under a name that nothing asks for again" : "whose handle is dropped";
  return `${what} is started as a task ${kept}: the event loop holds tasks only weakly, so it may be collected before it is done, and nobody hears when it fails.`;
}

function advice({ kind }: LostWork): string {
  if (kind === "coroutine") return "Await it, or start it as a task and keep the task.";
  if (kind === "promise")
    return "Await it, or say where it starts what happens when it fails: `.catch(report)`; `void` says that losing it is meant.";
  return "Keep the task until it is done (add it to a set, and let `add_done_callback` discard it), await it, or start it in a `TaskGroup`.";
}
