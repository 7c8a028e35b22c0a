/** Results that are written, read back, added up and shown. */
import { describe, expect, it } from "vitest";
import { mergeResults } from "../../src/load/merge.ts";
import { resultOf } from "../../src/load/read-result.ts";
import { runLoad } from "../../src/load/run.ts";
import { slowestOf } from "../../src/load/slowest.ts";
import { withStandard } from "../../src/load/thresholds.ts";
import type { LoadResult } from "../../src/model/load.ts";
import { countOf, merge, restored } from "../../src/model/histogram.ts";
import { painter } from "../../src/reporters/layout/style.ts";
import { loadFormats } from "../../src/reporters/load/index.ts";
import { faultsOf } from "../../src/load/validity.ts";
import { warmUpOf } from "../../src/load/warm-up.ts";
import { json, planFor, service } from "./server.ts";

async function parts(count: number): Promise<{ results: LoadResult[]; seen: string[] }> {
  const target = await service((request, response) => json(response, { ok: 1 }, request.url === "/b" ? 500 : 200));
  try {
    const results: LoadResult[] = [];
    for (let index = 0; index < count; index++) {
      const { plan } = await planFor(
        { target: target.url, scenarios: { a: { steps: [{ request: "GET /a" }] }, b: { steps: [{ request: "GET /b" }] } } },
        { kind: "arrivals", stages: [{ from: 200, to: 200, seconds: 1 }], poisson: false },
      );
      results.push(
        await runLoad(
          { ...plan, segment: { index, of: count } },
          { target: "the target", model: `m, part ${index + 1} of ${count}`, thresholds: withStandard([]), workers: 1, histograms: true },
        ),
      );
    }
    return { results, seen: target.requests.map(({ url }) => url) };
  } finally {
    await target.close();
  }
}

describe("parts of one schedule", () => {
  it("are all of it, and are added without loss", async () => {
    const { results, seen } = await parts(3);
    expect(seen.length).toBe(200);
    const read = results.map((one) => resultOf(JSON.stringify(one)) as LoadResult);
    const whole = mergeResults([...read].reverse());
    const counts = { 200: seen.filter((url) => url === "/a").length, 500: seen.filter((url) => url === "/b").length };
    expect([whole.total.requests, whole.total.failed, whole.total.statuses]).toEqual([200, counts[500], counts]);
    expect(whole.total.rate).toBeCloseTo(200, 3);
    const [first, ...rest] = results.map(
      ({ total }) => restored((total.histograms as NonNullable<typeof total.histograms>).latency) as Float64Array,
    );
    for (const one of rest) merge(first as Float64Array, one);
    const merged = restored((whole.total.histograms as NonNullable<typeof whole.total.histograms>).latency) as Float64Array;
    expect(countOf(merged)).toBe(200);
    expect([...merged]).toEqual([...(first as Float64Array)]);
    expect(whole.verdict).toBe("failed");
    expect(mergeResults(read.slice(1)).reasons[0]).toBe("part 0 of 3 is missing");
    expect(() => mergeResults([read[0], read[0]] as LoadResult[])).toThrow("part 0 of 3 is there twice");
    expect(resultOf("{}")).toBeUndefined();
  });
});

describe("the slowest of the sampled requests", () => {
  it("are the slowest of all, and of each endpoint its own", () => {
    const traces = Array.from({ length: 40 }, (_, n) => ({ endpoint: n < 38 ? "a" : "b", trace: String(n), latency: 100 - n }));
    const kept = slowestOf([...traces].reverse());
    expect(kept.map(({ trace }) => Number(trace))).toEqual([...Array.from({ length: 20 }, (_, n) => n), 38]);
  });
});

