/**
 * `@optimize/runtime` beside the libraries that one would take otherwise, all in turns: how often a source is loaded, how near a bounded map is to the
 * best that the durations allow, what a lone call waits in a batcher, what measuring costs a request, what a bundle weighs. What it found is in runtime.md.
 *
 *     node bench/runtime.js [--json] [--quick] [--rounds 15]
 *
 * The peers are installed by `npm ci --prefix bench/runtime`; what is not there is named as missing.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import net from "node:net";
import { cpus, loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { median } from "../packages/optimize/dist/model/quantile.js";
import { turns } from "../packages/optimize/dist/model/statistics.js";
import { createBatcher, createCache, createLimiter, createMonitor, mapConcurrent } from "../packages/runtime/dist/esm/index.js";
import { noiseFigure, ratioFigure, show, valueFigure } from "./figures.js";

/** @typedef {import("./figures.js").Figure} Figure */

const { values: flags } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    rounds: { type: "string", default: "15" },
  },
});
const rounds = flags.quick ? 5 : Math.max(1, Number(flags.rounds));
const print = flags.json ? () => {} : console.log;
const begun = loadavg()[0] ?? 0;
/** @type {Figure[]} */
const figures = [];

const require = createRequire(new URL("runtime/package.json", import.meta.url));

/** @param {string} name @returns {Promise<any>} */
async function peer(name) {
  try {
    return require(name);
  } catch {
    // A module, or not there.
  }
  const manifest = fileURLToPath(new URL(`runtime/node_modules/${name}/package.json`, import.meta.url));
  if (!existsSync(manifest)) return undefined;
  let entry = JSON.parse(readFileSync(manifest, "utf8")).exports;
  while (typeof entry === "object") entry = entry["."] ?? entry.import ?? entry.node ?? entry.default;
  return import(new URL(`runtime/node_modules/${name}/${entry}`, import.meta.url).href);
}

/**
 * @param {string} name
 * @param {string} unit
 * @param {string} of  The package that is not there.
 * @returns {Figure}
 */
const missing = (name, unit, of) => ({ name, value: null, unit, note: `${of} is missing: npm ci --prefix bench/runtime` });

const [lru, asyncCache, bento, pMap, pLimit, dataloader, prom, otel] = await Promise.all(
  ["lru-cache", "async-cache-dedupe", "bentocache", "p-map", "p-limit", "dataloader", "prom-client", "@opentelemetry/sdk-metrics"].map(
    peer,
  ),
);

// Loads of the source for 200 concurrent misses of one key.
print("misses");
/** @type {Record<string, ((load: () => Promise<unknown>) => () => Promise<unknown>) | undefined>} */
const caches = {
  runtime: (load) => {
    const cache = createCache({ ttl: 60_000 });
    return () => cache.getOrSet("key", load);
  },
  "lru-cache":
    lru &&
    ((load) => {
      const cache = new lru.LRUCache({ max: 100, ttl: 60_000, fetchMethod: load });
      return () => cache.fetch("key");
    }),
  "async-cache-dedupe":
    asyncCache &&
    ((load) => {
      const cache = asyncCache.createCache({ ttl: 60, storage: { type: "memory" } }).define("key", load);
      return () => cache.key("key");
    }),
  bentocache: bento && (await bentoCache()),
};

/** @returns {Promise<(load: () => Promise<unknown>) => () => Promise<unknown>>} */
async function bentoCache() {
  const { memoryDriver } = await import(new URL("runtime/node_modules/bentocache/build/src/drivers/memory.js", import.meta.url).href);
  return (load) => {
    const cache = new bento.BentoCache({ default: "one", stores: { one: bento.bentostore().useL1Layer(memoryDriver({})) } });
    return () => cache.getOrSet({ key: "key", factory: load, ttl: "60s" });
  };
}

for (const [name, make] of Object.entries(caches)) {
  if (make === undefined) figures.push(missing(`loads-${name}`, "loads", name));
  else {
    let loads = 0;
    const get = make(async () => {
      loads += 1;
      await sleep(20);
      return { loads };
    });
    await Promise.all(Array.from({ length: 200 }, get));
    figures.push(
      valueFigure(
        `loads-${name}`,
        "loads",
        [loads],
        "of the source for 200 concurrent misses of a key",
        name === "runtime" ? 1 : undefined,
      ),
    );
  }
}

