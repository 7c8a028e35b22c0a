import { expect, it } from "vitest";
import { compareRuns } from "../../src/guard/diff.ts";
import { changeLines } from "../../src/reporters/layout/changes.ts";
import { painter } from "../../src/reporters/layout/style.ts";
import { sampleEntry, sampleFinding, sampleRun } from "../run-sample.ts";

const before = sampleRun({ findings: [] });

it("says what a change adds per row, and where it comes from", () => {
  const formula = "2 + 2·orders queries";
  const after = sampleRun({
    formulas: [
      sampleEntry({
        formula,
        cost: {
          reads: [
            ["", 2],
            ["orders", 2],
          ],
        },
      }),
    ],
  });
  const changes = compareRuns(before, after);
  expect(changes).toMatchObject([{ deltas: [{ kind: "reads", term: "orders", by: 1 }], via: { file: "src/customers/repo.ts", line: 18 } }]);
  expect(changeLines(changes, painter(false))).toEqual([
    "GET /orders  2 + orders queries  →  2 + 2·orders queries  +1 query per order  src/orders/service.ts:42 via src/customers/repo.ts:18",
  ]);
});

it("is silent when only the place of a size moved", () => {
  const moved = (at: string): ReturnType<typeof sampleRun> =>
    sampleRun({ formulas: [sampleEntry({ cost: { reads: [[`orders@${at}`, 1]] } })] });
  expect(compareRuns(moved("3:120"), moved("3:140"))).toEqual([]);
});

it("names entry points that came and went, products, and puts growth first", () => {
  const entry = (name: string, cost: Record<string, [string, number][]>, formula: string): ReturnType<typeof sampleEntry> =>
    sampleEntry({ name, cost, formula });
  const old = sampleRun({
    formulas: [entry("GET /a", { http: [["", 2]] }, "2 http"), entry("GET /b", {}, "0"), entry("GET /gone", {}, "1 query")],
  });
  const now = sampleRun({
    findings: [sampleFinding({ routes: [] })],
    formulas: [
      entry("GET /a", { http: [["", 1]] }, "1 http"),
      entry("GET /b", { reads: [["categories*items@1:2", 1]] }, "categories·items queries"),
      entry("GET /new", {}, "0"),
    ],
  });
  expect(changeLines(compareRuns(old, now), painter(false)).map((line) => line.replace(/ {2,}/g, "  "))).toEqual([
    "GET /b  0  →  categories·items queries  +1 query per category and item  src/orders/routes.ts:9",
    "GET /new  (new)  →  0  src/orders/routes.ts:9",
    "GET /a  2 http  →  1 http  -1 http call  src/orders/routes.ts:9",
    "GET /gone  1 query  →  (gone)  src/orders/routes.ts:9",
  ]);
});
