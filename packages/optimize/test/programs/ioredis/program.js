import { createServer } from "node:http";
import { Redis } from "ioredis";
import { backends } from "../support/backends.js";
import { answering, drive } from "../support/drive.js";

const { redis: url } = await backends("redis");
const redis = new Redis(url);
const keysOf = (query) => Array.from({ length: Number(query.get("limit")) }, (_, n) => `customer:${n + 1}`);

const routes = {
  "/each": async (keys) => {
    const names = [];
    for (const key of keys) {
      // expect: n+1
      names.push(await redis.get(key));
    }
    return names;
  },
  // clean: one command for all keys
  "/mget": (keys) => redis.mget(keys),
  "/pipeline": async (keys) => {
    const pipeline = redis.pipeline();
    // clean: only put into the pipeline
    for (const key of keys) pipeline.get(key);
    // clean: one round trip for all of them
    const replies = await pipeline.exec();
    return replies.map(([, name]) => name);
  },
};

const server = createServer(answering((request, query) => routes[request.url.split("?")[0]](keysOf(query))));
await drive(
  server,
  Object.keys(routes).flatMap((path) => [`${path}?limit=8`, `${path}?limit=24`]),
);
redis.disconnect();