// A bounded map of tasks of which a few are long.
const tasks = flags.quick ? 100 : 300;
const places = 5;
/** Milliseconds: most are short, one in twenty is ten times as long. */
const durations = Array.from({ length: tasks }, (_, task) => (task % 20 === 7 ? 60 : 4) + ((task * 7919) % 5));
/** @type {Record<string, ((run: (task: number) => Promise<void>) => Promise<unknown>) | undefined>} */
const maps = {
  runtime: (run) => mapConcurrent(durations.keys(), run, { concurrency: places }),
  "runtime-limiter": (run) => {
    const limit = createLimiter(places);
    return Promise.all(durations.map((_, task) => limit(() => run(task))));
  },
  "p-map": pMap && ((run) => pMap.default([...durations.keys()], run, { concurrency: places })),
  "p-limit":
    pLimit &&
    ((run) => {
      const limit = pLimit.default(places);
      return Promise.all(durations.map((_, task) => limit(() => run(task))));
    }),
  chunks: async (run) => {
    for (let first = 0; first < tasks; first += places)
      await Promise.all(Array.from({ length: Math.min(places, tasks - first) }, (_, index) => run(first + index)));
  },
};
/** @type {Record<string, number[]>} */
const mapped = {};
print(`bounded maps: ${tasks} tasks, ${places} at once`);
for (const turn of turns(
  Object.keys(maps).filter((name) => maps[name] !== undefined),
  flags.quick ? 3 : rounds,
))
  for (const name of turn) {
    /** How long each task really took: timers are late by as much as they are. @type {number[]} */
    const took = [];
    const start = performance.now();
    await maps[name]?.(async (task) => {
      const own = performance.now();
      await sleep(durations[task]);
      took[task] = performance.now() - own;
    });
    (mapped[name] ??= []).push((performance.now() - start) / best(took));
  }
for (const name of Object.keys(maps)) {
  const list = mapped[name];
  if (list === undefined) figures.push(missing(`map-${name}`, "ratio", name));
  else
    figures.push(
      valueFigure(
        `map-${name}`,
        "ratio",
        list,
        "time beside the best for the same durations in the same order",
        name.startsWith("runtime") ? 1.03 : undefined,
      ),
    );
}

/** When each task starts as soon as a place is free. @param {readonly number[]} took */
function best(took) {
  const free = Array.from({ length: places }, () => 0);
  for (const one of took) free[free.indexOf(Math.min(...free))] += one;
  return Math.max(...free);
}

// A lone call in a batcher.
print("lone calls in a batcher");
const calls = 1000;
/** Short and many: what else runs on the machine meanwhile is in few of them. */
const loneRounds = flags.quick ? 31 : 201;
/** @param {readonly number[]} keys */
const answer = async (keys) => keys;
/** @type {Record<string, (() => (key: number) => Promise<number>) | undefined>} */
const batchers = {
  runtime: () => {
    const batcher = createBatcher({ load: answer });
    return (key) => batcher.load(key);
  },
  dataloader:
    dataloader &&
    (() => {
      const loader = new (dataloader.default ?? dataloader)(answer, { cache: false });
      return (key) => loader.load(key);
    }),
};
/** @type {Record<string, number[]>} */
const waited = {};
for (const turn of turns(
  Object.keys(batchers).filter((name) => batchers[name] !== undefined),
  loneRounds,
)) {
  for (const name of turn) {
    const load = batchers[name]?.() ?? (async (/** @type {number} */ key) => key);
    const start = performance.now();
    for (let call = 0; call < calls; call += 1) await load(call);
    (waited[name] ??= []).push(((performance.now() - start) * 1000) / calls);
  }
}
figures.push(valueFigure("lone-batch-runtime", "us", afterWarmUp(waited["runtime"]), "a lone call, from asking to the answer"));
if (waited["dataloader"] === undefined) figures.push(missing("lone-batch-vs-dataloader", "ratio", "dataloader"));
else
  figures.push(
    valueFigure("lone-batch-dataloader", "us", afterWarmUp(waited["dataloader"]), "without its cache"),
    ratioFigure("lone-batch-vs-dataloader", afterWarmUp(waited["runtime"]), afterWarmUp(waited["dataloader"]), "a lone call", 1.2),
  );

/** @param {readonly number[] | undefined} list */
function afterWarmUp(list = []) {
  return list.slice(1);
}

