import type { Operation } from "../../model/project.ts";
import type { Found } from "../../model/rule.ts";
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
    for (const operation of hotFlows(project, isCountForExistence))
      report(project.operations.includes(operation) ? atStatement(operation) : atCaller(operation));
  },
});

/** Every caller only asks: the statement itself is the wrong one. */
function atStatement(operation: Operation): Found {
  return { ...found(operation), place: operation.place, function: operation.place.function, related: askingPlaces(operation) };
}

/** Others need the rows or their number: it is this caller who asks for too much. */
function atCaller(operation: Operation): Found {
  const place = askedAt(operation) ?? operation.place;
  return {
    ...found(operation),
    place,
    function: place.function,
    related: [{ place: operation.place, role: "does it", note: operation.method }],
  };
}

function found(operation: Operation): Omit<Found, "place" | "function"> {
  const counts = operation.spec.count === true;
  return {
    tier: "likely",
    message: `${statementName(operation)} ${counts ? "counts" : "reads"} every row that matches, and the code only asks whether there is one.`,
    advice: `Ask for one row, which ends at the first match: ${curesOf(operation).exists}.`,
    effort: "S",
    path: [],
    operation,
    atMost: counts ? "low" : "medium",
  };
}

/** Where the answer is compared. */
function askedAt({ uses }: Operation): Operation["place"] | undefined {
  return uses.get("zero-comparison") ?? uses.get("truth");
}

/** As `askedAt`, when that is not in the function that asks. */
function askingPlaces(operation: Operation): { place: Operation["place"]; role: string }[] {
  const asked = askedAt(operation);
  return asked === undefined || asked.function.id === operation.place.function.id
    ? []
    : [{ place: asked, role: "only asks whether there is one" }];
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
