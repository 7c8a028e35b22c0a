/** Whether a figure grows over time (memory after collections, open files, a window's p99 in a soak), and how fast. */
import { normalBelow } from "./distributions.ts";
import { median } from "./quantile.ts";
import { below, randomFrom } from "./random.ts";
import { intervalOf, type Interval, type Resampling } from "./resampling.ts";

/** Points of one figure, in the order of time. */
export interface Series {
  readonly times: readonly number[];
  readonly values: readonly number[];
}

export interface Trend {
  /** Change of the value for one unit of time. */
  readonly slope: number;
  readonly interval: Interval;
  /** How likely values without any trend are as ordered as these. */
  readonly chance: number;
  /** An answer only where the interval of the slope leaves 0 out and the values are ordered beyond chance. */
  readonly direction: "rising" | "falling" | "none";
}

/** Fewer points than this are no trend: the normal approximation below holds from about ten. */
const fewestPoints = 10;
/** A longer series is first made so short by medians of neighbours: slopes of all pairs grow with the square of the points. */
const mostPoints = 60;

/**
 * The slope through a series: the median of the slopes of all pairs of points (Theil 1950; Sen, "Estimates of the regression coefficient
 * based on Kendall's tau", 1968). Nearly a third of the points may be outliers.
 */
export function theilSen({ times, values }: Series): number {
  const slopes: number[] = [];
  for (let i = 0; i < values.length; i++) {
    for (let j = i + 1; j < values.length; j++) {
      const apart = (times[j] ?? 0) - (times[i] ?? 0);
      if (apart !== 0) slopes.push(((values[j] ?? 0) - (values[i] ?? 0)) / apart);
    }
  }
  return slopes.length === 0 ? 0 : median(slopes);
}

/**
 * How likely values in no order are as ordered as these, two-sided: Mann, "Nonparametric tests against trend" (1945), and Kendall, "Rank
 * Correlation Methods" (1975), with the correction for ties and for continuity. From ten values on. Where neighbours resemble each other,
 * `resemblance` (their correlation) widens it by (1 + r) / (1 - r), as Yue and Wang do ("The Mann-Kendall test modified by effective sample
 * size", 2004).
 */
export function mannKendall(values: readonly number[], resemblance = 0): number {
  let score = 0;
  const ties = new Map<number, number>();
  for (const [i, value] of values.entries()) {
    ties.set(value, (ties.get(value) ?? 0) + 1);
    for (let j = 0; j < i; j++) score += Math.sign(value - (values[j] ?? 0));
  }
  const spread = (n: number): number => n * (n - 1) * (2 * n + 5);
  let variance = spread(values.length);
  for (const size of ties.values()) variance -= spread(size);
  if (variance <= 0 || score === 0) return 1;
  const wider = (1 + resemblance) / (1 - resemblance);
  return Math.min(1, 2 * normalBelow(-(Math.abs(score) - 1) / Math.sqrt((variance / 18) * wider)));
}

/** How much each value resembles the one before: their correlation, from 0 to 0.95. */
function resemblanceOf(values: readonly number[]): number {
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  let [together, alone] = [0, 0];
  for (const [i, value] of values.entries()) {
    alone += (value - mean) ** 2;
    if (i > 0) together += (value - mean) * ((values[i - 1] ?? 0) - mean);
  }
  return alone === 0 ? 0 : Math.min(0.95, Math.max(0, together / alone));
}

/**
 * The trend of a series. Neighbouring points resemble each other, which makes the plain test see trends in wandering noise: it is widened by how
 * much they do beside the slope, and the slope's interval draws residuals again in blocks (Künsch, "The jackknife and the bootstrap for general stationary observations", 1989) of
 * about n^(1/3) points, the order that Hall, Horowitz and Jing (1995) give for intervals, and both have to agree.
 */
export function trendOf(series: Series, { confidence = 0.95, resamples = 500, seed = 1 }: Resampling = {}): Trend {
  const { times, values } = shortened(series);
  const slope = theilSen({ times, values });
  if (values.length < fewestPoints) return { slope, interval: [-Infinity, Infinity], chance: 1, direction: "none" };
  const residuals = values.map((value, i) => value - slope * (times[i] ?? 0));
  const random = randomFrom(seed);
  const block = Math.ceil(values.length ** (1 / 3));
  const interval = intervalOf(values.length, confidence, resamples, () => {
    const drawn: number[] = [];
    while (drawn.length < values.length) {
      const start = below(random, values.length - block + 1);
      for (let i = 0; i < block && drawn.length < values.length; i++) {
        drawn.push((residuals[start + i] ?? 0) + slope * (times[drawn.length] ?? 0));
      }
    }
    return theilSen({ times, values: drawn });
  });
  const chance = mannKendall(values, resemblanceOf(residuals));
  const ordered = chance <= 1 - confidence;
  return { slope, interval, chance, direction: ordered && interval[0] > 0 ? "rising" : ordered && interval[1] < 0 ? "falling" : "none" };
}

function shortened({ times, values }: Series): Series {
  if (times.length !== values.length) throw new RangeError(`${times.length} times for ${values.length} values`);
  const together = Math.ceil(values.length / mostPoints);
  if (together <= 1) return { times, values };
  const starts = Array.from({ length: Math.floor(values.length / together) }, (_, i) => i * together);
  const middles = (list: readonly number[]): number[] => starts.map((start) => median(list.slice(start, start + together)));
  return { times: middles(times), values: middles(values) };
}