// Counting a request: method, route and status, 80 series.
print("counting a request");
const counted = flags.quick ? 50_000 : 300_000;
const routes = Array.from({ length: 20 }, (_, index) => `/route/${index}/:id`);
const methods = ["GET", "POST"];
const statuses = ["200", "500"];
/** @type {Record<string, (() => { record: (method: string, route: string, status: string) => void, close?: () => void }) | undefined>} */
const recorders = {
  monitor: () => {
    const monitor = createMonitor();
    return { record: (method, route, status) => monitor.request(method, route, status, 0.012), close: () => monitor.close() };
  },
  "monitor-again": () => {
    const monitor = createMonitor();
    return { record: (method, route, status) => monitor.request(method, route, status, 0.012), close: () => monitor.close() };
  },
  "prom-client":
    prom &&
    (() => {
      const { Histogram, Registry } = prom.default ?? prom;
      const histogram = new Histogram({ name: "x", help: "x", labelNames: ["method", "route", "status"], registers: [new Registry()] });
      return { record: (method, route, status) => histogram.observe({ method, route, status }, 0.012) };
    }),
  opentelemetry:
    otel &&
    (() => {
      const { MeterProvider, PeriodicExportingMetricReader, InMemoryMetricExporter, AggregationTemporality } = otel.default ?? otel;
      const reader = new PeriodicExportingMetricReader({
        exporter: new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE),
        exportIntervalMillis: 3_600_000,
      });
      const histogram = new MeterProvider({ readers: [reader] }).getMeter("x").createHistogram("x", { unit: "s" });
      return {
        record: (method, route, status) =>
          histogram.record(0.012, { "http.request.method": method, "http.route": route, "http.response.status_code": status }),
        close: () => void reader.shutdown(),
      };
    }),
};
/** @type {Record<string, number[]>} */
const recorded = {};
for (const turn of turns(
  Object.keys(recorders).filter((name) => recorders[name] !== undefined),
  rounds + 1,
))
  for (const name of turn) {
    const recorder = recorders[name]?.();
    if (recorder === undefined) continue;
    const { user: before } = process.cpuUsage();
    for (let n = 0; n < counted; n += 1) recorder.record(methods[n % 2] ?? "", routes[n % 20] ?? "", statuses[(n >> 1) % 2] ?? "");
    (recorded[name] ??= []).push((process.cpuUsage().user - before) / counted);
    recorder.close?.();
  }
figures.push(
  valueFigure("record-monitor", "us", afterWarmUp(recorded["monitor"]), "processor time of counting a request by hand, 80 series"),
);
for (const [name, most] of /** @type {const} */ ([
  ["prom-client", 0.5],
  ["opentelemetry", 0.33],
])) {
  const list = recorded[name];
  if (list === undefined) figures.push(missing(`record-vs-${name}`, "ratio", name));
  else
    figures.push(
      valueFigure(`record-${name}`, "us", afterWarmUp(list), "the same"),
      ratioFigure(`record-vs-${name}`, afterWarmUp(recorded["monitor"]), afterWarmUp(list), "counting a request", most),
    );
}
figures.push(
  noiseFigure(
    "record-noise",
    afterWarmUp(recorded["monitor-again"]),
    afterWarmUp(recorded["monitor"]),
    "a smaller difference between two medians of so many rounds is none",
  ),
);

// The whole of it: processor time of a server for a request. All servers stand at once and are asked in turns, a part of the requests at a time:
// a machine that is busy for a second is so for all of them.
const connections = 8;
const [warm, asked, parts] = flags.quick ? [2000, 8000, 10] : [6000, 24_000, 30];
/** @type {Record<string, number[]>} */
const spent = {};
const byHand = [...(prom ? ["prom-client"] : []), ...(otel ? ["opentelemetry", "opentelemetry-http"] : [])];
const variants = ["nothing", "nothing-again", "monitor", "monitor-by-hand", ...byHand];
print("processor time of a server for a request");
for (const [round, turn] of turns(variants, rounds).entries()) {
  const servers = await Promise.all(turn.map(async (name) => /** @type {const} */ ([name, await observedServer(name)])));
  for (const [, { load }] of servers) await load(warm);
  /** @type {Record<string, number[]>} */
  const took = {};
  for (const order of turns(servers, parts))
    for (const [name, { cpuOf }] of order) (took[name] ??= []).push(((await cpuOf(asked / parts)) * parts) / asked);
  for (const [name, list] of Object.entries(took)) (spent[name] ??= []).push(median(list));
  await Promise.all(servers.map(([, { end }]) => end()));
  print(`  ${round + 1}: ${variants.map((name) => `${name} ${spent[name]?.at(-1)?.toFixed(1)}`).join(", ")}`);
}
figures.push(valueFigure("server-nothing", "us", spent["nothing"] ?? [], "processor time of a server that answers `ok`, for a request"));
const added = (/** @type {string} */ name) => (spent[name] ?? []).map((one, round) => one - (spent["nothing"]?.[round] ?? NaN));
/** @type {Record<string, string>} */
const ways = {
  monitor: "by diagnostics_channel, program unchanged: finds the route, counts who is being served",
  "monitor-by-hand": "`monitor.request` at the response's end, route given",
  "prom-client": "a histogram at the response's end, route given",
  opentelemetry: "a histogram at the response's end, route given",
  "opentelemetry-http": "its HTTP instrumentation, metrics only",
};
for (const [name, way] of Object.entries(ways)) if (spent[name]) figures.push(valueFigure(`server-${name}-adds`, "us", added(name), way));
for (const [name, part] of Object.entries({ "prom-client": 1 / 2, opentelemetry: 1 / 3, "opentelemetry-http": 1 / 3 }))
  for (const mine of spent[name] ? ["monitor", "monitor-by-hand"] : [])
    figures.push(
      valueFigure(
        `server-${mine}-over-${name}`,
        "us",
        added(mine).map((one, round) => one - part * (added(name)[round] ?? NaN)),
        `what it adds beyond ${part === 1 / 2 ? "half" : "a third"} of what ${name} adds`,
        0,
      ),
    );
