/** Middle values and percentiles of samples, and which percentiles a number of samples can speak of. */

/** The median; with an even number of values the mean of the two in the middle. NaN when there is none. */
export function median(values: ArrayLike<number>): number {
  const sorted = sortedOf(values);
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle] ?? NaN;
  return ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

/** Fewer samples than this above a percentile, and it is the story of single requests: p99.9 needs 10,000 of them. */
export const fewestAbove = 10;

/** Whether so many samples can speak of the quantile (0.99 for p99). Told in whole samples, since 1 - 0.9 is a little less than 0.1. */
export function isClaimable(samples: number, quantile: number): boolean {
  return samples - rankOf(samples, quantile) >= fewestAbove;
}

/** How many of the samples lie at or below the quantile: the nearest rank, never less than the first sample. */
export function rankOf(samples: number, quantile: number): number {
  return Math.max(1, Math.ceil(samples * quantile - 1e-9 * samples));
}

/** The quantile by nearest rank, a value that was really there; undefined when too few samples lie above it to claim it. */
export function percentile(samples: ArrayLike<number>, quantile: number): number | undefined {
  if (!isClaimable(samples.length, quantile)) return undefined;
  return sortedOf(samples)[rankOf(samples.length, quantile) - 1];
}

/** A sorted copy. Few values are put in by hand: resampling sorts thousands of times as few, and calling the engine's sort costs more than that. */
function sortedOf(values: ArrayLike<number>): Float64Array {
  const sorted = new Float64Array(values.length);
  if (values.length > 32) {
    sorted.set(values);
    return sorted.sort();
  }
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN;
    let place = i;
    for (; place > 0 && (sorted[place - 1] ?? NaN) > value; place--) sorted[place] = sorted[place - 1] ?? NaN;
    sorted[place] = value;
  }
  return sorted;
}
