import assert from "node:assert/strict";
import { test } from "vitest";
import { createBatcher } from "./batch.ts";

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
  await batcher.load(1);
  assert.deepEqual([...batches], ["1,2,3", "1"], "nothing is kept after the answer");
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

test("no batch is larger than its limit, and objects are the same by what keyOf gives", async () => {
  const sizes = new Set();
  const batcher = createBatcher({
    maxSize: 2,
    keyOf: (key: { id: number }) => key.id,
    load: async (keys) => {
      sizes.add(keys.length);
      return keys.map(({ id }) => id);
    },
  });
  assert.deepEqual(await Promise.all([1, 2, 2, 3].map((id) => batcher.load({ id }))), [1, 2, 2, 3]);
  assert.deepEqual([...sizes], [2, 1]);
});