figures.push(
  valueFigure("server-nothing-again-adds", "us", added("nothing-again"), "between equals: the noise of these figures"),
  noiseFigure(
    "server-noise",
    spent["nothing-again"] ?? [],
    spent["nothing"] ?? [],
    "a smaller difference between two medians of so many rounds is none",
  ),
);

/**
 * A server in a process of its own, and connections to it that stay. Each sends its request when all have their answers: how many the server finds at
 * a time, and so what it spends on finding them, does not depend on how busy the machine is.
 *
 * @param {string} name
 */
async function observedServer(name) {
  const child = fork(fileURLToPath(new URL("./runtime/server.mjs", import.meta.url)), [name], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const said = async () => (await once(child, "message"))[0];
  const { port } = await said();
  const sockets = Array.from({ length: connections }, () => net.connect({ port, host: "127.0.0.1", noDelay: true }));
  await Promise.all(sockets.map((socket) => once(socket, "connect")));
  let sent = 0;

  const load = (/** @type {number} */ count) =>
    new Promise((resolve, reject) => {
      let [left, waiting] = [count, 0];
      const next = () => {
        if (left <= 0) {
          for (const socket of sockets) socket.removeAllListeners("data");
          return resolve(undefined);
        }
        for (const socket of sockets) {
          socket.write(`GET /plain/${(sent += 1) % 900} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
          waiting += 1;
          left -= 1;
        }
      };
      // An answer this small comes in one piece.
      const answered = (/** @type {Buffer} */ data) => {
        if (data.latin1Slice(9, 12) !== "200") return reject(new Error(`${name} answered ${data.latin1Slice(0, 80)}`));
        waiting -= 1;
        if (waiting === 0) next();
      };
      for (const socket of sockets) socket.on("data", answered);
      next();
    });

  const cpu = async () => {
    child.send("cpu");
    const { user, system } = await said();
    return user + system;
  };

  return {
    load,
    /** Microseconds for so many requests. @param {number} count */
    cpuOf: async (count) => {
      const before = await cpu();
      await load(count);
      return (await cpu()) - before;
    },
    end: async () => {
      const ended = once(child, "exit");
      for (const socket of sockets) socket.destroy();
      child.disconnect();
      await ended;
    },
  };
}

// What it weighs.
const { build } = await import("esbuild");
const runtime = fileURLToPath(new URL("../packages/runtime/", import.meta.url));
/** @type {{ exports: Record<string, { source?: string }> }} */
const manifest = JSON.parse(readFileSync(`${runtime}package.json`, "utf8"));
for (const [subpath, { source }] of Object.entries(manifest.exports)) {
  if (source === undefined || !existsSync(runtime + source)) continue;
  const { outputFiles } = await build({
    entryPoints: [runtime + source],
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    external: ["bullmq"],
    write: false,
  });
  const bytes = gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length;
  const name = subpath === "." ? "all" : subpath.slice(2);
  const most = name === "all" ? 12_000 : /monitor|queue/.test(name) ? undefined : 3000;
  figures.push(valueFigure(`size-${name}`, "bytes", [bytes], "bundled and minified by esbuild, gzipped, bullmq external", most));
}

show("runtime", { node: process.version, processors: cpus().length, "load at the start": begun.toFixed(2), rounds }, figures, {
  json: flags.json,
  print: console.log,
});
