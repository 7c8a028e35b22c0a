/** The schedule: exact, the same for every worker, and divided without a gap. */
import { describe, expect, it } from "vitest";
import { arrivals, arrivalsOf, chosen, levelAt } from "../../src/load/arrivals.ts";
import type { Stage } from "../../src/load/plan.ts";

const all = (stages: readonly Stage[], poisson = false, part = 0, of = 1): number[] => {
  const next = arrivals(stages, poisson, 7, { part, of });
  const times: number[] = [];
  for (let arrival = next(); arrival.at < Infinity; arrival = next()) times.push(arrival.at);
  return times;
};
const constant = [{ from: 1000, to: 1000, seconds: 2 }];
const ramp = [
  { from: 0, to: 100, seconds: 10 },
  { from: 100, to: 100, seconds: 5 },
  { from: 100, to: 20, seconds: 8 },
];

describe("a constant rate", () => {
  it("has evenly spaced arrivals", () => {
    const times = all(constant);
    expect(times.length).toBe(2000);
    times.forEach((time, index) => expect(time).toBeCloseTo(index, 6));
  });
});

describe("a ramp", () => {
  it("has as many arrivals up to each time as the area below it", () => {
    const times = all(ramp);
    expect(times.length).toBe(arrivalsOf(ramp));
    for (let second = 0; second <= 23; second++) {
      let area = 0;
      for (let step = 0; step < second * 1000; step++) area += levelAt(ramp, (step + 0.5) / 1000) / 1000;
      const before = times.filter((time) => time < second * 1000).length;
      expect(Math.abs(before - area)).toBeLessThanOrEqual(1);
    }
  });

  it("never goes back in time", () => {
    const times = all(ramp);
    for (let index = 1; index < times.length; index++) expect(times[index]).toBeGreaterThan(times[index - 1] ?? 0);
  });

  it("may stand still in between", () => {
    const times = all([
      { from: 10, to: 10, seconds: 1 },
      { from: 0, to: 0, seconds: 5 },
      { from: 10, to: 10, seconds: 1 },
    ]);
    expect(times.length).toBe(20);
    expect(times.every((time) => time < 1000 || time >= 6000)).toBe(true);
  });
});

describe("Poisson arrivals", () => {
  it("are as many as the rate says, with gaps that are exponential", () => {
    const times = all([{ from: 1000, to: 1000, seconds: 20 }], true);
    expect(Math.abs(times.length - 20_000)).toBeLessThan(4 * Math.sqrt(20_000));
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    // P(gap > t) = exp(-t) with a mean of one millisecond.
    for (const t of [0.2, 1, 3]) expect(gaps.filter((gap) => gap > t).length / gaps.length).toBeCloseTo(Math.exp(-t), 1.5);
  });

  it("are the same for the same seed", () => {
    expect(all(ramp, true)).toEqual(all(ramp, true));
  });
});

describe("workers and machines", () => {
  it.each([false, true])("divide the schedule without a gap (Poisson: %s)", (poisson) => {
    const parts = [0, 1, 2].flatMap((part) => all(ramp, poisson, part, 3));
    expect(parts.sort((a, b) => a - b)).toEqual(all(ramp, poisson));
  });
});

describe("weights", () => {
  it("are kept from the start", () => {
    const counts = [0, 0, 0];
    const first: number[] = [];
    for (let index = 0; index < 1000; index++) {
      const place = chosen([6, 3, 1], index);
      counts[place] = (counts[place] ?? 0) + 1;
      if (index === 99) first.push(...counts);
    }
    for (const [at, share] of [60, 30, 10].entries()) expect(Math.abs((first[at] ?? 0) - share)).toBeLessThanOrEqual(2);
    expect(counts.map((count) => Math.round(count / 10))).toEqual([60, 30, 10]);
  });
});
