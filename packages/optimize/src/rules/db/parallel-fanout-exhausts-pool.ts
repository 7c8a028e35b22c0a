import { rule } from "../../model/rule.ts";
import { curesOf } from "../gates/data-layers.ts";
import { coldReason } from "../gates/hot.ts";
import { floodsPool } from "../gates/pool.ts";
import { placesOf, reachedName, shareWords } from "../gates/statements.ts";
import { limiterWords, listName, pageOr, reasonOf } from "../gates/words.ts";

export default rule({
  id: "db/parallel-fanout-exhausts-pool",
  title: "as many writes at once as a list is long",
  needs: ["facts"],
  provedBy: "requests that wait for a connection while this place runs, longer the longer the list is",
  confirmedBy: ["n+1"],
  recipe: { javascript: "concurrency", python: "concurrency" },
  tier: "likely",
  check(project, report) {
    // Reads of this shape are reported as what they are first: a query for each element.
    const writes = project.looped.filter((looped) => looped.operation.kind === "db-write" && floodsPool(looped));
    for (const { looped, related } of placesOf(writes)) {
      const { operation, path } = looped;
      report({
        place: looped.site,
        function: looped.function,
        message: `All writes start at once: ${reachedName(operation, path)} runs for ${shareWords(looped)} ${listName(looped)} at the same time, and the list ${pageOr(looped)}. They take every connection of the pool, and other requests wait or time out.`,
        advice: `Write with one statement where the rows allow it, ${curesOf(operation).bulk}; else let a fixed number run at a time (${limiterWords(looped.function)}, or slices of the list), fewer than the pool has connections.`,
        effort: path.length === 0 ? "S" : "M",
        path,
        operation,
        loop: looped.loop,
        related,
        sometimes: looped.partly,
        ...reasonOf(coldReason(project, looped.function)),
      });
    }
  },
});
