/** Ways through a function that leaves early: each of them is one way, not the beginning of all. */
import { expect, it } from "vitest";
import { analyzeSources } from "../../src/engine/analyze.ts";
import { costText } from "../../src/engine/cost-text.ts";

async function cost(body: string): Promise<string> {
  const text = `import express from "express";
import pg from "pg";
const pool = new pg.Pool();
const ask = (n) => pool.query("SELECT 1 FROM orders WHERE id = $1", [n]);
const app = express();
app.get("/", async (req, res) => {
${body}
});
app.listen(1);
`;
  const { project } = await analyzeSources([{ file: "app.ts", text }]);
  return costText(project.entries[0]?.cost ?? {});
}

it("an arm that returns is one way, what follows it another", async () => {
  expect(await cost("if (req.query.a) { await ask(1); return res.json(1); } await ask(2); res.json(2);")).toBe("1 query");
  expect(await cost("if (req.query.a) { await ask(1); await ask(2); return res.json(1); } await ask(3); res.json(2);")).toBe(
    "1 (≤ 2) queries",
  );
  expect(await cost("await ask(0); if (req.query.a) return res.json(1); await ask(1); res.json(2);")).toBe("1 (≤ 2) queries");
  expect(
    await cost(
      "if (req.query.a) { await ask(1); return res.json(1); } if (req.query.b) { await ask(2); return res.json(1); } await ask(3);",
    ),
  ).toBe("1 query");
});

it("what an arm asks before it goes on comes before the rest", async () => {
  expect(await cost("if (req.query.a) { await ask(1); } else { await ask(2); return res.json(1); } await ask(3);")).toBe("1 (≤ 2) queries");
});

it("an answer that says what was wrong is no other way through, but may cost something", async () => {
  expect(await cost("if (!req.query.a) return res.status(400).json({}); await ask(1); res.json(2);")).toBe("1 query");
  expect(await cost("if (!req.query.a) { await ask(1); await ask(2); return res.status(400).json({}); } await ask(3); res.json(2);")).toBe(
    "1 (≤ 2) queries",
  );
});

it("an end that only fails is no way through", async () => {
  expect(await cost('if (req.query.a) { await ask(1); return res.json(1); } await ask(2); await ask(3); throw new Error("no");')).toBe(
    "1 (≤ 2) queries",
  );
});
