import { expect, it } from "vitest";
import { createLimiter, mapConcurrent } from "../src/concurrency.ts";
import { forSeeds } from "./seeded.ts";

it("maps whatever comes, in order, within its limit, until an error or an abort", async () => {
  await forSeeds(200, async (random) => {
    const items = Array.from({ length: random.below(30) }, (_, index) => index);
    const concurrency = random.pick([1, 2, 5, 50, Infinity]);
    const errors = random.pick(["stop", "collect", "settle"] as const);
    const [failing, aborting] = [random.chance(0.5) ? 0.1 : 0, random.chance(0.3)];
    const stop = new AbortController();
    const started: number[] = [];
    const failed: number[] = [];
    const now = { running: 0 };
    let [most, stopped] = [0, false];

    async function* slowly() {
      for (const item of items) {
        await random.pause();
        yield item;
      }
    }
    const run = async (item: number): Promise<number> => {
      expect(stopped, "nothing starts after the end").toBe(false);
      started.push(item);
      most = Math.max(most, (now.running += 1));
      await random.pause();
      now.running -= 1;
      if (random.chance(failing)) {
        failed.push(item);
        throw new Error(`item ${item}`);
      }
      return item * 2;
    };
    if (aborting) setTimeout(() => stop.abort(new Error("aborted")), random.below(4));
    const source = random.chance(0.5) ? items : slowly();
    const outcome = await mapConcurrent(source, run, { concurrency, signal: stop.signal, errors }).then(
      (results) => ({ results }),
      (error: unknown) => ({ error }),
    );
    stopped = true;
    expect(most).toBeLessThanOrEqual(concurrency);
    expect(new Set(started).size).toBe(started.length);
    if ("results" in outcome) {
      const plain = outcome.results.map((result) => (typeof result === "number" ? result : (result as { value?: number }).value));
      expect(plain).toEqual(items.map((item) => (failed.includes(item) ? undefined : item * 2)));
      if (errors !== "settle") expect(failed).toEqual([]);
    } else if (stop.signal.aborted && outcome.error === stop.signal.reason) expect(aborting).toBe(true);
    else if (errors === "stop") expect(String(outcome.error)).toBe(`Error: item ${failed[0]}`);
    else expect((outcome.error as AggregateError).errors.length).toBe(failed.length);
    await random.pause();
    // What still ran at an early end runs out by itself.
    while (now.running > 0) await new Promise<void>((resolve) => setTimeout(resolve, 1));
  });
});

it("closes a source that fails or is left, and passes its error on", async () => {
  for (const errors of ["stop", "collect", "settle"] as const) {
    async function* broken() {
      yield 1;
      throw new Error("the cursor is gone");
    }
    await expect(mapConcurrent(broken(), (n) => n, { concurrency: 3, errors })).rejects.toThrow("the cursor is gone");
  }
  let closed = 0;
  const iterable = {
    [Symbol.iterator]: () => ({ next: () => ({ done: false, value: 1 }), return: () => ({ done: true, value: (closed += 1) }) }),
  };
  await expect(mapConcurrent(iterable, () => Promise.reject(new Error("no")), { concurrency: 2 })).rejects.toThrow("no");
  expect(closed).toBe(1);
});

it("takes items that are promises, and counts one that rejects as the item's error", async () => {
  const items = [Promise.resolve(1), Promise.reject(new Error("late")), 3];
  const results = await mapConcurrent(items, (n) => n, { concurrency: 3, errors: "settle" });
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});

it("maps a hundred thousand items without a limit", async () => {
  const results = await mapConcurrent(Array.from({ length: 100_000 }, (_, n) => n).values(), (n) => n, { concurrency: Infinity });
  expect(results.length).toBe(100_000);
});

it("refuses a limit that is none", async () => {
  for (const concurrency of [0, -1, NaN]) {
    await expect(mapConcurrent([1], (n) => n, { concurrency })).rejects.toThrow(RangeError);
    expect(() => createLimiter(concurrency)).toThrow(RangeError);
  }
});

it("limits calls in the order in which they came, and loses no place to errors and aborts", async () => {
  await forSeeds(200, async (random) => {
    const concurrency = 1 + random.below(4);
    const limit = createLimiter(concurrency);
    const order: number[] = [];
    let [running, most] = [0, 0];
    await Promise.all(
      Array.from({ length: 20 }, async (_, call) => {
        const stop = new AbortController();
        if (random.chance(0.3)) void random.pause().then(() => stop.abort(new Error("aborted")));
        const run = async () => {
          order.push(call);
          most = Math.max(most, (running += 1));
          await random.pause();
          running -= 1;
          if (random.chance(0.2)) throw new Error("failed");
        };
        await limit(run, stop.signal).catch((error: Error) => expect(["failed", "aborted"]).toContain(error.message));
      }),
    );
    expect(most).toBeLessThanOrEqual(concurrency);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(await limit(() => "free")).toBe("free");
  });
});
