import { expect, it } from "vitest";
import { createQueue } from "../src/queue.ts";
import { forSeeds } from "./seeded.ts";

it("runs every job until it succeeds or its attempts are used up, and never too many at once", async () => {
  await forSeeds(60, async (random) => {
    const concurrency = 1 + random.below(4);
    const attempts = 1 + random.below(3);
    const tried = new Map<number, number>();
    const failed: string[] = [];
    let [running, most] = [0, 0];
    const queue = createQueue<number>({
      concurrency,
      attempts,
      backoff: { delay: 1, maxDelay: 3 },
      onFailed: (_, { id }) => failed.push(id),
      handler: async (n, { attempt }) => {
        most = Math.max(most, (running += 1));
        expect(attempt).toBe((tried.get(n) ?? 0) + 1);
        tried.set(n, attempt);
        await random.pause();
        running -= 1;
        if (random.chance(0.4)) throw new Error("failed");
      },
    });
    const count = random.below(15);
    for (let n = 0; n < count; n += 1) await queue.add(n, random.chance(0.3) ? { delay: random.below(4) } : {});
    await queue.drain();
    const stats = await queue.stats();
    expect(stats).toEqual({ waiting: 0, delayed: 0, running: 0, completed: count - failed.length, failed: failed.length });
    expect(most).toBeLessThanOrEqual(concurrency);
    expect([...tried.values()].every((times) => times <= attempts)).toBe(true);
    expect(tried.size).toBe(count);
  });
});

it("loses no job when it closes: each is done, failed, or given back", async () => {
  await forSeeds(60, async (random) => {
    const done: number[] = [];
    const failed: string[] = [];
    const queue = createQueue<number>({
      concurrency: 2,
      attempts: 2,
      backoff: { delay: 2 },
      onFailed: (_, { id }) => failed.push(id),
      handler: async (n) => {
        await random.pause();
        if (random.chance(0.2)) throw new Error("failed");
        done.push(n);
      },
    });
    const jobs = [];
    for (let n = 0; n < 20; n += 1) jobs.push(await queue.add(n, { delay: random.pick([0, 0, 5, 50_000]) }));
    const { left } = await queue.close({ timeout: random.below(10) });
    expect((await queue.stats()).running).toBe(0);
    const gone = new Set(left.map(({ data }) => data));
    const outcomes = await Promise.allSettled(jobs.map((job) => job.finished()));
    for (const [n, { status }] of outcomes.entries()) {
      expect(gone.has(n) || failed.includes(jobs[n]?.id ?? ""), `job ${n} is ${status}`).toBe(status === "rejected");
    }
  });
});

it("goes on when the hook throws", async () => {
  const warnings: unknown[] = [];
  const listen = (warning: unknown) => warnings.push(warning);
  process.on("warning", listen);
  const queue = createQueue({
    attempts: 1,
    onFailed: () => {
      throw new Error("hook");
    },
    handler: () => Promise.reject(new Error("job")),
  });
  await queue.add(1);
  await queue.drain();
  await queue.add(2);
  await queue.drain();
  await new Promise<void>((resolve) => setTimeout(resolve, 5));
  process.off("warning", listen);
  expect((await queue.stats()).failed).toBe(2);
  expect(warnings.map(String)).toEqual(["Warning: a hook failed: Error: hook"]);
});
