/** Many calls for one thing each become one call for many. */
import { abortable, deferred, type Deferred } from "./waiting.ts";

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
interface Item<K, V> extends Deferred<V> {
  readonly key: K;
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
  if (!(maxSize >= 1)) throw new RangeError(`maxSize is 1 or more, not ${maxSize}`);
  let batch = new Map<unknown, Item<K, V>>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    const items = [...batch.values()].filter((item) => item.waiting > 0);
    batch = new Map();
    if (items.length > 0) void send(items);
  }

  /** After everything that is ready to run now has run, among it what continues after other batches. */
  function schedule(): void {
    const own = batch;
    const due = () => (batch === own ? flush() : undefined);
    if (window === undefined) void Promise.resolve().then(() => process.nextTick(due));
    else timer = setTimeout(due, window);
  }

  async function send(items: readonly Item<K, V>[]): Promise<void> {
    try {
      const answer = await load(items.map(({ key }) => key));
      const list = answer instanceof Map ? items.map(({ key }) => answer.get(key)) : (answer as readonly (V | Error)[]);
      if (list?.length !== items.length) throw new TypeError(`load gave ${list?.length} answers for ${items.length} keys`);
      items.forEach(({ resolve, reject }, index) => {
        const one = list[index];
        if (one instanceof Error) reject(one);
        else resolve(one as V);
      });
    } catch (error) {
      for (const item of items) item.reject(error);
    }
  }

  function one(key: K, signal?: AbortSignal): Promise<V> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    const id = keyOf(key);
    let item = batch.get(id);
    if (!item) {
      if (batch.size === 0) schedule();
      item = { ...deferred<V>(), key, waiting: 0 };
      batch.set(id, item);
    }
    const own = item;
    own.waiting += 1;
    if (batch.size >= maxSize) flush();
    if (!signal) return own.promise;
    return abortable(own.promise, signal).catch((error: unknown) => {
      own.waiting -= 1;
      throw error;
    });
  }

  return { load: one, flush };
}
