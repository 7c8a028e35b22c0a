import type { Operation, Place } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { isReached } from "../schema/asked.ts";
import { statementName } from "../gates/statements.ts";
import { wasteOf } from "../gates/unread.ts";
import { reasonOf } from "../gates/words.ts";

export default rule({
  id: "db/select-star-unused",
  title: "columns and relations that are loaded and never read",
  needs: ["facts"],
  provedBy: "the bytes that the statement gives, with and without what is never read",
  tier: "likely",
  check(project, report) {
    const readings = new Map(project.locals.rows.map((one) => [keyOf(one.place), one]));
    for (const { operation, place } of givings(project.operations)) {
      const reading = readings.get(keyOf(place));
      const found = reading === undefined ? undefined : wasteOf(project, { ...operation, place }, reading);
      if (found === undefined || !isReached(project, { ...operation, place })) continue;
      report({
        place,
        function: place.function,
        message: `${statementName(operation)} ${found.message}`,
        advice: found.advice,
        effort: place === operation.place ? "S" : "M",
        path: [],
        operation,
        beside: true,
        ...(operation.spec.list === true && !operation.limited ? {} : { atMost: "low" as const }),
        ...reasonOf(found.doubts),
      });
    }
  },
});

/** Statements where they stand, and where a method hands on the rows that it reads. */
function* givings(operations: readonly Operation[]): Generator<{ readonly operation: Operation; readonly place: Place }> {
  for (const operation of operations) {
    if (operation.kind !== "db-read") continue;
    if (operation.givenBy === undefined) yield { operation, place: operation.place };
    // A method that is named as the library's stands in its place, and takes its options.
    else if (queryNames.test(operation.givenBy.name)) yield { operation, place: operation.givenBy.place };
    yield* givings(operation.flows ?? []);
  }
}

const queryNames = /^find(All|One|Many|First|Unique|By(Pk|Id))?$/;

function keyOf({ file, at, end }: Place): string {
  return `${file}:${String(at)}:${String(end)}`;
}
