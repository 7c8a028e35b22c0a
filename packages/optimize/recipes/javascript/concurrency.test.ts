import assert from "node:assert/strict";
import { test } from "vitest";
import { mapConcurrent } from "./concurrency.ts";

const later = (ms = 1) => new Promise((resolve) => setTimeout(resolve, ms));

test("results come in the order of the items, and no more than so many run at once", async () => {
  let [running, most] = [0, 0];
  const results = await mapConcurrent(
    [5, 1, 3, 2, 4],
    async (n) => {
      most = Math.max(most, (running += 1));
      await later(n);
      running -= 1;
      return n * 2;
    },
    { concurrency: 2 },
  );
  assert.deepEqual(results, [10, 2, 6, 4, 8]);
  assert.equal(most, 2);
});

test("a slow item holds up nothing", async () => {
  let release = () => {};
  const held = new Promise((resolve) => {
    release = () => resolve(undefined);
  });
  const done = new Set();
  const all = mapConcurrent([0, 1, 2, 3, 4, 5], async (n) => (n === 0 ? held : done.add(n)), { concurrency: 2 });
  await later(20);
  assert.equal(done.size, 5, "all others have ended while the first still runs");
  release();
  await all;
});

test("the first error rejects, and nothing further starts", async () => {
  const started = new Set();
  const run = async (n: number) => {
    started.add(n);
    await later(n === 1 ? 1 : 20);
    if (n === 1) throw new Error("bad item");
  };
  await assert.rejects(mapConcurrent([0, 1, 2, 3, 4], run, { concurrency: 2 }), /bad item/);
  await later(30);
  assert.deepEqual([...started], [0, 1]);
});
