/** Many things at once, but never more than so many, and never one waiting for another. */
import { abortable, deferred, follow } from "./waiting.ts";

export type Source<T> = Iterable<T | PromiseLike<T>> | AsyncIterable<T>;

export interface MapOptions {
  /** How many run at once, 1 or more; Infinity is no limit. */
  readonly concurrency: number;
  /** Stops it: nothing further starts, what runs sees its own signal abort, the promise rejects with the reason. */
  readonly signal?: AbortSignal | undefined;
  /**
   * `stop` (the default): the first error rejects at once, aborts what runs, and nothing further starts. `collect`: everything runs, then all
   * errors reject as one AggregateError. `settle`: everything runs, and results say what became of each, as Promise.allSettled.
   */
  readonly errors?: "stop" | "collect" | "settle";
}

type Run<T, R> = (item: T, index: number, signal: AbortSignal) => R | PromiseLike<R>;

/**
 * Results in the order of the items. Each item starts as soon as any other has ended, so a slow one holds up nothing. The source may be
 * asynchronous; it is asked for an item when there is room for it, and closed when it is left early.
 *
 * @example
 * const pages = await mapConcurrent(urls, (url, _, signal) => fetch(url, { signal }), { concurrency: 8 });
 */
export function mapConcurrent<T, R>(
  items: Source<T>,
  run: Run<T, R>,
  options: MapOptions & { readonly errors: "settle" },
): Promise<PromiseSettledResult<R>[]>;
export function mapConcurrent<T, R>(items: Source<T>, run: Run<T, R>, options: MapOptions): Promise<R[]>;
export async function mapConcurrent<T, R>(
  items: Source<T>,
  run: Run<T, R>,
  { concurrency, signal, errors = "stop" }: MapOptions,
): Promise<unknown[]> {
  checkConcurrency(concurrency);
  signal?.throwIfAborted();
  const source = sourceOf(items);
  const { own, leave } = follow(signal);
  const results: unknown[] = [];
  const failures: unknown[] = [];
  let started = 0;

  async function one(item: T | PromiseLike<T>, index: number): Promise<void> {
    try {
      const value = await run(await item, index, own.signal);
      results[index] = errors === "settle" ? { status: "fulfilled", value } : value;
    } catch (reason) {
      if (errors === "stop") throw reason;
      if (errors === "settle") results[index] = { status: "rejected", reason };
      else failures.push(reason);
    }
  }

  /** Takes items until there are none. Once it has one, the next of `left` begins to take some too. */
  async function work(left: number): Promise<void> {
    let others: Promise<void> | undefined;
    try {
      while (!own.signal.aborted) {
        const next = await source.next();
        if (next.done === true || own.signal.aborted) break;
        if (left > 1) others ??= work(left - 1);
        await one(next.value, started++);
      }
    } catch (reason) {
      own.abort(reason);
    }
    await others;
  }

  try {
    await abortable(work(Math.floor(concurrency)), own.signal);
  } finally {
    leave();
    if (own.signal.aborted) source.close();
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${started} failed`);
  return results;
}

/** Runs a function when there is room; a signal takes one that waits out of the line. */
export interface Limiter {
  <R>(run: () => R | PromiseLike<R>, signal?: AbortSignal): Promise<R>;
}

/**
 * One limit for calls from anywhere, for what several requests share: a database pool, another service.
 *
 * @example
 * const limit = createLimiter(10);
 * const answer = await limit(() => fetch(url));
 */
export function createLimiter(concurrency: number): Limiter {
  checkConcurrency(concurrency);
  const line = new Set<() => void>();
  let running = 0;

  function leave(): void {
    for (const next of line) {
      // The place goes over without being free in between.
      line.delete(next);
      return next();
    }
    running -= 1;
  }

  return async (run, signal) => {
    signal?.throwIfAborted();
    if (running < concurrency) running += 1;
    else {
      const { promise, resolve } = deferred<void>();
      line.add(resolve);
      try {
        await abortable(promise, signal);
      } catch (reason) {
        // It may have been its turn in the same moment: then the place goes on.
        if (!line.delete(resolve)) leave();
        throw reason;
      }
    }
    try {
      return await run();
    } finally {
      leave();
    }
  };
}

function checkConcurrency(concurrency: number): void {
  if (!(concurrency >= 1)) throw new RangeError(`concurrency is 1 or more, not ${concurrency}`);
}

type Next<T> = IteratorResult<T | PromiseLike<T>>;

/** One item at a time, whoever asks; `close` tells a source that is left early. */
function sourceOf<T>(items: Source<T>): { next: () => Next<T> | Promise<Next<T>>; close: () => void } {
  const asynchronous = (items as AsyncIterable<T>)[Symbol.asyncIterator]?.();
  if (!asynchronous) {
    const iterator = (items as Iterable<T | PromiseLike<T>>)[Symbol.iterator]();
    return { next: () => iterator.next(), close: () => void iterator.return?.() };
  }
  // Not every iterator can be asked again before it has answered.
  let turn: Promise<unknown> = Promise.resolve();
  return {
    next() {
      const next = turn.then(() => asynchronous.next());
      turn = next;
      next.catch(() => {});
      return next;
    },
    // Not waited for: a generator answers only when what it awaits has ended.
    close: () => void asynchronous.return?.().then(undefined, () => {}),
  };
}
