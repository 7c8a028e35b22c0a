import type { Operation, Use } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { curesOf } from "../gates/data-layers.ts";
import { hotStatements, statementName } from "../gates/statements.ts";
import { isWholeList } from "../gates/whole-list.ts";

const counting: ReadonlySet<Use> = new Set<Use>(["length", "truth", "zero-comparison"]);

export default rule({
  id: "db/len-queryset",
  title: "rows that are read to be counted",
  needs: ["facts"],
  provedBy: "rows that the statement gives against the one number that the code keeps",
  tier: "likely",
  check(project, report) {
    for (const operation of hotStatements(project, isReadForItsLength)) {
      const at = operation.uses.get("length");
      report({
        place: operation.place,
        function: operation.place.function,
        tier: "likely",
        message: `${statementName(operation)} reads every row that matches, and the code only asks how many there are.`,
        advice: `Let the database count: ${curesOf(operation).count}.`,
        effort: "S",
        path: [],
        operation,
        related: at === undefined || at.line === operation.place.line ? [] : [{ place: at, role: "only asks how many" }],
        atMost: "medium",
      });
    }
  },
});

/** A lazy query is run where its length is asked; what another function makes of it before is not all seen. */
function isAskedWhereBuilt({ builtAt, uses }: Operation): boolean {
  return builtAt === undefined || uses.get("length")?.function.id === builtAt.function.id;
}

/** Nothing else is ever done with the rows: they are not looked into, passed on or kept. */
function isReadForItsLength(operation: Operation): boolean {
  return (
    isWholeList(operation) &&
    operation.uses.has("length") &&
    isAskedWhereBuilt(operation) &&
    [...operation.uses.keys()].every((use) => counting.has(use))
  );
}
