import type { Sorting } from "../../model/local.ts";
import { rule } from "../../model/rule.ts";
import { eachOf, isLong, localDoubts, loopPlace, quoted } from "../gates/local.ts";
import { reasonOf } from "../gates/words.ts";

export default rule({
  id: "algo/sort-in-loop",
  title: "the same list sorted in every round",
  needs: ["facts"],
  provedBy: "a CPU profile with the sort on top, and its time growing faster than the list",
  tier: "likely",
  check(project, report) {
    for (const sorting of project.locals.sortings) {
      if (!isLong(sorting.list, sorting.loop)) continue;
      report({
        place: sorting.place,
        function: sorting.function,
        message: message(sorting),
        advice: advice(sorting),
        effort: "S",
        path: [],
        related: loopPlace(sorting.loop),
        ...reasonOf(localDoubts(project, sorting.function, sorting.list, sorting.loop)),
      });
    }
  },
});

function message({ list, loop }: Sorting): string {
  return list.grows
    ? `${quoted(list.words)} is sorted again for ${eachOf(loop)}, after each addition: n sorts of up to n elements.`
    : `${quoted(list.words)} is sorted again for ${eachOf(loop)} although no round changes it.`;
}

function advice({ list, function: { language } }: Sorting): string {
  if (!list.grows) return "Sort it once before the loop.";
  return language === "python"
    ? "Sort once after the loop, or keep it in order with `bisect.insort` or `heapq`."
    : "Sort once after the loop, or keep a heap when each round needs the order.";
}
