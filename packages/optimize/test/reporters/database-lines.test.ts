import { describe, expect, it } from "vitest";
import type { Plan } from "../../src/model/plan.ts";
import type { ProjectStatement } from "../../src/model/project-statement.ts";
import { adviceLines, type ShownAdvice } from "../../src/reporters/layout/advice.ts";
import { queryLines } from "../../src/reporters/layout/queries.ts";

const paint = (_: string, text: string): string => text;
const plan = (cost: number): Plan => ({ cost, rows: 1, root: { kind: "Seq Scan", children: [] } }) as unknown as Plan;
const advice = (more: Partial<ShownAdvice>): string =>
  adviceLines(
    { origin: "", indexes: [], drops: [], statements: [], notPlanned: [], withdrawn: [], ...more },
    { columns: 100, plans: false, paint },
  )[0] ?? "";
const statement = { sql: "SELECT 1", calls: 1, before: plan(10), after: plan(1) };

describe("the first line of an advice", () => {
  it("says what became of it, and claims nothing of what was not planned", () => {
    const index = { sql: "CREATE INDEX a ON b (c)", pages: 1, gains: [] };
    expect(advice({ statements: [statement], indexes: [index] })).toBe("1 index: 1 of 1 statement becomes cheaper");
    expect(advice({ statements: [statement] })).toContain("No index is missing for 1 statement");
    expect(advice({ statements: [statement], withdrawn: [{ name: "a", why: "slow" }] })).toBe(
      "No index is left for 1 statement: 1 was withdrawn.",
    );
    expect(advice({ notPlanned: [{ sql: "SELECT (", why: "syntax" }] })).toBe(
      "No statement could be planned: nothing is known of what is missing.",
    );
  });
});

describe("what a program sends, as lines", () => {
  const one: ProjectStatement = {
    sql: "SELECT *\n  FROM a",
    fingerprint: "0123456789abcdef",
    from: "call",
    library: "prisma",
    method: "findMany",
    kind: "read",
    table: "a",
    unknown: ["further conditions"],
    places: [1, 2, 3, 4].map((line) => ({ file: "src/a.ts", line, symbol: "list" })),
    routes: ["GET /a"],
  };

  it("names fingerprint, places, routes and what is not known, and what nothing is known of", () => {
    const unsaid = [{ why: "the table is not known", places: [{ file: "src/b.ts", line: 7 }] }];
    expect(queryLines({ statements: [one], unsaid }, paint)).toEqual([
      "0123456789abcdef  SELECT * FROM a",
      "    prisma, findMany: src/a.ts:1 (list), src/a.ts:2 (list), src/a.ts:3 (list) and 1 more",
      "    on GET /a",
      "    not known: further conditions",
      "",
      "1 statement at 4 places",
      "not said: 1 call, the table is not known (src/b.ts:7)",
    ]);
  });

  it("has no control characters of the project", () => {
    const lines = queryLines({ statements: [{ ...one, sql: "SELECT '\u001b[31m'", routes: ["GET /\u202e"] }], unsaid: [] }, paint);
    for (const character of ["\u001b", "\u202e"]) expect(lines.join("\n")).not.toContain(character);
  });
});
