/** The search for a capacity and the comparison, on services that are only computed. */
import { describe, expect, it } from "vitest";
import { findCapacity, type Probe } from "../../src/load/capacity.ts";
import { compareSides, type Side } from "../../src/load/comparison.ts";
import { limitsOf } from "../../src/load/limits.ts";
import { saturationOf } from "../../src/load/saturation.ts";
import { measuredOf, whyNot, type Step } from "../../src/load/steps.ts";
import type { LoadResult } from "../../src/model/load.ts";
import type { TargetUse } from "../../src/model/load-search.ts";
import { fraction, randomFrom } from "../../src/model/random.ts";
import { partAbove, queueOf, simulate, trueCapacity, type Queue } from "./queue.js";

const randomOf = (seed: number): (() => number) => {
  const random = randomFrom(seed);
  return () => fraction(random);
};
const lead = 1.5;
const probeOf = (queue: Queue, objective: number, seed: number): Probe => {
  const random = randomOf(seed);
  return async (rate, seconds) => {
    const times = simulate(queue, rate, seconds + lead, lead, random);
    return { requests: times.length, bad: Math.round(partAbove(times, objective) * times.length) };
  };
};
const usual = { part: 0.01, start: 50, most: 50_000, seconds: 5, width: 0.06, mostSteps: 30 };

describe("the search for a capacity", () => {
  it("has the truth of a queue inside its interval at least as often as it says, and a narrow one", async () => {
    let [inside, count] = [0, 0];
    const widths: number[] = [];
    for (let seed = 0; count < 12; seed++) {
      const { queue, objective } = queueOf(randomOf(3000 + seed));
      // Of these the truth is a formula.
      if (queue.kind !== "exponential") continue;
      count++;
      const truth = trueCapacity(queue, objective, () => randomOf(1));
      const { outcome, interval = [0, 0] } = await findCapacity(probeOf(queue, objective, 7000 + seed), usual);
      expect(outcome).toBe("found");
      if (interval[0] <= truth && truth <= interval[1]) inside++;
      widths.push(interval[1] / interval[0] - 1);
    }
    expect(inside).toBeGreaterThanOrEqual(11);
    expect(widths.sort((a, b) => a - b)[6]).toBeLessThan(0.15);
  });

  it("says so when there is no limit, or nothing but one", async () => {
    const always = await findCapacity(async (rate) => ({ requests: rate * 5, bad: 0 }), { ...usual, most: 1000 });
    expect([always.outcome, always.reason]).toEqual(["above", "the objective held at 1000 requests/s, the most that was tried"]);
    const never = await findCapacity(async (rate) => ({ requests: rate * 5, bad: rate * 5 }), usual);
    expect(never.outcome).toBe("below");
  });

  it("asks again where the generator was too weak, and gives up after three times", async () => {
    let asked = 0;
    const queue = { servers: 1, mean: 0.002, kind: "exponential" };
    const probe = probeOf(queue, 0.05, 3);
    const once = await findCapacity(
      async (rate, seconds) => (asked++ === 2 ? { requests: 0, bad: 0, invalid: "late" } : probe(rate, seconds)),
      usual,
    );
    expect(once.outcome).toBe("found");
    const never = await findCapacity(async () => ({ requests: 0, bad: 0, invalid: "late" }), usual);
    expect([never.outcome, never.steps.length]).toEqual(["inconclusive", 3]);
  });

  it("can be stopped", async () => {
    const stop = new AbortController();
    let asked = 0;
    const found = await findCapacity(
      async (rate) => {
        if (++asked === 4) stop.abort();
        return { requests: rate, bad: 0 };
      },
      { ...usual, signal: stop.signal },
    );
    expect(found.outcome).toBe("interrupted");
  });
});

