import type { LoopedOperation, Place, Project } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { curesOf } from "../gates/data-layers.ts";
import { coldReason } from "../gates/hot.ts";
import { isSmall, repeatsOnPurpose, settledReason } from "../gates/repetition.ts";
import { isEmbedded, placesOf, reachedName, shareWords } from "../gates/statements.ts";
import { listName, pageOr, reasonOf } from "../gates/words.ts";
import { tablesOf } from "../schema/asked.ts";
import { floodsPool } from "../gates/pool.ts";

export default rule({
  id: "db/write-in-loop",
  title: "a write for each element of a list",
  needs: ["facts", "schema"],
  provedBy: "one write of the same shape for each element, each with its own commit, where one statement gives the same rows",
  confirmedBy: ["n+1"],
  tier: "likely",
  check(project, report) {
    for (const { looped, related } of placesOf(project.looped.filter(isWriteForEach))) {
      const { operation, path } = looped;
      report({
        place: looped.site,
        function: looped.function,
        message: `One write for ${shareWords(looped)} ${listName(looped)}: ${reachedName(operation, path)} runs in the loop, and the list ${pageOr(looped)}.`,
        advice: `Collect the rows and write them with one statement: ${curesOf(operation).bulk}.`,
        effort: path.length === 0 ? "S" : "M",
        path,
        operation,
        loop: looped.loop,
        related,
        ...reasonOf(doubts(project, looped)),
      });
    }
  },
});

function isWriteForEach(looped: LoopedOperation): boolean {
  const { operation, loop } = looped;
  if (operation.kind !== "db-write" || operation.spec.transaction !== undefined || looped.relation !== "element") return false;
  // A unit of work sends them together.
  if (operation.spec.pending === true) return false;
  if (looped.memoized || looped.perLiteral || isSmall(looped) || repeatsOnPurpose(loop)) return false;
  // One row fails alone, or the next write of the round needs what this one made: no single statement does the same.
  if (looped.isolated || looped.feedsWrite) return false;
  return !floodsPool(looped);
}

function doubts(project: Project, looped: LoopedOperation): string[] {
  const { operation, path, loop } = looped;
  const { spec } = operation;
  const reasons = [...coldReason(project, looped.function), ...settledReason(loop)];
  // Hooks, keys that are made and keys that are unique: what a table is made of is read, or not known.
  const tables = tablesOf(project, operation);
  if (tables.length === 0) reasons.push("what its table is made of is not known");
  if (tables.some(({ table }) => hasHooks(project, table.models))) reasons.push("the model has functions that run for each row");
  if (path.length > 0) reasons.push("what calls write for one row has no form for many yet");
  if (spec.beside !== undefined) reasons.push("what hangs on each row goes with it, which one statement for all of them does not see to");
  if (spec.instance === true) reasons.push("the row's own hooks run with it");
  if (isEmbedded(operation)) reasons.push("the database runs inside of the process: a statement costs no round trip");
  reasons.push(...formDoubts(looped, project.locals.nestedWrites));
  return reasons;
}

function hasHooks({ locals: { hooked } }: Project, models: readonly string[]): boolean {
  return hooked.some((name) => name === "" || models.includes(name));
}

/** One statement says the same for many rows when it inserts them, or does one and the same to all of them. */
function formDoubts({ operation, valuesVary }: LoopedOperation, nested: readonly Place[]): readonly string[] {
  const { method, sql } = operation;
  if (nested.some(({ file, at }) => file === operation.place.file && at === operation.place.at))
    return ["rows of other tables are made, or given back, with each of them"];
  // A range for each element is a portion: the loop is there so that no statement takes too long.
  if (/^\s*delete\b[^]*(?:[<>]|\bbetween\b|\blimit\b)/i.test(sql ?? "")) return ["each round takes a portion of the table"];
  if (/^(delete|destroy|remove)/i.test(method) || /^\s*delete\b/i.test(sql ?? "")) return [];
  if (/upsert|merge|save|findOrCreate|OrUpdate/i.test(method)) return ["whether each row is there already is looked up one by one"];
  const inserts = /^(create|insert|add|execute|run)/i.test(method) || /^\s*insert\b/i.test(sql ?? "");
  if (!inserts || (sql !== undefined && !/^\s*insert\b/i.test(sql))) return valuesVary ? ["each row gets its own values"] : [];
  const used = [...operation.uses.keys()].some((use) => use !== "discard");
  return used ? ["what is written is given back, and used"] : [];
}
