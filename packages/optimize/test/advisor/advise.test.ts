import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { advise, type Advice, type AdviceInput } from "../../src/advisor/advise.ts";
import { migrationSteps, migrationText, migrationTools, toolOf } from "../../src/advisor/migration.ts";
import { openOracle, type PostgresOracle } from "../../src/databases/oracle/postgres.ts";
import { tableNamed } from "../../src/model/schema.ts";
import { column, index, schemaOf, table } from "../databases/oracle/sample-schema.ts";

const schema = schemaOf(
  table("users", [column("id", "integer"), column("email", "text")]),
  table("orders", [column("id", "integer"), column("user_id", "integer"), column("state", "text"), column("created_at", "timestamptz")], {
    indexes: [
      { ...index("user_id"), name: "orders_user" },
      { ...index("state"), name: "orders_state" },
      { ...index("id", "user_id"), name: "orders_unread" },
    ],
    foreignKeys: [{ columns: ["user_id"], table: "users", references: ["id"] }],
  }),
);
const statement = (sql: string, calls = 1): AdviceInput["statements"][number] => ({
  sql,
  fingerprint: sql,
  calls,
  milliseconds: undefined,
  constant: true,
});

let oracle: PostgresOracle;
let advice: Advice;
beforeAll(async () => {
  oracle = await openOracle({ schema });
  advice = await advise({
    oracle,
    schema,
    statements: [
      statement("SELECT * FROM orders WHERE user_id = ? AND state = ? ORDER BY created_at DESC LIMIT 20"),
      statement("SELECT * FROM users WHERE email = $1"),
      statement("SELECT * FROM users WHERE id = $1"),
      statement("SELECT * FROM nowhere"),
      statement("not sql at all"),
    ],
    sizesKnown: false,
    hasFewValues: () => false,
    scansOf: (name) => (name === "orders_unread" ? 0 : 100),
  });
}, 120_000);
afterAll(() => oracle.close());

describe("advice", () => {
  it("makes what statements need and prefers to extend an index that is there", () => {
    expect(advice.indexes.map((one) => one.index.columns.map(({ name }) => name))).toEqual([
      expect.arrayContaining(["user_id", "state"]) as unknown,
      ["email"],
    ]);
    expect(advice.indexes.every(({ gains }) => gains.some((gain) => gain.with <= 0.8 * gain.without))).toBe(true);
  });

  it("drops what is served or unread, and never what a statement needs", () => {
    const dropped = advice.drops.map(({ name }) => name);
    expect(dropped).toContain("orders_unread");
    for (const one of advice.statements) expect(one.after.cost).toBeLessThanOrEqual(one.before.cost * 1.05);
  });

  it("says which statements were not planned, and why", () => {
    expect(advice.notPlanned.map(({ sql }) => sql)).toEqual(["SELECT * FROM nowhere", "not sql at all"]);
    expect(advice.notPlanned.every(({ why }) => why !== "")).toBe(true);
  });

  it.each(migrationTools)("is a migration of %s with the way back", (tool) => {
    const drops = advice.drops.flatMap((drop) => {
      const of = tableNamed(schema, drop.table);
      return of === undefined ? [] : [{ ...drop, of }];
    });
    const steps = migrationSteps(advice.indexes, drops);
    const text = migrationText(tool, steps);
    for (const { name } of advice.indexes) expect(text.split(name).length - 1).toBe(2);
    expect(text).toContain("CREATE INDEX CONCURRENTLY");
    expect(text).toContain("DROP INDEX CONCURRENTLY");
  });

  it.each([
    ["sqlite", 'DROP INDEX IF EXISTS "'],
    ["mysql", "` ON `"],
  ] as const)("is in the words of %s where that is the database", (dialect, drop) => {
    const text = migrationText("sql", migrationSteps(advice.indexes, [], dialect));
    expect(text).not.toContain("CONCURRENTLY");
    expect(text).toContain(drop);
  });

  it("knows the tool of a schema", () => {
    expect([toolOf(["Prisma"]), toolOf(["Django migrations"]), toolOf(["SQLAlchemy"]), toolOf(["SQL"]), toolOf([])]).toEqual([
      "prisma",
      "django",
      "alembic",
      "sql",
      "sql",
    ]);
  });
});
