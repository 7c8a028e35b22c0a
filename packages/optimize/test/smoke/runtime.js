/** `@optimize/runtime` with a real Redis, its real clients and BullMQ. What cannot be had is named as not run. */
import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect, folderOf } from "./harness.js";
import { startServers } from "./servers.js";

const peers = fileURLToPath(new URL("../../../runtime/test/peers/", import.meta.url));
const keys = 500_000;
const cleanups = [];

/** Without it nothing here can run; says why. */
async function prepared() {
  if (!existsSync(join(peers, "node_modules"))) return "its clients are not installed: npm ci --prefix packages/runtime/test/peers";
  const { addresses, notRun, stop } = await startServers(["redis"]);
  await stop();
  return addresses.redis === undefined ? `Redis: ${notRun.redis}` : undefined;
}

/** The built runtime as it lies in a program: beside the packages that it can use. */
function installed() {
  const folder = folderOf({ "package.json": '{ "type": "module" }' });
  cpSync(join(peers, "../../dist/esm"), join(folder, "runtime"), { recursive: true });
  for (const file of ["worker.mjs", "pinger.mjs"]) cpSync(join(peers, file), join(folder, file));
  symlinkSync(join(peers, "node_modules"), join(folder, "node_modules"));
  return folder;
}

let why;
const whyNot = () => (why ??= prepared());

/** Runs a check with what it needs, or gives why not. */
const withRedis = (run) => async () => {
  const reason = await whyNot();
  if (reason !== undefined) return reason;
  const require = createRequire(join(peers, "package.json"));
  const folder = installed();
  const runtime = await import(pathToFileURL(join(folder, "runtime/index.js")).href);
  const server = await redisServer();
  const open = [];
  const client = (options = {}) => {
    const made = new (require("ioredis").Redis)(server.port, "127.0.0.1", { retryStrategy: () => 50, ...options });
    made.on("error", () => {});
    open.push(made);
    return made;
  };
  try {
    return await run({ ...runtime, client, server, require, folder });
  } finally {
    for (const one of open) one.disconnect();
    for (const cleanup of cleanups.splice(0)) await cleanup();
    await server.kill();
  }
};

/** A server of our own that can be killed and brought back, on one port. */
async function redisServer() {
  const port = await freePort();
  const data = mkdtempSync(join(tmpdir(), "optimize-redis-"));
  let child;
  const start = async () => {
    const options = ["--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", data];
    child = spawn("redis-server", options.map(String), { stdio: "ignore" });
    while (!(await isOpen(port))) await sleep(20);
  };
  const kill = async () => {
    const ended = once(child, "exit");
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await ended;
  };
  await start();
  return { port, start, kill };
}

async function freePort() {
  const { createServer } = await import("node:net");
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}

function isOpen(port) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}

const until = async (holds, what) => {
  for (let waited = 0; waited < 20_000; waited += 50) {
    if (await holds()) return;
    await sleep(50);
  }
  throw new Error(`${what}: not within 20 s`);
};

