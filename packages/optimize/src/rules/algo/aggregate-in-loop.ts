import type { Aggregation } from "../../model/aggregation.ts";
import { rule } from "../../model/rule.ts";
import { eachOf, isLong, localDoubts, loopPlace, quoted } from "../gates/local.ts";
import { reasonOf } from "../gates/words.ts";

export default rule({
  id: "algo/aggregate-in-loop",
  title: "a value of a whole list that every round computes anew",
  needs: ["facts"],
  provedBy: "a CPU profile with the computation on top, and its time growing with the product of both lengths",
  // None of the projects that were scanned has one: how often both lists are long is not known.
  tier: "candidate",
  check(project, report) {
    for (const one of project.locals.aggregates) {
      if (!isLong(one.list, one.loop)) continue;
      report({
        place: one.place,
        function: one.function,
        message: message(one),
        advice: "Compute it once before the loop, and use the value in it.",
        effort: "S",
        path: [],
        related: loopPlace(one.loop),
        ...reasonOf(localDoubts(project, one.function, one.list, one.loop)),
      });
    }
  },
});

function message({ name, list, loop }: Aggregation): string {
  return `\`${name}\` goes through all of ${quoted(list.words)} for ${eachOf(loop)}, although no round changes what it gives: n times m steps for one value.`;
}
