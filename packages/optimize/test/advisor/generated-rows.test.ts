import { describe, expect, it } from "vitest";
import { bound } from "../../src/advisor/bind.ts";
import { fillStatements } from "../../src/advisor/generated-rows.ts";
import { planningProblem } from "../../src/databases/oracle/statement-guard.ts";
import { column, schemaOf, shop, table } from "../databases/oracle/sample-schema.ts";

const all = ["integer", "uuid", "text", "varchar(20)", "numeric(10,2)", "date", "timestamptz", "boolean", "jsonb", "bytea", "text[]"];
const schema = schemaOf(
  ...shop.tables.toReversed(),
  table("odd", [column("id", "uuid"), ...all.map((type, place) => column(`c'"${place}`, type))]),
);
const statistics = {
  settings: {},
  tables: [
    { name: "users", rows: 1e9, pages: 1, columns: [] },
    {
      name: "orders",
      rows: 5e9,
      pages: 1,
      columns: [
        { name: "user_id", nullFraction: 0, width: 4, distinct: -0.1, commonValues: "{7}", commonFrequencies: [0.3] },
        { name: "total", nullFraction: 0.2, width: 8, distinct: -1, histogram: "{1.5,10,99}" },
      ],
    },
    {
      name: "odd",
      rows: 10,
      pages: 1,
      columns: [{ name: `c'"2`, nullFraction: 0, width: 8, distinct: 2, commonValues: `{"it's; DROP"}`, commonFrequencies: [0.9] }],
    },
  ],
};

describe("rows in the likeness of a database", () => {
  it("are single statements, referred tables first, a million at most", async () => {
    const statements = fillStatements(schema, statistics);
    expect(statements.map((one) => one.table)).toEqual(["users", "orders", "odd"]);
    for (const { sql } of statements) expect(await planningProblem(sql)).toBeUndefined();
    const counts = statements.map(({ sql }) => Number(/generate_series\(1, (\d+)\)/.exec(sql)?.[1]));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeLessThan(1_001_000);
    expect(statements[1]?.sql).toContain("WHEN r.p < 0.300000 THEN (7)::integer");
  });
});

describe("values for placeholders", () => {
  const run = (): Promise<{ v: string }[]> => Promise.resolve([{ v: "it's" }]);

  it("come from the column that each is compared with", async () => {
    expect(await bound("SELECT * FROM users WHERE email = ? LIMIT ?", shop, run)).toEqual({
      sql: "SELECT * FROM users WHERE email = 'it''s' LIMIT 20",
    });
    expect(await bound("SELECT * FROM users WHERE email LIKE $1 AND id IN ($2)", shop, run)).toEqual({
      sql: "SELECT * FROM users WHERE email LIKE '%it''s%' AND id IN ('it''s')",
    });
  });

  it("are not known for what is compared with nothing", async () => {
    expect(await bound("INSERT INTO users (id) VALUES ($1)", shop, run)).toEqual({ why: "no value is known for $1" });
    expect(await bound("SELECT 1", shop, run)).toEqual({ sql: "SELECT 1" });
  });
});
