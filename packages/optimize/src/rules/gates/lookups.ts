/** Lists that are searched in every round of a loop: by the element itself, or by a key of it. */
import type { Lookup } from "../../model/local.ts";
import type { Project } from "../../model/project.ts";
import type { Found } from "../../model/rule.ts";
import { isLong, localDoubts, loopPlace } from "./local.ts";
import { reasonOf } from "./words.ts";

interface Words {
  readonly message: (lookup: Lookup) => string;
  readonly advice: (lookup: Lookup) => string;
}

/** The searches by a key (`keyed`), or those by the element, of lists that can be long. */
export function reportLookups(project: Project, keyed: boolean, { message, advice }: Words, report: (found: Found) => void): void {
  for (const lookup of project.locals.lookups) {
    if (lookup.keyed !== keyed || !isLong(lookup.list, lookup.loop)) continue;
    report({
      place: lookup.place,
      function: lookup.function,
      message: message(lookup),
      advice: advice(lookup),
      effort: "S",
      path: [],
      related: loopPlace(lookup.loop),
      ...reasonOf(localDoubts(project, lookup.function, lookup.list, lookup.loop)),
    });
  }
}
