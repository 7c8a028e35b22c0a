import { rule } from "../../model/rule.ts";
import { isReached } from "../schema/asked.ts";
import { statementName } from "../gates/statements.ts";

export default rule({
  id: "db/order-by-random",
  title: "rows in random order",
  needs: ["facts"],
  provedBy: "the plan of the statement: a sort of every row that matches, for the few that are taken",
  tier: "likely",
  check(project, report) {
    for (const operation of project.operations) {
      const shape = operation.shapes?.find(({ random }) => random === true);
      if (shape === undefined || operation.kind !== "db-read" || operation.place.function.module || !isReached(project, operation))
        continue;
      const narrowed = shape.conditions.some(({ by }) => by === "equal" || by === "list") || shape.open || shape.either.length > 0;
      report({
        place: operation.place,
        function: operation.place.function,
        tier: narrowed ? "candidate" : "likely",
        message: `${statementName(operation)} gives every row of the table a random number and sorts them all, however few it takes.`,
        advice: "Choose a random key first (`WHERE id >= $random ORDER BY id LIMIT n`), or read a sample (`TABLESAMPLE` of PostgreSQL).",
        effort: "M",
        path: [],
        operation,
        atMost: "medium",
        ...(narrowed ? { reason: "its conditions may leave few rows" } : {}),
      });
    }
  },
});
