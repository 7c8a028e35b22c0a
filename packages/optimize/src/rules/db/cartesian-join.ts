import { rule } from "../../model/rule.ts";
import { hotStatements } from "../gates/statements.ts";

export default rule({
  id: "db/cartesian-join",
  title: "tables that no condition joins",
  needs: ["facts"],
  provedBy: "the plan of the statement: a nested loop whose rows are the product of both tables",
  tier: "candidate",
  check(project, report) {
    for (const operation of hotStatements(project, ({ shapes = [] }) => shapes.some(({ unjoined }) => unjoined !== undefined))) {
      const names = operation.shapes?.find(({ unjoined }) => unjoined !== undefined)?.unjoined ?? [];
      report({
        place: operation.place,
        function: operation.place.function,
        tier: "candidate",
        message: `\`${operation.method}\` reads ${names.map((name) => `\`${name}\``).join(" and ")} in one statement, and no condition ties them to each other: it gives every row of one with every row of the other.`,
        advice: "Add the condition that joins them; or say `CROSS JOIN` when every pair is wanted.",
        effort: "S",
        path: [],
        operation,
        reason: "whether every pair is wanted is not known",
      });
    }
  },
});
