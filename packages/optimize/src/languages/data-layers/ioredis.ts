/** ioredis: a command is a method; pipelines and multi send what they collected on exec. */
import type { MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";
import { redisCommands } from "../shapes/redis-commands.ts";

const walk: MethodSpec = { effect: { kind: "cache-read", scan: true, stream: true, list: true }, returns: { type: "Stream" } };

export default library({
  id: "ioredis",
  packages: ["ioredis"],
  exports: {
    default: { class: "Redis", statics: "RedisClass" },
    Redis: { class: "Redis", statics: "RedisClass" },
    Cluster: { class: "Redis" },
    Pipeline: { type: "Pipeline" },
    ChainableCommander: { type: "Pipeline" },
    "Redis.Redis": { type: "Redis" },
    "Redis.Cluster": { type: "Redis" },
  },
  types: {
    RedisClass: { members: { createClient: { effect: { kind: "connect" }, returns: { type: "Redis" } } } },
    Redis: {
      construct: { effect: { kind: "connect" } },
      members: {
        ...redisCommands(false),
        ...names("pipeline multi", { returns: { type: "Pipeline" } }),
        ...names("scanStream hscanStream sscanStream zscanStream", walk),
        duplicate: { effect: { kind: "connect" }, returns: "same" },
        ...names("subscribe psubscribe unsubscribe punsubscribe", { effect: { kind: "cache-write" }, returns: "value", promise: true }),
        ...names("on once addListener", { callbacks: [{ arg: 1, runs: "later" }], returns: "same" }),
        connect: { returns: "void", promise: true },
        ...names("quit disconnect", { returns: "void", promise: true }),
        nodes: { returns: { type: "Redis", list: true } },
      },
    },
    Pipeline: {
      collects: true,
      lazy: { kind: "cache-write", bulk: true },
      inert: true,
      any: { returns: "same" },
      members: {
        ...names("exec execBuffer", { runs: true, returns: "value", promise: true }),
      },
    },
    Stream: {
      element: "value",
      members: names<MethodSpec>("on once", { callbacks: [{ arg: 1, runs: "batches", params: ["value"] }], returns: "same" }),
    },
  },
});
