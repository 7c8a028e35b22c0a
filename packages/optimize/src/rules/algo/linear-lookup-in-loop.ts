import type { Lookup } from "../../model/local.ts";
import { rule } from "../../model/rule.ts";
import { eachOf, quoted } from "../gates/local.ts";
import { reportLookups } from "../gates/lookups.ts";

export default rule({
  id: "algo/linear-lookup-in-loop",
  title: "a list gone through for each element of another",
  needs: ["facts"],
  provedBy: "a CPU profile with the look-up on top, and its time growing fourfold when both lists double",
  tier: "likely",
  check(project, report) {
    reportLookups(project, false, { message, advice }, report);
  },
});

function message({ list, loop, method }: Lookup): string {
  const how = method === "in" ? "`in`" : `\`${method}\``;
  const grown = list.grows ? ", to which the loop itself adds" : "";
  return `${how} goes through ${quoted(list.words)}${grown} for ${eachOf(loop)}: the work is the product of both lengths.`;
}

function advice({ list, function: { language }, method }: Lookup): string {
  const name = quoted(list.words);
  if (method === "indexOf" || method === "index" || method === "findIndex")
    return `Note the position of each element of ${name} in ${language === "python" ? "a dictionary" : "a Map"} once before the loop, and ask that.`;
  if (method === "count") return `Count all elements of ${name} once before the loop (\`collections.Counter\`), and ask that.`;
  const keep = list.grows ? `Keep a set beside ${name}` : `Make a set of ${name} once before the loop`;
  return language === "python"
    ? `${keep}: \`in\` of a set takes the same time however large it is.`
    : `${keep.replace("a set", "a `Set`")}, and ask \`has\`.`;
}
