import assert from "node:assert/strict";
import { test } from "vitest";
import { createLimiter, mapConcurrent } from "../../src/concurrency.ts";

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
  const all = mapConcurrent([0, 1, 2, 3, 4, 5], (n) => (n === 0 ? held : done.add(n)), { concurrency: 2 });
  await later(5);
  assert.equal(done.size, 5, "all others have ended while the first still runs");
  release();
  await all;
});

test("the first error stops it, aborts what runs, and starts nothing further", async () => {
  const started = new Set();
  const aborted = new Set();
  await assert.rejects(
    mapConcurrent(
      [0, 1, 2, 3, 4],
      async (n, _, signal) => {
        started.add(n);
        signal.addEventListener("abort", () => aborted.add(n));
        await later(n === 1 ? 1 : 20);
        if (n === 1) throw new Error("bad item");
      },
      { concurrency: 2 },
    ),
    /bad item/,
  );
  await later(30);
  assert.deepEqual([...started], [0, 1]);
  assert.ok(aborted.has(0));
});

test("settle says what became of each, collect throws all errors at the end", async () => {
  const odd = async (n = 0) => {
    if (n % 2 === 1) throw new Error(`odd ${n}`);
    return n;
  };
  const settled = await mapConcurrent([1, 2, 3], odd, { concurrency: 2, errors: "settle" });
  assert.deepEqual(
    settled.map(({ status }) => status),
    ["rejected", "fulfilled", "rejected"],
  );
  await assert.rejects(mapConcurrent([1, 2, 3], odd, { concurrency: 2, errors: "collect" }), (error) => {
    assert.ok(error instanceof AggregateError);
    assert.equal(error.errors.length, 2);
    return true;
  });
});

test("an aborted signal rejects with its reason and closes an asynchronous source", async () => {
  let closed = false;
  async function* endless() {
    try {
      for (let n = 0; ; n += 1) yield n;
    } finally {
      closed = true;
    }
  }
  const stop = new AbortController();
  const all = mapConcurrent(endless(), () => later(2), { concurrency: 3, signal: stop.signal });
  setTimeout(() => stop.abort(new Error("enough")), 10);
  await assert.rejects(all, /enough/);
  await later(10);
  assert.equal(closed, true);
});

test("a limit is shared by calls from anywhere, and one that is aborted leaves the line", async () => {
  const limit = createLimiter(1);
  let release = () => {};
  const first = limit(
    () =>
      new Promise((resolve) => {
        release = () => resolve("first");
      }),
  );
  const stop = new AbortController();
  const second = limit(() => "second", stop.signal);
  const third = limit(() => "third");
  stop.abort(new Error("gone"));
  await assert.rejects(second, /gone/);
  release();
  assert.deepEqual(await Promise.all([first, third]), ["first", "third"]);
});
