import { createObjectPool, type ObjectPool } from "./object-pool.ts";
import { batches } from "./stream.ts";
import { createWeakCache, type WeakCache } from "./weak-cache.ts";

/**
 * `batches`, `createObjectPool` and `createWeakCache` as a class: give it a function for a batch, or extend it and write `processBatch`.
 *
 * @example
 * const memory = new MemoryOptimizer((rows: Row[]) => rows.map(summarise));
 * for await (const summary of memory.processLargeDataset(cursor)) await write(summary);
 */
export class MemoryOptimizer<T, R> {
  constructor(process?: (batch: T[]) => readonly R[] | Promise<readonly R[]>) {
    if (process !== undefined) this.processBatch = process;
  }

  processBatch(batch: T[]): readonly R[] | Promise<readonly R[]> {
    throw new Error("processBatch is missing", { cause: batch });
  }

  /** Results one by one: all of them in one array would be the memory that streaming saves. */
  async *processLargeDataset(source: Iterable<T> | AsyncIterable<T>, batchSize = 1000): AsyncGenerator<R, void, undefined> {
    for await (const batch of batches(source, batchSize)) yield* await this.processBatch(batch);
  }

  createObjectPool<O>(create: () => O, reset: (object: O) => unknown, max = 10): ObjectPool<O> {
    return createObjectPool({ create, reset, max });
  }

  createWeakCache<K, V extends object>(): WeakCache<K, V> {
    return createWeakCache<K, V>();
  }
}
