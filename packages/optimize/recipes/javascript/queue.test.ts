import assert from "node:assert/strict";
import { test } from "vitest";
import { createBullQueue } from "./bull-queue.ts";

// A queue that outlives its process needs a server: REDIS_URL=redis://127.0.0.1:6379
const address = process.env["REDIS_URL"];
const withRedis = address === undefined ? test.skip : test;

withRedis("a job is tried again until it succeeds, and closing waits for what runs", async () => {
  const { hostname, port } = new URL(address ?? "redis://127.0.0.1:6379");
  const attempts = new Set();
  const queue = await createBullQueue({
    name: `recipe-${Date.now()}`,
    connection: { host: hostname, port: Number(port || 6379) },
    attempts: 3,
    backoff: { delay: 10, maxDelay: 20 },
    handler: async (data: { name: string }, { attempt }) => {
      attempts.add(attempt);
      if (attempt < 2) throw new Error("not yet");
      return data.name.length;
    },
  });
  try {
    const job = await queue.add({ name: "mail" });
    assert.equal(await job.finished(), 4);
    await queue.drain();
    assert.deepEqual([...attempts], [1, 2]);
  } finally {
    await queue.close();
  }
});
