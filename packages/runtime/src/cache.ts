/**
 * Get-or-set done right: one load for any number of concurrent misses, stale values while one load renews them, expiry that is not
 * synchronised, answers of "nothing" kept too, and a cache that fails without taking the program with it.
 */
import { createLru } from "./lru.ts";
import { globPattern } from "./glob.ts";
import { warnOnce } from "./waiting.ts";
import { createTier } from "./cache-tier.ts";
import type { Store } from "./redis-store.ts";

export { redisStore, type RedisClient, type RedisStoreOptions, type Store } from "./redis-store.ts";

export interface CacheOptions {
  /** Milliseconds for which a value is fresh. */
  readonly ttl: number;
  /** Milliseconds after that in which the old value is still given while one load renews it. Default 0. */
  readonly stale?: number;
  /** Milliseconds for which `null` and `undefined` are kept; 0: never. Default: as `ttl`. */
  readonly missTtl?: number;
  /** The part of the ttl that is taken off at random, so that keys that were loaded together do not expire together. Default 0.1. */
  readonly jitter?: number;
  /** Entries in the memory of the process; the one unused for longest goes first. Default 1000. */
  readonly max?: number;
  /** A tier that processes share: `redisStore(client)`. */
  readonly store?: Store;
  /** With a store: milliseconds for which the process trusts its own memory, and so cannot see what another process invalidated. Default 1000. */
  readonly localTtl?: number;
  /** Stands before every key in the store. Change a version in it when the shape of the values changes: "shop:v2:". Default "cache:". */
  readonly prefix?: string;
  /** Sees what went wrong: the store, or a load in the background. Default: one process warning. */
  readonly onError?: (error: unknown, about: { operation: string; key: string }) => void;
  /** Milliseconds since 1970. For tests. */
  readonly now?: () => number;
  /** Between 0 and 1. For tests. */
  readonly random?: () => number;
}

export interface EntryOptions {
  readonly ttl?: number;
  readonly stale?: number;
  readonly missTtl?: number;
  /** Names under which `invalidateTags` finds the entry. */
  readonly tags?: readonly string[];
}

export interface CacheStats {
  hits: number;
  misses: number;
  /** Old values given while a load renewed them. */
  stale: number;
  loads: number;
  /** Operations of the store and loads in the background that failed. */
  errors: number;
}

export interface Cache {
  /** The value of the key, or what `load` gives. Errors of `load` go to every caller that waited for it, and are not kept. */
  getOrSet<V>(key: string, load: () => V | Promise<V>, options?: EntryOptions): Promise<V>;
  /** A value that is fresh or stale; undefined when there is none. */
  get<V>(key: string): Promise<V | undefined>;
  set(key: string, value: unknown, options?: EntryOptions): Promise<void>;
  /**
   * Once it resolves, no load that began before is given or kept any more. False when the store could not be told: then it is told
   * before anything is read from it again, and until then other processes may give the old value.
   */
  delete(...keys: string[]): Promise<boolean>;
  /** As `delete`, for every entry with one of the tags, at the cost of one key in the store a tag. */
  invalidateTags(...tags: string[]): Promise<boolean>;
  /** As `delete`, for keys that match a pattern as Redis has them; the store is walked by SCAN, a part at a time. Prefer tags. */
  invalidatePattern(pattern: string): Promise<boolean>;
  clear(): Promise<boolean>;
  stats(): CacheStats & { size: number };
}

/** A value and how long it holds. */
export interface Entry {
  readonly value: unknown;
  readonly fresh: number;
  readonly dead: number;
  /** Tags, with the version that each had before the value was loaded. */
  readonly tags: readonly (readonly [tag: string, version: string])[];
}

/** An entry in memory; it may be given until then. */
type Local = Entry & { readonly until: number; readonly names: readonly string[] };
type Flight = { dropped: boolean; readonly names: readonly string[]; promise: Promise<unknown> };

/**
 * @example
 * const cache = createCache({ ttl: 60_000, stale: 30_000, max: 5000 });
 * const profile = await cache.getOrSet(`user:${id}`, () => db.profile(id), { tags: ["users"] });
 * await cache.invalidateTags("users");
 */
