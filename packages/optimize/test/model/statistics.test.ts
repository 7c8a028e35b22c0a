import { describe, expect, it } from "vitest";
import { compare, compareAll, fewestPairs, logRatios, noiseFloor, smallestEffects, turns } from "../../src/model/statistics.ts";
import { median } from "../../src/model/quantile.ts";
import { fraction, randomFrom } from "../../src/model/random.ts";
import { exponential, middleOf, normal, pairsOf, queueRun, runTime, share } from "./synthetic.ts";

const usual = { smallestEffect: 0.05, resamples: 300 };
const claims = (outcome: string): boolean => outcome === "faster" || outcome === "slower";

describe("equal programs", () => {
  it.each([6, 10, 16])("with %i pairs are told apart in at most one of twenty comparisons", (pairs) => {
    const falsely = share(400, (random, seed) => {
      const run = (): number => runTime(random, 100, 0.08);
      return claims(compare(pairsOf(pairs, run, run), { ...usual, seed }).outcome);
    });
    expect(falsely).toBeLessThanOrEqual(0.05);
  });

  it("are not told apart by runs whose requests share a queue", () => {
    const falsely = share(200, (random, seed) => {
      const run = (): number => middleOf(queueRun(random, 375, 2, 0.8));
      return claims(compare(pairsOf(8, run, run), { ...usual, seed }).outcome);
    });
    expect(falsely).toBeLessThanOrEqual(0.05);
  });

  it("are not told apart on a machine that becomes slower by half meanwhile, because they run in turns", () => {
    const falsely = share(200, (random, seed) => {
      const measured = { before: [] as number[], after: [] as number[] };
      let done = 0;
      for (const round of turns(["before", "after"] as const, 10)) {
        for (const side of round) measured[side].push(runTime(random, 100 * (1 + done++ / 40), 0.02));
      }
      return claims(compare(measured, { ...usual, seed }).outcome);
    });
    expect(falsely).toBeLessThanOrEqual(0.05);
  });

  it("are the same where the noise is small beside the smallest effect", () => {
    const same = share(100, (random, seed) => {
      const run = (): number => 100 * Math.exp(0.02 * normal(random));
      return compare(pairsOf(20, run, run), { ...usual, seed }).outcome === "same";
    });
    expect(same).toBeGreaterThan(0.99);
  });

  it("are not told apart in any of five metrics more often than in one", () => {
    const names = ["p50", "p99", "cpu", "memory", "bytes"] as const;
    const falsely = share(200, (random, seed) => {
      const one = { comparison: { ...usual, smallestEffect: 0.001, seed } };
      const run = (): number => runTime(random, 100, 0.08);
      const metrics = Object.fromEntries(names.map((name) => [name, { ...one, pairs: pairsOf(12, run, run) }]));
      return Object.values(compareAll(metrics)).some(({ outcome }) => claims(outcome));
    });
    expect(falsely).toBeLessThanOrEqual(0.05);
  });
});

describe("a program that takes 5 % less", () => {
  it("is found faster with ten pairs and 2 % of noise", () => {
    const found = share(200, (random, seed) => {
      const [before, after] = [100, 95].map((middle) => () => middle * Math.exp(0.02 * normal(random))) as [() => number, () => number];
      return compare(pairsOf(10, before, after), { smallestEffect: smallestEffects.cpu, resamples: 400, seed }).outcome === "faster";
    });
    expect(found).toBeGreaterThan(0.85);
  });

  it("is never found slower", () => {
    const wrongly = share(200, (random, seed) => {
      const [before, after] = [100, 95].map((middle) => () => runTime(random, middle, 0.05)) as [() => number, () => number];
      return compare(pairsOf(10, before, after), { smallestEffect: 0.03, resamples: 400, seed }).outcome === "slower";
    });
    expect(wrongly).toBe(0);
  });
});

describe("the interval of the ratio", () => {
  it.each([6, 8, 16])("holds the truth in 95 of 100 comparisons of %i pairs of skewed latencies", (pairs) => {
    const truth = 1.2;
    const held = share(300, (random, seed) => {
      const p50 = (scale: number): number => middleOf(Array.from({ length: 60 }, () => scale * (5 + exponential(random, 20))));
      const { interval } = compare(
        pairsOf(
          pairs,
          () => p50(1),
          () => p50(truth),
        ),
        { ...usual, seed },
      );
      return interval[0] <= truth && truth <= interval[1];
    });
    expect(held).toBeGreaterThanOrEqual(0.94);
  });
});

