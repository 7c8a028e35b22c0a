import { describe, expect, it } from "vitest";
import { measuredText } from "../../src/reporters/measure/measured.ts";
import { checkFormulas } from "../../src/engine/formula-check.ts";
import { joinEvidence } from "../../src/engine/join.ts";
import { isSameRoute, mayBeMounted } from "../../src/model/route-name.ts";
import type {
  DuplicateEvidence,
  Environment,
  Evidence,
  EvidenceSet,
  RepetitionEvidence,
  RequestEvidence,
  Spread,
  StatementEvidence,
} from "../../src/model/evidence.ts";
import type { EntryReport, Finding } from "../../src/model/finding.ts";
import { spreadOf } from "../../src/model/spread.ts";
import { sampleFinding } from "../run-sample.ts";

const spread = (...values: number[]): Spread => spreadOf(values);

function setOf(evidence: readonly Evidence[], circumstance: Environment["circumstance"] = "run"): EvidenceSet {
  const environment: Environment = {
    circumstance,
    runners: [],
    command: [],
    startedAt: "",
    seconds: 1,
    exitCode: 0,
    platform: "linux",
    nodes: [],
    cpus: 1,
    threads: 1,
  };
  return { evidenceVersion: "1.0", id: "a", environment, evidence, failures: [], libraries: [], files: {} };
}

const repetition: RepetitionEvidence = {
  kind: "n+1",
  tier: "proven",
  library: "pg",
  shape: "select",
  fingerprint: "f",
  place: { file: "src/customers.ts", line: 5, column: 3, function: "Customers.byId" },
  callers: [{ file: "src/orders.ts", line: 42, column: 9, function: "OrderList.open" }],
  routes: ["GET /orders"],
  scopes: 2,
  perScope: spread(5, 50),
  growth: [
    [5, 5],
    [50, 50],
  ],
  reason: "",
  share: 0.8,
};

const finding: Finding = {
  ...sampleFinding(),
  rule: "db/n-plus-one",
  site: { file: "src/orders.ts", line: 41, endLine: 43, symbol: "OrderList.open" },
  related: [{ file: "src/customers.ts", line: 5, role: "does it" }],
};
const rules = [{ id: "db/n-plus-one", confirmedBy: ["n+1"] as const }];
const stateOf = (
  changes: Partial<Finding>,
  evidence: Evidence = repetition,
  sourceOf?: (file: string) => string | undefined,
): string | undefined => joinEvidence([{ ...finding, ...changes }], setOf([evidence]), rules, sourceOf).joined[0]?.state;

describe("findings and evidence", () => {
  it("meet where a frame stands in the finding's place", () => {
    expect(stateOf({})).toBe("proven");
    expect(stateOf({ site: { file: "src/orders.ts", line: 90 }, related: [] })).toBe("unseen");
    expect(stateOf({ site: { file: "src/customers.ts", line: 5 } })).toBe("proven");
  });

  it("do not meet in the operation alone, which others call too", () => {
    expect(stateOf({ site: { file: "src/reports.ts", line: 12 } })).toBe("unseen");
    expect(stateOf({ site: { file: "src/orders.ts", line: 44 } })).toBe("proven");
  });

  it("meet by the names of functions in built code without a map", () => {
    const built = {
      ...repetition,
      place: { file: "dist/customers.js", line: 1, function: "byId" },
      callers: [{ file: "dist/orders.js", line: 2, function: "async OrderList.open" }],
    };
    expect(stateOf({}, built)).toBe("unseen");
    expect(stateOf({}, built, (file) => file.replace("dist", "src").replace(".js", ".ts"))).toBe("proven");
  });

  it("are seen and not proven by evidence of another kind, or of a lower tier", () => {
    expect(stateOf({}, { ...repetition, tier: "likely" })).toBe("seen");
    expect(stateOf({ rule: "db/other" })).toBe("seen");
    const duplicate: DuplicateEvidence = {
      kind: "duplicate",
      tier: "proven",
      library: "pg",
      shape: "",
      fingerprint: "",
      places: [{ file: "src/orders.ts", line: 42 }],
      routes: [],
      requests: 2,
      perRequest: spread(2),
    };
    expect(stateOf({}, duplicate)).toBe("seen");
  });

  it("say how much faster a request can become, from load and never from tests", () => {
    const gain = (circumstance: Environment["circumstance"]): number | undefined =>
      joinEvidence([finding], setOf([repetition], circumstance), rules).joined[0]?.greatestGain;
    // 1 / (1 - 0.8 · (1 - 1/5)): the median of 5 and 50 by nearest rank is 5.
    expect(gain("load")).toBe(2.8);
    expect(gain("test")).toBeUndefined();
  });

  it("are told together, also where a run has not proven what it concludes", () => {
    const likely: RepetitionEvidence = { ...repetition, tier: "likely" };
    const set = setOf([likely]);
    const text = measuredText({
      set,
      join: joinEvidence([finding], set, rules),
      scanned: true,
      saved: undefined,
      all: false,
      columns: 80,
      paint: (_, text) => text,
    });
    expect(text).toContain("LIKELY  db/n-plus-one  src/orders.ts:41");
  });

  it("do not take for a finding what a test itself does", () => {
    const inTest = { ...repetition, place: { file: "test/orders/helpers.ts", line: 41 } };
    const set = setOf([inTest, { ...inTest, place: { file: "src/orders.spec.ts", line: 4 } }]);
    const join = joinEvidence([], set, rules);
    expect([join.unexplained.length, join.inTests.length]).toEqual([0, 2]);
    const text = measuredText({ set, join, scanned: true, saved: undefined, all: false, columns: 80, paint: (_, one) => one });
    expect(text).not.toContain("PROVEN");
    expect(text).toContain("2 more in tests");
  });

  it("leave over what no finding explains", () => {
    expect(joinEvidence([], setOf([repetition]), rules).unexplained).toEqual([repetition]);
    expect(joinEvidence([finding], setOf([repetition]), rules).unexplained).toEqual([]);
  });
});

