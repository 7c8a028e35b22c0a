/**
 * Durations and sizes in fixed memory: each doubling of the value is cut into 16 buckets of equal ratio, so that a quantile is off by at most
 * 2.2 %, from a millionth to a million millions. Count, sum, least and greatest are exact.
 */
const perDoubling = 16;
const [least, most] = [-20, 40];
const bucketCount = (most - least) * perDoubling;

export interface Histogram {
  count: number;
  sum: number;
  min: number;
  max: number;
  readonly buckets: Uint32Array;
  /** How many fell at or below each bound and above the one before; one more for what is above all. */
  readonly bounded: Uint32Array;
  readonly bounds: readonly number[];
}

/** @param bounds Rising limits that are counted exactly: the `le` of Prometheus. */
export function createHistogram(bounds: readonly number[] = []): Histogram {
  return {
    count: 0,
    sum: 0,
    min: Infinity,
    max: -Infinity,
    buckets: new Uint32Array(bucketCount),
    bounded: new Uint32Array(bounds.length + 1),
    bounds,
  };
}

/** Counts a value; what is below zero counts as zero (a clock that went back), what is no number is left out. */
export function record(into: Histogram, given: number): void {
  if (!(given < Infinity)) return;
  const value = given > 0 ? given : 0;
  into.count += 1;
  into.sum += value;
  if (value < into.min) into.min = value;
  if (value > into.max) into.max = value;
  // The logarithm of zero is -Infinity, which is the first bucket like everything too small.
  const bucket = Math.max(0, Math.min(bucketCount - 1, Math.floor((Math.log2(value) - least) * perDoubling)));
  into.buckets[bucket] = (into.buckets[bucket] ?? 0) + 1;
  const { bounds, bounded } = into;
  let index = 0;
  while (index < bounds.length && value > (bounds[index] ?? 0)) index += 1;
  bounded[index] = (bounded[index] ?? 0) + 1;
}

/** The quantile (0.95 for p95) by nearest rank; undefined when nothing was counted. */
export function quantile(of: Histogram, q: number): number | undefined {
  if (of.count === 0) return undefined;
  const rank = Math.max(1, Math.ceil(q * of.count));
  if (rank === of.count) return of.max;
  let seen = 0;
  for (let bucket = 0; bucket < bucketCount; bucket += 1) {
    seen += of.buckets[bucket] ?? 0;
    if (seen >= rank) return Math.min(of.max, Math.max(of.min, 2 ** (least + (bucket + 0.5) / perDoubling)));
  }
  return of.max;
}

export interface Summary {
  readonly count: number;
  readonly sum: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** All numbers are 0 when nothing was counted. */
export function summaryOf(of: Histogram): Summary {
  const { count, sum, min, max } = of;
  const at = (q: number) => quantile(of, q) ?? 0;
  return { count, sum, mean: sum / (count || 1), min: count && min, max: count && max, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
