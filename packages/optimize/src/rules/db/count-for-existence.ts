import type { Operation } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { curesOf } from "../gates/data-layers.ts";
import { hotFlows, statementName } from "../gates/statements.ts";
import { isOnlyAskedForExistence, isWholeList } from "../gates/whole-list.ts";

export default rule({
  id: "db/count-for-existence",
  title: "counting or reading all rows to know whether there is one",
  needs: ["facts"],
  provedBy: "rows read by the counting statement against one row read by the asking one",
  tier: "likely",
  check(project, report) {
    for (const operation of hotFlows(project, isCountForExistence)) {
      report({
        place: operation.place,
        function: operation.place.function,
        tier: "likely",
        message: `${statementName(operation)} ${operation.spec.count === true ? "counts" : "reads"} every row that matches, and the code only asks whether there is one.`,
        advice: `Ask for one row, which ends at the first match: ${curesOf(operation).exists}.`,
        effort: "S",
        path: [],
        operation,
        related: askingPlaces(operation),
        atMost: operation.spec.count === true ? "low" : "medium",
      });
    }
  },
});

/** Where the answer is compared, when that is not in the function that asks. */
function askingPlaces({ uses, place }: Operation): { place: Operation["place"]; role: string }[] {
  const asked = uses.get("zero-comparison") ?? uses.get("truth");
  return asked === undefined || asked.function.id === place.function.id ? [] : [{ place: asked, role: "only asks whether there is one" }];
}

function isCountForExistence(operation: Operation): boolean {
  if (operation.kind !== "db-read" || !isOnlyAskedForExistence(operation)) return false;
  return operation.spec.count === true ? countsRows(operation) : isWholeList(operation) && !operation.byList;
}

/** Sums, minima and the like also give one number; an estimate costs nothing. */
function countsRows({ method, sql, limited }: Operation): boolean {
  if (limited || /estimated|exist/i.test(method)) return false;
  return /count/i.test(method) || /^\s*select\s+count\s*\(/i.test(sql ?? "");
}
