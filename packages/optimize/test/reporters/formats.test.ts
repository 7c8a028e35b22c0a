import { describe, expect, it } from "vitest";
import compact from "../../src/reporters/compact.ts";
import json from "../../src/reporters/json.ts";
import { prose } from "../../src/reporters/layout/markup.ts";
import type { ReportContext } from "../../src/reporters/layout/reporter.ts";
import markdown from "../../src/reporters/markdown.ts";
import { runSchema } from "../../src/model/run-schema.ts";
import { sampleEntry, sampleFinding, sampleRun, sampleSource } from "../run-sample.ts";

const context: ReportContext = { source: sampleSource, columns: 100, color: false, all: false };

describe("json", () => {
  it("is the Run, in one order of members whatever order they were made in", () => {
    const run = sampleRun();
    const shuffled = JSON.parse(
      JSON.stringify({ ...run, findings: run.findings.map((f) => Object.fromEntries(Object.entries(f).reverse())) }),
    );
    expect(json(shuffled, context)).toBe(json(run, context));
    expect(runSchema.parse(JSON.parse(json(run, context)))).toEqual(run);
  });

  it("escapes what a terminal would interpret without changing the value", () => {
    const message = "a\u001b[2J\u009b\u202e\u{e0041}\ud800 “ok” 😀";
    const out = json(sampleRun({ findings: [sampleFinding({ message })] }), context);
    // eslint-disable-next-line no-control-regex
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect((JSON.parse(out) as { findings: { message: string }[] }).findings[0]?.message).toBe(message);
  });
});

describe("compact", () => {
  it("is one line a finding", () => {
    expect(compact(sampleRun(), context)).toBe(
      "src/orders/service.ts:42:28 high db/n-plus-one One query per order. `customers.byId` runs in the loop over `orders`, which has no bound.\n",
    );
    expect(compact(sampleRun({ findings: [sampleFinding({ message: "two\nlines" })] }), context).split("\n")).toHaveLength(2);
  });
});

describe("markdown", () => {
  it("has every part of the report", () => {
    const out = markdown(sampleRun({ findings: [sampleFinding({ better: "const byId = new Map();" })] }), context);
    for (const heading of [
      "Executive summary",
      "Bottlenecks by priority",
      "Routes and their cost",
      "What was not looked at",
      "Next steps",
      "Top three actions",
    ]) {
      expect(out).toContain(`\n## ${heading}\n`);
    }
    expect(out).toContain("- Category: database");
    expect(out).toContain("1. `src/orders/service.ts:41` the loop");
    expect(out).toContain("for (const order of orders) {\n  order.customer = await");
    expect(out).toContain("```ts\nconst byId = new Map();\n```");
    expect(out).toContain("| `GET /orders` | `2 + orders queries` | `src/orders/routes.ts:9` |");
  });

  it("has a table of routes for each package of a monorepo", () => {
    const { project } = sampleRun();
    const formulas = [sampleEntry({ package: "api" }), sampleEntry({ name: "GET /b", package: "web" })];
    const out = markdown(sampleRun({ formulas, project: { ...project, packages: ["api", "web"] } }), context);
    expect(out).toMatch(/### `api`\n[\s\S]*GET \/orders[\s\S]*### `web`\n[\s\S]*GET \/b/);
  });

  it("keeps text of the project inert", () => {
    const evil = "<img src=x onerror=alert(1)> [a](javascript:x) https://evil.example @all\n# heading\n```\n| x | y |";
    const out = markdown(
      sampleRun({
        findings: [sampleFinding({ message: evil, advice: evil, better: "````\n# out\n````", routes: [evil] })],
        formulas: [sampleEntry({ name: "GET /a|b`c" })],
        failures: [{ file: "a`b|.ts", code: "syntax", message: evil }],
      }),
      context,
    );
    const outsideCode = out.replace(/(`{5,})ts\n[\s\S]*?\n\1/g, "").replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, "");
    expect(outsideCode).not.toMatch(/<img|https:\/\/|@all|(?<!\\)\[a/);
    expect(outsideCode.split("\n").filter((line) => line.startsWith("# "))).toEqual(["# Performance report: shop-api"]);
    expect(out).toContain("`````ts\n````\n# out\n````\n`````");
    expect(out).toContain("| ``GET /a\\|b`c`` |");
  });

  it.each([
    ["`a.b` runs in `x`", "`a.b` runs in `x`"],
    ["odd ` tick", "odd \\` tick"],
    ["- 1. a_b", "\\- 1. a\\_b"],
    ["1. a", "1\\. a"],
    ["see http://x.example or www.x.example", "see http&#58;//x.example or www&#46;x.example"],
    ["`<b>` <b>", "`<b>` &lt;b&gt;"],
  ])("writes %j as %j", (text, expected) => {
    expect(prose(text)).toBe(expected);
  });
});