describe("load against a finding", () => {
  const statement = (changes: Partial<StatementEvidence>): StatementEvidence => ({
    kind: "statement",
    library: "pg",
    shape: "select ?",
    fingerprint: "f",
    place: { file: "src/orders.ts", line: 41 },
    callers: [],
    routes: ["GET /orders"],
    count: 30,
    requests: 30,
    failed: 0,
    time: spread(...Array<number>(30).fill(1)),
    ...changes,
  });
  const request = (time: number): RequestEvidence => ({
    kind: "request",
    route: "GET /orders",
    count: 30,
    failed: 0,
    waiting: 0,
    time: spread(...Array<number>(30).fill(time)),
    statements: spread(2),
    calls: spread(0),
  });
  const list = statement({ place: { file: "src/orders.ts", line: 3 }, rows: spread(25) });
  const stateOf = (circumstance: "load" | "test", ...evidence: Evidence[]): string | undefined => {
    return joinEvidence([finding], setOf(evidence, circumstance), rules).joined[0]?.state;
  };

  it("contradicts what ran once a request beside lists that were long enough", () => {
    expect(stateOf("load", statement({}), list, request(10))).toBe("contradicted");
    expect(stateOf("load", statement({}), request(10))).toBe("seen");
    expect(stateOf("load", statement({ count: 90 }), list, request(10))).toBe("seen");
    expect(stateOf("load", statement({ count: 3, requests: 3 }), list, request(10))).toBe("seen");
  });

  it("finds cold what takes next to no time", () => {
    expect(stateOf("load", statement({ count: 90 }), list, request(1000))).toBe("cold");
  });

  it("is needed: a test run says neither", () => {
    expect(stateOf("test", statement({}), list, request(1000))).toBe("seen");
  });
});

describe("routes", () => {
  it.each([
    ["GET /orders/:id", "GET /orders/:order", true],
    ["GET /orders/", "GET /orders", true],
    ["GET /", "GET /", true],
    ["GET /orders/:id", "GET /orders/{id}", true],
    ["GET /orders/:id", "POST /orders/:id", false],
    ["GET /orders/:id", "GET /orders/new", false],
  ])("%s and %s", (a, b, same) => {
    expect(isSameRoute(a, b)).toBe(same);
  });

  it.each([
    ["POST /import", "POST /api/admin/import", true],
    ["GET /:id/links", "GET /api/features/:name/links", true],
    ["POST /import", "GET /api/admin/import", false],
    ["POST /port", "POST /api/import", false],
    ["GET /:id", "GET /api/features/:name", false],
    ["GET /", "GET /api/", false],
    ["POST /import", "POST /import", false],
  ])("%s may be mounted as %s", (route, requested, may) => {
    expect(mayBeMounted(route, requested)).toBe(may);
  });
});

describe("formulas against counts", () => {
  const entry = (cost: EntryReport["cost"], unknown: string[] = []): EntryReport => ({
    name: "GET /orders",
    kind: "route",
    site: { file: "a.ts", line: 1 },
    formula: "",
    cost,
    unknown,
  });
  const request = (...statements: number[]): RequestEvidence => ({
    kind: "request",
    route: "GET /orders",
    count: statements.length,
    failed: 0,
    time: spread(1),
    statements: spread(0, ...statements),
    served: spread(...statements),
    calls: spread(0),
    waiting: 0,
  });
  const holds = (cost: EntryReport["cost"], evidence: Evidence[], unknown?: string[]): boolean | undefined =>
    checkFormulas([entry(cost, unknown)], setOf(evidence))[0]?.holds;

  it("say nothing of requests that were refused", () => {
    const { served: _, ...refused } = request(2);
    expect(holds({ reads: [["", 2]] }, [{ ...refused, statements: spread(0) }])).toBeUndefined();
    expect(holds({ reads: [["", 2]] }, [request(2, 2)])).toBe(true);
  });

  it("hold, do not hold, or cannot be told", () => {
    expect(holds({ reads: [["", 2]] }, [request(2, 2)])).toBe(true);
    expect(holds({ reads: [["", 2]] }, [request(2, 3)])).toBe(false);
    expect(holds({ reads: [["", 2]] }, [request(2, 3)], ["x"])).toBe(true);
    expect(holds({ reads: [["", 2]], "reads.min": [["", 1]] }, [request(1, 2)])).toBe(true);
    expect(
      holds(
        {
          reads: [
            ["", 1],
            ["orders", 1],
          ],
        },
        [request(6, 51), repetition],
      ),
    ).toBe(true);
    expect(
      holds(
        {
          reads: [
            ["", 2],
            ["orders", 1],
          ],
        },
        [request(6, 51), repetition],
      ),
    ).toBe(false);
    expect(
      holds(
        {
          reads: [
            ["", 1],
            ["orders", 1],
          ],
        },
        [request(6, 51)],
      ),
    ).toBeUndefined();
    expect(
      checkFormulas(
        [
          entry({
            reads: [
              ["", 1],
              ["orders", 1],
            ],
          }),
        ],
        setOf([request(6, 51), repetition]),
      )[0]?.equation,
    ).toBe("51 = 1 + 50");
  });
});
