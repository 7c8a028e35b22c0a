import { rule } from "../../model/rule.ts";
import { isLongList, isLongLoop, loopPlace, quoted } from "../gates/local.ts";
import { coldReason } from "../gates/hot.ts";
import { reasonOf } from "../gates/words.ts";

export default rule({
  id: "algo/hand-written-sort",
  title: "a list that two loops put in order",
  needs: ["facts"],
  provedBy: "time growing fourfold when the list doubles, where the sort of the language little more than doubles",
  tier: "likely",
  check(project, report) {
    for (const { place, function: fn, list, loop } of project.locals.handSorts) {
      if (!isLongList(list) || !isLongLoop(loop)) continue;
      const python = fn.language === "python";
      report({
        place,
        function: fn,
        message: `Two loops compare and move the elements of ${quoted(list.words)}: putting n of them in order takes about n² steps, where the sort of the language takes n·log n.`,
        advice: python
          ? "Use `list.sort(key=…)` or `sorted(…)`; `heapq.nsmallest` when only the first ones are needed."
          : "Use `sort((a, b) => …)` or `toSorted`.",
        effort: "S",
        path: [],
        related: loopPlace(loop),
        ...reasonOf([...coldReason(project, fn)]),
      });
    }
  },
});
