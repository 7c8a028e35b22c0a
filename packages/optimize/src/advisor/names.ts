/** What advised indexes are called: candidates that were tried with the same columns have numbers behind their names, which nobody has to see. */
import type { TriedIndex } from "../databases/oracle/postgres.ts";
import type { Plan, PlanNode } from "../model/plan.ts";
import { indexName } from "../model/schema-ddl.ts";

/** Name as tried -> name as advised: the usual one wherever nothing else has it. */
export function advisedNames(indexes: readonly TriedIndex[], taken: readonly string[]): ReadonlyMap<string, string> {
  const used = new Set(taken);
  const names = new Map<string, string>();
  for (const { name, table, index } of indexes) {
    const usual = indexName(table, index);
    const free = used.has(usual) ? name : usual;
    used.add(free);
    names.set(name, free);
  }
  return names;
}

/** The plan with these names. */
export function withNames(plan: Plan, names: ReadonlyMap<string, string>): Plan {
  return { ...plan, root: renamed(plan.root, names) };
}

function renamed(node: PlanNode, names: ReadonlyMap<string, string>): PlanNode {
  const index = node.index === undefined ? undefined : (names.get(node.index) ?? node.index);
  return { ...node, ...(index === undefined ? {} : { index }), children: node.children.map((child) => renamed(child, names)) };
}
