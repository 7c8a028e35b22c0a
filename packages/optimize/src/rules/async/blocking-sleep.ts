import { rule } from "../../model/rule.ts";
import { coldReason } from "../gates/hot.ts";
import { reasonOf } from "../gates/words.ts";

export default rule({
  id: "async/blocking-sleep",
  title: "a thread that does nothing but wait",
  needs: ["facts"],
  provedBy: "a CPU profile with this loop on top, or a delay of the event loop as long as the wait",
  tier: "likely",
  check(project, report) {
    for (const { form, place, function: fn, words } of project.locals.busyWaits) {
      const python = fn.language === "python";
      report({
        place,
        function: fn,
        message:
          form === "loop"
            ? `The loop asks the clock over and over until some time has passed: it keeps a processor busy, and ${python ? "every other thread of the interpreter waits for its turn" : "the process answers nobody else"} meanwhile.`
            : `\`${words}\` puts the thread to sleep: the process answers nobody else until it wakes up.`,
        advice: python
          ? "Use `await asyncio.sleep(…)` in a coroutine, `time.sleep(…)` in a thread, or an event that somebody sets."
          : "Await a timer (`setTimeout` of `node:timers/promises`), or what is waited for itself.",
        effort: "S",
        path: [],
        ...reasonOf(coldReason(project, fn)),
      });
    }
  },
});
