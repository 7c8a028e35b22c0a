import { rule } from "../../model/rule.ts";
import type { Table } from "../../model/schema.ts";
import type { Asked } from "../schema/asked.ts";
import { askedTables, columnOf } from "../schema/asked.ts";
import { grows } from "../schema/growth.ts";
import { indexLeadingWith } from "../schema/indexes.ts";
import { statementName } from "../gates/statements.ts";

export default rule({
  id: "db/leading-wildcard-like",
  title: "a search for text anywhere in a column",
  needs: ["facts", "schema"],
  provedBy: "the plan of the statement: a scan of the whole table",
  tier: "candidate",
  check(project, report) {
    for (const asked of askedTables(project)) {
      const { operation, schema, table, shape } = asked;
      const found = [...shape.conditions, ...shape.either].find((one) => one.by === "infix" && isPlain(table, one.column));
      if (found === undefined || isNarrowed(asked) || !grows(project, schema, table)) continue;
      const column = columnOf(table, found.column)?.name ?? found.column;
      report({
        place: operation.place,
        function: operation.place.function,
        tier: "candidate",
        message: `${statementName(operation)} looks for a text anywhere in \`${column}\`: no sorted index finds what may begin with anything, so the server reads every row of \`${table.name}\`.`,
        advice:
          schema.dialect === "postgresql"
            ? `Add a trigram index: \`CREATE INDEX CONCURRENTLY ON "${table.name}" USING gin ("${column}" gin_trgm_ops)\`, with the extension pg_trgm; or search by prefix or by full text.`
            : "Search by prefix, or by the full-text index of the server.",
        effort: "M",
        path: [],
        operation,
        atMost: "medium",
        reason: "how many rows the table has is not known",
      });
    }
  },
});

/** No index by trigrams or words is there. */
function isPlain(table: Table, name: string): boolean {
  const column = columnOf(table, name);
  if (column === undefined) return false;
  return !table.indexes.some(
    ({ method, columns }) =>
      method !== "btree" &&
      method !== "hash" &&
      columns.some((one) => one.name === column.name || one.expression?.includes(column.name) === true),
  );
}

/** Another condition has an index: what it leaves is searched. */
function isNarrowed({ table, equal, range, shape }: Asked): boolean {
  return (
    shape.open ||
    indexLeadingWith(
      table,
      [...equal, ...range].map(({ of }) => of.name),
    ) !== undefined
  );
}
