import { createCache, redisStore, type Cache, type CacheOptions, type RedisClient } from "./cache.ts";

/**
 * `createCache` as a class, with ttls in seconds.
 *
 * @example
 * const cache = new PerformanceCache(redisClient);
 * const profile = await cache.getOrSet(`user:${id}:profile`, () => database.getUserProfile(id), 1800);
 * await cache.invalidatePattern("user:*:profile");
 */
export class PerformanceCache {
  /** All that the front leaves out: tags, statistics. */
  readonly cache: Cache;

  /** @param client Of Redis; without one the cache is in memory. */
  constructor(client?: RedisClient, options: Partial<CacheOptions> = {}) {
    const store = client === undefined || client === null ? {} : { store: redisStore(client) };
    this.cache = createCache({ ttl: 3_600_000, ...store, ...options });
  }

  /** @param ttl Seconds. Default 3600. */
  getOrSet<V>(key: string, load: () => V | Promise<V>, ttl?: number): Promise<V> {
    return this.cache.getOrSet(key, load, ttl === undefined ? {} : { ttl: ttl * 1000 });
  }

  invalidatePattern(pattern: string): Promise<boolean> {
    return this.cache.invalidatePattern(pattern);
  }
}
