/** Python's memories: functions that answer the same arguments without running, and stores that call a function only for what they do not hold. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

/** `cache.memoize(60)`: gives what stands above a function. */
const maker: MethodSpec = { memoizes: true, returns: { type: "Keeper" } };
const asked: MethodSpec = { callbacks: [{ arg: 1, runs: "cached" }], caches: true, returns: "callback" };
const command: MethodSpec = { returns: "value" };

export default library({
  id: "python-caches",
  language: "python",
  packages: [
    "functools",
    "flask_caching",
    "flask_cache",
    "cachetools",
    "cachetools.func",
    "aiocache",
    "aiocache.decorators",
    "async_lru",
    "asyncstdlib",
    "cacheops",
    "cashews",
    "dogpile.cache",
    "dogpile.cache.region",
    "fastapi_cache.decorator",
    "joblib",
    "diskcache",
    "memoize",
    "methodtools",
  ],
  exports: {
    ...names("lru_cache alru_cache ttl_cache lfu_cache fifo_cache rr_cache mru_cache", { value: "Keeper" }),
    ...names("cached cachedmethod cached_as cached_stale multi_cached memoize", { value: "Maker" }),
    // A decorator in functools, the object that makes decorators in cashews, a factory of them in fastapi_cache.
    cache: { value: "Keeper" },
    Cache: { class: "Cache" },
    FanoutCache: { class: "Cache" },
    Memory: { class: "Cache" },
    make_region: { value: "Region" },
    CacheRegion: { class: "Cache" },
  },
  types: {
    Keeper: { call: { wraps: 0, memoizes: true }, members: names("memoize early soft cached", maker) },
    Maker: { call: maker },
    Region: { call: { returns: { type: "Cache" } } },
    Cache: {
      members: {
        ...names("memoize cached cache cache_on_arguments cache_multi_on_arguments", maker),
        get_or_create: asked,
        ...names("configure configure_from_config", { returns: "same" }),
        ...names("get set add delete clear delete_memoized get_many set_many delete_many inc dec has", command),
      },
    },
  },
});
