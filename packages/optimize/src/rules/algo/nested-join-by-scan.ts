import type { Lookup } from "../../model/local.ts";
import { rule } from "../../model/rule.ts";
import { eachOf, quoted } from "../gates/local.ts";
import { reportLookups } from "../gates/lookups.ts";

export default rule({
  id: "algo/nested-join-by-scan",
  title: "two lists joined by searching one for each element of the other",
  needs: ["facts"],
  provedBy: "a CPU profile with the search on top, and its time growing fourfold when both lists double",
  tier: "likely",
  check(project, report) {
    reportLookups(project, true, { message, advice }, report);
  },
});

function message({ list, loop, method }: Lookup): string {
  const how = method === "for" ? "A loop goes" : `\`${method}\` goes`;
  const grown = list.grows ? ", to which the loop itself adds" : "";
  return `${how} through ${quoted(list.words)}${grown} for ${eachOf(loop)} to find what has the same key: the work is the product of both lengths.`;
}

function advice({ list, function: { language } }: Lookup): string {
  const by = language === "python" ? "dictionary" : "Map";
  return list.grows
    ? `Keep a ${by} by that key beside ${quoted(list.words)}, and ask it.`
    : `Put ${quoted(list.words)} into a ${by} by that key once before the loop (lists of elements where a key may come twice), and ask it.`;
}
