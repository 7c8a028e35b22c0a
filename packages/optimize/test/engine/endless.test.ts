import { describe, expect, test } from "vitest";
import { analyzeSources } from "../../src/engine/analyze.ts";

const head = `import express from "express"; import { Pool } from "pg"; const pool = new Pool(); const app = express();\n`;
const ask = `await pool.query("select 1 from t where id = $1", [x]);`;
const each = (count: number, line: (i: number) => string): string => Array.from({ length: count }, (_, i) => line(i)).join("\n");

async function analyse(body: string): ReturnType<typeof analyzeSources> {
  return analyzeSources([{ file: "main.js", text: head + body }]);
}

describe("programs without an end", () => {
  test("functions that hand each other new closures in exponentially many ways are followed as far as is possible, and that is said", async () => {
    const calls = (i: number): string => each(8, (j) => `await m${j}(() => cb(x + ${i}), x);`);
    const { project, failures } = await analyse(
      `${each(40, (i) => `async function m${i}(cb, x) { ${ask} await cb(x); await m${(i + 1) % 40}(() => cb(x), x); ${calls(i)} }`)}
       app.get("/x", async (req, res) => res.json(await m0(() => 1, req.params.id)));`,
    );
    expect(project.entries.map((entry) => entry.name)).toEqual(["GET /x"]);
    expect(project.operations.filter((one) => one.kind === "db-read")).toHaveLength(40);
    expect(new Set(failures.map((failure) => failure.code))).toEqual(new Set(["too-large"]));
    expect(new Set(failures.map((failure) => failure.message)).size).toBe(failures.length);
  });

  test("a text that doubles itself is a text of which nothing is known", async () => {
    const { project, failures } = await analyse(
      `app.get("/x", async (req) => { let s = "select 1 from t "; ${each(64, () => "s = s + s;")} const x = s; ${ask} });`,
    );
    expect(project.operations.filter((one) => one.kind === "db-read")).toHaveLength(1);
    expect(failures).toEqual([]);
  });

  test("of a list of rows written out as one SQL statement only the beginning is read, and that is said", async () => {
    const rows = each(6000, (i) => `(${i}, 'v${i}'),`);
    const { project, failures } = await analyse(
      `app.get("/x", async () => { await pool.query(\`insert into t (a, b) values ${rows} (0, '')\`); });`,
    );
    expect(project.operations.filter((one) => one.kind === "db-write").map((one) => one.table)).toEqual(["t"]);
    expect(failures.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      "too-large: of an SQL statement with more than 50000 characters only the beginning is read",
    ]);
  });

  test("of the middlewares before a route two hundred are followed; that more were left out is said", async () => {
    const route = `app.get("/x", (req, res) => res.end());`;
    const use = (i: number): string => `app.use(async (req, res, next) => { const x = ${i}; ${ask} next(); });`;
    const some = await analyse(`${each(200, use)} ${route}`);
    const more = await analyse(`${each(201, use)} ${route}`);
    expect(some.failures).toEqual([]);
    expect(more.failures.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      "too-large: of more than 200 middlewares before a route only the first are followed",
    ]);
    expect(more.project.entries[0]?.cost).toEqual(some.project.entries[0]?.cost);
  });

  test("models are looked for in functions that call each other in any order, and in lists and texts that double themselves", async () => {
    const { project } = await analyse(
      `import { Sequelize } from "sequelize"; const sequelize = new Sequelize(); const s0 = "ab"; const l0 = ["x"];
       ${each(60, (i) => `function f${i}(x) { f${(i + 1) % 60}(x); f${(i * 7 + 3) % 60}(x); f${(i * 13 + 5) % 60}(x); }`)}
       ${each(60, (i) => `const s${i + 1} = s${i} + s${i}; const l${i + 1} = [...l${i}, ...l${i}];`)}
       f0(1); for (const one of l60) sequelize.define(one, {});
       sequelize.define("user", { name: { type: "TEXT", field: s60 } });`,
    );
    expect(project.schemas.flatMap(({ tables }) => tables.map(({ name }) => name))).toContain("users");
  });
});
