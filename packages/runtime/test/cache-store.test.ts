import { expect, it } from "vitest";
import { createCache, redisStore, type CacheOptions } from "../src/cache.ts";
import { createFakeRedis } from "./fake-redis.ts";
import { forSeeds } from "./seeded.ts";

const two = (options: Partial<CacheOptions> = {}) => {
  const redis = createFakeRedis();
  const make = () => createCache({ ttl: 60_000, jitter: 0, store: redisStore(redis), localTtl: 0, onError: () => {}, ...options });
  return { redis, one: make(), other: make() };
};

it("shares what one process loaded with another, with the types that JSON loses", async () => {
  const { one, other } = two();
  const value = { at: new Date(7), tags: new Map([["a", new Set([1n])]]), $type: "Date" };
  await one.getOrSet("a", () => value);
  expect(await other.getOrSet("a", () => "not loaded")).toEqual(value);
});

it("keeps undefined and null in the store too", async () => {
  const { one, other } = two();
  await one.getOrSet("a", () => undefined);
  await one.getOrSet("b", () => null);
  const fail = () => Promise.reject(new Error("not to be loaded"));
  expect(await other.getOrSet("a", fail)).toBe(undefined);
  expect(await other.getOrSet("b", fail)).toBe(null);
});

it("goes to the source exactly once when the store fails, and tells the hook", async () => {
  const seen: string[] = [];
  const { redis, one } = two({ onError: (_, { operation }) => seen.push(operation) });
  redis.state.down = true;
  let loads = 0;
  const load = async () => (loads += 1);
  expect(await Promise.all([one.getOrSet("a", load), one.getOrSet("a", load)])).toEqual([1, 1]);
  expect(seen).toContain("get");
  expect(one.stats().errors).toBeGreaterThan(0);
});

it("leaves a store alone for a while that failed three times in a row", async () => {
  let now = 0;
  const { redis, one } = two({ now: () => now });
  redis.state.down = true;
  for (let time = 0; time < 10; time += 1) await one.getOrSet(`key ${time}`, () => 1);
  const asked = redis.commands.length;
  expect(asked).toBeLessThan(10);
  now = 1000;
  redis.state.down = false;
  await one.getOrSet("again", () => 1);
  expect(redis.commands.length).toBeGreaterThan(asked);
});

it("takes an error of the source for what it is", async () => {
  const { one } = two();
  let loads = 0;
  const fail = async () => {
    loads += 1;
    throw new Error("the database is away");
  };
  await expect(one.getOrSet("a", fail)).rejects.toThrow("the database is away");
  expect(loads).toBe(1);
});

it("does not wait for a store that does not answer", async () => {
  const redis = { ...createFakeRedis(), get: () => new Promise(() => {}) };
  const errors: unknown[] = [];
  const cache = createCache({ ttl: 1000, store: redisStore(redis, { timeout: 10 }), onError: (error) => errors.push(error) });
  expect(await cache.getOrSet("a", () => 1)).toBe(1);
  expect(String(errors[0])).toContain("no answer within 10 ms");
});

it("invalidates by tag in all processes", async () => {
  const { one, other } = two();
  await one.getOrSet("a", () => "old", { tags: ["orders"] });
  expect(await other.getOrSet("a", () => "new", { tags: ["orders"] })).toBe("old");
  expect(await one.invalidateTags("orders")).toBe(true);
  expect(await other.getOrSet("a", () => "new", { tags: ["orders"] })).toBe("new");
});

it("misses when the version of a tag is lost, and never finds what was invalidated again", async () => {
  const { redis, one, other } = two();
  await one.getOrSet("a", () => "old", { tags: ["orders"] });
  await one.invalidateTags("orders");
  for (const key of redis.data.keys()) if (key.includes(":t:")) redis.data.delete(key);
  expect(await other.getOrSet("a", () => "new", { tags: ["orders"] })).toBe("new");
});

it("invalidates by pattern with SCAN, and never with KEYS", async () => {
  const { redis, one, other } = two({ prefix: "shop*:" });
  for (let id = 0; id < 1200; id += 1) await one.set(`user:${id}:profile`, id);
  await one.set("order:1", 1);
  redis.data.set("shopX:k:user:1:profile", "of another program");
  expect(await one.invalidatePattern("user:*:profile")).toBe(true);
  expect(await other.get("user:7:profile")).toBe(undefined);
  expect(await other.get("order:1")).toBe(1);
  expect(redis.data.has("shopX:k:user:1:profile")).toBe(true);
  expect(redis.commands).toContain("scan");
  expect(redis.commands).not.toContain("keys");
});

