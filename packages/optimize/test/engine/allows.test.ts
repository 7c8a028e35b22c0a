import { describe, expect, test } from "vitest";
import { analyzeSources } from "../../src/engine/analyze.ts";
import { order } from "../../src/engine/rank.ts";
import type { Finding } from "../../src/model/finding.ts";
import { onlyNew } from "../../src/guard/baseline.ts";
import { sampleFinding, sampleRun } from "../run-sample.ts";

/** A route with a loop of these lines. */
function loopOf(...lines: string[]): { file: string; text: string }[] {
  const head = `import express from "express"; import { Pool } from "pg"; const pool = new Pool();`;
  const body = lines.map((line) => `    ${line}`).join("\n");
  return [
    {
      file: "main.js",
      text: `${head}\nexpress().get("/x", async (req, res) => {\n  for (const id of req.body.ids) {\n${body}\n  }\n});\n`,
    },
  ];
}

const first = `await pool.query("select 1 from a where id = $1", [id]);`;
const second = `await pool.query("select 1 from b where id = $1", [id]);`;
const allow = " // optimize-allow db/n-plus-one -- there are few";

async function likely(sources: { file: string; text: string }[]): Promise<{ found: Finding[]; unusedAllows: readonly unknown[] }> {
  const { findings, unusedAllows } = await analyzeSources(sources);
  return { found: findings.filter((finding) => finding.tier === "likely"), unusedAllows };
}

describe("one finding stands for a loop", () => {
  test("and names the lines that it stands for", async () => {
    const { found } = await likely(loopOf(first, second));
    expect(found.map((finding) => finding.site.line)).toEqual([4]);
    expect(found[0]?.standsFor).toHaveLength(1);
    expect(found[0]?.related.map(({ role, line }) => `${role} ${line}`)).toContain("also in this loop 5");
  });

  test.each([
    [first + allow, second, 5],
    [first, second + allow, 4],
  ])("an allowed line says nothing of the other one: %s %s", async (one, other, left) => {
    const { found, unusedAllows } = await likely(loopOf(one, other));
    expect(found.map((finding) => finding.site.line)).toEqual([left]);
    expect(found[0]?.standsFor).toBeUndefined();
    expect(unusedAllows).toEqual([]);
  });

  test("a line that is new in an accepted loop is new", async () => {
    const before = (await likely(loopOf(first))).found;
    const after = (await likely(loopOf(first, second))).found;
    const accepted = new Set(before.map((finding) => finding.id));
    expect(onlyNew(sampleRun({ findings: before }), accepted).findings).toEqual([]);
    expect(onlyNew(sampleRun({ findings: after }), accepted).findings).toEqual(after);
    const all = new Set(after.flatMap(({ id, standsFor = [] }) => [id, ...standsFor]));
    expect(onlyNew(sampleRun({ findings: after }), all).findings).toEqual([]);
  });
});

test("what happens for each element is shown before what happens for some", () => {
  const each = sampleFinding({ id: "each" });
  const some = sampleFinding({ id: "some", sometimes: true, routes: [...each.routes, "GET /more"] });
  expect([some, each].sort(order).map((finding) => finding.id)).toEqual(["each", "some"]);
});

describe("what is allowed in a schema", () => {
  const server = `import express from "express"; import { Pool } from "pg"; const pool = new Pool();
express().get("/x", async (req, res) => res.json(await pool.query("SELECT * FROM users WHERE email = $1", [req.query.q])));
express().post("/x", async (req, res) => res.json(await pool.query("INSERT INTO users (email) VALUES ($1)", [req.body.q])));
`;
  const schemaOf = (comment: string): string =>
    `CREATE TABLE users (\n  id serial PRIMARY KEY,\n  note text DEFAULT '-- optimize-allow db/none',\n  ${comment}\n  email text NOT NULL\n);\n`;
  const missing = async (comment: string) => {
    const { findings, unusedAllows } = await analyzeSources([
      { file: "server.ts", text: server },
      { file: "schema.sql", text: schemaOf(comment) },
    ]);
    return { found: findings.filter(({ rule }) => rule === "db/missing-index-filter").length, unusedAllows };
  };

  test("holds for the column below it", async () => {
    expect(await missing("")).toEqual({ found: 1, unusedAllows: [] });
    expect(await missing("-- optimize-allow db/missing-index-filter -- few users")).toEqual({ found: 0, unusedAllows: [] });
    expect(await missing("/* optimize-allow db/missing-index-filter */")).toEqual({ found: 0, unusedAllows: [] });
  });

  test("is told when it allows nothing", async () => {
    expect((await missing("-- optimize-allow db/n-plus-one")).unusedAllows).toEqual([
      { file: "schema.sql", line: 4, rule: "db/n-plus-one" },
    ]);
  });

  test("holds in a Prisma schema too, where a text that looks like a comment is none", async () => {
    const prisma = (comment: string): string => `datasource db { provider = "postgresql"
  url = "postgres://host/x" }
model User {
  id Int @id
  email String${comment}
}
`;
    const code = `import express from "express"; import { PrismaClient } from "@prisma/client"; const prisma = new PrismaClient();
const app = express();
app.get("/x", async (req, res) => res.json(await prisma.user.findMany({ where: { email: req.query.q } })));
app.post("/x", async (req, res) => res.json(await prisma.user.create({ data: { email: req.body.q } })));
`;
    const found = async (comment: string): Promise<number> =>
      (
        await analyzeSources([
          { file: "server.ts", text: code },
          { file: "schema.prisma", text: prisma(comment) },
        ])
      ).findings.filter(({ rule }) => rule === "db/missing-index-filter").length;
    expect(await found("")).toBe(1);
    expect(await found(" /// optimize-allow db/missing-index-filter -- few")).toBe(0);
    expect(await found(' @default("// optimize-allow db/missing-index-filter")')).toBe(1);
  });
});