describe("a verdict", () => {
  const repeated = (count: number, ratio: number): { before: number[]; after: number[] } => ({
    before: Array.from({ length: count }, (_, i) => 100 + i),
    after: Array.from({ length: count }, (_, i) => (100 + i) * ratio * (1 + (i % 3) / 1000)),
  });

  it("holds both sides, their ratio, its interval and what came out", () => {
    const { before, after, ratio, interval, outcome, pairs, chance, reason } = compare(repeated(8, 0.5), usual);
    expect({ before, outcome, pairs, chance, reason }).toEqual({
      before: 103.5,
      outcome: "faster",
      pairs: 8,
      chance: 2 / 2 ** 8,
      reason: undefined,
    });
    expect(after).toBeCloseTo(51.8, 0);
    expect(ratio).toBeCloseTo(0.5, 2);
    expect(interval[0]).toBeCloseTo(0.5, 2);
    expect(interval[1]).toBeCloseTo(0.5, 2);
  });

  it("is slower when a cost grows, and faster when a throughput does", () => {
    expect(compare(repeated(8, 2), usual).outcome).toBe("slower");
    expect(compare(repeated(8, 2), { ...usual, better: "more" }).outcome).toBe("faster");
    expect(compare(repeated(8, 0.5), { ...usual, better: "more" }).outcome).toBe("slower");
  });

  it("is inconclusive with five pairs, however clear they are", () => {
    expect(fewestPairs()).toBe(6);
    expect(fewestPairs(0.9)).toBe(5);
    for (const count of [0, 1, 5])
      expect(compare(repeated(count, 0.5), usual)).toMatchObject({ outcome: "inconclusive", reason: "too few pairs" });
    expect(compare(repeated(6, 0.5), usual).outcome).toBe("faster");
  });

  it("is same for a difference that is certain and too small to matter", () => {
    expect(compare(repeated(20, 1.02), usual).outcome).toBe("same");
    expect(compare(repeated(20, 1.02), { ...usual, smallestEffect: 0.01 }).outcome).toBe("slower");
  });

  it("is inconclusive when the noise hides everything", () => {
    const random = randomFrom(7);
    const run = (): number => 100 * Math.exp(normal(random));
    expect(compare(pairsOf(8, run, run), usual)).toMatchObject({ outcome: "inconclusive", reason: "interval too wide" });
  });

  it("claims nothing below what equal runs differ by", () => {
    expect(compare(repeated(20, 1.2), { ...usual, floor: 0.3 })).toMatchObject({ outcome: "inconclusive", reason: "not beyond the noise" });
    expect(compare(repeated(20, 1.2), { ...usual, floor: 0.1 }).outcome).toBe("slower");
  });

  it("is the same for the same input and seed, in both directions", () => {
    const random = randomFrom(3);
    const pairs = pairsOf(
      9,
      () => runTime(random, 100, 0.1),
      () => runTime(random, 110, 0.1),
    );
    const there = compare(pairs, usual);
    expect(compare(pairs, usual)).toEqual(there);
    const back = compare({ before: pairs.after, after: pairs.before }, usual);
    expect(back.ratio).toBeCloseTo(1 / there.ratio, 10);
    expect(back.chance).toBe(there.chance);
  });

  it("needs measurements that have a ratio", () => {
    expect(() => logRatios({ before: [1, 2], after: [1] })).toThrow("2 runs before cannot be paired with 1 after");
    expect(() => logRatios({ before: [1, 2], after: [1, 0] })).toThrow("pair 2 has no ratio: 2 and 0");
    for (const bad of [NaN, -1, Infinity]) expect(() => logRatios({ before: [bad], after: [1] })).toThrow("pair 1");
  });
});

describe("several metrics of the same runs", () => {
  it("need more pairs for the same certainty", () => {
    const halved = { before: [10, 11, 12, 13, 14, 15], after: [5, 5.5, 6, 6.5, 7, 7.5] };
    const other = { before: [10, 10, 10, 10, 10, 10], after: [11, 9, 11, 9, 12, 8] };
    const alone = compareAll({ cpu: { pairs: halved, comparison: usual } });
    expect(alone.cpu.outcome).toBe("faster");
    const both = compareAll({ cpu: { pairs: halved, comparison: usual }, p99: { pairs: other, comparison: usual } });
    expect(both.cpu).toMatchObject({ outcome: "inconclusive", chance: 4 / 2 ** 6 });
  });
});

describe("the noise floor", () => {
  it("is what all but one in twenty comparisons of equal runs stay below, over many such floors", () => {
    let [beyond, asked] = [0, 0];
    for (let seed = 1; seed <= 15; seed++) {
      const random = randomFrom(seed);
      const run = (): number => runTime(random, 100, 0.1);
      const floor = noiseFloor(pairsOf(60, run, run), 10);
      for (let i = 0; i < 200; i++, asked++) if (Math.abs(median(logRatios(pairsOf(10, run, run)))) > Math.log1p(floor)) beyond++;
    }
    expect(beyond / asked).toBeLessThanOrEqual(0.075);
    expect(beyond / asked).toBeGreaterThan(0.02);
  });

  it("falls with the number of pairs, and is nothing where nothing varies", () => {
    const random = randomFrom(5);
    const run = (): number => runTime(random, 100, 0.1);
    const same = pairsOf(40, run, run);
    expect(noiseFloor(same, 40)).toBeLessThan(noiseFloor(same, 6));
    expect(noiseFloor({ before: [1, 2, 3], after: [1, 2, 3] }, 6)).toBe(0);
    expect(() => noiseFloor({ before: [1], after: [1] }, 6)).toThrow("at least two pairs");
  });

  it("does not depend on which side was called before", () => {
    const random = randomFrom(6);
    const before = Array.from({ length: 20 }, () => 100 * (1 + fraction(random)));
    const after = before.map((one, i) => one * (1 + 0.01 * (i % 4)));
    const there = noiseFloor({ before, after }, 8);
    expect(noiseFloor({ before: after, after: before }, 8)).toBeCloseTo(there, 2);
  });
});

describe("turns", () => {
  it("go there and back with two", () => {
    expect(turns(["a", "b"], 5).map((row) => row.join(""))).toEqual(["ab", "ba", "ba", "ab", "ab"]);
  });

  it.each([1, 2, 3, 5])("bring each of %i to every place equally often", (count) => {
    const things = Array.from({ length: count }, (_, i) => i);
    const seen = new Map<string, number>();
    for (const row of turns(things, 2 * count))
      row.forEach((one, place) => seen.set(`${one}@${place}`, (seen.get(`${one}@${place}`) ?? 0) + 1));
    expect(seen.size).toBe(count * count);
    expect(new Set(seen.values())).toEqual(new Set([2]));
  });
});
