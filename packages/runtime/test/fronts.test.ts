import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { AsyncOptimizer, MemoryOptimizer, NetworkOptimizer, PerformanceCache, PerformanceMonitor } from "../src/index.ts";
import { createFakeRedis } from "./fake-redis.ts";

it("PerformanceCache counts its ttl in seconds and finds keys by pattern", async () => {
  let now = 0;
  const redis = createFakeRedis();
  const cache = new PerformanceCache(redis, { now: () => now, jitter: 0, localTtl: 0 });
  let loads = 0;
  const load = () => (loads += 1);
  await cache.getOrSet("user:1:profile", load, 10);
  now = 9_999;
  await cache.getOrSet("user:1:profile", load, 10);
  expect(loads).toBe(1);
  now = 10_000;
  await cache.getOrSet("user:1:profile", load, 10);
  expect(loads).toBe(2);
  await cache.invalidatePattern("user:*:profile");
  await cache.getOrSet("user:1:profile", load, 10);
  expect(loads).toBe(3);
  expect(redis.commands).not.toContain("keys");
});

it("AsyncOptimizer takes a function or is extended", async () => {
  class Doubling extends AsyncOptimizer<number, number> {
    override processItem(item: number): number {
      return item * 2;
    }
  }
  expect(await new Doubling().processDataParallel([1, 2, 3], 2)).toEqual([2, 4, 6]);
  const optimizer = new AsyncOptimizer((item: number) => item * 3);
  expect(await optimizer.processDataSequential([1, 2])).toEqual([3, 6]);
  expect(await optimizer.processWithQueue([1, 2])).toEqual([3, 6]);
  // More than a queue takes by default.
  expect(await optimizer.processWithQueue(Array.from({ length: 10_001 }, () => 1))).toHaveLength(10_001);
  await optimizer.close();
  await expect(new AsyncOptimizer().processDataParallel([1])).rejects.toThrow("processItem is missing");
});

it("NetworkOptimizer sends equal items once, and marks a body as compressed only when it is", async () => {
  const sent: unknown[] = [];
  class Network extends NetworkOptimizer {
    override async executeBatchRequest(_: string, items: readonly unknown[]): Promise<readonly unknown[]> {
      sent.push(items);
      return items.map((item) => JSON.stringify(item));
    }
  }
  const network = new Network();
  const answers = await Promise.all([{ id: 1 }, { id: 2 }, { id: 1 }].map((item) => network.batchRequest("/items", item)));
  expect(answers).toEqual(['{"id":1}', '{"id":2}', '{"id":1}']);
  expect(sent).toEqual([[{ id: 1 }, { id: 2 }]]);
  const small = await network.compressPayload({ a: 1 });
  expect([small.compressed, small.headers["content-encoding"], Buffer.from(small.data).toString()]).toEqual([false, undefined, '{"a":1}']);
  const large = await network.compressPayload({ a: "x".repeat(5000) });
  expect([large.compressed, large.headers["content-encoding"]]).toEqual([true, "gzip"]);
  expect(JSON.parse(gunzipSync(large.data).toString())).toEqual({ a: "x".repeat(5000) });
});

it("MemoryOptimizer gives results one by one and holds one batch", async () => {
  let [read, most, given] = [0, 0, 0];
  function* rows() {
    for (; read < 10_000; read += 1) yield read;
  }
  const memory = new MemoryOptimizer((batch: number[]) => batch.map((row) => row + 1));
  for await (const row of memory.processLargeDataset(rows(), 100)) {
    given += 1;
    most = Math.max(most, read - given);
    expect(row).toBe(given);
  }
  expect(given).toBe(10_000);
  expect(most).toBeLessThanOrEqual(100);
  const pool = memory.createObjectPool(
    () => ({ n: 0 }),
    (object) => (object.n = 0),
    1,
  );
  const one = pool.acquire();
  pool.release(one);
  expect(pool.acquire()).toBe(one);
});

it("PerformanceMonitor keeps this and routes with colons, and counts failed calls", async () => {
  const monitor = new PerformanceMonitor();
  const service = {
    rate: 2,
    price: monitor.trackResponseTime(function price(this: { rate: number }, amount: number) {
      return amount * this.rate;
    }),
  };
  expect(service.price(3)).toBe(6);
  await expect(monitor.trackResponseTime(() => Promise.reject(new Error("no")), "GET /u/:id")()).rejects.toThrow("no");
  for (let n = 0; n < 200_000; n += 1) monitor.recordMetric("size", "GET /u/:id", n);
  monitor.trackDatabaseQuery("select * from users where name = 'Ada'", 1500);
  const report = monitor.generatePerformanceReport();
  monitor.close();
  expect(report.metrics["call_duration_seconds"]?.map(({ labels }) => labels)).toEqual([
    { name: "price", outcome: "ok" },
    { name: "GET /u/:id", outcome: "error" },
  ]);
  expect(report.metrics["size"]?.[0]).toMatchObject({ labels: { operation: "GET /u/:id" }, value: { count: 200_000, max: 199_999 } });
  expect(report.slowStatements.map(({ statement }) => statement)).toEqual(["select * from users where name = ?"]);
});
