/** Many calls for one thing each become one call for many, over dataloader. */
import DataLoader from "dataloader";

export interface BatcherOptions<K, V> {
  /** Answers for the keys, in their order: values, or an Error for a key that failed. */
  readonly load: (keys: readonly K[]) => Promise<readonly (V | Error)[]>;
  /** Keys in one batch at most. Default 100. */
  readonly maxSize?: number;
  /** What makes two keys the same; objects need it. */
  readonly keyOf?: (key: K) => unknown;
}

/**
 * Make one for each request: like dataloader it would otherwise keep what it loaded for ever, and this one keeps nothing after the answer.
 *
 * @example
 * const customers = createBatcher({ load: (ids: readonly number[]) => customersInOrderOf(ids) });
 * await Promise.all(orders.map((order) => customers.load(order.customerId))); // one query
 */
export function createBatcher<K, V>({ load, maxSize = 100, keyOf = (key) => key }: BatcherOptions<K, V>) {
  const loader = new DataLoader<K, V, unknown>(
    async (keys) => {
      // Known only until the answer: what is asked for afterwards is loaded again.
      for (const key of keys) loader.clear(key);
      return load(keys);
    },
    { maxBatchSize: maxSize, cacheKeyFn: keyOf },
  );
  return { load: (key: K): Promise<V> => loader.load(key) };
}