describe("a comparison", () => {
  const at = (times: Float64Array, quantile: number): number => times[Math.ceil(quantile * times.length) - 1] ?? 0;
  /** Outcomes of many comparisons of a service with one that takes `factor` times as long. */
  async function outcomes(count: number, factor: number, seed: number): Promise<Record<string, number>> {
    const found: Record<string, number> = {};
    for (let one = 0; one < count; one++) {
      const { queue } = queueOf(randomOf(seed + one));
      const rate = (0.6 * queue.servers) / queue.mean;
      const random = randomOf(seed * 7 + one);
      const side = (scale: number): Side => ({
        name: "",
        run: async () => {
          const times = simulate({ ...queue, mean: queue.mean * scale }, rate, 4, 1, random);
          return { p50: at(times, 0.5), ...(times.length >= 1000 ? { p99: at(times, 0.99) } : {}) };
        },
      });
      const { outcome } = await compareSides(side(1), side(factor), 8);
      found[outcome] = (found[outcome] ?? 0) + 1;
    }
    return found;
  }

  it("calls few equal services different", async () => {
    const { faster = 0, slower = 0 } = await outcomes(60, 1, 500);
    expect(faster + slower).toBeLessThanOrEqual(3);
  });

  it("finds a change of a tenth", async () => {
    const { slower = 0 } = await outcomes(40, 1.1, 900);
    expect(slower).toBeGreaterThanOrEqual(36);
  });

  it("leaves out rounds in which a run says nothing", async () => {
    const side = (value: number): Side => ({ name: "", run: async (round) => (round === 3 ? undefined : { p50: value + round / 1000 }) });
    const { pairs, invalid, outcome } = await compareSides(side(10), side(20), 9);
    expect([pairs, invalid, outcome]).toEqual([8, 1, "slower"]);
  });
});

describe("a run of a comparison", () => {
  const step = (failed: number, verdict: LoadResult["verdict"] = "passed"): Step => ({
    result: {
      verdict,
      reasons: ["late"],
      seconds: 5,
      total: { requests: 100, failed, latency: { percentiles: { p50: 2 } } },
    } as unknown as LoadResult,
    use: undefined,
  });

  it("in which more than one of a hundred failed is not compared: a service that refuses is fast", () => {
    expect(measuredOf(step(1))).toEqual({ p50: 2 });
    expect([measuredOf(step(2)), whyNot(step(2))]).toEqual([undefined, "2 of 100 requests failed"]);
    expect([measuredOf(step(0, "inconclusive")), whyNot(step(0, "inconclusive"))]).toEqual([undefined, "late"]);
  });
});

describe("what the target ran out of", () => {
  const use = { rss: 1, files: 10, threads: 4, peers: {}, processes: 1, users: 1 };
  it("is its CPU when it used all that it could", () => {
    expect(saturationOf([{ ...use, rate: 100, cpu: 0.98 }], 100, 8)).toContain("as much as one thread can");
  });
  it("is a pool whose connections stopped growing while its CPU was not full", () => {
    const uses = [20, 95, 100, 105].map((rate) => ({ ...use, rate, cpu: 0.2, peers: { "127.0.0.1:5432": rate === 20 ? 4 : 10 } }));
    expect(saturationOf(uses, 100, 8)).toContain("pool: its 10 connections to 127.0.0.1:5432");
  });
  it("is not known of a target that cannot be seen", () => {
    expect(saturationOf([], 100, 8)).toBeUndefined();
  });
  it("names the pool of several connections before the single one that is shared", () => {
    const uses = [50, 95, 100, 105].map((rate) => ({ ...use, rate, cpu: 0.2, peers: { "127.0.0.1:6379": 1, "127.0.0.1:5432": 10 } }));
    expect(saturationOf(uses, 100, 8)).toContain("pool: its 10 connections to 127.0.0.1:5432 did not");
  });
});

describe("the limits of a target", () => {
  const peers = { "127.0.0.1:5432": 4 };
  const step = (rate: number, users: number): TargetUse => ({
    rate,
    users,
    cpu: 0.01 + rate / 600,
    rss: 1,
    files: 10,
    threads: 4,
    peers,
    processes: 1,
  });
  const uses = Array.from({ length: 14 }, (_, place) => step(250 + 12 * place, place < 9 ? 2 : 4 + place));

  it("are the load at which a pool is exhausted, and where a line through the steps fills a core", () => {
    const [pool, cpu] = limitsOf(uses, 400, 8);
    expect(pool).toEqual({ resource: "pool", of: "4 connections to 127.0.0.1:5432", basis: "measured", rate: 358, users: 13 });
    expect([cpu?.resource, cpu?.of, cpu?.basis, Math.round(cpu?.rate ?? 0)]).toEqual(["cpu", "1 core", "modelled", 594]);
    expect(cpu?.interval?.map(Math.round)).toEqual([594, 594]);
  });

  it("are not followed beyond twice what was measured, and not told from few steps", () => {
    const light = uses.map((one) => ({ ...one, cpu: one.cpu / 10 }));
    expect(limitsOf(light, 400, 8)[1]).toEqual({ resource: "cpu", of: "1 core", basis: "modelled", rate: 812, beyond: true });
    expect(limitsOf(uses.slice(0, 5), 400, 8)).toEqual([]);
  });
});
