import type { Operation, Use } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { curesOf } from "../gates/data-layers.ts";
import { hotFlows, statementName } from "../gates/statements.ts";
import { reasonOf } from "../gates/words.ts";
import { isFirstOfSorted, isPickedFrom, isWholeList } from "../gates/whole-list.ts";

export default rule({
  id: "db/filter-in-app",
  title: "rows that are read and then thrown away",
  needs: ["facts"],
  provedBy: "the number of rows that the statement gives against the number that the code keeps",
  tier: "likely",
  check(project, report) {
    for (const operation of hotFlows(project, isFilteredInApp)) {
      report({
        place: operation.place,
        function: operation.place.function,
        message: isFirstOfSorted(operation)
          ? `${statementName(operation)} reads every row that matches, in order, and the code only looks at the first of them: the others are fetched to be thrown away.`
          : `${statementName(operation)} reads every row that matches, and the code keeps only some of them${whereWords(operation)}: the others are fetched to be thrown away.`,
        advice: `Let the database choose, with ${curesOf(operation).narrow}.`,
        effort: "S",
        path: [],
        operation,
        related: pickingPlaces(operation),
        ...reasonOf(doubts(operation)),
      });
    }
  },
});

function isFilteredInApp(operation: Operation): boolean {
  return isWholeList(operation) && !operation.byList && (isPickedFrom(operation) || isFirstOfSorted(operation));
}

const picking: readonly Use[] = ["filter", "find", "slice", "sort"];

function whereWords({ uses, place }: Operation): string {
  const used = picking.find((use) => uses.has(use));
  const at = used === undefined ? undefined : uses.get(used);
  if (at === undefined) return "";
  return at.file === place.file ? ` (on line ${at.line})` : ` (at ${at.file}:${at.line})`;
}

function pickingPlaces({ uses }: Operation): { place: Operation["place"]; role: string; note: string }[] {
  return picking.flatMap((use) => {
    const place = uses.get(use);
    return place === undefined ? [] : [{ place, role: "keeps some", note: use }];
  });
}

/** Such a join gives a row also where there is nothing to join: it is asked for, and the choice drops it. */
const outerJoin = /\b(left|right|full)\s+(outer\s+)?join\b/i;

function doubts(operation: Operation): readonly string[] {
  const { uses, picks, sql } = operation;
  const reasons: string[] = [];
  if (isFirstOfSorted(operation) && operation.shapes?.some(({ open, either }) => open || either.length > 0) === true)
    reasons.push("conditions that were not seen may leave one row, and an index for them may serve better than the order");
  const byPredicate = uses.has("filter") || uses.has("find");
  if (byPredicate && picks !== "columns")
    reasons.push("the choice may need code that the database cannot run, or the rows are looked into more than once");
  if (uses.has("zero-comparison")) reasons.push("the code also asks whether there are any rows, those that it drops among them");
  if (sql !== undefined && outerJoin.test(sql)) reasons.push("an outer join gives rows that only say that there is nothing to join");
  return reasons;
}
