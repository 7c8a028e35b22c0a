import { mapConcurrent } from "./concurrency.ts";
import { createQueue, type Queue, type QueueOptions } from "./queue.ts";

/**
 * `mapConcurrent` and `createQueue` as a class: give it a function for an item, or extend it and write `processItem`.
 *
 * @example
 * const optimizer = new AsyncOptimizer((order: Order) => enrich(order));
 * const enriched = await optimizer.processDataParallel(orders, 5);
 */
export class AsyncOptimizer<T, R> {
  #options: Partial<QueueOptions<T, R>>;
  #queue: Queue<T, R> | undefined;

  constructor(process?: (item: T) => R | Promise<R>, options: Partial<QueueOptions<T, R>> = {}) {
    if (process !== undefined) this.processItem = process;
    this.#options = options;
  }

  processItem(item: T): R | Promise<R> {
    throw new Error("processItem is missing", { cause: item });
  }

  /** One after the other: for what depends on the one before. */
  processDataSequential(items: Iterable<T>): Promise<R[]> {
    return this.processDataParallel(items, 1);
  }

  /** Never more than `concurrency` at once, results in the order of the items; the first error rejects. */
  processDataParallel(items: Iterable<T> | AsyncIterable<T>, concurrency = 5): Promise<R[]> {
    return mapConcurrent<T, R>(items, (item) => this.processItem(item), { concurrency });
  }

  /** In the background with attempts and waits; results when all have ended. Awaited in a request it saves that request nothing. */
  async processWithQueue(items: Iterable<T>): Promise<R[]> {
    this.#queue ??= createQueue<T, R>({
      concurrency: 10,
      // The items are in memory already.
      max: Infinity,
      backoff: { delay: 2000 },
      ...this.#options,
      handler: (item) => this.processItem(item),
    });
    const queue = this.#queue;
    const jobs = await Promise.all([...items].map((item) => queue.add(item)));
    return Promise.all(jobs.map((job) => job.finished()));
  }

  /** Waits for what is queued. */
  async close(): Promise<void> {
    await this.#queue?.close();
  }
}
