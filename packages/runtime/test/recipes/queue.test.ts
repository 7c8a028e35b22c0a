import assert from "node:assert/strict";
import { test } from "vitest";
import { createQueue } from "../../src/queue.ts";

const later = (ms = 5) => new Promise((resolve) => setTimeout(resolve, ms));
const soon = { delay: 1, maxDelay: 2 };

test("a few jobs run at once, and all of them run", async () => {
  let [running, most] = [0, 0];
  const queue = createQueue({
    concurrency: 2,
    handler: async (n: number) => {
      most = Math.max(most, (running += 1));
      await later(1);
      running -= 1;
      return n;
    },
  });
  const jobs = await Promise.all([1, 2, 3, 4, 5].map((n) => queue.add(n)));
  assert.deepEqual(await Promise.all(jobs.map((job) => job.finished())), [1, 2, 3, 4, 5]);
  assert.equal(most, 2);
  assert.equal((await queue.stats()).completed, 5);
});

test("a job that fails is tried again, and the hook hears of the last failure", async () => {
  const failed = new Set();
  const attempts = new Set();
  const queue = createQueue({
    backoff: soon,
    attempts: 3,
    onFailed: (error) => failed.add(String(error)),
    handler: (_: string, { attempt }) => {
      attempts.add(attempt);
      throw new Error(`attempt ${attempt}`);
    },
  });
  const job = await queue.add("a");
  await assert.rejects(job.finished(), /attempt 3/);
  await queue.drain();
  assert.deepEqual([...attempts], [1, 2, 3]);
  assert.deepEqual([...failed], ["Error: attempt 3"]);
  assert.equal((await queue.stats()).failed, 1);
});

test("a job whose id waits or runs is not added again", async () => {
  let runs = 0;
  const queue = createQueue({
    handler: async () => {
      runs += 1;
      await later();
    },
  });
  const first = await queue.add("a", { id: "welcome-7" });
  assert.equal(await queue.add("b", { id: "welcome-7" }), first);
  await queue.drain();
  await queue.add("a", { id: "welcome-7" });
  await queue.drain();
  assert.equal(runs, 2);
});

test("a delayed job waits, and drain waits for it", async () => {
  const done = new Set();
  const queue = createQueue({ handler: (name: string) => done.add(name) });
  await queue.add("later", { delay: 20 });
  await queue.add("now");
  await later(5);
  assert.deepEqual([...done], ["now"]);
  assert.equal((await queue.stats()).delayed, 1);
  await queue.drain();
  assert.deepEqual([...done], ["now", "later"]);
});

test("closing waits for what is there and takes nothing more", async () => {
  const done = new Set();
  const queue = createQueue({
    concurrency: 1,
    handler: async (n: number) => {
      await later(2);
      done.add(n);
    },
  });
  for (const n of [1, 2, 3]) await queue.add(n);
  const closing = queue.close();
  await assert.rejects(queue.add(4), /closed/);
  assert.deepEqual((await closing).left, []);
  assert.equal(done.size, 3);
});

test("what is not done in time is aborted and given back", async () => {
  let aborted = false;
  const queue = createQueue({
    concurrency: 1,
    handler: (_: string, { signal }) =>
      new Promise(() => {
        signal.addEventListener("abort", () => {
          aborted = true;
        });
      }),
  });
  const job = await queue.add("stuck");
  await queue.add("waiting", { delay: 60_000 });
  await later(1);
  const { left } = await queue.close({ timeout: 10 });
  assert.deepEqual(
    left.map(({ data }) => data),
    ["stuck", "waiting"],
  );
  await assert.rejects(job.finished(), /closed/);
  assert.equal(aborted, true);
});

test("a full queue refuses instead of eating the memory", async () => {
  const queue = createQueue({ max: 2, concurrency: 1, handler: () => later() });
  await queue.add(1);
  await queue.add(2);
  await assert.rejects(queue.add(3), /full/);
  await queue.drain();
});

test("an attempt that takes too long fails", async () => {
  const queue = createQueue({ attempts: 1, timeout: 5, handler: () => new Promise(() => {}) });
  await assert.rejects((await queue.add("slow")).finished(), /no result within 5 ms/);
});
