/** `redis.asyncio`, and aioredis, which it grew out of. */
import { library } from "../../model/library.ts";
import { redisPyClient } from "../shapes/redis-py.ts";

export default library({
  id: "redis-asyncio",
  language: "python",
  packages: ["redis.asyncio", "redis.asyncio.client", "aioredis"],
  exports: {
    Redis: { class: "AsyncRedis", statics: "AsyncRedisClass" },
    StrictRedis: { class: "AsyncRedis", statics: "AsyncRedisClass" },
    from_url: { value: "FromUrl" },
  },
  types: { ...redisPyClient("AsyncRedis", true), FromUrl: { call: { returns: { type: "AsyncRedis" } } } },
});
