/** @upstash/redis: the commands of Redis over HTTP. */
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";
import { redisCommands } from "../shapes/redis-commands.ts";

export default library({
  id: "upstash-redis",
  packages: ["@upstash/redis", "@upstash/redis/cloudflare", "@upstash/redis/nodejs"],
  exports: { Redis: { class: "Redis", statics: "RedisClass" } },
  types: {
    RedisClass: { members: { fromEnv: { returns: { type: "Redis" } } } },
    Redis: { members: { ...redisCommands(false), ...names("pipeline multi", { returns: { type: "Pipeline" } }) } },
    Pipeline: {
      collects: true,
      lazy: { kind: "cache-write", bulk: true },
      inert: true,
      any: { returns: "same" },
      members: { exec: { runs: true, returns: "value", promise: true } },
    },
  },
});
