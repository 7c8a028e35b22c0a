/**
 * What steps at several rates say about the rate at which a given part of the requests is bad (slower than the objective, or failed).
 *
 * Whether a step holds its percentile is a poor witness: near the limit the percentile of a few seconds lies below that of endless load more often than
 * above. The part of bad requests is not: its mean is the one of endless load however requests hang together. Near the limit it grows as a power of the rate
 * (exponentially in the rate for queues: Kingman, "The first Erlang century", 2009), and bad requests come in bursts, which makes their number vary more than
 * independent ones do (a negative binomial, McCullagh and Nelder, "Generalized Linear Models", 1989, 6.2). Place, power and burstiness are unknown; all triples
 * are weighed by how likely they make what was seen.
 */
import { normalBelow } from "../model/distributions.ts";

export interface Trial {
  readonly rate: number;
  readonly requests: number;
  readonly bad: number;
}

/** The part of bad requests grows with this power of the rate. */
const powers = [4, 8, 14, 22, 34, 52, 80, 125, 200, 320];
/** The variance of the number of bad requests, as a multiple of the one of independent requests. */
const bursts = [1.2, 4, 12, 40, 120, 400, 1200, 4000];
const points = 300;
/** How far beyond the tried rates the limit may lie. */
const beyond = 1.25;
/**
 * The law holds near the limit only. From so many times the allowed part on a step says no more than that the limit lies below (a line that grows has no
 * steady state), and below this part of it no more than that the limit lies above.
 */
const [far, near] = [10, 0.25];
const most = 0.3;
/** Nothing that a step shows is impossible: somebody else may have used the machine. */
const lapse = 0.003;

export class Posterior {
  readonly #logs: Float64Array;
  readonly #low: number;
  readonly #step: number;
  readonly #part: number;
  #sums: Float64Array | undefined;

  /** `part` of the requests may be bad; the limit lies somewhere around `low` to `high`. */
  constructor(part: number, low: number, high: number) {
    this.#part = part;
    this.#low = Math.log(low / beyond);
    this.#step = (Math.log(high * beyond) - this.#low) / (points - 1);
    this.#logs = new Float64Array(points * powers.length * bursts.length);
  }

  add({ rate, requests, bad }: Trial): void {
    if (requests === 0) return;
    this.#sums = undefined;
    const [floor, ceiling] = [near * this.#part * requests, Math.min(most, far * this.#part) * requests];
    let cell = 0;
    for (let place = 0; place < points; place++) {
      const distance = Math.log(rate) - this.#low - place * this.#step;
      for (const power of powers) {
        const expected = Math.max(1e-6, requests * Math.min(0.9, this.#part * Math.exp(Math.min(50, power * distance))));
        // All or nothing is as uneven as a step can be.
        const limit = Math.max(2, requests - expected);
        for (const one of bursts) {
          const burst = Math.min(one, limit);
          const chance =
            bad >= ceiling
              ? 1 - atMost(ceiling, expected, burst)
              : bad <= floor
                ? atMost(floor, expected, burst)
                : chanceOf(bad, expected, burst) * requests * this.#part;
          this.#logs[cell] = (this.#logs[cell] ?? 0) + Math.log(lapse + chance);
          cell++;
        }
      }
    }
  }

  /** The rate at a probability: 0.5 is the median. */
  at(probability: number): number {
    const sums = (this.#sums ??= this.#sumUp());
    const wanted = probability * (sums[points - 1] ?? 0);
    let place = 0;
    while (place < points - 1 && (sums[place] ?? 0) < wanted) place++;
    const before = place === 0 ? 0 : (sums[place - 1] ?? 0);
    const within = (wanted - before) / Math.max(Number.MIN_VALUE, (sums[place] ?? 0) - before);
    return Math.exp(this.#low + (place - 0.5 + within) * this.#step);
  }

  #sumUp(): Float64Array {
    const each = powers.length * bursts.length;
    const greatest = this.#logs.reduce((max, log) => Math.max(max, log), -Infinity);
    const sums = new Float64Array(points);
    let sum = 0;
    for (let place = 0; place < points; place++) {
      for (let cell = place * each; cell < (place + 1) * each; cell++) sum += Math.exp((this.#logs[cell] ?? 0) - greatest);
      sums[place] = sum;
    }
    return sums;
  }
}

/** The chance of so many, by the negative binomial with this mean, and `burst` times the mean as its variance. */
function chanceOf(seen: number, mean: number, burst: number): number {
  const size = mean / (burst - 1);
  return Math.exp(
    logGamma(seen + size) - logGamma(size) - logGamma(seen + 1) - size * Math.log(burst) + seen * Math.log((burst - 1) / burst),
  );
}

/** The chance of at most so many, by the gamma distribution of the same mean and variance. */
function atMost(seen: number, mean: number, burst: number): number {
  const [shape, x] = [mean / burst, seen / burst];
  // Wilson and Hilferty, "The distribution of chi-square" (1931), where the series would be long.
  if (shape > 8 || x > 20) return normalBelow((Math.cbrt(x / shape) - 1 + 1 / (9 * shape)) * Math.sqrt(9 * shape));
  // The series 6.5.29 of Abramowitz and Stegun.
  let term = 1 / shape;
  let sum = term;
  for (let n = 1; n < 200 && term > sum * 1e-8; n++) {
    term *= x / (shape + n);
    sum += term;
  }
  return Math.min(1, sum * Math.exp(shape * Math.log(x) - x - logGamma(shape)));
}

/** Stirling's series (Abramowitz and Stegun, 6.1.41), after the argument was raised to where it holds to ten digits. */
function logGamma(argument: number): number {
  let [x, shift] = [argument, 0];
  for (; x < 8; x++) shift -= Math.log(x);
  const square = 1 / (x * x);
  return shift + (x - 0.5) * Math.log(x) - x + 0.918_938_533_204_672_7 + (1 / 12 - square * (1 / 360 - square / 1260)) / x;
}
