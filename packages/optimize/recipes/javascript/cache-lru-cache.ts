/** Get-or-set in the memory of the process, over lru-cache: one load for any number of concurrent misses, expiry that is not synchronised. */
import { LRUCache } from "lru-cache";

export interface CacheOptions {
  /** Milliseconds for which a value is fresh. */
  readonly ttl: number;
  /** Entries that are kept at most. Default 1000. */
  readonly max?: number;
  /** The part of the ttl that is taken off at random, so that keys loaded together do not expire together. Default 0.1. */
  readonly jitter?: number;
}

/** What was loaded, also when that is null or undefined. */
type Loaded = { readonly value: unknown };

/**
 * @example
 * const cache = createCache({ ttl: 60_000 });
 * const profile = await cache.getOrSet(`user:${id}`, () => db.profile(id));
 */
export function createCache({ ttl, max = 1000, jitter = 0.1 }: CacheOptions) {
  const cache = new LRUCache<string, Loaded, () => unknown>({
    max,
    ttl,
    fetchMethod: async (_key, _old, { options, context }) => {
      const value = await context();
      options.ttl = Math.max(1, Math.round(ttl * (1 - jitter * Math.random())));
      return { value };
    },
  });
  return {
    /** The value of the key, or what `load` gives. Errors reach every caller that waited, and are not kept. */
    async getOrSet<V>(key: string, load: () => V | Promise<V>): Promise<V> {
      const loaded = await cache.fetch(key, { context: load });
      // Deleted while it was loading.
      return loaded === undefined ? load() : (loaded.value as V);
    },
    async delete(...keys: string[]): Promise<void> {
      for (const key of keys) cache.delete(key);
    },
    async clear(): Promise<void> {
      cache.clear();
    },
  };
}
