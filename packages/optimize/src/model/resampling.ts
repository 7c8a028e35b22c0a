/** What a few measurements can say: intervals by bootstrap, chances by flipping signs. Seeded, so that equal input gives equal answers. */
import { normalBelow, studentBound } from "./distributions.ts";
import { median } from "./quantile.ts";
import { below, randomFrom, type Random } from "./random.ts";

export type Interval = readonly [low: number, high: number];

export interface Resampling {
  /** How sure an interval is, 0.95 unless told. */
  readonly confidence?: number;
  /** How many resamples are drawn, 2000 unless told. */
  readonly resamples?: number;
  readonly seed?: number;
}

/**
 * The interval of a statistic (the median, unless told) by bootstrap: values are drawn again with replacement (Efron, "Bootstrap methods:
 * another look at the jackknife", 1979), and the ends are percentiles of what the resamples gave, moved outwards for small samples: the
 * expanded percentile interval of Hesterberg, "What teachers should know about the bootstrap" (2015), which takes
 * Phi(-sqrt(n / (n - 1)) t) in place of half of what the confidence leaves. The plain one is too narrow for six values.
 * Values that are no independent measurements (requests of one run) give an interval that is too narrow.
 */
export function bootstrapInterval(
  values: readonly number[],
  { confidence = 0.95, resamples = 2000, seed = 1 }: Resampling = {},
  statistic: (sample: ArrayLike<number>) => number = median,
): Interval {
  const random = randomFrom(seed);
  const sample = new Float64Array(values.length);
  return intervalOf(values.length, confidence, resamples, () => {
    for (let i = 0; i < sample.length; i++) sample[i] = values[below(random, sample.length)] ?? 0;
    return statistic(sample);
  });
}

/** The expanded percentile interval of what `draw` gives, for a statistic of `count` measurements. Fewer than two say nothing. */
export function intervalOf(count: number, confidence: number, resamples: number, draw: () => number): Interval {
  if (count < 2) return [-Infinity, Infinity];
  const drawn = Float64Array.from({ length: resamples }, draw).sort();
  const tail = normalBelow(-Math.sqrt(count / (count - 1)) * studentBound(confidence, count - 1));
  const cut = Math.min(resamples >> 1, Math.floor(tail * resamples));
  return [drawn[cut] ?? NaN, drawn[resamples - 1 - cut] ?? NaN];
}

/** Up to so many differences every combination of signs is tried; beyond, 10,000 drawn ones. */
const mostExact = 16;
const flips = 10_000;

/**
 * How likely differences whose sum is at least this far from zero are, when nothing distinguishes the two sides: then each sign could as
 * well be the other one. Two-sided, by Fisher's randomisation test ("The Design of Experiments", 1935, chapter 21): exact up to 16
 * differences (the least that n can give is 2 / 2^n: 5 pairs never reach 0.05), drawn beyond, where the observed one counts among the drawn (Phipson and Smyth, "Permutation p-values should never be zero", 2010).
 */
export function signFlipTest(differences: readonly number[], seed = 1): number {
  if (differences.length === 0) return 1;
  const observed = Math.abs(differences.reduce((sum, one) => sum + one, 0));
  // Sums in another order differ in their last digits; a tie counts.
  const least = observed - 1e-12 * differences.reduce((sum, one) => sum + Math.abs(one), 0);
  return differences.length <= mostExact ? everyFlip(differences, least) : drawnFlips(differences, least, randomFrom(seed));
}

function everyFlip(differences: readonly number[], least: number): number {
  // The first sign stays: turning all of them gives the same distance.
  const sums = new Float64Array(2 ** (differences.length - 1));
  sums[0] = differences[0] ?? 0;
  let size = 1;
  for (const one of differences.slice(1)) {
    for (let i = 0; i < size; i++) {
      const sum = sums[i] ?? 0;
      sums[i] = sum + one;
      sums[size + i] = sum - one;
    }
    size *= 2;
  }
  let asFar = 0;
  for (const sum of sums) if (Math.abs(sum) >= least) asFar++;
  return asFar / size;
}

function drawnFlips(differences: readonly number[], least: number, random: Random): number {
  let asFar = 1;
  for (let i = 0; i < flips; i++) {
    let [sum, signs] = [0, 0];
    for (let j = 0; j < differences.length; j++) {
      signs = j % 32 === 0 ? random() | 0 : signs >> 1;
      const one = differences[j] ?? 0;
      sum += (signs & 1) === 0 ? one : -one;
    }
    if (Math.abs(sum) >= least) asFar++;
  }
  return asFar / (flips + 1);
}

/**
 * Chances of several questions that were asked at once, each raised so that all of them together keep the promise of one: Holm, "A simple
 * sequentially rejective multiple test procedure" (1979). In the order of the questions.
 */
export function holm(chances: readonly number[]): number[] {
  const order = chances.map((_, i) => i).sort((a, b) => (chances[a] ?? 1) - (chances[b] ?? 1));
  const adjusted = chances.map(() => 1);
  let most = 0;
  order.forEach((index, rank) => {
    most = Math.max(most, Math.min(1, (chances[index] ?? 1) * (chances.length - rank)));
    adjusted[index] = most;
  });
  return adjusted;
}
