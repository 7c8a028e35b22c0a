import type { RowReading } from "../../model/row-reading.ts";
import type { Operation, Project } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { columnNamed } from "../../model/schema.ts";
import { isReached, tablesOf } from "../schema/asked.ts";
import { statementName } from "../gates/statements.ts";
import { reasonOf } from "../gates/words.ts";

export default rule({
  id: "db/mongoose-hydration-read-only",
  title: "documents made for rows that are only read",
  needs: ["facts", "schema"],
  provedBy: "the CPU time in Mongoose's hydration, and the same code with `.lean()`",
  confirmedBy: ["cpu"],
  tier: "likely",
  check(project, report) {
    const readings = new Map(project.locals.rows.map((one) => [`${one.place.file}:${String(one.place.at)}:${String(one.place.end)}`, one]));
    for (const operation of project.operations) {
      const { place } = operation;
      const reading = readings.get(`${place.file}:${String(place.at)}:${String(place.end)}`);
      if (reading === undefined || !isHydrated(operation) || !isReached(project, operation)) continue;
      report({
        place,
        function: place.function,
        message: `${statementName(operation)} makes a Mongoose document of every row, with getters, change tracking and a copy of its values, and the code only reads ${fieldsOf(reading)}.`,
        advice: "Add `.lean()` to the query: it gives the plain objects.",
        effort: "S",
        path: [],
        operation,
        atMost: "medium",
        ...reasonOf(doubts(project, operation, reading)),
      });
    }
  },
});

function isHydrated({ library, kind, spec, method }: Operation): boolean {
  return (
    library === "mongoose" &&
    kind === "db-read" &&
    spec.list === true &&
    spec.values !== true &&
    spec.stream !== true &&
    method !== "aggregate" &&
    method !== "populate"
  );
}

function doubts(project: Project, operation: Operation, { members }: RowReading): readonly string[] {
  const reasons: string[] = [];
  const [known] = tablesOf(project, operation);
  // What is no field of the schema may be a virtual, which plain objects do not have.
  const virtual = [...members.keys()].find(
    (name) => name !== "_id" && (known === undefined || columnNamed(known.table, name) === undefined),
  );
  if (virtual !== undefined) reasons.push(`\`${virtual}\` is no field of a schema that was read, and may be computed by the document`);
  if (operation.limited) reasons.push("there is a limit to the rows");
  return reasons;
}

function fieldsOf({ members, counts }: RowReading): string {
  const names = [...members.keys()].slice(0, 4).map((name) => `\`${name}\``);
  if (names.length > 0) return names.join(", ");
  return counts ? "their number" : "whether there are any";
}
