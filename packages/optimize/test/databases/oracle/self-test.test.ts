import { describe, expect, it } from "vitest";
import type { PlannerEngine, Row, Step } from "../../../src/databases/oracle/engine.ts";
import { selfTest } from "../../../src/databases/oracle/self-test.ts";
import { emptyTree } from "../../../src/databases/oracle/tree-pages.ts";
import { planable } from "../../../src/databases/oracle/placeholders.ts";

function engine(rows: number, major = 18): PlannerEngine {
  const answer = (step: Step): readonly Row[] =>
    step.kind === "explain"
      ? [{ "QUERY PLAN": [{ Plan: { "Node Type": "Seq Scan", "Plan Rows": rows, "Total Cost": 1 } }] }]
      : [{ path: "base/5/1" }];
  return {
    name: `PostgreSQL ${major}.0 (broken)`,
    major,
    notice: undefined,
    run: (steps) => Promise.resolve(steps.map((step) => ({ rows: answer(step) }))),
    close: () => Promise.resolve(),
  };
}

describe("a planner that cannot be used", () => {
  it("is found out before anything is asked of it", async () => {
    await expect(selfTest(engine(500_000))).resolves.toBeUndefined();
    await expect(selfTest(engine(1))).rejects.toThrow("does not take the size of a table that it was given (1 rows of 500000)");
    await expect(selfTest(engine(500_000, 17))).rejects.toThrow("cannot be given statistics");
  });
});

describe("a tree without rows", () => {
  it.each([0, 1, 3])("of height %d has a page for each level and one for itself", (height) => {
    const bytes = Buffer.from(emptyTree(height));
    expect(bytes.length).toBe((height + 2) * 8192);
    expect([bytes.readUInt32LE(24), bytes.readUInt32LE(32), bytes.readUInt32LE(36)]).toEqual([0x053162, 1, height]);
    expect(bytes.readUInt32LE(8192 + 8176 + 8)).toBe(height);
  });
});

describe("placeholders", () => {
  it.each([
    ["SELECT * FROM a WHERE b = ? AND c = ?", "SELECT * FROM a WHERE b = $1 AND c = $2"],
    ["SELECT * FROM a WHERE b = :x OR c = :x", "SELECT * FROM a WHERE b = $1 OR c = $1"],
    ["SELECT * FROM a WHERE b = %s LIMIT %s OFFSET %s", "SELECT * FROM a WHERE b = $1 LIMIT 20 OFFSET 0"],
    ["SELECT `b` FROM `a` WHERE c = $2 LIMIT $1;", 'SELECT "b" FROM "a" WHERE c = $2 LIMIT 20'],
    ["SELECT '?' -- ?\n FROM a", "SELECT '?' FROM a"],
  ])("of %j are PostgreSQL's", (sql, expected) => {
    expect(planable(sql)).toBe(expected);
  });
});
