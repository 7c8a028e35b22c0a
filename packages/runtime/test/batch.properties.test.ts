import { expect, it } from "vitest";
import { createBatcher } from "../src/batch.ts";
import { forSeeds } from "./seeded.ts";

it("gives everybody the answer to their own key, whatever fails and whoever leaves", async () => {
  await forSeeds(200, async (random) => {
    const maxSize = 1 + random.below(5);
    const window = random.pick([undefined, 0, 2]);
    const batcher = createBatcher<number, string>({
      maxSize,
      ...(window === undefined ? {} : { window }),
      load: async (keys) => {
        expect(keys.length).toBeLessThanOrEqual(maxSize);
        expect(new Set(keys).size).toBe(keys.length);
        await random.pause();
        if (random.chance(0.1)) throw new Error("batch");
        const answers = keys.map((key) => (key % 7 === 0 ? new Error(`key ${key}`) : `answer ${key}`));
        return random.chance(0.5) ? answers : new Map(keys.map((key, index) => [key, answers[index] as string]));
      },
    });
    await Promise.all(
      Array.from({ length: 30 }, async () => {
        await random.pause();
        const key = random.below(20);
        const stop = new AbortController();
        if (random.chance(0.2)) void random.pause().then(() => stop.abort(new Error("left")));
        const answer = await batcher.load(key, random.chance(0.5) ? stop.signal : undefined).catch((error: Error) => error);
        if (typeof answer === "string") expect(answer).toBe(`answer ${key}`);
        else expect(["batch", "left", `key ${key}`]).toContain(answer.message);
      }),
    );
  });
});

it("does not ask for what everybody who wanted it has left", async () => {
  const asked: number[] = [];
  const batcher = createBatcher({
    load: async (keys: readonly number[]) => {
      asked.push(...keys);
      return [...keys];
    },
  });
  const stop = new AbortController();
  const left = batcher.load(1, stop.signal);
  const stays = batcher.load(2);
  stop.abort(new Error("left"));
  await expect(left).rejects.toThrow("left");
  await stays;
  expect(asked).toEqual([2]);
  await expect(batcher.load(3, stop.signal)).rejects.toThrow("left");
});

it("joins what continues after other batches: three dependent loads of many are three batches", async () => {
  let batches = 0;
  const batcher = createBatcher({
    load: async (keys: readonly number[]) => {
      batches += 1;
      return [...keys];
    },
  });
  await Promise.all(
    Array.from({ length: 10 }, async (_, n) => {
      await batcher.load(n);
      await batcher.load(n + 100);
      await batcher.load(n + 200);
    }),
  );
  expect(batches).toBe(3);
});

it("sends what waits when it is told to", async () => {
  const batcher = createBatcher({ window: 60_000, load: async (keys: readonly number[]) => [...keys] });
  const answer = batcher.load(1);
  batcher.flush();
  expect(await answer).toBe(1);
});
