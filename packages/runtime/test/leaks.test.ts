/** No timer, listener, wrapper or unhandled rejection is left when something has ended. */
import { createServer } from "node:http";
import { setTimeout as later } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import * as runtime from "../src/index.ts";

const open = { timers: new Set<unknown>(), listeners: new Map<AbortSignal, Map<unknown, boolean>>(), rejections: [] as unknown[] };
const { setTimeout: setReal, clearTimeout: clearReal, setInterval: setRealInterval, clearInterval: clearRealInterval } = globalThis;
const { addEventListener, removeEventListener } = AbortSignal.prototype;
const onRejection = (reason: unknown) => open.rejections.push(reason);

beforeEach(() => {
  open.timers.clear();
  open.listeners.clear();
  open.rejections = [];
  process.on("unhandledRejection", onRejection);
  const replaced = globalThis as unknown as Record<string, unknown>;
  replaced["setTimeout"] = (run: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => {
    const timer = setReal(() => {
      open.timers.delete(timer);
      run(...args);
    }, ms);
    open.timers.add(timer);
    return timer;
  };
  replaced["setInterval"] = (run: () => void, ms?: number) => {
    const timer = setRealInterval(run, ms);
    open.timers.add(timer);
    return timer;
  };
  for (const [name, real] of [
    ["clearTimeout", clearReal],
    ["clearInterval", clearRealInterval],
  ] as const)
    replaced[name] = (timer?: NodeJS.Timeout) => {
      open.timers.delete(timer);
      real(timer);
    };
  AbortSignal.prototype.addEventListener = function (this: AbortSignal, ...args: Parameters<typeof addEventListener>) {
    const of = open.listeners.get(this) ?? new Map<unknown, boolean>();
    open.listeners.set(this, of);
    of.set(args[1], (args[2] as { once?: boolean } | undefined)?.once === true);
    addEventListener.apply(this, args);
  };
  AbortSignal.prototype.removeEventListener = function (this: AbortSignal, ...args: Parameters<typeof removeEventListener>) {
    open.listeners.get(this)?.delete(args[1]);
    removeEventListener.apply(this, args);
  };
});

afterEach(() => {
  Object.assign(globalThis, {
    setTimeout: setReal,
    clearTimeout: clearReal,
    setInterval: setRealInterval,
    clearInterval: clearRealInterval,
  });
  AbortSignal.prototype.addEventListener = addEventListener;
  AbortSignal.prototype.removeEventListener = removeEventListener;
  process.off("unhandledRejection", onRejection);
});

const fail = () => Promise.reject(new Error("failed"));
const never = () => new Promise<never>(() => {});

/** Each is used in good and bad ways and ends; then nothing may be left. */
const uses: Readonly<Record<string, () => Promise<unknown>>> = {
  async cache() {
    const store = runtime.redisStore({ get: never, set: fail, del: fail, scan: fail, eval: fail }, { timeout: 5 });
    const cache = runtime.createCache({ ttl: 10, stale: 10_000, store, onError: () => {} });
    await Promise.allSettled([cache.getOrSet("a", fail), cache.getOrSet("a", () => 1), cache.getOrSet("b", () => 1), cache.delete("a")]);
    await later(15);
    await cache.getOrSet("b", fail);
    await cache.clear();
    await later(10);
  },
  async mapConcurrent() {
    const stop = new AbortController();
    await Promise.allSettled([
      runtime.mapConcurrent([1, 2, 3], () => 1, { concurrency: 2, signal: stop.signal }),
      runtime.mapConcurrent([1, 2, 3], fail, { concurrency: 2, signal: stop.signal }),
      runtime.mapConcurrent([1, 2, 3], () => later(3).then(fail), { concurrency: 3 }),
    ]);
    const stopped = runtime.mapConcurrent([1, 2], never, { concurrency: 2, signal: stop.signal });
    stop.abort();
    await Promise.allSettled([stopped]);
    await later(5);
  },
  async createLimiter() {
    const limit = runtime.createLimiter(1);
    const stop = new AbortController();
    const calls = [limit(() => later(3)), limit(fail, stop.signal), limit(() => 1, stop.signal)];
    stop.abort();
    await Promise.allSettled(calls);
  },
  async createBatcher() {
    const batcher = runtime.createBatcher<number, number>({ load: fail, window: 2 });
    const stop = new AbortController();
    const calls = [batcher.load(1, stop.signal), batcher.load(2), batcher.load(3, new AbortController().signal)];
    stop.abort();
    await Promise.allSettled(calls);
    void batcher.load(4).catch(() => {});
    batcher.flush();
    await later(1);
  },
  async retry() {
    const stop = new AbortController();
    await Promise.allSettled([
      runtime.retry(fail, { delay: 1, signal: stop.signal, timeout: 60_000 }),
      runtime.retry(never, { attempts: 1, timeout: 2, signal: stop.signal }),
      runtime.withTimeout(() => 1, 60_000, stop.signal),
    ]);
    const waiting = runtime.retry(fail, { delay: 60_000, maxDelay: 60_000, random: () => 1, signal: stop.signal });
    await later(1);
    stop.abort();
    await Promise.allSettled([waiting]);
  },
  async createQueue() {
    const queue = runtime.createQueue<number>({
      handler: (n) => (n === 1 ? fail() : never()),
      attempts: 2,
      timeout: 50_000,
      backoff: { delay: 1 },
    });
    await queue.add(1);
    await queue.add(2);
    await queue.add(3, { delay: 60_000 });
    await later(5);
    await queue.close({ timeout: 5 });
  },
  async batches() {
    for await (const batch of runtime.batches([1, 2, 3], 2, new AbortController().signal)) if (batch.length === 1) break;
  },
  async createMonitor() {
    const server = createServer((_, response) => response.end("ok"));
    const monitor = new runtime.PerformanceMonitor({ interval: 1 });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    const driver = { query: fail };
    monitor.monitor.watch(driver);
    await Promise.allSettled([driver.query(), monitor.trackResponseTime(fail)()]);
    // node:http's own agent, because that of fetch keeps timers of its own.
    const { get } = await import("node:http");
    await new Promise<void>((resolve) =>
      get({ port, host: "127.0.0.1", agent: false }, (response) => response.resume().on("end", resolve)),
    );
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    monitor.close();
    expect(driver.query).toBe(fail);
  },
  async fronts() {
    const optimizer = new runtime.AsyncOptimizer<number, number>((n) => (n === 2 ? fail() : n), { attempts: 1 });
    await Promise.allSettled([optimizer.processDataParallel([1, 2, 3], 2), optimizer.processWithQueue([1, 2])]);
    await optimizer.close();
  },
};

it.each(Object.keys(uses))("%s leaves nothing behind", async (name) => {
  // The test runner listens too.
  open.listeners.clear();
  await uses[name]?.();
  await new Promise<void>((resolve) => setImmediate(resolve));
  // One that listens once is gone when its signal has aborted.
  const listeners = [...open.listeners].flatMap(([signal, of]) => [...of.values()].filter((once) => !(once && signal.aborted)));
  expect({ timers: open.timers.size, listeners: listeners.length, rejections: open.rejections }).toEqual({
    timers: 0,
    listeners: 0,
    rejections: [],
  });
});
