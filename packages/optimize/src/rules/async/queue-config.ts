import { rule } from "../../model/rule.ts";

export default rule({
  id: "async/queue-config",
  title: "a queue that keeps every job that was ever done",
  needs: ["facts"],
  provedBy: "the number of completed jobs and the memory of Redis growing with the jobs that were ever added",
  tier: "likely",
  check(project, report) {
    const { queues, removals } = project.locals;
    for (const { place, function: fn, library, seen, removes } of queues) {
      // Jobs may say it themselves, in any file, and so may workers.
      if (removes || removals.length > 0) continue;
      report({
        place,
        function: fn,
        message: `Nothing says what becomes of the jobs of this queue when they are done: \`${library}\` keeps all of them in Redis for ever, with their data and results.`,
        advice:
          "Set `defaultJobOptions: { removeOnComplete: { age: 3600, count: 1000 }, removeOnFail: { age: 86400 } }` (as long and as many as somebody looks at).",
        effort: "S",
        path: [],
        again: true,
        ...(seen ? { tier: "likely" as const } : { tier: "candidate" as const, reason: "its options stand elsewhere" }),
      });
    }
  },
});
