/** Load runs and what the program saw of their requests. */
import { describe, expect, it } from "vitest";
import type { Execution, Scope } from "../../src/collectors/executions.ts";
import { loadsOf } from "../../src/collectors/load-runs.ts";
import { requestsOf } from "../../src/collectors/requests.ts";
import type { TraceEvidence } from "../../src/model/load-evidence.ts";
import type { LoadFigures, LoadResult } from "../../src/model/load.ts";

const execution = (
  begun: number,
  time: number,
  line: number,
  shape: string,
  action: Execution["statement"]["action"] = "read",
): Execution => ({
  begun,
  time,
  hash: "",
  rows: 1,
  failed: false,
  ready: false,
  statement: { library: "pg", shape, fingerprint: shape, action, paged: false },
  places: [{ file: "src/orders.ts", line }],
  functions: [],
  group: "1",
});

const scope = (trace: string, time: number, executions: readonly Execution[]): Scope => ({
  thread: 0,
  request: { scope: 1, begun: 0, time, method: "GET", route: "/orders/:id", status: 200, sent: 900, trace },
  route: "GET /orders/:id",
  executions,
  origins: [],
  chains: new Set(),
});

const latency = { count: 100, mean: 10, min: 1, max: 90, percentiles: { p50: 10, p95: 80 } };
const figures = (name: string, more: Partial<LoadFigures> = {}): LoadFigures => ({
  name,
  requests: 100,
  failed: 0,
  rate: 50,
  latency,
  service: latency,
  bodyBytes: 30_000,
  statuses: { 200: 100 },
  failures: {},
  ...more,
});

const slow = "a".repeat(32);
const result = (traces: readonly string[], endpoints: readonly LoadFigures[]): LoadResult =>
  ({
    model: "50 requests/s",
    verdict: "passed",
    endpoints,
    usage: { processes: 1, cpuARequest: 1.5, windows: [] },
    slowest: traces.map((trace) => ({ endpoint: endpoints[0]?.name ?? "", trace, latency: 90 })),
  }) as unknown as LoadResult;

describe("a load run of the observed program", () => {
  const scopes = [
    scope(slow, 80_000, [
      execution(1000, 10_000, 7, "select one"),
      execution(12_000, 30_000, 7, "select one"),
      execution(20_000, 10_000, 9, "GET http://other", "call"),
      execution(43_000, 1000, 7, "commit", "control"),
    ]),
    scope("", 20_000, [execution(0, 1000, 7, "select one")]),
  ];
  const requests = requestsOf(scopes);

  it("gives the slowest requests what they ran, by the trace that they carried", () => {
    const [, trace] = loadsOf([result([slow], [figures("one order")])], scopes, requests);
    expect(trace).toEqual({
      kind: "trace",
      trace: slow,
      endpoint: "one order",
      route: "GET /orders/:id",
      latency: 90,
      time: 80,
      waiting: 0.5,
      statements: 2,
      calls: 1,
      spans: [
        { library: "pg", shape: "select one", fingerprint: "select one", place: { file: "src/orders.ts", line: 7 }, count: 2, time: 40 },
        {
          library: "pg",
          shape: "GET http://other",
          fingerprint: "GET http://other",
          place: { file: "src/orders.ts", line: 9 },
          count: 1,
          time: 10,
        },
      ],
    } satisfies TraceEvidence);
  });

  it("tells of each endpoint its latency, bytes, processor time and statements", () => {
    const weighed = { count: 2, wire: 600, raw: 2400 };
    const [one, other] = loadsOf([result([slow], [figures("one order", { weighed }), figures("others")])], scopes, requests);
    expect(one).toEqual({
      kind: "load",
      endpoint: "one order",
      routes: ["GET /orders/:id"],
      model: "50 requests/s",
      verdict: "passed",
      requests: 100,
      failed: 0,
      rate: 50,
      latency: { p50: 10, p95: 80 },
      wire: 300,
      raw: 1200,
      cpu: 1.5,
      statements: 1.5,
    });
    // None of its sampled requests is known: its routes and what they ask for are not guessed.
    expect(other).not.toHaveProperty("statements");
    expect(other).toMatchObject({ endpoint: "others", routes: [], wire: 300 });
  });

  it("is none when no traced request came here", () => {
    expect(loadsOf([result(["b".repeat(32)], [figures("x")]), result([], [figures("y")])], scopes, requests)).toEqual([]);
  });
});
