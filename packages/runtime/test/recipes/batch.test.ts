import assert from "node:assert/strict";
import { test } from "vitest";
import { createBatcher } from "../../src/batch.ts";

const later = (ms = 5) => new Promise((resolve) => setTimeout(resolve, ms));

test("what is asked for together is asked for once, each key once", async () => {
  const batches = new Set();
  const batcher = createBatcher({
    load: async (keys: readonly number[]) => {
      batches.add(keys.join());
      return keys.map((key) => key * 10);
    },
  });
  assert.deepEqual(await Promise.all([1, 2, 1, 3].map((key) => batcher.load(key))), [10, 20, 10, 30]);
  assert.deepEqual([...batches], ["1,2,3"]);
});

test("a lone call waits for nobody: no timer is set", async () => {
  const batcher = createBatcher({ load: async (keys: readonly string[]) => [...keys] });
  let timers = 0;
  const original = globalThis.setTimeout;
  globalThis.setTimeout = Object.assign((...args: Parameters<typeof setTimeout>) => ((timers += 1), original(...args)), original);
  try {
    assert.equal(await batcher.load("a"), "a");
  } finally {
    globalThis.setTimeout = original;
  }
  assert.equal(timers, 0);
});

test("an Error among the answers is that key's alone", async () => {
  const batcher = createBatcher({
    load: async (keys: readonly number[]) => keys.map((key) => (key === 2 ? new Error("no such row") : key)),
  });
  const results = await Promise.allSettled([1, 2, 3].map((key) => batcher.load(key)));
  assert.deepEqual(
    results.map(({ status }) => status),
    ["fulfilled", "rejected", "fulfilled"],
  );
});

test("an answer of the wrong length is an error for everybody, and no undefined", async () => {
  const batcher = createBatcher({ load: async (keys: readonly number[]) => keys.slice(1) });
  const results = await Promise.allSettled([1, 2].map((key) => batcher.load(key)));
  assert.ok(results.every(({ status }) => status === "rejected"));
});

test("a Map answers by key, and what it lacks is undefined", async () => {
  const batcher = createBatcher({ load: async (keys: readonly number[]) => new Map(keys.slice(0, 1).map((key) => [key, "one"])) });
  assert.deepEqual(await Promise.all([batcher.load(1), batcher.load(2)]), ["one", undefined]);
});

test("no batch is larger than its limit", async () => {
  const sizes = new Set();
  const batcher = createBatcher({
    maxSize: 3,
    load: async (keys: readonly number[]) => {
      sizes.add(keys.length);
      return [...keys];
    },
  });
  await Promise.all([1, 2, 3, 4, 5, 6, 7].map((key) => batcher.load(key)));
  assert.deepEqual([...sizes], [3, 1]);
});

test("a window waits for more, and a caller who leaves takes the key along", async () => {
  const batches = new Set();
  const batcher = createBatcher({
    window: 10,
    load: async (keys: readonly number[]) => {
      batches.add(keys.join());
      return [...keys];
    },
  });
  const stop = new AbortController();
  const first = batcher.load(1);
  const second = batcher.load(2, stop.signal);
  await later(2);
  stop.abort(new Error("gone"));
  const third = batcher.load(3);
  await assert.rejects(second, /gone/);
  assert.deepEqual(await Promise.all([first, third]), [1, 3]);
  assert.deepEqual([...batches], ["1,3"]);
});

test("objects are the same key by what keyOf gives", async () => {
  const batcher = createBatcher({
    keyOf: (key: { id: number }) => key.id,
    load: async (keys) => keys.map(() => keys.length),
  });
  assert.deepEqual(await Promise.all([batcher.load({ id: 1 }), batcher.load({ id: 1 })]), [1, 1]);
});
