/** Many things at once, but never more than so many, and never one waiting for another, over p-limit. */
import pLimit from "p-limit";

export interface MapOptions {
  /** How many run at once, 1 or more. */
  readonly concurrency: number;
}

/**
 * Results in the order of the items; the first error rejects, and nothing further starts.
 *
 * @example
 * const pages = await mapConcurrent(urls, (url) => fetch(url), { concurrency: 8 });
 */
export async function mapConcurrent<T, R>(
  items: Iterable<T>,
  run: (item: T, index: number) => R | Promise<R>,
  { concurrency }: MapOptions,
): Promise<R[]> {
  const limit = pLimit(concurrency);
  let failed = false;
  const one = async (item: T, index: number): Promise<R> => {
    if (failed) throw new Error("another one failed before this began");
    try {
      return await run(item, index);
    } catch (error) {
      failed = true;
      throw error;
    }
  };
  return Promise.all([...items].map((item, index) => limit(() => one(item, index))));
}
