import { describe, expect, it } from "vitest";
import {
  between,
  countOf,
  histogram,
  histogramBytes,
  leastOf,
  merge,
  mostOf,
  percentileOf,
  quantileOf,
  record,
  restored,
  saved,
  sumOf,
  type Histogram,
} from "../../src/model/histogram.ts";
import { fraction, randomFrom } from "../../src/model/random.ts";
import { normal } from "./synthetic.ts";

function of(values: readonly number[]): Histogram {
  const into = histogram();
  for (const value of values) record(into, value);
  return into;
}

/** Latencies from microseconds to minutes. */
function latencies(seed: number, count: number): number[] {
  const random = randomFrom(seed);
  return Array.from({ length: count }, () => Math.round(Math.exp(8 + 2 * normal(random))));
}

const exact = (values: readonly number[], quantile: number): number =>
  values.toSorted((a, b) => a - b)[Math.max(1, Math.ceil(values.length * quantile - 1e-9)) - 1] ?? NaN;

describe("a histogram", () => {
  it("keeps quantiles within 0.2 %, and count, sum, least and greatest exactly", () => {
    const values = latencies(1, 20_000);
    const kept = of(values);
    for (const quantile of [0.001, 0.01, 0.25, 0.5, 0.9, 0.99, 0.999, 0.9999]) {
      const truth = exact(values, quantile);
      expect(Math.abs(quantileOf(kept, quantile) - truth)).toBeLessThanOrEqual(truth / 512);
    }
    expect([countOf(kept), sumOf(kept), leastOf(kept), mostOf(kept)]).toEqual([
      values.length,
      values.reduce((sum, one) => sum + one, 0),
      Math.min(...values),
      Math.max(...values),
    ]);
    expect([quantileOf(kept, 0), quantileOf(kept, 1)]).toEqual([Math.min(...values), Math.max(...values)]);
  });

  it.each([
    0,
    1,
    255,
    256,
    257,
    511,
    512,
    513,
    1023,
    1024,
    65_535,
    65_536,
    2 ** 31,
    2 ** 32 - 1,
    2 ** 32,
    2 ** 32 + 1,
    2 ** 39,
    2 ** 40 - 1,
  ])("gives back a value of %d from a crowd of others, exactly below 512", (value) => {
    const kept = of([0, value, value, value, 2 ** 41]);
    const seen = quantileOf(kept, 0.5);
    expect(Math.abs(seen - value)).toBeLessThanOrEqual(value < 512 ? 0 : value / 512);
  });

  it("counts what is too large at its end, below zero as zero, fractions rounded", () => {
    const kept = of([2 ** 50, 2 ** 50, -3, NaN, 1.6]);
    expect([countOf(kept), mostOf(kept), leastOf(kept), quantileOf(kept, 0.6)]).toEqual([5, 2 ** 50, 0, 2]);
    expect(quantileOf(kept, 0.75)).toBeGreaterThanOrEqual(2 ** 39);
  });

  it("is nothing when nothing was recorded", () => {
    const kept = histogram();
    expect([countOf(kept), sumOf(kept), leastOf(kept), mostOf(kept), quantileOf(kept, 0.5)]).toEqual([0, 0, 0, 0, NaN]);
    expect(percentileOf(kept, 0.5)).toBeUndefined();
  });

  it("claims a percentile only when ten values lie above it", () => {
    expect(percentileOf(of(latencies(2, 999)), 0.99)).toBeUndefined();
    expect(percentileOf(of(latencies(2, 1000)), 0.99)).toBe(quantileOf(of(latencies(2, 1000)), 0.99));
  });
});

describe("merging", () => {
  it("loses nothing: parts in any order are the whole, cell by cell", () => {
    const values = latencies(3, 5000);
    const random = randomFrom(4);
    const parts = [histogram(), histogram(), histogram(), histogram()];
    for (const value of values) record(parts[Math.floor(fraction(random) * 3)] ?? histogram(), value);
    for (const order of [parts, parts.toReversed()]) {
      const merged = histogram();
      for (const part of order) merge(merged, part);
      expect(merged).toEqual(of(values));
    }
  });

  it("works over memory that threads share", () => {
    const shared = histogram(new SharedArrayBuffer(histogramBytes));
    record(shared, 1000, 3);
    const merged = of([10]);
    merge(merged, shared);
    expect([countOf(merged), leastOf(merged), mostOf(merged), sumOf(merged)]).toEqual([4, 10, 1000, 3010]);
  });
});

describe("a window between two snapshots", () => {
  it("holds what was recorded in it", () => {
    const [first, second] = [latencies(5, 500), latencies(6, 700)];
    const earlier = of(first);
    const window = between(earlier, of([...first, ...second]));
    const alone = of(second);
    expect([countOf(window), sumOf(window)]).toEqual([countOf(alone), sumOf(alone)]);
    for (const quantile of [0.1, 0.5, 0.9, 0.98]) expect(quantileOf(window, quantile)).toBe(quantileOf(alone, quantile));
    expect(Math.abs(leastOf(window) - leastOf(alone))).toBeLessThanOrEqual(leastOf(alone) / 256);
    expect(Math.abs(mostOf(window) - mostOf(alone))).toBeLessThanOrEqual(mostOf(alone) / 256);
  });

  it("is empty when nothing happened, and refuses the wrong order", () => {
    const [earlier, later] = [of([1, 2]), of([1, 2, 3])];
    expect(between(earlier, earlier)).toEqual(histogram());
    expect(() => between(later, earlier)).toThrow("order of time");
  });
});

describe("a saved histogram", () => {
  it("comes back equal through JSON, and is small", () => {
    const kept = of(latencies(7, 1000));
    const text = JSON.stringify(saved(kept));
    expect(restored(JSON.parse(text))).toEqual(kept);
    expect(text.length).toBeLessThan(12_000);
    expect(saved(histogram())).toEqual({ scheme: 1, cells: [] });
  });

  it("is refused when it cannot be one", () => {
    const good = saved(of([5, 6]));
    expect(restored({ ...good, cells: [...good.cells, [1e9, 1]] })).toBeUndefined();
    expect(restored({ ...good, cells: [...good.cells, [700, 1]] })).toBeUndefined();
    expect(restored({ ...good, cells: good.cells.map(([place, content]) => [place, -content]) })).toBeUndefined();
  });
});