describe("formats", () => {
  it("show a hostile target as text", async () => {
    const { results } = await parts(1);
    const [result] = results as [LoadResult];
    const hostile: LoadResult = {
      ...result,
      target: '\u001b[31m<b>"x\\\n|',
      endpoints: result.endpoints.map((one) => ({ ...one, name: 'GET /"\u001b]0;x\u0007|<script>\n' })),
    };
    for (const [name, format] of Object.entries(loadFormats)) {
      // eslint-disable-next-line no-control-regex
      expect([name, /[\u0000-\u0009\u000b-\u001f]/.test(format(hostile, painter(false)))]).toEqual([name, false]);
    }
    expect(loadFormats["markdown"]?.(hostile, painter(false))).not.toContain("<script>");
  });

  it("tell of compressed bodies how long they were before", async () => {
    const { results } = await parts(1);
    const [result] = results as [LoadResult];
    const packed = { ...result, endpoints: result.endpoints.map((one) => ({ ...one, weighed: { count: 2, wire: 600, raw: 2400 } })) };
    expect(loadFormats["text"]?.(packed, painter(false))).toContain(
      "Bodies     GET /a: 300 B on the wire, 1.20 kB before (of 2 that were looked at)",
    );
    expect(loadFormats["text"]?.(result, painter(false))).not.toContain("Bodies");
  });

  it("are an HdrHistogram log that says what it holds", async () => {
    const { results } = await parts(1);
    const lines = (loadFormats["hdr"]?.(results[0] as LoadResult, painter(false)) ?? "").trim().split("\n");
    expect(lines[0]).toBe("#[Histogram log format version 1.3]");
    expect(lines.slice(3).map((line) => line.split(",")[0])).toEqual(["Tag=GET_/a", "Tag=GET_/b"]);
    const payload = Buffer.from(lines[3]?.split(",")[4] ?? "", "base64");
    expect([payload.readInt32BE(0), payload.readInt32BE(4)]).toEqual([0x1c849314, payload.length - 8]);
  });
});

describe("validity", () => {
  const latency = { count: 10_000, mean: 1, min: 1, max: 100, percentiles: { p50: 1, p99: 20 } };
  const health = {
    workers: 1,
    cpu: [0.5],
    lag: { ...latency, percentiles: { p50: 0.1, p99: 1 } },
    collections: { count: 0, total: 0, max: 0 },
    scheduled: 10_000,
    notSent: 0,
    connections: 1,
    waited: 0,
    retried: 0,
    surplus: 0,
    bytesIn: 0,
    bytesOut: 0,
  };
  const faults = (change: Partial<typeof health>): number => faultsOf({ ...health, ...change }, latency).length;
  const lagOf = (p99: number): Partial<typeof health> => ({ lag: { ...latency, percentiles: { p50: 0.1, p99 } } });

  it("ends with a send lag over 5 ms or a tenth of what is reported, a full worker, or a hundredth not sent", () => {
    expect([faults({}), faults(lagOf(1.9)), faults(lagOf(2.1)), faults(lagOf(5.1))]).toEqual([0, 0, 1, 1]);
    expect([faults({ cpu: [0.89] }), faults({ cpu: [0.5, 0.91] })]).toEqual([0, 1]);
    expect([faults({ notSent: 100 }), faults({ notSent: 101 })]).toEqual([0, 1]);
  });
});

describe("a warm-up", () => {
  const windows = (values: readonly number[]) => values.map((p50, index) => ({ at: index + 1, requests: 100, failed: 0, open: 0, p50 }));
  const noise = (index: number): number => 1 + ((index * 7919) % 13) / 200;

  it("is a slow beginning of a steady run", () => {
    const found = warmUpOf(windows(Array.from({ length: 30 }, (_, index) => (index < 4 ? 9 - 2 * index : noise(index)))));
    expect([found.steady, found.warmUp?.until]).toEqual(["yes", 4]);
  });
  it("is not a stall in the middle, and not where nothing becomes steady", () => {
    expect(warmUpOf(windows(Array.from({ length: 30 }, (_, index) => (index === 6 ? 50 : noise(index))))).warmUp).toBeUndefined();
    expect(warmUpOf(windows(Array.from({ length: 30 }, (_, index) => 1 + index / 5))).steady).toBe("no");
    expect(warmUpOf(windows([1, 2, 3])).steady).toBe("unknown");
  });
});
