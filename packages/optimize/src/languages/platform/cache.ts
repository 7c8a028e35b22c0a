/** Stores that call a function only for what they do not hold. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";

const wrap: MethodSpec = {
  callbacks: [
    { arg: 1, runs: "cached" },
    { arg: 2, runs: "cached" },
  ],
  caches: true,
  returns: "callback",
  promise: true,
};

export default library({
  id: "cache",
  packages: [
    "lru-cache",
    "cache-manager",
    "node-cache",
    "quick-lru",
    "bentocache",
    "@nestjs/cache-manager",
    "keyv",
    "cacheable",
    "@isaacs/ttlcache",
  ],
  exports: {
    default: { class: "Cache", value: "create" },
    ...names("LRUCache LRU BentoCache Keyv Cacheable TTLCache", { class: "Cache" }),
    ...names("caching multiCaching createCache", { value: "create" }),
    Cache: { type: "Cache" },
  },
  types: {
    create: { call: { returns: { type: "Cache" } } },
    Cache: {
      construct: { callbacks: ["fetchMethod", "memoMethod"].map((property) => ({ arg: 0, property, runs: "cached" as const })) },
      members: {
        ...names("wrap getOrSet getOrSetForever", wrap),
        ...names("get set has del delete mget mset peek ttl clear reset fetch memo take keys", { returns: "value" }),
        namespace: { returns: "same" },
      },
    },
  },
});
