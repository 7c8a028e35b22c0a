/**
 * Whether a change made something faster: runs of both sides in turns, one ratio a pair, and a verdict that says so only beyond the noise.
 * Everything that compares asks here: load, fixes, guard, benchmarks.
 *
 * The unit is the run, never the request: requests of one run share its queue, its warm code and its neighbours on the machine, and a test
 * that takes them for independent finds differences between equal programs.
 */
import { median } from "./quantile.ts";
import { below, randomFrom } from "./random.ts";
import { bootstrapInterval, holm, signFlipTest, type Interval, type Resampling } from "./resampling.ts";

export type Outcome = "faster" | "slower" | "same" | "inconclusive";

export interface Verdict {
  /** Medians of the runs, in the metric's unit. */
  readonly before: number;
  readonly after: number;
  /** The median of the pairs' ratios, after through before: what the machine did meanwhile to both cancels out of it, unlike out of the two medians. */
  readonly ratio: number;
  /** Where the true ratio lies. */
  readonly interval: Interval;
  readonly outcome: Outcome;
  readonly pairs: number;
  /** How likely a difference like this one is between equals, raised when several metrics were asked at once. */
  readonly chance: number;
  /** Why there is no answer. */
  readonly reason?: "too few pairs" | "not beyond the noise" | "interval too wide";
}

export interface Comparison extends Resampling {
  /** The least relative change that anybody would act on: 0.05 is 5 %, as a factor in both directions. */
  readonly smallestEffect: number;
  /** A time or a cost is better when it is less, a throughput when it is more. Less, unless told. */
  readonly better?: "less" | "more";
  /** What equal programs differ by here (`noiseFloor`): a smaller change is not claimed. */
  readonly floor?: number;
}

/** Least changes that matter, where nobody says otherwise: processor time is the steadiest figure of a shared machine, a tail the least steady. */
export const smallestEffects = { cpu: 0.03, median: 0.05, tail: 0.1 } as const;

/** Both sides of a metric, run by run: `before[i]` and `after[i]` ran next to each other. */
export interface Pairs {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/**
 * The order in which several things are run so that drift touches all alike: a row a round, every second one backwards (A B B A), and
 * the start moves on each two rounds, so that with 2n rounds each of n stood twice at every place.
 */
export function turns<T>(things: readonly T[], rounds: number): T[][] {
  return Array.from({ length: rounds }, (_, round) => {
    const start = (round >> 1) % Math.max(1, things.length);
    const row = [...things.slice(start), ...things.slice(0, start)];
    return round % 2 === 0 ? row : row.reverse();
  });
}

/** The natural logarithms of the pairs' ratios: halving and doubling are equally far from nothing. Measurements are above zero. */
export function logRatios({ before, after }: Pairs): number[] {
  if (before.length !== after.length) throw new RangeError(`${before.length} runs before cannot be paired with ${after.length} after`);
  return before.map((one, i) => {
    const other = after[i] ?? NaN;
    if (!(one > 0 && other > 0 && one < Infinity && other < Infinity))
      throw new RangeError(`pair ${i + 1} has no ratio: ${one} and ${other}`);
    return Math.log(other / one);
  });
}

/** Fewer pairs cannot reach the confidence, however clear they are: two of the 2^n equally likely combinations of signs are the clearest. */
export function fewestPairs(confidence = 0.95): number {
  return Math.ceil(Math.log2(2 / (1 - confidence)) - 1e-9);
}

/**
 * The verdict on one metric.
 *
 * - *faster* or *slower*: the interval leaves 1 out, the sign-flip test agrees, and the ratio is beyond both the smallest effect and the floor;
 * - *same*: the whole interval lies within the smallest effect (equivalence, as Schuirmann's two one-sided tests decide it, 1987);
 * - *inconclusive*: anything else, with the reason. More pairs narrow the interval.
 */
export function compare(pairs: Pairs, comparison: Comparison): Verdict {
  const logs = logRatios(pairs);
  return verdictOf(pairs, logs, signFlipTest(logs, comparison.seed), comparison);
}

/** The verdicts on several metrics of the same runs; that many were asked is counted against them (Holm). */
export function compareAll<K extends string>(
  metrics: Readonly<Record<K, { readonly pairs: Pairs; readonly comparison: Comparison }>>,
): Record<K, Verdict> {
  const names = Object.keys(metrics) as K[];
  const logs = names.map((name) => logRatios(metrics[name].pairs));
  const chances = holm(names.map((name, i) => signFlipTest(logs[i] ?? [], metrics[name].comparison.seed)));
  const verdicts = names.map((name, i) => {
    const { pairs, comparison } = metrics[name];
    return [name, verdictOf(pairs, logs[i] ?? [], chances[i] ?? 1, comparison)] as const;
  });
  return Object.fromEntries(verdicts) as Record<K, Verdict>;
}

function verdictOf({ before, after }: Pairs, logs: readonly number[], chance: number, comparison: Comparison): Verdict {
  const effect = median(logs);
  const interval = bootstrapInterval(logs, comparison);
  const measured = {
    before: median(before),
    after: median(after),
    ratio: Math.exp(effect),
    interval: [Math.exp(interval[0]), Math.exp(interval[1])] as const,
    pairs: logs.length,
    chance,
  };
  return { ...measured, ...decide(effect, interval, logs.length, chance, comparison) };
}

function decide(
  effect: number,
  [low, high]: Interval,
  count: number,
  chance: number,
  { smallestEffect, better = "less", floor = 0, confidence = 0.95 }: Comparison,
): Pick<Verdict, "outcome" | "reason"> {
  if (count < fewestPairs(confidence)) return { outcome: "inconclusive", reason: "too few pairs" };
  const matters = Math.log1p(smallestEffect);
  if (low > -matters && high < matters) return { outcome: "same" };
  const differs = (low > 0 || high < 0) && chance <= 1 - confidence + 1e-12;
  if (!differs || Math.abs(effect) < matters) return { outcome: "inconclusive", reason: "interval too wide" };
  if (Math.abs(effect) <= Math.log1p(floor)) return { outcome: "inconclusive", reason: "not beyond the noise" };
  return { outcome: effect < 0 === (better === "less") ? "faster" : "slower" };
}

/**
 * What a comparison of `count` pairs shows between equals, from pairs of which both sides were the same program (A/A): the relative change
 * that all but 1 in 20 such comparisons stay below (at confidence 0.95). Which side of an A/A pair is "before" means nothing, so pairs are
 * drawn with either sign.
 */
export function noiseFloor(same: Pairs, count: number, { confidence = 0.95, resamples = 2000, seed = 1 }: Resampling = {}): number {
  const logs = logRatios(same);
  if (logs.length < 2 || count < 1) throw new RangeError("a noise floor needs at least two pairs of equal runs");
  const random = randomFrom(seed);
  const sample = new Float64Array(count);
  const effects = Float64Array.from({ length: resamples }, () => {
    for (let i = 0; i < count; i++) sample[i] = (logs[below(random, logs.length)] ?? 0) * (below(random, 2) === 0 ? 1 : -1);
    return Math.abs(median(sample));
  }).sort();
  return Math.expm1(effects[Math.min(resamples - 1, Math.ceil(confidence * resamples))] ?? 0);
}
