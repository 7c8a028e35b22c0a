import { describe, expect, it } from "vitest";
import { randomFrom, type Random } from "../../src/model/random.ts";
import { mannKendall, theilSen, trendOf } from "../../src/model/trend.ts";
import { normal, runTime, share } from "./synthetic.ts";

const count = 40;
const series = (value: (i: number) => number): { times: number[]; values: number[] } => ({
  times: Array.from({ length: count }, (_, i) => i),
  values: Array.from({ length: count }, (_, i) => value(i)),
});

/** Noise that remembers: each value keeps half of the one before. */
function remembering(random: Random): () => number {
  let last = 0;
  return () => (last = 0.5 * last + normal(random));
}

describe("the slope", () => {
  it("is the line's, and a quarter of wild values does not move it", () => {
    expect(theilSen(series((i) => 3 + 2 * i))).toBe(2);
    expect(theilSen(series((i) => (i % 4 === 1 ? 1000 : 3 + 2 * i)))).toBeCloseTo(2, 0);
  });

  it("follows the times, not the places", () => {
    expect(theilSen({ times: [0, 1, 10], values: [0, 5, 50] })).toBe(5);
    expect(theilSen({ times: [1, 1], values: [0, 5] })).toBe(0);
  });
});

describe("Mann and Kendall's test", () => {
  it("knows order from none", () => {
    expect(mannKendall(series((i) => i).values)).toBeLessThan(1e-6);
    expect(mannKendall(series((i) => -i).values)).toBeLessThan(1e-6);
    expect(mannKendall(series((i) => i % 2).values)).toBeGreaterThan(0.5);
    expect(mannKendall(series(() => 7).values)).toBe(1);
  });

  it("is the book's for a small case with one tie", () => {
    // 28 pairs: 23 in order, 4 against it, 1 tie, so S = 19; the variance is (8 * 7 * 21 - 2 * 1 * 9) / 18, z = 18 / 8.02 = 2.24.
    expect(mannKendall([1, 3, 2, 5, 4, 4, 7, 6])).toBeCloseTo(0.0248, 3);
  });

  it("calls one of twenty series of noise ordered", () => {
    const ordered = share(500, (random) => mannKendall(series(() => normal(random)).values) <= 0.05);
    expect(ordered).toBeGreaterThan(0.02);
    expect(ordered).toBeLessThanOrEqual(0.07);
  });
});

describe("a trend", () => {
  const quick = { resamples: 100 };

  it("is found where memory grows through its noise, with the slope in the interval", () => {
    const found = share(40, (random, seed) => {
      const { direction, interval } = trendOf(
        series((i) => 100 + 0.5 * i + 2 * normal(random)),
        { ...quick, seed },
      );
      return direction === "rising" && interval[0] < 0.5 && interval[1] > 0.5;
    });
    expect(found).toBeGreaterThan(0.85);
  });

  it("is rarely seen in noise that remembers, where the plain test often sees one", () => {
    const plain = share(100, (random) => {
      const noise = remembering(random);
      return mannKendall(series(() => 100 + noise()).values) <= 0.05;
    });
    const seen = share(100, (random, seed) => {
      const noise = remembering(random);
      return (
        trendOf(
          series(() => 100 + noise()),
          { ...quick, seed },
        ).direction !== "none"
      );
    });
    expect(seen).toBeLessThan(plain);
    expect(seen).toBeLessThanOrEqual(0.15);
  });

  it("falls too, and is none in few points or in a figure that never changes", () => {
    expect(
      trendOf(
        series((i) => 100 - i),
        quick,
      ).direction,
    ).toBe("falling");
    expect(
      trendOf(
        series(() => 5),
        quick,
      ),
    ).toMatchObject({ slope: 0, direction: "none" });
    expect(trendOf({ times: [1, 2, 3], values: [1, 2, 3] })).toMatchObject({ slope: 1, direction: "none" });
    expect(() => trendOf({ times: [1], values: [] })).toThrow("1 times for 0 values");
  });

  it("of a long series is the trend of medians of neighbours", () => {
    const random = randomFrom(9);
    const long = {
      times: Array.from({ length: 3600 }, (_, i) => i),
      values: Array.from({ length: 3600 }, (_, i) => runTime(random, 100 + i / 60, 0.02)),
    };
    const { slope, direction } = trendOf(long, quick);
    expect(slope).toBeCloseTo(1 / 60, 3);
    expect(direction).toBe("rising");
  });
});
