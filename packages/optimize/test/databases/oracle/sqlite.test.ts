import { describe, expect, it } from "vitest";
import { sqlitePreferences } from "../../../src/databases/oracle/sqlite.ts";
import { rowsRead, sqliteSteps } from "../../../src/databases/oracle/sqlite-plan.ts";
import type { IndexQuestion } from "../../../src/model/index-question.ts";
import { tableNamed, type Schema, type Table } from "../../../src/model/schema.ts";
import { index, shop } from "./sample-schema.ts";

const schema: Schema = { ...shop, dialect: "sqlite" };
const question = (table: string, columns: string, ...statements: string[]): IndexQuestion => ({
  schema,
  table: tableNamed(schema, table) as Table,
  index: index(...columns.split(" ")),
  statements,
});
const answer = (...asked: Parameters<typeof question>) => sqlitePreferences(schema, [question(...asked)])[0];

describe("SQLite's planner over empty tables", () => {
  it("searches by an index instead of reading everything, at each size", () => {
    expect(answer("orders", "user_id", "SELECT * FROM orders WHERE user_id = ?")).toMatchObject({
      holds: true,
      planner: expect.stringMatching(/^SQLite 3/) as string,
      sizes: [
        { rows: 1e4, before: "scan", after: "search by index", costBefore: 1e4, costAfter: 10 },
        { rows: 1e6, costBefore: 1e6, costAfter: 10 },
        { rows: 1e8, costBefore: 1e8, costAfter: 10 },
      ],
    });
  });

  it("spares a sort", () => {
    const found = answer("orders", "created_at", "SELECT * FROM orders ORDER BY created_at LIMIT 20");
    expect(found).toMatchObject({ holds: true, sizes: [{ before: "scan and sort", after: "scan by index" }, {}, {}] });
  });

  it("has no use for an index on what no index can search", () => {
    expect(answer("orders", "user_id", "SELECT * FROM orders WHERE user_id + 0 = ?")).toMatchObject({
      holds: false,
      sizes: [{ after: "" }],
    });
    expect(answer("users", "email", "SELECT * FROM users WHERE id = ?")).toMatchObject({ holds: false });
  });

  it("plans the first statement that it can, and says why it can plan none", () => {
    const known = "SELECT * FROM orders WHERE user_id = $1";
    expect(answer("orders", "user_id", "SELECT * FROM nowhere", known)?.holds).toBe(true);
    expect(answer("orders", "user_id", "SELECT * FROM nowhere")).toMatchObject({
      holds: false,
      sizes: [],
      why: expect.stringContaining("nowhere") as string,
    });
    expect(answer("orders", "user_id", "PRAGMA user_version = 1")).toMatchObject({
      holds: false,
      why: expect.stringContaining("only SELECT") as string,
    });
  });

  it("answers each question by itself: an index that was tried is gone", () => {
    const first = question("orders", "user_id", "SELECT * FROM orders WHERE user_id = ?");
    const [one, two] = sqlitePreferences(schema, [first, first]);
    expect(two).toEqual(one);
  });
});

describe("steps of a plan", () => {
  it("name table, index and what is searched", () => {
    const [search, sort] = sqliteSteps(["SEARCH orders USING INDEX by_user (user_id=? AND at>? AND at<?)", "USE TEMP B-TREE FOR ORDER BY"]);
    expect(search).toEqual({ kind: "search", table: "orders", index: "by_user", equal: ["user_id"], ranges: 2 });
    expect(sort?.kind).toBe("sort");
    expect(sqliteSteps(["SCAN o USING COVERING INDEX x", "SEARCH t USING INTEGER PRIMARY KEY (rowid=?)", "CO-ROUTINE a"])).toMatchObject([
      { kind: "scan", index: "x" },
      { kind: "search", index: "integer primary key" },
    ]);
  });

  it("read as many rows as the distinct values leave", () => {
    const [scan, search, key] = sqliteSteps([
      "SCAN t",
      "SEARCH t USING INDEX i (a=? AND b>?)",
      "SEARCH t USING INTEGER PRIMARY KEY (rowid=?)",
    ]);
    const columns = [{ name: "a", nullFraction: 0, width: 4, distinct: 100 }];
    const read = (step: typeof scan): number => rowsRead(step as NonNullable<typeof scan>, 10_000, columns);
    expect([read(scan), read(search), read(key)]).toEqual([10_000, 25, 1]);
  });
});
