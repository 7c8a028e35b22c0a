/**
 * Whether a run began slower than it went on, and where it became steady: by windows of a second, MSER as White and Spratt use it ("A comparison of five
 * steady-state truncation heuristics for simulation", 2000): the beginning that is to be left out makes the standard error of the rest least.
 * Nothing is left out by itself: a stall at the beginning is a finding too.
 */
import { median } from "../model/quantile.ts";
import { trendOf } from "../model/trend.ts";
import type { LoadWindow, WarmUp } from "../model/load.ts";

/** Fewer windows than this tell nothing. */
const fewest = 10;
/** The beginning may be so much of the run at most. */
const mostShare = 0.5;
/** A beginning that is less slower than this is no warm-up. */
const leastFactor = 1.2;

export function warmUpOf(windows: readonly LoadWindow[]): { readonly steady: "yes" | "no" | "unknown"; readonly warmUp?: WarmUp } {
  const told = windows.filter((one): one is LoadWindow & { p50: number } => one.p50 !== undefined);
  if (told.length < fewest) return { steady: "unknown" };
  const values = told.map(({ p50 }) => p50);
  const cut = truncation(values);
  const rest = values.slice(cut);
  // Where the best cut is the last that was tried, the run never became steady.
  const steady = cut >= Math.floor(values.length * mostShare) || isDrifting(told.slice(cut)) ? "no" : "yes";
  const [before, after] = [median(values.slice(0, cut)), median(rest)];
  // Each window of the beginning stands above nearly all that follow: one stall in it is no warm-up.
  const limit = [...rest].sort((a, b) => a - b)[Math.floor(rest.length * 0.9)] ?? Infinity;
  const isWarmUp = cut > 0 && steady === "yes" && before > leastFactor * after && values.slice(0, cut).every((value) => value > limit);
  return isWarmUp ? { steady, warmUp: { until: told[cut - 1]?.at ?? 0, before, after } } : { steady };
}

/** MSER: the cut for which the squared standard error of what is left is least. */
function truncation(values: readonly number[]): number {
  let [best, least] = [0, Infinity];
  for (let cut = 0; cut <= values.length * mostShare; cut++) {
    const rest = values.slice(cut);
    const mean = rest.reduce((sum, one) => sum + one, 0) / rest.length;
    const error = rest.reduce((sum, one) => sum + (one - mean) ** 2, 0) / rest.length ** 2;
    if (error < least - 1e-12) [best, least] = [cut, error];
  }
  return best;
}

/** The median moves by more than a fifth of itself from beginning to end, in one direction. */
function isDrifting(windows: readonly (LoadWindow & { p50: number })[]): boolean {
  const series = { times: windows.map(({ at }) => at), values: windows.map(({ p50 }) => p50) };
  const { slope, direction } = trendOf(series);
  const span = (series.times.at(-1) ?? 0) - (series.times[0] ?? 0);
  return direction !== "none" && Math.abs(slope) * span > 0.2 * median(series.values);
}
