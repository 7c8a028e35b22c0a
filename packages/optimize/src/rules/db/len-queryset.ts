import type { Operation, Use } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { curesOf } from "../gates/data-layers.ts";
import { hotStatements, statementName } from "../gates/statements.ts";
import { isWholeList } from "../gates/whole-list.ts";

const counting: ReadonlySet<Use> = new Set<Use>(["length", "truth", "zero-comparison"]);
/** A column of a row is read where the rows are gone through, which is a use of its own. */
const adding: ReadonlySet<Use> = new Set<Use>([...counting, "add", "member"]);

export default rule({
  id: "db/len-queryset",
  title: "rows that are read to be counted or added up",
  needs: ["facts"],
  provedBy: "rows that the statement gives against the one number that the code keeps",
  tier: "likely",
  check(project, report) {
    for (const operation of hotStatements(project, isReadForItsLength)) {
      const at = askedAt(operation);
      const isSum = operation.uses.has("add");
      report({
        place: operation.place,
        function: operation.place.function,
        tier: "likely",
        message: `${statementName(operation)} reads every row that matches, and the code only ${isSum ? "adds them up" : "asks how many there are"}.`,
        advice: isSum ? `Let the database add them up: ${curesOf(operation).sum}.` : `Let the database count: ${curesOf(operation).count}.`,
        effort: "S",
        path: [],
        operation,
        related:
          at === undefined || at.line === operation.place.line
            ? []
            : [{ place: at, role: isSum ? "only adds them up" : "only asks how many" }],
        atMost: "medium",
      });
    }
  },
});

/** A lazy query is run where its length is asked; what another function makes of it before is not all seen. */
function isAskedWhereBuilt(operation: Operation): boolean {
  return operation.builtAt === undefined || askedAt(operation)?.function.id === operation.builtAt.function.id;
}

function askedAt({ uses }: Operation): Operation["place"] | undefined {
  return uses.get("add") ?? uses.get("length");
}

/** Nothing else is ever done with the rows: they are not looked into for anything but their sum, passed on or kept. */
function isReadForItsLength(operation: Operation): boolean {
  return (
    isWholeList(operation) &&
    askedAt(operation) !== undefined &&
    isAskedWhereBuilt(operation) &&
    [...operation.uses.keys()].every((use) => (operation.uses.has("add") ? adding : counting).has(use))
  );
}
