import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openOracle, type PostgresOracle } from "../../../src/databases/oracle/postgres.ts";
import { preferences } from "../../../src/databases/oracle/preference.ts";
import { planNodes, shapeOfPlan, type Plan } from "../../../src/model/plan.ts";
import { index, shop, table, column, schemaOf } from "./sample-schema.ts";

/** One planner for the file: a start takes seconds. Tables of every test are its own. */
const odd = table("odd", [column("id", "integer"), column("shape", "polygon"), column("note", "text")], {
  indexes: [{ ...index("note"), name: "odd_broken", where: "note = pg_read_file('/etc/passwd'); DROP TABLE users" }],
});
const statistics = {
  settings: { random_page_cost: "1.1", jit: "off", search_path: "nowhere" },
  tables: [
    {
      name: "events",
      rows: 1e9,
      pages: 1e7,
      columns: [
        {
          name: "kind",
          nullFraction: 0,
          width: 8,
          distinct: 3,
          commonValues: "{click,view,buy}",
          commonFrequencies: [0.7, 0.2999, 0.0001],
        },
      ],
    },
  ],
};
const events = table("events", [column("id", "bigint"), column("kind", "text"), column("at", "timestamptz")]);
let oracle: PostgresOracle;

beforeAll(async () => {
  oracle = await openOracle({ schema: schemaOf(...shop.tables, odd, events), statistics });
}, 120_000);
afterAll(() => oracle.close());

async function planOf(sql: string, ...indexes: readonly string[]): Promise<Plan> {
  const planned = await oracle.plan(sql, { indexes });
  if ("why" in planned) throw new Error(planned.why);
  return planned.plan;
}

describe("the planner without data", () => {
  it("plans with the rows of a table that holds none", async () => {
    expect((await planOf("SELECT * FROM events")).rows).toBe(1e9);
    expect((await planOf("SELECT * FROM events WHERE kind = 'buy'")).rows).toBe(1e5);
    expect((await planOf("SELECT * FROM orders")).rows).toBe(1_000_000);
  });

  it("takes the settings of the server that change plans, and no others", async () => {
    const key = await planOf("SELECT * FROM events WHERE id = 1");
    expect(key.root.kind).toBe("Index Scan");
    expect(key.cost).toBeLessThan(4);
  });

  it("tries an index that nobody built, only where it is named", async () => {
    const [tried] = await oracle.tryIndexes([{ table: "orders", index: index("user_id", "-created_at") }]);
    const sql = "SELECT * FROM orders WHERE user_id = ? ORDER BY created_at DESC LIMIT ?";
    expect(shapeOfPlan((await planOf(sql)).root)).toBe("Limit(Sort(Seq Scan orders))");
    expect((await planOf(sql, tried?.name ?? "")).cost).toBeLessThan((await planOf(sql)).cost / 10);
    // 1,000,000 keys of 4 and 8 bytes: 20 bytes each with their pointer, 90 % full.
    expect(tried?.pages).toBeGreaterThan(3000);
    expect(tried?.pages).toBeLessThan(4500);
  });

  it("knows how many rows a partial index holds", async () => {
    const [tried] = await oracle.tryIndexes([{ table: "events", index: { ...index("at"), where: "kind = 'buy'" } }]);
    expect(tried?.rows).toBeCloseTo(1e5, -3);
    const plan = await planOf("SELECT * FROM events WHERE kind = 'buy' ORDER BY at LIMIT 10", tried?.name ?? "");
    expect(planNodes(plan.root).flatMap((node) => node.index ?? [])).toEqual([tried?.name]);
  });

  it("prefers an index at every size, or at none, the same each time", async () => {
    const questions = [
      { table: "orders", index: index("user_id"), statements: ["SELECT * FROM orders WHERE user_id = $1"] },
      { table: "users", index: index("state"), statements: ["SELECT * FROM users WHERE state = $1"] },
      { table: "orders", index: index("total"), statements: ["SELECT * FROM orders WHERE total + 0 = $1"] },
      { table: "nowhere", index: index("a"), statements: ["SELECT 1"] },
    ];
    const first = await preferences(oracle, questions);
    expect(first.map(({ holds }) => holds)).toEqual([true, false, false, false]);
    expect(first[0]?.sizes.map(({ rows }) => rows)).toEqual([1e4, 1e6, 1e8]);
    expect(first[3]?.why).toBeDefined();
    await oracle.setRows(1_000_000);
    expect((await preferences(oracle, questions)).map(({ sizes }) => sizes)).toEqual(first.map(({ sizes }) => sizes));
  }, 60_000);

  it("takes no more than single definitions and plans no more than single statements", async () => {
    expect(oracle.failures.map(({ table: name }) => name)).toContain("odd");
    for (const sql of [
      "DROP TABLE users",
      "SELECT 1; DROP TABLE users",
      "COPY users TO PROGRAM 'true'",
      "DO $$ BEGIN LOOP END LOOP; END $$",
      "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'select 1'",
      "EXPLAIN ANALYZE SELECT 1",
      "",
      `SELECT ${"(".repeat(5000)}1${")".repeat(5000)}`,
    ])
      expect(await oracle.plan(sql)).toHaveProperty("why");
    expect(shapeOfPlan((await planOf("SELECT * FROM users")).root)).toBe("Seq Scan users");
  });
});
