import { describe, expect, it } from "vitest";
import { normalBelow, studentBound } from "../../src/model/distributions.ts";
import { isClaimable, median, percentile } from "../../src/model/quantile.ts";
import { below, fraction, randomFrom } from "../../src/model/random.ts";
import { bootstrapInterval, holm, signFlipTest } from "../../src/model/resampling.ts";
import { exponential, normal, share } from "./synthetic.ts";

describe("random numbers", () => {
  it("are decided by the seed", () => {
    const list = (seed: number): number[] => Array.from({ length: 5 }, randomFrom(seed));
    expect(list(1)).toEqual(list(1));
    expect(list(1)).not.toEqual(list(2));
  });

  it("are even, for neighbouring seeds too", () => {
    const random = randomFrom(1);
    const counts = [0, 0, 0, 0, 0];
    for (let i = 0; i < 50_000; i++) counts[below(random, 5)]!++;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
    const firsts = Array.from({ length: 2000 }, (_, seed) => fraction(randomFrom(seed)));
    expect(median(firsts)).toBeCloseTo(0.5, 1);
    expect(firsts.filter((one) => one < 0.1).length / 2000).toBeCloseTo(0.1, 1);
  });
});

describe("distributions", () => {
  it.each([
    [0, 0.5],
    [1.959964, 0.975],
    [-2.575829, 0.005],
    [-4, 0.0000316712],
  ])("below %f lies %f of the normal", (z, expected) => expect(normalBelow(z)).toBeCloseTo(expected, 6));

  it.each([
    [0.95, 1, 12.7062],
    [0.95, 2, 4.3027],
    [0.95, 5, 2.5706],
    [0.9, 6, 1.9432],
    [0.95, 29, 2.0452],
    [0.99, 30, 2.75],
    [0.95, 400, 1.9659],
  ])("%f of Student's t with %i degrees lies within %f", (within, freedom, expected) =>
    expect(studentBound(within, freedom)).toBeCloseTo(expected, 3),
  );
});

describe("percentiles", () => {
  const samples = (count: number): number[] => Array.from({ length: count }, (_, i) => count - i);

  it("are values that were there", () => {
    expect(percentile(samples(100), 0.5)).toBe(50);
    expect(percentile(samples(100), 0.9)).toBe(90);
    expect(percentile(samples(10_000), 0.999)).toBe(9990);
  });

  it.each([
    [0.5, 20],
    [0.9, 100],
    [0.99, 1000],
    [0.999, 10_000],
  ])("%f is claimed from %i samples on, when ten lie above it", (quantile, fewest) => {
    expect(isClaimable(fewest, quantile)).toBe(true);
    expect(isClaimable(fewest - 1, quantile)).toBe(false);
    expect(percentile(samples(fewest - 1), quantile)).toBeUndefined();
  });

  it("have a median of any number of values", () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([])]).toEqual([2, 2.5, NaN]);
  });
});

describe("the bootstrap interval", () => {
  it.each([6, 10, 30])("of the median of %i skewed values holds it in 95 of 100 samples", (count) => {
    const truth = 20 * Math.LN2;
    const held = share(400, (random, seed) => {
      const values = Array.from({ length: count }, () => exponential(random, 20));
      const [low, high] = bootstrapInterval(values, { resamples: 400, seed });
      return low <= truth && truth <= high;
    });
    expect(held).toBeGreaterThanOrEqual(0.94);
  });

  it("narrows with more values and with less confidence", () => {
    const random = randomFrom(2);
    const values = Array.from({ length: 100 }, () => normal(random));
    const width = (list: readonly number[], confidence: number): number => {
      const [low, high] = bootstrapInterval(list, { confidence });
      return high - low;
    };
    expect(width(values, 0.95)).toBeLessThan(width(values.slice(0, 20), 0.95));
    expect(width(values, 0.8)).toBeLessThan(width(values, 0.99));
  });

  it("never leaves the values, and takes other statistics", () => {
    expect(bootstrapInterval([5, 5, 5, 5, 5, 5])).toEqual([5, 5]);
    const [low, high] = bootstrapInterval([1, 2, 3, 4, 5, 600], {}, (sample) => Math.max(...Array.from(sample)));
    expect(low).toBeGreaterThanOrEqual(1);
    expect(high).toBe(600);
  });

  it("knows nothing of one value", () => {
    expect(bootstrapInterval([5])).toEqual([-Infinity, Infinity]);
    expect(bootstrapInterval([])).toEqual([-Infinity, Infinity]);
  });
});

describe("the sign-flip test", () => {
  it("is exact: one-sided clarity of n differences is 2 of 2^n", () => {
    expect(signFlipTest([1, 2, 3, 4, 5])).toBe(2 / 32);
    expect(signFlipTest([-1, -2, -3, -4, -5, -6])).toBe(2 / 64);
  });

  it("counts every combination that is as far, ties among them", () => {
    // Sums of +-1 +-2 +-3 at least 4 from zero: 6, 4, -4, -6.
    expect(signFlipTest([1, -2, 3].map(Math.abs).map((one, i) => (i === 0 ? -one : one)))).toBe(4 / 8);
    expect(signFlipTest([0.1, 0.2, -0.3])).toBe(1);
    expect(signFlipTest([0, 0, 0])).toBe(1);
    expect(signFlipTest([])).toBe(1);
  });

  it.each([8, 25])("calls one of twenty samples of nothing unlikely, with %i differences", (count) => {
    const unlikely = share(
      600,
      (random, seed) =>
        signFlipTest(
          Array.from({ length: count }, () => normal(random)),
          seed,
        ) <= 0.05,
    );
    expect(unlikely).toBeGreaterThan(0.02);
    expect(unlikely).toBeLessThanOrEqual(0.07);
  });

  it("drawn agrees with exact, and is never zero", () => {
    const random = randomFrom(4);
    const differences = Array.from({ length: 16 }, () => normal(random) + 0.4);
    // A difference of nothing changes no sum: with it the test draws.
    expect(signFlipTest([...differences, 0])).toBeCloseTo(signFlipTest(differences), 1);
    expect(signFlipTest(Array.from({ length: 60 }, () => 1))).toBeCloseTo(1e-4, 5);
  });
});

describe("Holm's correction", () => {
  it("multiplies by how many are left, keeps the order, and never passes 1", () => {
    const expected = [0.03, 0.06, 0.06];
    holm([0.01, 0.04, 0.03]).forEach((one, i) => expect(one).toBeCloseTo(expected[i] ?? NaN, 12));
    expect(holm([0.9, 0.8])).toEqual([1, 1]);
    expect(holm([0.02])).toEqual([0.02]);
    expect(holm([])).toEqual([]);
  });
});
