import type { Growth } from "../../model/local.ts";
import type { Project } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { coldReason } from "../gates/hot.ts";
import { reasonOf } from "../gates/words.ts";

export default rule({
  id: "mem/unbounded-module-cache",
  title: "something of the module that only ever grows",
  needs: ["facts"],
  provedBy: "heap growth that levels off never, with the map among what is retained",
  recipe: { javascript: "cache" },
  // Whether keys that differ are few or many cannot be told from the code: nothing that was read proves it right often enough.
  tier: "candidate",
  check(project, report) {
    for (const growth of project.locals.growths) {
      // What is added is another one each time: a registry that the code itself fills is as long as somebody wrote.
      if (growth.bounded || !growth.varies) continue;
      report({
        place: growth.place,
        function: growth.function,
        message: message(growth),
        advice: advice(growth),
        effort: "M",
        path: [],
        ...reasonOf(doubts(project, growth)),
      });
    }
  },
});

function doubts(project: Project, growth: Growth): string[] {
  const reasons = [...coldReason(project, growth.function)];
  if (growth.shared) reasons.push("other files get at it, and may take entries out");
  return reasons;
}

function message({ name, what, cache }: Growth): string {
  const keeps = what === "list" ? "gains an element each time" : "keeps an entry for each different key";
  return `\`${name}\` lives as long as the process and ${keeps}: nothing takes any out${cache ? ", no number or age limits the cache" : ""}, so memory grows with what was ever asked for.`;
}

function advice({ what, cache, function: { language } }: Growth): string {
  if (what === "list")
    return language === "python"
      ? "Keep the last ones only (`collections.deque(maxlen=…)`), or hand them on and empty it."
      : "Keep the last ones only, or hand them on and empty it.";
  if (!cache) return "Take the entry out when what it stands for is over.";
  return language === "python"
    ? "Limit it: `functools.lru_cache(maxsize=…)` or `cachetools.TTLCache`."
    : "Limit it (`lru-cache` with `max` or `ttl`), or use a `WeakMap` when the keys are objects.";
}
