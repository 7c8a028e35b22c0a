/** redis-py: the client that blocks, and `redis.asyncio` behind the same package. */
import { library } from "../../model/library.ts";
import { redisPyClient } from "../shapes/redis-py.ts";

export default library({
  id: "redis-py",
  language: "python",
  packages: ["redis", "redis.client"],
  exports: {
    Redis: { class: "Redis", statics: "RedisClass" },
    StrictRedis: { class: "Redis", statics: "RedisClass" },
    from_url: { value: "FromUrl" },
    asyncio: { value: "AsyncModule" },
  },
  types: {
    ...redisPyClient("Redis", false),
    ...redisPyClient("AsyncRedis", true),
    FromUrl: { call: { returns: { type: "Redis" } } },
    AsyncModule: {
      members: { from_url: { returns: { type: "AsyncRedis" } }, Redis: "AsyncRedisFactory", StrictRedis: "AsyncRedisFactory" },
    },
    AsyncRedisFactory: { extends: "AsyncRedisClass", call: { returns: { type: "AsyncRedis" } } },
  },
});
