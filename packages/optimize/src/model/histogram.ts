/**
 * Latencies in constant memory: a log-linear histogram as HdrHistogram's (Tene, https://hdrhistogram.github.io/HdrHistogram), every doubling
 * of the value cut into 256 equal buckets. A quantile is off by at most half a bucket, 0.2 %; below 512 units it is exact.
 *
 * Values are whole units (microseconds, bytes), so counts and sums stay exact and merging loses nothing: histograms of workers, windows and
 * machines added in any order are equal to the histogram of all values. All cells are one Float64Array, which may lie over a
 * SharedArrayBuffer: one thread records, others read.
 */
import { isClaimable, rankOf } from "./quantile.ts";

export type Histogram = Float64Array;

const subBuckets = 256;
/** Values up to 2^40: twelve days in microseconds. Larger ones are counted in the last bucket; the maximum stays exact. */
const doublings = 33;
const [countCell, sumCell, leastCell, mostCell, firstBucket] = [0, 1, 2, 3, 4];
const cells = firstBucket + subBuckets * doublings;

/** What a buffer for `histogram` has to hold. */
export const histogramBytes = cells * Float64Array.BYTES_PER_ELEMENT;

/** An empty histogram, or the one that lies in the buffer from a place on. */
export function histogram(buffer: ArrayBufferLike = new ArrayBuffer(histogramBytes), at = 0): Histogram {
  return new Float64Array(buffer, at, cells);
}

/** Values below this are counted with whole numbers of 32 bits, which costs less than half. */
const small = 0x4000_0000;

/** Counts a value; what is below zero is zero (a clock that went back), fractions of a unit are rounded. */
export function record(into: Histogram, value: number, times = 1): void {
  if (value >= small) {
    const whole = Math.round(value);
    count(into, cellOf(whole), whole, times);
  } else {
    const whole = value > 0 ? (value + 0.5) | 0 : 0;
    const shift = whole < subBuckets ? 0 : 23 - Math.clz32(whole);
    count(into, firstBucket + shift * subBuckets + (whole >>> shift), whole, times);
  }
}

function count(into: Histogram, cell: number, whole: number, times: number): void {
  into[cell] = (into[cell] as number) + times;
  // Kept as one more than the value, so that an empty buffer of zeros is an empty histogram.
  const least = into[leastCell] as number;
  if (least === 0 || whole + 1 < least) into[leastCell] = whole + 1;
  if (whole > (into[mostCell] as number)) into[mostCell] = whole;
  into[sumCell] = (into[sumCell] as number) + whole * times;
  into[countCell] = (into[countCell] as number) + times;
}

/** The bucket of a large whole value: its leading nine bits, in the order of size. */
function cellOf(whole: number): number {
  const shift = whole < 0x1_0000_0000 ? 23 - Math.clz32(whole) : 55 - Math.clz32(whole / 0x1_0000_0000);
  return shift + 1 >= doublings ? cells - 1 : firstBucket + shift * subBuckets + Math.floor(whole / 2 ** shift);
}

/** The least value of a cell, and how many whole values fall into it. */
function rangeOf(cell: number): { from: number; width: number } {
  const bucket = cell - firstBucket;
  const doubling = Math.floor(bucket / subBuckets);
  if (doubling === 0) return { from: bucket, width: 1 };
  const width = 2 ** (doubling - 1);
  return { from: ((bucket % subBuckets) + subBuckets) * width, width };
}

export const countOf = (of: Histogram): number => of[countCell] ?? 0;
export const sumOf = (of: Histogram): number => of[sumCell] ?? 0;
/** The greatest value, exactly; 0 when there is none. */
export const mostOf = (of: Histogram): number => of[mostCell] ?? 0;
/** The least value, exactly; 0 when there is none. */
export const leastOf = (of: Histogram): number => Math.max(0, (of[leastCell] ?? 0) - 1);

/** Adds what `from` counted to `into`. */
export function merge(into: Histogram, from: Histogram): void {
  const [least, most] = [leastCellOf(into, from), Math.max(mostOf(into), mostOf(from))];
  for (let cell = 0; cell < cells; cell++) into[cell] = (into[cell] ?? 0) + (from[cell] ?? 0);
  into[leastCell] = least;
  into[mostCell] = most;
}

