import assert from "node:assert/strict";
import { test } from "vitest";
import { createCache } from "../../src/cache.ts";

const later = (ms = 5) => new Promise((resolve) => setTimeout(resolve, ms));

test("200 concurrent misses of a key load it once", async () => {
  const cache = createCache({ ttl: 1000 });
  let loads = 0;
  const load = async () => {
    await later();
    return (loads += 1);
  };
  const values = await Promise.all(Array.from({ length: 200 }, () => cache.getOrSet("a", load)));
  assert.equal(loads, 1);
  assert.ok(values.every((value) => value === 1));
});

test("an error reaches everybody who waited, is not kept, and does not load twice", async () => {
  const cache = createCache({ ttl: 1000 });
  let loads = 0;
  const fail = async () => {
    loads += 1;
    await later();
    throw new Error("the database is away");
  };
  const results = await Promise.allSettled([cache.getOrSet("a", fail), cache.getOrSet("a", fail)]);
  assert.deepEqual(
    results.map(({ status }) => status),
    ["rejected", "rejected"],
  );
  assert.equal(loads, 1);
  assert.equal(await cache.getOrSet("a", () => 2), 2);
});

test("null and undefined are answers, kept for as long as is said", async () => {
  let [now, loads] = [0, 0];
  const cache = createCache({ ttl: 1000, missTtl: 100, jitter: 0, now: () => now });
  const nothing = () => {
    loads += 1;
    return undefined;
  };
  for (let time = 0; time < 3; time += 1) assert.equal(await cache.getOrSet("a", nothing), undefined);
  assert.equal(loads, 1);
  now = 100;
  await cache.getOrSet("a", nothing);
  assert.equal(loads, 2);
});

test("a stale value is given at once while one load renews it", async () => {
  let [now, loads] = [0, 0];
  const cache = createCache({ ttl: 100, stale: 100, jitter: 0, now: () => now });
  const load = async () => {
    await later();
    return (loads += 1);
  };
  await cache.getOrSet("a", load);
  now = 150;
  assert.deepEqual(await Promise.all([cache.getOrSet("a", load), cache.getOrSet("a", load)]), [1, 1]);
  await later(20);
  assert.equal(loads, 2);
  assert.equal(await cache.getOrSet("a", load), 2);
  now = 1000;
  assert.equal(await cache.getOrSet("a", load), 3);
});

test("a failed renewal leaves the old value and is told to the hook", async () => {
  let now = 0;
  const seen = new Set();
  const cache = createCache({ ttl: 100, stale: 100, jitter: 0, now: () => now, onError: (error) => seen.add(error) });
  await cache.getOrSet("a", () => 1);
  now = 150;
  const fail = () => Promise.reject(new Error("away"));
  assert.equal(await cache.getOrSet("a", fail), 1);
  await later();
  assert.equal(seen.size, 1);
  assert.equal(await cache.get("a"), 1);
});

test("keys that were loaded together do not expire together", async () => {
  let [now, loads] = [0, 0];
  let next = 0;
  const cache = createCache({ ttl: 1000, jitter: 0.5, now: () => now, random: () => (next += 0.1) });
  const load = () => (loads += 1);
  for (const key of ["a", "b", "c"]) await cache.getOrSet(key, load);
  now = 880;
  for (const key of ["a", "b", "c"]) await cache.getOrSet(key, load);
  assert.equal(loads, 4, "only c has expired by then: at 850, while a has until 950 and b until 900");
});

test("what was deleted while it was loading is not kept", async () => {
  const cache = createCache({ ttl: 1000 });
  let value = "old";
  const slow = async () => {
    const read = value;
    await later(20);
    return read;
  };
  const first = cache.getOrSet("a", slow, { tags: ["t"] });
  await later();
  value = "new";
  await cache.invalidateTags("t");
  assert.equal(await cache.getOrSet("a", slow), "new");
  assert.equal(await first, "old");
  assert.equal(await cache.get("a"), "new");
});

test("tags and patterns find their entries and no others", async () => {
  const cache = createCache({ ttl: 1000 });
  await cache.set("user:1:profile", 1, { tags: ["user:1"] });
  await cache.set("user:2:profile", 2, { tags: ["user:2"] });
  await cache.set("order:1", 3);
  await cache.invalidateTags("user:1");
  assert.equal(await cache.get("user:1:profile"), undefined);
  assert.equal(await cache.get("user:2:profile"), 2);
  await cache.invalidatePattern("user:*:profile");
  assert.equal(await cache.get("user:2:profile"), undefined);
  assert.equal(await cache.get("order:1"), 3);
  await cache.clear();
  assert.equal(cache.stats().size, 0);
});

test("no more than max entries are kept, the recently used ones", async () => {
  const cache = createCache({ ttl: 1000, max: 2 });
  await cache.set("a", 1);
  await cache.set("b", 2);
  await cache.get("a");
  await cache.set("c", 3);
  assert.deepEqual([await cache.get("a"), await cache.get("b"), await cache.get("c")], [1, undefined, 3]);
});