export function createCache(options: CacheOptions): Cache {
  const { jitter = 0.1, max = 1000, store, localTtl = 1000, now = Date.now, random = Math.random } = options;
  if (!(options.ttl > 0)) throw new RangeError(`ttl ${options.ttl}`);
  const memory = createLru<string, Local>(max);
  const flights = new Map<string, Flight>();
  const stats: CacheStats = { hits: 0, misses: 0, stale: 0, loads: 0, errors: 0 };
  const warn = warnOnce("the cache goes on without");
  const report: NonNullable<CacheOptions["onError"]> = (error, about) => {
    stats.errors += 1;
    try {
      (options.onError ?? warn)(error, about);
    } catch (failure) {
      warn(failure);
    }
  };
  const tier = store && createTier(store, options.prefix ?? "cache:", now, report);

  function keep(key: string, entry: Entry): void {
    const until = tier ? Math.min(entry.dead, now() + localTtl) : entry.dead;
    memory.set(key, { ...entry, until, names: entry.tags.map(([tag]) => tag) });
  }

  function local(key: string): Entry | undefined {
    const entry = memory.get(key);
    return entry && now() < entry.until ? entry : undefined;
  }

  /** Keeps a value here and in the store, unless the store could not say which versions its tags have. */
  async function put(key: string, value: unknown, given: EntryOptions, versions: Entry["tags"] | undefined, seen?: string): Promise<void> {
    const { ttl, missTtl = ttl, stale = 0, tags = [] }: EntryOptions & { ttl: number } = { ...options, ...given };
    const lasting = value === undefined || value === null ? missTtl : ttl;
    if (!(lasting > 0)) return;
    const fresh = now() + lasting * (1 - jitter * random());
    const entry = { value, fresh, dead: fresh + stale, tags: versions ?? tags.map((tag) => [tag, ""] as const) };
    keep(key, entry);
    if (versions) await tier?.write(key, entry, seen);
  }

  /** Begins what every caller of the key waits for, until it ends or is dropped. */
  function begin(key: string, names: readonly string[], run: (flight: Flight) => Promise<unknown>): Flight {
    const flight: Flight = { dropped: false, names, promise: Promise.resolve() };
    flights.set(key, flight);
    flight.promise = run(flight).finally(() => {
      if (flights.get(key) === flight) flights.delete(key);
    });
    flight.promise.catch(() => {});
    return flight;
  }

  /** Loads from the source, once, and keeps what came unless it was invalidated meanwhile. */
  async function load(key: string, source: () => unknown, given: EntryOptions, flight: Flight, seen?: string): Promise<unknown> {
    // A store that could not be read is not written to either.
    const versions = seen === undefined ? undefined : await tier?.versions(given.tags ?? []);
    stats.loads += 1;
    const value = await source();
    if (!flight.dropped) await put(key, value, given, versions, seen);
    return value;
  }

  /** Loads in the background; whoever needs the value before it is there waits for this load. */
  function renew(key: string, given: EntryOptions, run: (flight: Flight) => Promise<unknown>): void {
    begin(key, given.tags ?? [], run).promise.catch((error: unknown) => report(error, { operation: "load", key }));
  }

  async function lookUp(key: string, source: () => unknown, given: EntryOptions, flight: Flight): Promise<unknown> {
    const { entry, seen } = (await tier?.find(key)) ?? {};
    if (!entry) {
      stats.misses += 1;
      return load(key, source, given, flight, seen);
    }
    if (!flight.dropped) keep(key, entry);
    const old = now() >= entry.fresh;
    stats[old ? "stale" : "hits"] += 1;
    if (old && flights.get(key) === flight) renew(key, given, (own) => load(key, source, given, own, seen));
    return entry.value;
  }

  /** Forgets here what memory or a load under way has under the keys. */
  function forget(keys: Iterable<string>): void {
    for (const key of keys) {
      memory.delete(key);
      const flight = flights.get(key);
      if (!flight) continue;
      flight.dropped = true;
      flights.delete(key);
    }
  }

  function forgetMatching(matches: (key: string, tags: readonly string[]) => boolean): void {
    for (const [key, { names }] of [...memory.entries(), ...flights]) if (matches(key, names)) forget([key]);
  }

  /** Here before and after the store: in between, what it still had may have been read. */
  async function drop(forgetting: () => void, kind: "key" | "tag" | "pattern", names: readonly string[]): Promise<boolean> {
    forgetting();
    const told = await tier?.drop(kind, names);
    if (tier) forgetting();
    return told !== false;
  }

  function invalidatePattern(pattern: string): Promise<boolean> {
    const matching = globPattern(pattern);
    return drop(() => forgetMatching((key) => matching.test(key)), "pattern", [pattern]);
  }

  return {
    async getOrSet<V>(key: string, source: () => V | Promise<V>, given: EntryOptions = {}): Promise<V> {
      const entry = local(key);
      if (entry && now() < entry.fresh) {
        stats.hits += 1;
        return entry.value as V;
      }
      const flight = flights.get(key);
      if (entry) {
        stats.stale += 1;
        // What is in the store may be newer than what is here.
        if (!flight) renew(key, given, (own) => (tier ? lookUp : load)(key, source, given, own));
        return entry.value as V;
      }
      return (flight ?? begin(key, given.tags ?? [], (own) => lookUp(key, source, given, own))).promise as Promise<V>;
    },
    async get<V>(key: string): Promise<V | undefined> {
      const entry = local(key) ?? (await tier?.find(key))?.entry;
      stats[entry ? "hits" : "misses"] += 1;
      return entry?.value as V | undefined;
    },
    async set(key, value, given = {}) {
      forget([key]);
      await put(key, value, given, await tier?.versions(given.tags ?? []));
      if (tier) forget([key]);
    },
    delete: (...keys) => drop(() => forget(keys), "key", keys),
    invalidateTags: (...tags) => drop(() => forgetMatching((_, own) => tags.some((tag) => own.includes(tag))), "tag", tags),
    invalidatePattern,
    clear: () => invalidatePattern("*"),
    stats: () => ({ ...stats, size: memory.size }),
  };
}
