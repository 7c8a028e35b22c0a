/** Measurements of programs that do not exist, with known answers. Seeded: every run of the tests sees the same ones. */
import { percentile } from "../../src/model/quantile.ts";
import { fraction, randomFrom, type Random } from "../../src/model/random.ts";

/** A standard normal value (Box and Muller, 1958). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - fraction(random))) * Math.cos(2 * Math.PI * fraction(random));
}

export function exponential(random: Random, mean: number): number {
  return -mean * Math.log(1 - fraction(random));
}

/** A time of one run: `middle`, off by `noise` (0.05 is about 5 %), and now and then much longer, as on a machine with neighbours. */
export function runTime(random: Random, middle: number, noise: number): number {
  const stall = fraction(random) < 0.05 ? 1 + fraction(random) : 1;
  return middle * Math.exp(noise * normal(random)) * stall;
}

/** Latencies of `requests` Poisson arrivals at a server that serves one after the other, each in `service`: its queue makes neighbours alike. */
export function queueRun(random: Random, requests: number, service: number, load: number): number[] {
  let [clock, free] = [0, 0];
  return Array.from({ length: requests }, () => {
    clock += exponential(random, service / load);
    free = Math.max(clock, free) + service;
    return free - clock;
  });
}

/** `count` pairs of what `before` and `after` give. */
export function pairsOf(count: number, before: () => number, after: () => number): { before: number[]; after: number[] } {
  const pairs = Array.from({ length: count }, () => [before(), after()] as const);
  return { before: pairs.map(([one]) => one), after: pairs.map(([, other]) => other) };
}

/** The share of `trials` seeds for which something holds. */
export function share(trials: number, holds: (random: Random, trial: number) => boolean): number {
  let held = 0;
  for (let trial = 1; trial <= trials; trial++) if (holds(randomFrom(trial), trial)) held++;
  return held / trials;
}

export const middleOf = (run: readonly number[]): number => percentile(run, 0.5) ?? NaN;
