/** Get-or-set over bentocache: one load for any number of concurrent misses, memory, and Redis when you add `useL2Layer` (see its documentation). */
import { BentoCache, bentostore } from "bentocache";
import { memoryDriver } from "bentocache/drivers/memory";

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
  const cache = new BentoCache({
    default: "memory",
    stores: { memory: bentostore().useL1Layer(memoryDriver({ maxItems: max, serialize: false })) },
  });
  return {
    /** The value of the key, or what `load` gives. Errors reach every caller that waited, and are not kept. */
    async getOrSet<V>(key: string, load: () => V | Promise<V>): Promise<V> {
      const factory = async (): Promise<Loaded> => ({ value: await load() });
      const lasting = Math.max(1, Math.round(ttl * (1 - jitter * Math.random())));
      try {
        const loaded = await cache.getOrSet({ key, factory, ttl: lasting });
        return loaded.value as V;
      } catch (error) {
        // The error of `load` lies inside.
        throw (error as { code?: string }).code === "E_FACTORY_ERROR" ? (error as Error).cause : error;
      }
    },
    async delete(...keys: string[]): Promise<void> {
      await cache.deleteMany({ keys });
    },
    async clear(): Promise<void> {
      await cache.clear();
    },
  };
}
