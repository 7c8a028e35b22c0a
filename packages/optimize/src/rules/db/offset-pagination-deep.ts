import { rule } from "../../model/rule.ts";
import { isReached } from "../schema/asked.ts";
import { statementName } from "../gates/statements.ts";

/** A constant offset from which on the skipped rows cost more than the page. */
const deep = 1000;

export default rule({
  id: "db/offset-pagination-deep",
  title: "pages by the number of rows before them",
  needs: ["facts"],
  provedBy: "the time of the statement growing with the number of the page",
  tier: "candidate",
  check(project, report) {
    for (const operation of project.operations) {
      const shape = operation.shapes?.find(({ offset }) => offset === "given" || (typeof offset === "number" && offset >= deep));
      if (shape === undefined || operation.kind !== "db-read" || operation.spec.count === true) continue;
      if (operation.place.function.module || !isReached(project, operation)) continue;
      report({
        place: operation.place,
        function: operation.place.function,
        tier: "candidate",
        message: `${statementName(operation)} skips as many rows as come before its page: the server reads and drops each of them, so that page 1,000 costs a thousand times page 1.`,
        advice:
          "Continue after the last key of the page before (`WHERE (at, id) < ($at, $id) ORDER BY at DESC, id DESC LIMIT n`), or cap the page number.",
        effort: "M",
        path: [],
        operation,
        atMost: "medium",
        reason: "how far back people turn is not known",
      });
    }
  },
});