it("does not keep in the store what was deleted by another process while it loaded", async () => {
  const { one, other } = two();
  let value = "old";
  const slow = async () => {
    const read = value;
    await new Promise((resolve) => setTimeout(resolve, 10));
    return read;
  };
  const loading = one.getOrSet("a", slow);
  await new Promise((resolve) => setTimeout(resolve, 2));
  value = "new";
  await other.delete("a");
  expect(await loading).toBe("old");
  expect(await other.getOrSet("a", slow)).toBe("new");
});

it("owes an invalidation to a store that is away, and reads nothing from it before it is done", async () => {
  let now = 0;
  const { redis, one, other } = two({ now: () => now });
  await one.getOrSet("a", () => "old");
  redis.state.down = true;
  expect(await one.delete("a")).toBe(false);
  redis.state.down = false;
  expect(await one.getOrSet("a", () => "new")).toBe("new");
  now = 5000;
  await one.getOrSet("b", () => 1);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(await other.getOrSet("a", () => "new")).toBe("new");
});

it("takes what it did not write for nothing", async () => {
  const { redis, one } = two();
  for (const text of [
    "",
    "x",
    "0123456789abcdef",
    "0123456789abcdefnull",
    "0123456789abcdef{}",
    "0123456789abcdef{broken",
    '0123456789abcdef{"tags":[null]}',
  ]) {
    redis.data.set("cache:k:a", text);
    expect(await one.getOrSet("a", () => "loaded")).toBe("loaded");
    await one.delete("a");
  }
});

it("speaks to ioredis, node-redis, valkey-glide and plain methods", async () => {
  const redis = createFakeRedis();
  const run = (name: string, args: string[]) => {
    const methods = redis as unknown as Record<string, (...args: string[]) => Promise<unknown>>;
    return methods[name.toLowerCase()]?.(...args);
  };
  const clients = {
    ioredis: {
      call: (name: string, ...args: string[]) => run(name, args),
      sendCommand: () => Promise.reject(new Error("takes a Command")),
    },
    "node-redis": { sendCommand: ([name = "", ...args]: string[]) => run(name, args) },
    "valkey-glide": { customCommand: ([name = "", ...args]: string[]) => run(name, args) },
    methods: redis,
  };
  for (const [name, client] of Object.entries(clients)) {
    const cache = createCache({ ttl: 1000, store: redisStore(client), prefix: name });
    await cache.set("a", name);
    expect(await createCache({ ttl: 1000, store: redisStore(client), prefix: name }).get("a")).toBe(name);
  }
});

it("never gives a value that was read before the last invalidation that it knows of, whatever the store does", async () => {
  await forSeeds(80, async (random) => {
    const redis = createFakeRedis(random);
    redis.state.failures = random.pick([0, 0, 0.1, 0.4]);
    const keys = ["a", "b"];
    const database = new Map(keys.map((key) => [key, 0]));
    const zeros = () => new Map(keys.map((key) => [key, 0]));
    const processes = [0, 1].map(() => ({
      cache: createCache({ ttl: 60_000, store: redisStore(redis), localTtl: 0, onError: () => {} }),
      /** Versions that a read that begins now may not be older than: by invalidations of this process, and of any. */
      own: zeros(),
      any: zeros(),
      reading: zeros(),
    }));
    const at = (of: Map<string, number>, key: string) => of.get(key) ?? 0;

    async function read(): Promise<void> {
      const [{ cache, own, any, reading }, key] = [random.pick(processes), random.pick(keys)];
      // A read that joins another knows as much of other processes as that one did.
      const expected = at(reading, key) === 0 ? at(any, key) : at(own, key);
      reading.set(key, at(reading, key) + 1);
      const source = async () => {
        const version = at(database, key);
        await random.pause();
        if (random.chance(0.1)) throw new Error("source");
        return version;
      };
      const value = await cache.getOrSet(key, source, { tags: [`tag ${key}`] }).catch((error: Error) => error);
      reading.set(key, at(reading, key) - 1);
      if (value instanceof Error) expect(value.message).toBe("source");
      else expect(value).toBeGreaterThanOrEqual(expected);
    }

    async function write(): Promise<void> {
      const [{ cache, own, any }, key] = [random.pick(processes), random.pick(keys)];
      const version = at(database, key) + 1;
      database.set(key, version);
      const told = random.chance(0.5) ? await cache.delete(key) : await cache.invalidateTags(`tag ${key}`);
      for (const known of told ? [own, ...processes.map((one) => one.any)] : [own, any]) known.set(key, Math.max(version, at(known, key)));
    }

    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let step = 0; step < 12; step += 1) {
          await random.pause();
          await (random.chance(0.7) ? read() : write());
        }
      }),
    );
  });
});