export const runtimeChecks = [
  [
    "runtime: processes share a cache through ioredis and node-redis",
    withRedis(async ({ createCache, redisStore, client, server, require }) => {
      const { createClient } = require("redis");
      const other = createClient({ url: `redis://127.0.0.1:${server.port}` });
      await other.connect();
      cleanups.push(() => other.destroy());
      const [one, two] = [client(), other].map((redis) => createCache({ ttl: 60_000, localTtl: 0, store: redisStore(redis) }));
      await one.getOrSet("a", () => ({ at: new Date(7), big: 1n }), { tags: ["t"] });
      const seen = await two.getOrSet("a", () => "loaded", { tags: ["t"] });
      expect(seen.at instanceof Date && seen.big === 1n, "the value comes from the other's load, with its types", String(seen));
      expect(
        (await two.invalidateTags("t")) && (await one.getOrSet("a", () => "new", { tags: ["t"] })) === "new",
        "a tag is invalidated for both",
      );
      await one.set("user:1:x", 1);
      await two.set("user:2:x", 2);
      await two.invalidatePattern("user:*:x");
      expect((await one.get("user:1:x")) === undefined && (await one.get("a")) === "new", "a pattern is invalidated, and no more");
      const prefixed = createCache({ ttl: 60_000, localTtl: 0, store: redisStore(client({ keyPrefix: "p[1]:" })) });
      await prefixed.set("user:1:x", 1);
      await prefixed.invalidatePattern("user:*");
      expect((await prefixed.get("user:1:x")) === undefined, "the client's own key prefix is respected");
      await prefixed.set("z", 1);
      const ttls = await Promise.all((await client().keys("*")).map((key) => client().pttl(key)));
      expect(
        ttls.every((ttl) => ttl > 0),
        "nothing is kept for ever",
        ttls,
      );
      expect(
        [one, two, prefixed].every((cache) => cache.stats().errors === 0),
        "nothing failed",
      );
    }),
  ],
  [
    "runtime: Redis is killed and comes back, and no request fails or loads twice",
    withRedis(async ({ createCache, redisStore, client, server }) => {
      const told = [];
      const make = () =>
        createCache({ ttl: 60_000, localTtl: 0, store: redisStore(client()), onError: (error) => told.push(String(error)) });
      const [cache, other] = [make(), make()];
      const loads = new Map();
      const load = (key) => () => {
        loads.set(key, (loads.get(key) ?? 0) + 1);
        return `value of ${key}`;
      };
      await cache.getOrSet("before", load("before"));
      await server.kill();
      const values = await Promise.all(Array.from({ length: 50 }, (_, n) => cache.getOrSet(`away ${n % 10}`, load(`away ${n % 10}`))));
      expect(
        values.every((value, n) => value === `value of away ${n % 10}`),
        "every caller has the value",
        values,
      );
      expect(
        [...loads.values()].every((count) => count === 1),
        "one load each",
        [...loads],
      );
      expect(told.length > 0, "the hook was told");
      expect((await cache.delete("before")) === false, "an invalidation that could not be told says so");
      await server.start();
      await until(async () => {
        await cache.getOrSet("after", load("after"));
        return (await other.get("after")) === "value of after";
      }, "values are shared again");
    }),
  ],
  [
    `runtime: ${keys.toLocaleString("en")} keys are invalidated by pattern while another client waits for at most 20 ms`,
    withRedis(async ({ createCache, redisStore, client, server, folder }) => {
      const redis = client();
      for (let first = 0; first < keys; first += 10_000)
        await redis.eval(`for i = ${first}, ${first + 9999} do redis.call('SET', 'cache:k:user:' .. i, '0123456789abcdef{}') end`, 0);
      await redis.set("another program's key", "x".repeat(100));
      await redis.config("SET", "slowlog-log-slower-than", 20_000);
      await redis.call("SLOWLOG", "RESET");
      const pinger = fork(join(folder, "pinger.mjs"), [server.port], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
      cleanups.push(() => pinger.kill("SIGKILL"));
      const longest = async () => {
        pinger.send("how long");
        return (await once(pinger, "message"))[0];
      };
      await longest();
      await sleep(1500);
      await longest();
      await sleep(1500);
      const quiet = await longest();
      const cache = createCache({ ttl: 60_000, store: redisStore(redis, { timeout: 10_000 }) });
      expect(await cache.invalidatePattern("user:*"), "it is done");
      const during = await longest();
      expect((await redis.dbsize()) === 1, "only the other program's key is left", await redis.dbsize());
      expect((await redis.call("SLOWLOG", "LEN")) === 0, "no command of Redis took 20 ms", await redis.call("SLOWLOG", "GET"));
      // What the machine itself adds is seen before: on a busy one a process waits for its turn.
      expect(during <= 20 + quiet, `another client waited ${during.toFixed(1)} ms at most, ${quiet.toFixed(1)} ms without it`);
    }),
  ],
  [
    "runtime: jobs over BullMQ survive that their worker is killed",
    withRedis(async ({ createBullQueue, client, server, folder }) => {
      const redis = client();
      const queue = await createBullQueue({ name: "kill", connection: { host: "127.0.0.1", port: server.port } });
      cleanups.push(() => queue.close());
      const worker = () => {
        const child = fork(join(folder, "worker.mjs"), [server.port, "kill"], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
        cleanups.push(() => child.kill("SIGKILL"));
        return child;
      };
      const ids = Array.from({ length: 20 }, (_, n) => n);
      for (const n of ids) await queue.add({ n });
      const first = worker();
      await once(first, "message");
      first.kill("SIGKILL");
      await once(first, "exit");
      const begun = await redis.scard("kill:done");
      expect(begun < ids.length, "the first worker died in the middle", begun);
      worker();
      await queue.drain();
      expect((await redis.scard("kill:done")) === ids.length, "every job was done", await redis.smembers("kill:done"));
      expect((await queue.stats()).failed === 0, "and none failed", await queue.stats());
    }),
  ],
  [
    "runtime: a queue over BullMQ tries again, waits, knows ids and drains when it closes",
    withRedis(async ({ createBullQueue, server }) => {
      const [seen, failed] = [[], []];
      const queue = await createBullQueue({
        name: "all",
        connection: { host: "127.0.0.1", port: server.port },
        concurrency: 1,
        attempts: 3,
        backoff: { delay: 10, maxDelay: 20 },
        onFailed: (error, job) => failed.push(`${error.message} after ${job.attempts}`),
        handler: async ({ name }, { attempt }) => {
          seen.push(`${name} ${attempt}`);
          if (name === "bad" || (name === "second time" && attempt === 1)) throw new Error(name);
          await sleep(50);
          return name.length;
        },
      });
      const good = await queue.add({ name: "good" }, { id: "one:1" });
      await queue.add({ name: "good" }, { id: "one:1" });
      expect((await good.finished()) === 4, "the result comes back");
      const bad = await queue.add({ name: "bad" });
      const message = await bad.finished().catch((error) => error.message);
      expect(message === "bad", "so does the last error", message);
      await queue.add({ name: "second time" });
      await queue.add({ name: "later" }, { delay: 300 });
      await queue.drain();
      await queue.add({ name: "good" }, { id: "one:1" });
      await until(async () => seen.filter((one) => one === "good 1").length === 2, "an id is free again when its job is done");
      await queue.close();
      const rest = seen.filter((one) => !one.startsWith("good"));
      expect(rest.join() === "bad 1,bad 2,bad 3,second time 1,second time 2,later 1", "attempts and delays", seen);
      expect(failed.join() === "bad after 3", "the hook hears of the last failure", failed);
    }),
  ],
];