/** The smaller of two least cells, of which 0 means that nothing was counted. */
function leastCellOf(a: Histogram, b: Histogram): number {
  const [x, y] = [a[leastCell] ?? 0, b[leastCell] ?? 0];
  return x === 0 || y === 0 ? x + y : Math.min(x, y);
}

/**
 * What was counted between two snapshots of one histogram: a window. Counts and the sum are exact; its least and greatest value are only
 * known to their buckets, unless the window moved the extremes of the whole. It is written into `window`, which may be one that was used before.
 */
export function between(earlier: Histogram, later: Histogram, window: Histogram = histogram()): Histogram {
  let [first, last] = [0, 0];
  for (let cell = firstBucket; cell < cells; cell++) {
    const counted = (later[cell] ?? 0) - (earlier[cell] ?? 0);
    if (counted < 0) throw new RangeError("these are no two snapshots of one histogram in the order of time");
    window[cell] = counted;
    if (counted === 0) continue;
    if (first === 0) first = cell;
    last = cell;
  }
  window[countCell] = countOf(later) - countOf(earlier);
  window[sumCell] = sumOf(later) - sumOf(earlier);
  if (first === 0) return window.fill(0);
  const top = rangeOf(last);
  window[leastCell] = Math.max(rangeOf(first).from, leastOf(later)) + 1;
  window[mostCell] = last === cells - 1 ? mostOf(later) : Math.min(top.from + top.width - 1, mostOf(later));
  return window;
}

/** The quantile (0.99 for p99) by nearest rank: the middle of its bucket, never outside of what was counted. NaN when nothing was. */
export function quantileOf(of: Histogram, quantile: number): number {
  const count = countOf(of);
  if (count === 0) return NaN;
  const rank = rankOf(count, quantile);
  if (rank >= count) return mostOf(of);
  let seen = 0;
  for (let cell = firstBucket; cell < cells; cell++) {
    seen += of[cell] ?? 0;
    if (seen < rank) continue;
    const { from, width } = rangeOf(cell);
    return Math.min(mostOf(of), Math.max(leastOf(of), from + (width - 1) / 2));
  }
  return mostOf(of);
}

/** How many values lie in buckets above the one of `value`. */
export function countAbove(of: Histogram, value: number): number {
  const probe = histogram();
  record(probe, value);
  let above = 0;
  for (let cell = cells - 1; cell >= firstBucket && probe[cell] === 0; cell--) above += of[cell] ?? 0;
  return above;
}

/** The quantile, unless too few values lie above it to claim it. */
export function percentileOf(of: Histogram, quantile: number): number | undefined {
  return isClaimable(countOf(of), quantile) ? quantileOf(of, quantile) : undefined;
}

/** What was counted: the middle of each bucket that holds something, and how often. */
export function valuesOf(of: Histogram): (readonly [value: number, count: number])[] {
  const values: (readonly [number, number])[] = [];
  for (let cell = firstBucket; cell < cells; cell++) {
    const count = of[cell] ?? 0;
    if (count === 0) continue;
    const { from, width } = rangeOf(cell);
    values.push([Math.min(mostOf(of), Math.max(leastOf(of), from + (width - 1) / 2)), count]);
  }
  return values;
}

/** A histogram as it is written to a file: cells that hold something, by their place. Places never change their meaning within `scheme`. */
export interface SavedHistogram {
  readonly scheme: 1;
  readonly cells: readonly (readonly [place: number, content: number])[];
}

export function saved(of: Histogram): SavedHistogram {
  return { scheme: 1, cells: [...of.entries()].filter(([, content]) => content !== 0) };
}

/** The histogram that `saved` wrote; undefined for what no histogram can be. */
export function restored({ scheme, cells: list }: SavedHistogram): Histogram | undefined {
  const into = histogram();
  let counted = 0;
  for (const [place, content] of list) {
    if (!(Number.isInteger(place) && place >= 0 && place < cells && content > 0 && content < Infinity)) return undefined;
    into[place] = content;
    if (place >= firstBucket) counted += content;
  }
  return scheme === 1 && counted === countOf(into) ? into : undefined;
}
