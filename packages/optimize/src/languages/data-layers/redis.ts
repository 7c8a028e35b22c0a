/** node-redis: commands in camel, lower and upper case; multi sends what it collected on exec; iterators walk in pieces. */
import type { ExportSpec, MethodSpec } from "../../model/library.ts";
import { library } from "../../model/library.ts";
import { names } from "../shapes/places.ts";
import { redisCommands } from "../shapes/redis-commands.ts";

const create: ExportSpec = { value: "create" };
const client: ExportSpec = { type: "Client" };

export default library({
  id: "redis",
  packages: ["redis", "@redis/client"],
  exports: {
    default: { value: "Module" },
    createClient: create,
    createCluster: create,
    createClientPool: create,
    createSentinel: create,
    ...names<ExportSpec>("RedisClientType RedisClusterType RedisClientPoolType RedisSentinelType", client),
    RedisClient: { class: "Client" },
  },
  types: {
    Module: { members: names<MethodSpec>("createClient createCluster createClientPool createSentinel", { returns: { type: "Client" } }) },
    create: { call: { returns: { type: "Client" } } },
    Client: {
      members: {
        ...redisCommands(true),
        connect: { effect: { kind: "connect" }, returns: "same", promise: true },
        duplicate: { returns: "same" },
        ...names("multi MULTI batch", { returns: { type: "Multi" } }),
        ...names("scanIterator hScanIterator sScanIterator zScanIterator", {
          effect: { kind: "cache-read", scan: true, stream: true, list: true },
          returns: { type: "Walk" },
        }),
        ...names("subscribe pSubscribe sSubscribe", { callbacks: [{ arg: 1, runs: "later" }], returns: "void", promise: true }),
        ...names("on once addListener", { callbacks: [{ arg: 1, runs: "later" }], returns: "same" }),
        executeIsolated: { callbacks: [{ arg: 0, runs: "once", params: [{ type: "Client" }] }], returns: "callback", promise: true },
        withTypeMapping: { returns: "same" },
        ...names("quit disconnect close destroy unsubscribe pUnsubscribe", { returns: "void", promise: true }),
        v4: "Client",
      },
    },
    Multi: {
      collects: true,
      lazy: { kind: "cache-write", bulk: true },
      inert: true,
      any: { returns: "same" },
      members: names<MethodSpec>("exec EXEC execAsPipeline execTyped exec_atomic", {
        runs: true,
        returns: "value",
        promise: true,
        callbacks: [{ arg: 0, runs: "once" }],
      }),
    },
    Walk: { element: "value" },
  },
});
