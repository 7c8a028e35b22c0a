/** Hand-made Runs for tests of what surrounds the engine. */
import type { EntryReport, Finding, Run } from "../src/model/finding.ts";
import { schemaVersion } from "../src/model/levels.ts";

/** A likely n+1 in a loop two lines long, whose query is in another file. */
export function sampleFinding(changes: Partial<Finding> = {}): Finding {
  return {
    id: "7f3a9c0011223344",
    rule: "db/n-plus-one",
    tier: "likely",
    severity: "high",
    site: { file: "src/orders/service.ts", line: 42, column: 28, symbol: "OrderService.list" },
    message: "One query per order. `customers.byId` runs in the loop over `orders`, which has no bound.",
    related: [
      { file: "src/orders/service.ts", line: 41, role: "the loop" },
      { file: "src/customers/repo.ts", line: 18, role: "does it", note: "select … from customers where id = $1" },
    ],
    routes: ["GET /orders", "GET /export", "job nightly-invoice"],
    impact: { basis: "structural", formula: "2 + orders queries", route: "GET /orders", degree: 1 },
    effort: "S",
    advice: "one query with IN and a Map",
    ...changes,
  };
}

/** A route of cost `2 + orders`. */
export function sampleEntry(changes: Partial<EntryReport> = {}): EntryReport {
  return {
    name: "GET /orders",
    kind: "route",
    site: { file: "src/orders/routes.ts", line: 9 },
    formula: "2 + orders queries",
    cost: {
      reads: [
        ["", 2],
        ["orders", 1],
      ],
    },
    unknown: [],
    ...changes,
  };
}

/** A Run with one finding, one route, one failure. */
export function sampleRun(changes: Partial<Run> = {}): Run {
  return {
    schemaVersion,
    tool: { name: "optimize", version: "0.1.0" },
    project: { name: "shop-api", files: 412, functions: 3100, routes: 14, queries: 61, tables: 9, packages: ["shop-api"] },
    findings: [sampleFinding()],
    formulas: [sampleEntry()],
    evidence: [],
    failures: [{ file: "src/broken.ts", code: "syntax", message: "Unexpected token", line: 3 }],
    notLookedAt: [{ reason: "minified", files: 2, examples: ["public/a.min.js"] }],
    unusedAllows: [],
    budgets: [],
    counts: { candidate: 23, likely: 1, proven: 0 },
    ...changes,
  };
}

const service = [
  ...Array.from({ length: 40 }, () => ""),
  "  for (const order of orders) {",
  "    order.customer = await customers.byId(order.customerId);",
  "  }",
];

/** Source lines of the sample. */
export function sampleSource(file: string): readonly string[] | undefined {
  return file === "src/orders/service.ts" ? service : undefined;
}
