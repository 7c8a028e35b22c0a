import { rule } from "../../model/rule.ts";
import { coldReason } from "../gates/hot.ts";
import { reasonOf } from "../gates/words.ts";

export default rule({
  id: "mem/lru-cache-on-method",
  title: "a cache on a method, which keeps all its instances",
  needs: ["facts"],
  provedBy: "instances of the class that grow in number (`gc.get_objects()`), and `cache_info().currsize` with them",
  tier: "likely",
  check(project, report) {
    for (const kept of project.locals.keptMethods) {
      const forever = kept.max === undefined;
      report({
        place: kept.place,
        function: kept.function,
        message: forever
          ? `\`${kept.decorator}\` on \`${kept.name}\` keeps every answer for ever, with \`self\` in its key: no instance is ever freed, and no two instances share an answer.`
          : `\`${kept.decorator}\` on \`${kept.name}\` has \`self\` in its key: it keeps up to ${String(kept.max)} instances alive, and all instances fight for its places.`,
        advice:
          "Use `functools.cached_property` when there are no arguments, keep a dictionary in the instance, or cache a function of the module that takes what it needs.",
        effort: "S",
        path: [],
        ...reasonOf([...coldReason(project, kept.function), ...(forever ? [] : ["what is kept is limited"])]),
      });
    }
  },
});
