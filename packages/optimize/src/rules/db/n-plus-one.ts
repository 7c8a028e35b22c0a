import type { LoopedOperation, Project } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { curesOf } from "../gates/data-layers.ts";
import { coldReason, guessReason } from "../gates/hot.ts";
import { isReadForEach, isRelationRead, newReason } from "../gates/relations.ts";
import { byLoop, settledReason } from "../gates/repetition.ts";
import { isEmbedded, placesOf, reachedName, shareWords } from "../gates/statements.ts";
import { listName, mapWord, pageOr, reasonOf } from "../gates/words.ts";

export default rule({
  id: "db/n-plus-one",
  title: "a query for each element of a list",
  needs: ["facts"],
  provedBy: "one statement shape that runs from this place once for each row of the query before it: n rows, 1 + n statements",
  confirmedBy: ["n+1"],
  recipe: { javascript: "batch" },
  tier: "likely",
  check(project, report) {
    const loops = byLoop(project);
    for (const { looped, related } of placesOf(project.looped.filter(isNPlusOne))) {
      const { operation, path } = looped;
      report({
        place: looped.site,
        function: looped.function,
        message: message(looped),
        advice: advice(looped),
        effort: path.length === 0 ? "S" : "M",
        path,
        operation,
        loop: looped.loop,
        related,
        ...(isEmbedded(operation) ? { atMost: "medium" as const } : {}),
        sometimes: looped.partly,
        ...reasonOf([...doubts(project, looped), ...rereads(looped, loops.get(looped.loop.id) ?? [])]),
      });
    }
  },
});

const reads = /^[\s(]*(select|with|values|table|show|explain|call)\b/i;

/** Relations of rows, and what is asked while rows are written out, have rules of their own. */
function isNPlusOne(looped: LoopedOperation): boolean {
  const { operation, through } = looped;
  if (isRelationRead(looped) || !isReadForEach(looped)) return false;
  return through === undefined || (operation.spec.lazy !== "query" && (through === "property" || through === "text"));
}

function doubts(project: Project, looped: LoopedOperation): readonly string[] {
  const { loop, operation } = looped;
  const counted = loop.form === "count" || loop.form === "while" || loop.form === "do";
  const reasons = [...coldReason(project, looped.function), ...guessReason(looped), ...settledReason(loop), ...newReason(loop)];
  if (loop.form === "recursion" && operation.spec.instance === true) reasons.push("each row reads itself again, as it is by then");
  if (looped.carried) reasons.push("what is asked also depends on the round before");
  if (looped.otherTable) reasons.push("each element asks a table of its own, so that no one query could answer for all");
  if (looped.ownTransaction) reasons.push("each element is read in a transaction of its own, which may be there to lock it");
  if (isEmbedded(operation) && operation.spec.sql !== undefined && operation.sql === undefined)
    reasons.push("what the statement does is not seen, and the database runs inside of the process");
  if (operation.spec.bySql === true && !reads.test(operation.sql ?? ""))
    reasons.push("the text of the statement is not seen, which alone says whether it reads");
  if (counted && operation.limited && operation.spec.list === true)
    reasons.push("a counted loop that reads a limited number of rows may walk through pages");
  return reasons;
}

/** What the round itself wrote before is not in rows that were read before the loop. */
function rereads({ operation, site, path }: LoopedOperation, others: readonly LoopedOperation[]): readonly string[] {
  const own = others.some(
    (other) =>
      other.operation.kind === "db-write" &&
      other.operation.table !== undefined &&
      other.operation.table === operation.table &&
      other.relation === "element" &&
      other.path.length <= 1 &&
      path.length <= 1 &&
      other.site.file === site.file &&
      other.site.end <= site.at,
  );
  return own ? ["the round writes to the table before it reads"] : [];
}

function message(looped: LoopedOperation): string {
  const { loop, operation, path } = looped;
  const name = reachedName(operation, path);
  if (loop.form === "recursion") return `One query for each node: ${name} runs again for what the query before gave, to any depth.`;
  const together =
    loop.mode === "parallel" && !looped.limited ? ` All of them are sent at once and wait for ${whatTheyWaitFor(looped)}.` : "";
  return `One query for ${shareWords(looped)} ${listName(looped)}: ${name} runs in the loop, and the list ${pageOr(looped)}.${together}`;
}

function whatTheyWaitFor({ inTransaction, ownTransaction }: LoopedOperation): string {
  return inTransaction && !ownTransaction ? "the one connection of the transaction" : "the connections of the pool";
}

function advice(looped: LoopedOperation): string {
  const { many, counts } = curesOf(looped.operation);
  if (looped.loop.form === "recursion") return `Read level by level with ${many}, or the whole tree in one recursive query.`;
  const limit =
    looped.loop.mode === "parallel" && !looped.limited ? "; where one statement cannot serve them, limit how many run at a time" : "";
  if (looped.operation.spec.count === true)
    return `Count for all keys before the loop with one grouped query, ${counts}, and take the numbers from ${mapWord(looped)} inside it${limit}.`;
  return `Read everything before the loop with one query, ${many}, and take the rows from ${mapWord(looped)} inside it${limit}.`;
}
