import { describe, expect, it } from "vitest";
import { costTable } from "../../src/advisor/cost-table.ts";
import { selectIndexes, type CandidateCost } from "../../src/advisor/selection.ts";
import type { Plan, PlanNode } from "../../src/model/plan.ts";

/** A planner of a few lines: each statement takes the cheapest of its ways; a way needs indexes. */
type Way = readonly [cost: number, ...indexes: readonly string[]];

function world(
  ways: readonly (readonly Way[])[],
  pages: Readonly<Record<string, number>>,
  shorter: Readonly<Record<string, readonly string[]>> = {},
) {
  const candidates = new Map<string, CandidateCost>(
    Object.entries(pages).map(([name, count]) => [name, { pages: count, shorter: shorter[name] ?? [] }]),
  );
  const all = new Set(candidates.keys());
  const costs = costTable(
    ways.map(() => all),
    (statement, visible) => Promise.resolve(cheapest(ways[statement] ?? [], visible)),
  );
  return { candidates, costs, weights: ways.map(() => 1 / ways.length), writeShare: () => 0 };
}

function cheapest(ways: readonly Way[], visible: readonly string[]): Plan {
  const possible = ways.filter(([, ...needed]) => needed.every((name) => visible.includes(name)));
  const [cost, ...used] = possible.toSorted((a, b) => a[0] - b[0])[0] ?? [0];
  const node = (index?: string, children: PlanNode[] = []): PlanNode => ({
    kind: "Index Scan",
    ...(index === undefined ? {} : { index }),
    startupCost: 0,
    cost,
    rows: 1,
    width: 1,
    conditions: [],
    sortKeys: [],
    groupKeys: [],
    children,
  });
  return {
    cost,
    rows: 1,
    root: node(
      undefined,
      used.map((name) => node(name)),
    ),
  };
}

describe("selection", () => {
  it("keeps what plans use and leaves out what gains little", async () => {
    const input = world(
      [
        [[100], [1, "a"], [0.9, "b"]],
        [[100], [50, "c"]],
        [[100], [99.9, "d"]],
      ],
      { a: 10, b: 10, c: 10, d: 10 },
    );
    const { chosen, cost } = await selectIndexes(input);
    expect([...chosen].toSorted()).toEqual(["b", "c"]);
    expect(cost).toBeCloseTo((0.009 + 0.5 + 1) / 3, 5);
  });

  it("asks once what follows from another answer", async () => {
    const input = world([[[100], [10, "a"], [5, "a", "b"]]], { a: 1, b: 1, c: 1, d: 1, e: 1 });
    await selectIndexes(input);
    // None, all, without a, without b; what is without c, d and e is known.
    expect(input.costs.asked()).toBeLessThanOrEqual(4);
  });

  it("stays within its room, and fills it", async () => {
    const input = world(
      [
        [[100], [1, "wide"], [20, "narrow"]],
        [[100], [10, "other"]],
      ],
      { wide: 100, narrow: 10, other: 30 },
      { wide: ["narrow"] },
    );
    const pagesOf = (names: ReadonlySet<string>): number =>
      [...names].reduce((sum, name) => sum + (input.candidates.get(name)?.pages ?? 0), 0);
    for (const budget of [5, 10, 35, 45, 129, 200])
      expect(pagesOf((await selectIndexes({ ...input, budget })).chosen)).toBeLessThanOrEqual(budget);
    expect([...(await selectIndexes({ ...input, budget: 45 })).chosen].toSorted()).toEqual(["narrow", "other"]);
  });

  it("counts what an index costs those who write", async () => {
    const input = world([[[100], [60, "a"]], [[1]]], { a: 10 });
    expect((await selectIndexes(input)).chosen.size).toBe(1);
    expect((await selectIndexes({ ...input, writeShare: (statement) => (statement === 1 ? 0.3 : 0) })).chosen.size).toBe(0);
  });
});
