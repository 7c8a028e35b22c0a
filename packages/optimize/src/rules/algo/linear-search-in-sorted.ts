import type { SortedSearch } from "../../model/sorted-search.ts";
import { rule } from "../../model/rule.ts";
import { eachOf, isLong, localDoubts, loopPlace, quoted } from "../gates/local.ts";
import { reasonOf } from "../gates/words.ts";

export default rule({
  id: "algo/linear-search-in-sorted",
  title: "a list in order that is gone through from its start in every round",
  needs: ["facts"],
  provedBy: "a CPU profile with the search on top, and its time growing with the product of both lengths",
  // No project was found that has one: how often both lists are long is not known.
  tier: "candidate",
  check(project, report) {
    for (const search of project.locals.sortedSearches) {
      if (!isLong(search.list, search.loop)) continue;
      report({
        place: search.place,
        function: search.function,
        message: `${quoted(search.list.words)} is in order by ${by(search)}, and is gone through from one end for ${eachOf(search.loop)} all the same: n searches of up to m comparisons, where the order lets each do with log m.`,
        advice:
          search.function.language === "python"
            ? "Use `bisect` on the list in order (`key=` since Python 3.10), or go through both lists side by side."
            : "Halve the list in each step (a binary search), or sort both lists and go through them side by side.",
        effort: "S",
        path: [],
        related: loopPlace(search.loop),
        ...reasonOf(localDoubts(project, search.function, search.list, search.loop)),
      });
    }
  },
});

function by({ member }: SortedSearch): string {
  return member === "" ? "its elements" : `\`${member}\``;
}
