import { columnNamed } from "../../model/schema.ts";
import { rule } from "../../model/rule.ts";
import { hotStatements, statementName } from "../gates/statements.ts";
import { tablesOf } from "../schema/asked.ts";

export default rule({
  id: "db/not-in-subquery",
  title: "NOT IN of a query that may give NULL",
  needs: ["facts", "schema"],
  provedBy: "the plan of the statement: a SubPlan instead of an anti join; and no rows at all once the inner column holds a NULL",
  tier: "candidate",
  check(project, report) {
    for (const operation of hotStatements(project, ({ shapes = [] }) => shapes.some(({ notIn }) => notIn !== undefined)))
      for (const inner of operation.shapes?.flatMap(({ notIn = [] }) => notIn) ?? []) {
        const [known, ...others] = tablesOf(project, { table: inner.table, library: operation.library });
        const column = known === undefined || others.length > 0 ? undefined : columnNamed(known.table, inner.column);
        if (column?.nullable !== true) continue;
        report({
          place: operation.place,
          function: operation.place.function,
          tier: "candidate",
          message: `${statementName(operation)} leaves out what \`NOT IN (SELECT ${inner.column} FROM ${inner.table} …)\` gives, and \`${inner.column}\` may be NULL: one NULL among them and no row is found at all, which is also why the server can make no anti join of it.`,
          advice: `Say \`NOT EXISTS (SELECT 1 FROM ${inner.table} WHERE ${inner.table}.${inner.column} = …)\`, or add \`WHERE ${inner.column} IS NOT NULL\` to the inner query.`,
          effort: "S",
          path: [],
          operation,
          reason: "how many rows the inner query gives is not known",
        });
        break;
      }
  },
});
