/** Five numbers about many. */
import type { Spread } from "./evidence.ts";

/** The spread of numbers; of none, zeros. Percentiles are values that occurred (nearest rank). */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number): number => sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0;
  let total = 0;
  for (const value of sorted) total += value;
  return {
    n: sorted.length,
    min: rounded(sorted[0] ?? 0),
    median: rounded(at(0.5)),
    p95: rounded(at(0.95)),
    max: rounded(sorted.at(-1) ?? 0),
    total: rounded(total),
  };
}

/** Three decimals: microseconds of milliseconds. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** The length of a union of intervals: what overlaps counts once. */
export function covered(intervals: readonly (readonly [begun: number, ended: number])[]): number {
  let total = 0;
  let until = -Infinity;
  for (const [begun, ended] of intervals.toSorted(([a], [b]) => a - b)) {
    if (ended <= until) continue;
    total += ended - Math.max(begun, until);
    until = ended;
  }
  return total;
}
