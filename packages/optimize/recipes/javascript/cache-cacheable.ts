/** Get-or-set over cacheable: one load for any number of concurrent misses, memory, and Redis when you give it a `secondary` (see its documentation). */
import { Cacheable } from "cacheable";

export interface CacheOptions {
  /** Milliseconds for which a value is fresh. */
  readonly ttl: number;
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
export function createCache({ ttl, jitter = 0.1 }: CacheOptions) {
  const cache = new Cacheable();
  return {
    /** The value of the key, or what `load` gives. Errors reach every caller that waited, and are not kept. */
    async getOrSet<V>(key: string, load: () => V | Promise<V>): Promise<V> {
      const lasting = Math.max(1, Math.round(ttl * (1 - jitter * Math.random())));
      const options = { ttl: lasting, throwErrors: true };
      const loaded = await cache.getOrSet<Loaded>(key, async () => ({ value: await load() }), options);
      return loaded?.value as V;
    },
    async delete(...keys: string[]): Promise<void> {
      await cache.deleteMany(keys);
    },
    async clear(): Promise<void> {
      await cache.clear();
    },
  };
}
