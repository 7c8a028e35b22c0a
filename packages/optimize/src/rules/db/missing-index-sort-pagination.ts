import type { RelatedPlace } from "../../model/rule.ts";
import { rule } from "../../model/rule.ts";
import type { Asked } from "../schema/asked.ts";
import { askedTables, orderOf } from "../schema/asked.ts";
import { askedSql, statementsOf } from "../schema/asked-sql.ts";
import type { Need } from "../schema/found-index.ts";
import { reportNeeds } from "../schema/found-index.ts";
import { unlessStill } from "../schema/growth.ts";
import { indexForOrder, indexLeadingWith, isIndexable, wasDropped } from "../schema/indexes.ts";
import { schemaPlace } from "../schema/place.ts";

export default rule({
  id: "db/missing-index-sort-pagination",
  title: "a page of rows in an order that no index gives",
  needs: ["facts", "schema", "planner"],
  provedBy: "the plan of the statement: a sort of all matching rows below a limit",
  tier: "likely",
  check(project, report) {
    reportNeeds(
      project,
      askedTables(project).flatMap((asked) => unlessStill(project, needOf(asked))),
      report,
    );
  },
});

function needOf(asked: Asked): Need | undefined {
  const { equal, range, table, schema, operation } = asked;
  if (operation.kind !== "db-read" || operation.spec.count === true || !isPage(asked)) return undefined;
  const order = orderOf(asked);
  const [first] = order?.columns ?? [];
  if (order === undefined || first?.name === undefined) return undefined;
  const fixed = equal.filter(({ by }) => by === "equal").map(({ of }) => of.name);
  if (indexForOrder(table, fixed, order.columns) !== undefined) return undefined;
  if (order.columns.some(({ name }) => table.columns.some((column) => column.name === name && !isIndexable(column)))) return undefined;
  // What an index finds first is sorted by itself: how much that is only numbers tell.
  const found = indexLeadingWith(
    table,
    [...equal, ...range].map(({ of }) => of.name),
  );
  const columns = [...fixed.slice(0, 2).map((name) => ({ name, order: "asc" as const })), ...order.columns.slice(0, 3)];
  const site = order.byModel ? table.orderingSite : undefined;
  const declared: readonly RelatedPlace[] =
    site === undefined ? [] : [{ place: schemaPlace(site, `${table.models[0] ?? table.name}.ordering`), role: "the order" }];
  return {
    schema,
    table,
    columns,
    operation,
    at: first.name,
    reason: whyNot(asked, found !== undefined, [first.name, columns[0]?.name ?? ""]),
    does: `sorts by \`${first.name}\` for a page of rows`,
    sql: askedSql(asked),
    statements: statementsOf(asked),
    declared,
  };
}

/** Few rows of many are taken. */
function isPage({ operation, shape }: Asked): boolean {
  return operation.limited || shape.offset !== undefined || operation.uses.has("slice") || operation.uses.has("first");
}

function whyNot({ shape, table, unknown }: Asked, found: boolean, leading: readonly string[]): string | undefined {
  if (found) return "an index finds the rows first, and how many are left to sort is not known";
  if (shape.open) return "the statement may hold conditions that were not seen";
  if (unknown || shape.either.length > 0) return "what its other conditions leave is not known";
  if (wasDropped(table, leading)) return "a migration took such an index away";
  if (table.partial !== undefined) return `the table is known in part only: ${table.partial}`;
  return undefined;
}
