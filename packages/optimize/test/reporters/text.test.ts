import { describe, expect, it } from "vitest";
import type { ReportContext } from "../../src/reporters/layout/reporter.ts";
import text from "../../src/reporters/text.ts";
import { sampleFinding, sampleRun, sampleSource } from "../run-sample.ts";

const context: ReportContext = { source: sampleSource, columns: 110, color: false, all: false };

describe("the terminal report", () => {
  it("says the place, what happens, the code, who reaches it, the fix and the impact", () => {
    const shown = text(sampleRun(), {
      ...context,
      seconds: 0.93,
      report: ".optimize/report.md",
      failuresCommand: "optimize scan --failures",
      next: ["optimize explain 7f3a"],
    });
    expect(shown).toMatchInlineSnapshot(`
      "optimize 0.1.0 · shop-api · 412 files, 14 routes, 9 tables, 61 queries · 0.9 s

      DATABASE
        likely  db/n-plus-one · high · 7f3a                                                 src/orders/service.ts:42
                One query per order. \`customers.byId\` runs in the loop over \`orders\`, which has no bound.
                   41 │ for (const order of orders) {
                   42 │   order.customer = await customers.byId(order.customerId);
                      │                          └─ src/customers/repo.ts:18  select … from customers where id = $1
                Reached by   GET /orders · GET /export · job nightly-invoice
                Fix          one query with IN and a Map (effort S)
                Impact       GET /orders = 2 + orders queries (structural)

      1 likely, 0 proven · 23 candidates wait for evidence · 1 file not read (syntax): optimize scan --failures
      Not looked at: 2 files (minified)
      Report  .optimize/report.md     Next  optimize explain 7f3a
      "
    `);
  });

  it("shows the ten first ones and says how many remain", () => {
    const findings = Array.from({ length: 12 }, (_, index) => sampleFinding({ id: `id${index}aaaaaaaa` }));
    const run = sampleRun({ findings });
    expect(text(run, context).match(/db\/n-plus-one/g)).toHaveLength(10);
    expect(text(run, context)).toContain("2 more findings are shown with --all");
    expect(text(run, { ...context, all: true }).match(/db\/n-plus-one/g)).toHaveLength(12);
  });

  it("lets no control character of the project through", () => {
    const evil = "a\u001b[31mred\u0007\u009b2J\u202egnp\u2028";
    const run = sampleRun({
      findings: [
        sampleFinding({
          message: evil,
          advice: evil,
          routes: [evil],
          site: { file: `src/${evil}.ts`, line: 1, column: 2 },
          related: [{ file: evil, line: 1, role: evil, note: evil }],
          impact: { basis: "structural", formula: evil, degree: 1 },
        }),
      ],
      failures: [{ file: evil, code: evil, message: evil }],
      notLookedAt: [{ reason: evil, files: 1, examples: [evil] }],
      unusedAllows: [{ file: evil, line: 1, rule: evil }],
    });
    const shown = text(run, { ...context, source: () => [evil, evil] });
    // eslint-disable-next-line no-control-regex
    expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/);
    expect(shown).toContain("\\u{1b}[31mred");
  });

  it("paints only when told to, and keeps the text the same", () => {
    const plain = text(sampleRun(), context);
    const painted = text(sampleRun(), { ...context, color: true });
    expect(painted).toContain("\u001b[");
    // eslint-disable-next-line no-control-regex
    expect(painted.replace(/\u001b\[\d+m/g, "")).toBe(plain);
  });

  it("stays inside a narrow terminal", () => {
    for (const columns of [60, 80, 120]) {
      const widest = Math.max(
        ...text(sampleRun(), {
          ...context,
          columns,
          report: "packages/some-service/.optimize/report.md",
          next: ["optimize explain 7f3a packages/some-service"],
        })
          .split("\n")
          .map((line) => line.length),
      );
      expect(widest).toBeLessThanOrEqual(columns);
    }
  });

  it("shows the loop, a gap and the place when the loop begins far above", () => {
    const lines = ["for (const a of b) {", "", "", "", "  await read(a);", "}"];
    const finding = sampleFinding({ site: { file: "a.ts", line: 5, column: 9 }, related: [{ file: "a.ts", line: 1, role: "the loop" }] });
    const shown = text(sampleRun({ findings: [finding] }), { ...context, source: () => lines });
    expect(shown).toMatch(/1 │ for .*\n +⋮ │\n +5 │ {3}await read/);
  });

  it("names the package where there is more than one", () => {
    const findings = [sampleFinding({ package: "@shop/api" })];
    const { project } = sampleRun();
    expect(text(sampleRun({ findings }), context)).not.toContain("@shop/api");
    expect(text(sampleRun({ findings, project: { ...project, packages: ["@shop/api", "@shop/web"] } }), context)).toContain(
      "high · 7f3a · @shop/api",
    );
  });
});
