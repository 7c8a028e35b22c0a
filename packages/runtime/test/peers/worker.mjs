/** A worker of a queue in a process of its own, which is there to be killed; runs where smoke has put the built runtime beside it: `worker.mjs <port> <name>`. Says each job that it begins. */
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { createBullQueue } from "./runtime/bull-queue.js";

const [port, name] = process.argv.slice(2);
const redis = new Redis(Number(port), "127.0.0.1");

await createBullQueue({
  name,
  connection: { host: "127.0.0.1", port: Number(port) },
  concurrency: 2,
  worker: { lockDuration: 1000, stalledInterval: 1000, maxStalledCount: 5 },
  handler: async ({ n }) => {
    process.send?.(n);
    await sleep(100);
    await redis.sadd(`${name}:done`, n);
  },
});
process.once("disconnect", () => process.exit());
