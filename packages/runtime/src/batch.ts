/** Many calls for one thing each become one call for many. */
import { abortable } from "./waiting.ts";

export interface BatcherOptions<K, V> {
  /** Answers for the keys, in their order: values, or an Error for a key that failed. Or a Map by key: what it lacks is undefined. */
  readonly load: (keys: readonly K[]) => Promise<readonly (V | Error)[] | ReadonlyMap<K, V | Error>>;
  /** Keys in one batch at most. Default 100. */
  readonly maxSize?: number;
  /** Milliseconds for which a batch waits for more keys. Default: only until what is already running has asked, which costs a lone call nothing. */
  readonly window?: number;
  /** What makes two keys the same; objects need it. */
  readonly keyOf?: (key: K) => unknown;
}

export interface Batcher<K, V> {
  load(key: K, signal?: AbortSignal): Promise<V>;
  /** Sends what waits, without waiting for more. */
  flush(): void;
}

/** One key of a batch, and who waits for it. */
interface Item<K, V> {
  readonly key: K;
  promise: Promise<V>;
  resolve: (value: V) => void;
  reject: (error: unknown) => void;
  waiting: number;
}

/**
 * Nothing is kept after the answer: a batcher may live as long as the program, or as one request.
 *
 * @example
 * const customers = createBatcher({
 *   load: async (ids: readonly number[]) => {
 *     const { rows } = await pool.query("select * from customers where id = any($1)", [ids]);
 *     return new Map(rows.map((row) => [row.id, row]));
 *   },
 * });
 * await Promise.all(orders.map((order) => customers.load(order.customerId))); // one query
 */
export function createBatcher<K, V>({ load, maxSize = 100, window, keyOf = (key) => key }: BatcherOptions<K, V>): Batcher<K, V> {
  const ready = Promise.resolve();
  let batch: Map<unknown, Item<K, V>> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    if (timer) clearTimeout(timer);
    const items: Item<K, V>[] = [];
    const keys: K[] = [];
    batch?.forEach((item) => {
      if (item.waiting === 0) return;
      items.push(item);
      keys.push(item.key);
    });
    batch = undefined;
    if (keys.length > 0) send(items, keys);
  }

  /** After everything that is ready to run now has run, among it what continues after other batches. */
  function begin(): Map<unknown, Item<K, V>> {
    const own = new Map<unknown, Item<K, V>>();
    const due = () => (batch === own ? flush() : undefined);
    if (window === undefined) void ready.then(() => process.nextTick(due));
    else timer = setTimeout(due, window);
    return own;
  }

  function send(items: readonly Item<K, V>[], keys: readonly K[]): void {
    const failed = (error: unknown) => {
      for (const item of items) item.reject(error);
    };
    const answered = (answer: Awaited<ReturnType<typeof load>>) => {
      const list = answer instanceof Map ? keys.map((key) => answer.get(key)) : (answer as readonly (V | Error)[]);
      if (list?.length !== keys.length) return failed(new TypeError(`load gave ${list?.length} answers for ${keys.length} keys`));
      for (let index = 0; index < items.length; index += 1) {
        const one = list[index];
        items[index]?.[one instanceof Error ? "reject" : "resolve"](one as V);
      }
    };
    try {
      load(keys).then(answered, failed);
    } catch (error) {
      failed(error);
    }
  }

  function one(key: K, signal?: AbortSignal): Promise<V> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    const id = keyOf(key);
    const own = (batch ??= begin());
    let item = own.get(id);
    if (!item) {
      item = { key, waiting: 0 } as Item<K, V>;
      const made = item;
      made.promise = new Promise((resolve, reject) => {
        made.resolve = resolve;
        made.reject = reject;
      });
      own.set(id, item);
    }
    const { promise } = item;
    const kept = item;
    kept.waiting += 1;
    if (own.size >= maxSize) flush();
    if (!signal) return promise;
    return abortable(promise, signal).catch((error: unknown) => {
      kept.waiting -= 1;
      throw error;
    });
  }

  return { load: one, flush };
}
