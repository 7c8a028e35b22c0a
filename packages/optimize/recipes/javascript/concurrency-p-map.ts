/** Many things at once, but never more than so many, and never one waiting for another, over p-map. */
import pMap from "p-map";

export interface MapOptions {
  /** How many run at once, 1 or more. */
  readonly concurrency: number;
  /** Stops it: nothing further starts, and the promise rejects with the reason. */
  readonly signal?: AbortSignal;
}

/**
 * Results in the order of the items; the first error rejects, and nothing further starts.
 *
 * @example
 * const pages = await mapConcurrent(urls, (url) => fetch(url), { concurrency: 8 });
 */
export function mapConcurrent<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  run: (item: T, index: number) => R | Promise<R>,
  options: MapOptions,
): Promise<R[]> {
  return pMap<T, R>(items, run as (item: T, index: number) => Promise<R>, options) as Promise<R[]>;
}
