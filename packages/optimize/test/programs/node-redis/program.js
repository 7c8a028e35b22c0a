import { createServer } from "node:http";
import { createClient } from "redis";
import { backends } from "../support/backends.js";
import { answering, drive } from "../support/drive.js";

const { redis: url } = await backends("redis");
const client = await createClient({ url }).connect();
const keysOf = (query) => Array.from({ length: Number(query.get("limit")) }, (_, n) => `customer:${n + 1}`);

const routes = {
  "/each": async (keys) => {
    const names = [];
    for (const key of keys) {
      // expect: n+1
      const name = await client.get(key);
      names.push(name);
    }
    return names;
  },
  // clean: one command for all keys
  "/mget": (keys) => client.mGet(keys),
};

const server = createServer(answering((request, query) => routes[request.url.split("?")[0]](keysOf(query))));
await drive(
  server,
  Object.keys(routes).flatMap((path) => [`${path}?limit=8`, `${path}?limit=24`]),
);
client.destroy();
