import { describe, expect, it } from "vitest";
import { analyzeSources, type Analysis } from "../../src/engine/analyze.ts";
import type { Planner } from "../../src/engine/planned.ts";
import { isRewrite, type IndexAnswer } from "../../src/model/index-question.ts";

const service = (sql: string): string => `
import express from "express";
import { Pool } from "pg";
const pool = new Pool();
const app = express();
app.get("/users", async (req, res) => res.json(await pool.query(${JSON.stringify(sql)}, [req.query.q])));
app.post("/users", async (req, res) => res.json(await pool.query("INSERT INTO users (email) VALUES ($1)", [req.body.email])));
`;
const schema = "CREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL, at timestamptz NOT NULL);";

const sizes = [{ rows: 1e4, before: "Seq Scan", after: "Index Scan", costBefore: 200, costAfter: 8 }];
const always =
  (answer: IndexAnswer): Planner =>
  (_, questions) =>
    Promise.resolve(questions.map(() => answer));

async function scanned(sql: string, planner?: Planner): Promise<Analysis> {
  return analyzeSources(
    [
      { file: "server.ts", text: service(sql) },
      { file: "schema.sql", text: schema },
    ],
    planner === undefined ? {} : { planner },
  );
}

const byEmail = "SELECT * FROM users WHERE email = $1";
const missing = ({ findings }: Analysis) => findings.filter(({ rule }) => rule === "db/missing-index-filter");

describe("a missing index that a planner decides about", () => {
  it("is likely when the planner prefers the index, and keeps the plans", async () => {
    const [found] = missing(await scanned(byEmail, always({ planner: "P", holds: true, sizes })));
    expect(found).toMatchObject({ tier: "likely", plan: { by: "the planner of P", sizes } });
  });

  it("says that another index is gone through where the planner does that without it", async () => {
    const indexed = [{ rows: 1e4, before: "Index Only Scan", after: "Index Scan", costBefore: 200, costAfter: 8 }];
    const messages = await Promise.all(
      [indexed, sizes].map(async (one) => missing(await scanned(byEmail, always({ planner: "P", holds: true, sizes: one })))[0]?.message),
    );
    expect(messages).toEqual([
      expect.stringContaining("goes through the whole of another index."),
      expect.stringContaining("reads every row."),
    ]);
  });

  it("is a candidate when the planner does not, with the size at which it does not", async () => {
    const refused = [{ ...sizes[0], rows: 1e8, after: "", costAfter: 200 }] as IndexAnswer["sizes"];
    const [found] = missing(await scanned(byEmail, always({ planner: "P", holds: false, sizes: refused })));
    expect(found?.tier).toBe("candidate");
    expect(found?.reason).toContain("at 100,000,000 rows the planner of P gains nothing");
  });

  it("is a candidate when no planner can be had, and that is told", async () => {
    const found = await scanned(byEmail, () => Promise.reject(new Error("no planner here")));
    expect(missing(found)).toMatchObject([{ tier: "candidate", reason: "it could not be planned: no planner here" }]);
    expect(found.failures).toMatchObject([{ code: "planner" }]);
  });

  it("is what the structure says where no planner is asked", async () => {
    expect(missing(await scanned(byEmail))).toMatchObject([{ tier: "likely" }]);
  });

  it("is asked with the program's own statement and the index that is proposed", async () => {
    const heard: unknown[] = [];
    await scanned(byEmail, (_, questions) => {
      heard.push(...questions.map((one) => (isRewrite(one) ? [] : [one.table.name, one.index.columns, one.statements])));
      return Promise.resolve([]);
    });
    expect(heard).toEqual([["users", [{ name: "email", order: "asc" }], [byEmail, 'SELECT * FROM "users" WHERE "email" = $1']]]);
  });

  it("starts no planner where every statement has its index", async () => {
    let started = 0;
    await scanned("SELECT * FROM users WHERE id = $1", () => {
      started++;
      return Promise.resolve([]);
    });
    expect(started).toBe(0);
  });
});

describe("a statement with OR that a planner compares with a query for each condition", () => {
  const seats = `CREATE TABLE seats (id serial PRIMARY KEY, owner integer NOT NULL REFERENCES users, guest integer NOT NULL);
CREATE INDEX ON seats (guest);
CREATE UNIQUE INDEX ON users (email);`;
  const sql = "SELECT s.id FROM seats s JOIN users u ON u.id = s.owner WHERE s.guest = $1 OR u.email = $1";
  const found = async (planner?: Planner, dialect = ""): Promise<Analysis["findings"]> => {
    const { findings } = await analyzeSources(
      [
        { file: "server.ts", text: service(sql) },
        { file: "schema.sql", text: dialect === "" ? `${schema}\n${seats}` : `${schema}\n${seats}`.replaceAll("serial", dialect) },
      ],
      planner === undefined ? {} : { planner },
    );
    return findings.filter(({ rule }) => rule === "db/or-across-columns");
  };

  it("is likely when the planner prefers these, with the statement that it planned", async () => {
    expect(await found(always({ planner: "P", holds: true, sizes }))).toMatchObject([
      { tier: "likely", plan: { sizes }, better: expect.stringContaining("UNION ALL SELECT s.id FROM seats s") as unknown },
    ]);
  });

  it("is nothing when the planner does not", async () => {
    expect(await found(always({ planner: "P", holds: false, sizes }))).toEqual([]);
  });

  it("is a candidate when it could not be planned, or the database is another one", async () => {
    expect(await found(() => Promise.reject(new Error("no planner here")))).toMatchObject([
      { tier: "candidate", reason: "it could not be planned: no planner here" },
    ]);
    expect(await found(always({ planner: "P", holds: true, sizes }), "integer AUTO_INCREMENT")).toMatchObject([
      { tier: "candidate", reason: expect.stringContaining("the database is another one") as unknown },
    ]);
  });

  it("is asked with both statements", async () => {
    const heard: unknown[] = [];
    await found((_, questions) => {
      heard.push(...questions);
      return Promise.resolve([]);
    });
    expect(heard).toContainEqual(expect.objectContaining({ statement: sql, instead: expect.stringContaining("IS NOT TRUE") as unknown }));
  });
});
