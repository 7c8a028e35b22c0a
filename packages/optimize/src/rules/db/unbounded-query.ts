import type { Operation } from "../../model/project.ts";
import { rule } from "../../model/rule.ts";
import { curesOf } from "../gates/data-layers.ts";
import { hotStatements, statementName } from "../gates/statements.ts";
import { isOnlyAskedForExistence, isPickedFrom, isSingleRowIdiom, isWholeList } from "../gates/whole-list.ts";

export default rule({
  id: "db/unbounded-query",
  title: "a list query without a limit",
  needs: ["facts", "schema"],
  provedBy: "the number of rows that the statement gives, and the memory of the process, growing with the table",
  recipe: { javascript: "stream", python: "stream" },
  tier: "candidate",
  check(project, report) {
    for (const operation of hotStatements(project, isUnbounded)) {
      report({
        place: operation.place,
        function: operation.place.function,
        tier: "candidate",
        message: `${statementName(operation)} reads every row that matches: no limit was found, so the answer and the memory for it grow with the table.`,
        advice: `Read a page at a time with ${curesOf(operation).limit}, or stream the rows.`,
        effort: "M",
        path: [],
        operation,
        reason: "how many rows match is not known without the schema and its keys",
      });
    }
  },
});

function isUnbounded(operation: Operation): boolean {
  if (!isWholeList(operation) || operation.byList || isSingleRowIdiom(operation)) return false;
  return !isOnlyAskedForExistence(operation) && !isPickedFrom(operation) && !isSmallBySql(operation.sql);
}

/** Aggregates without groups and selects without a table give one row. */
function isSmallBySql(sql: string | undefined): boolean {
  if (sql === undefined) return false;
  const aggregate = /^\s*select\s+(count|sum|min|max|avg|exists)\s*\(/i.test(sql) && !/\bgroup\s+by\b/i.test(sql);
  return aggregate || !/\bfrom\b/i.test(sql);
}
