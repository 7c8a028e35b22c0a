/**
 * What `optimize load` costs and whether it tells the truth: requests for a second of the client's processor time beside wrk, hey, autocannon and h2load on the same nginx; a
 * target that stands still, beside what the schedule says; comparisons and capacities of computed services; memory. What it found is in load.md.
 *
 *     node bench/load.js [--json] [--quick] [--rounds 5] [--only efficiency,accuracy,simulated,memory,capacity]
 *
 * Tools come from Debian packages, which are installed where this runs as root, and from `npm ci --prefix bench/load`; what is not there is named as missing.
 * The client runs on one core, the target on another.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { ratioFigure, show, valueFigure } from "./figures.js";
import { errorsOf, otherReading, ownReading } from "./load/accuracy.js";
import { efficiency, http2Clients, plainClients, secureClients } from "./load/efficiency.js";
import { poolCapacities } from "./load/pool-capacity.js";
import { startNginx } from "./load/servers.js";
import { capacities, comparisons, histogramFigures } from "./load/simulated.js";
import { installTools } from "./load/tools.js";

/** @typedef {import("./figures.js").Figure} Figure */

const { values: flags } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    rounds: { type: "string" },
    only: { type: "string" },
  },
});
const rounds = Number(flags.rounds ?? (flags.quick ? 1 : 5));
const print = flags.json ? () => {} : console.log;
const wants = (/** @type {string} */ part) => flags.only === undefined || flags.only.split(",").includes(part);
const own = fileURLToPath(new URL("../packages/optimize/bin/optimize.js", import.meta.url));
const { missing } = installTools(print);
if (!existsSync(fileURLToPath(new URL("./load/node_modules/autocannon", import.meta.url)))) missing.push("autocannon");
const folder = mkdtempSync(join(tmpdir(), "optimize-bench-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const [targetCore, clientCore] = [0, cpus().length > 1 ? 1 : 0];
const begun = loadavg()[0] ?? 0;

/** @type {Figure[]} */
const figures = [];

/** A figure that has to be at least so much. @param {Figure} figure @param {number} least @returns {Figure} */
const atLeast = (figure, least) => ({
  ...figure,
  goal: `>= ${least}`,
  holds: Math.min(...(figure.spread ?? [figure.value ?? 0])) >= least,
  missed: Math.max(...(figure.spread ?? [figure.value ?? 0])) < least,
});
/** @param {string} name @param {string} unit @param {string} note @returns {Figure} */
const absent = (name, unit, note) => ({ name, value: null, unit, holds: false, note });
/** A count that is known exactly. @param {string} name @param {number} value @param {string} unit @param {string} goal @param {boolean} holds @param {string} note @returns {Figure} */
const counted = (name, value, unit, goal, holds, note) => ({ name, value: Number(value.toFixed(3)), unit, goal, holds, note });

/** @param {string} label @param {import("./load/efficiency.js").Client[]} clients @param {(readonly [peer: string, least: number])[]} goals */
async function measureEfficiency(label, clients, goals) {
  print(label);
  const { measured, failed } = await efficiency(clients, {
    rounds,
    short: flags.quick ? 1 : 2,
    long: flags.quick ? 3 : 6,
    core: clientCore,
    print,
    missing,
  });
  const mine = measured.get("optimize");
  for (const [peer, least] of goals) {
    const theirs = measured.get(peer);
    const name = `${label}-vs-${peer}`;
    if (mine === undefined || theirs === undefined)
      figures.push(absent(name, "ratio", mine === undefined ? `optimize ${failed.get("optimize")}` : `${peer} ${failed.get(peer)}`));
    else {
      const figure = ratioFigure(name, mine, theirs, "requests for a CPU second of the client, both on the same nginx");
      figures.push(least > 0 ? atLeast(figure, least) : figure);
    }
  }
  for (const [name, list] of measured) figures.push(valueFigure(`${label}-${name}`, "requests/CPU s", list, ""));
}

if (wants("efficiency")) {
  if (missing.includes("nginx") || missing.includes("taskset"))
    figures.push(absent("efficiency", "ratio", `${missing.join(", ")} is missing`));
  else {
    const nginx = await startNginx(folder, targetCore);
    try {
      await measureEfficiency("http1", plainClients(nginx.plain), [
        ["wrk", 0.65],
        ["autocannon", 3],
        ["hey", 0],
      ]);
      await measureEfficiency("tls", secureClients(nginx.secure, nginx.cert), [["wrk", 0.65]]);
      await measureEfficiency("http2", http2Clients(nginx.secure, nginx.cert), [["h2load", 0.12]]);
    } finally {
      nginx.stop();
    }
  }
}

if (wants("accuracy") && missing.includes("nginx")) figures.push(absent("stall", "%", "nginx is missing"));
else if (wants("accuracy")) {
  print("accuracy");
  /** @type {Map<string, number[]>} */
  const errors = new Map();
  let [valid, flagged, starved] = [0, 0, 0];
  for (let round = 0; round < rounds; round++) {
    const reading = await ownReading(folder, clientCore, targetCore, { after: 1500 + ((round * 1700) % 6500) });
    const found = errorsOf(reading);
    print(
      `  ${round + 1}: ${reading.verdict}, truth ${JSON.stringify(reading.truth)}, said ${JSON.stringify(reading.said)}${reading.reasons?.length ? `, ${reading.reasons[0]}` : ""}`,
    );
    if (reading.verdict !== "inconclusive") {
      valid++;
      for (const [name, error] of Object.entries(found)) errors.set(name, [...(errors.get(name) ?? []), error]);
    }
    for (const tool of ["autocannon", "hey"]) {
      if (missing.includes(tool)) continue;
      const other = await otherReading(folder, clientCore, targetCore, tool);
      for (const [name, error] of Object.entries(errorsOf(other))) {
        if (!Number.isNaN(error)) errors.set(`${tool} ${name}`, [...(errors.get(`${tool} ${name}`) ?? []), error]);
      }
    }
    for (const starve of [150, 400]) {
      starved++;
      const { verdict } = await ownReading(folder, clientCore, targetCore, { after: 4500, starve });
      if (verdict === "inconclusive") flagged++;
    }
  }
  for (const [name, most] of /** @type {const} */ ([
    ["p95", 3],
    ["p99", 2],
    ["p99.9", 1],
  ])) {
    const list = errors.get(name);
    if (list === undefined)
      figures.push({
        ...absent(`stall-${name}-error`, "%", `none of ${rounds} runs was valid on this machine: that was said of each of them`),
        goal: `<= ${most}`,
      });
    else figures.push(valueFigure(`stall-${name}-error`, "%", list, `of ${valid} valid runs of ${rounds}; truth from the schedule`, most));
  }
  for (const [name, list] of errors)
    if (name.includes(" ")) figures.push(valueFigure(`stall-${name.replace(" ", "-")}-error`, "%", list, "the same target"));
  for (const tool of ["autocannon", "hey"]) if (missing.includes(tool)) figures.push(absent(`stall-${tool}`, "%", "is missing"));
  figures.push(
    counted(
      "starved-runs-flagged",
      flagged / starved,
      "ratio",
      ">= 1",
      flagged === starved,
      `${flagged} of ${starved}: stopped for 150 or 400 ms each second`,
    ),
  );
}

if (wants("simulated")) {
  print("simulated");
  const { costs, error, exact } = histogramFigures();
  figures.push(
    valueFigure("histogram-record", "ns", costs, "into shared memory", 30),
    counted("histogram-error", error, "%", "<= 0.4", error <= 0.4, "greatest, p1 to p99.99"),
    counted("histogram-merge-differs", exact ? 0 : 1, "count", "<= 0", exact, "seven parts in another order, cell by cell"),
  );
  const pairs = flags.quick ? 50 : 200;
  const equal = await comparisons(pairs, 1, 500);
  const different = equal.faster + equal.slower;
  figures.push(
    counted(
      "equal-called-different",
      (100 * different) / pairs,
      "%",
      "<= 5",
      different <= 0.05 * pairs,
      `${different} of ${pairs}; ${equal.same} same, ${equal.inconclusive} inconclusive`,
    ),
  );
  const slower = (await comparisons(pairs, 1.1, 900)).slower;
  figures.push(
    counted("tenth-found", (100 * slower) / pairs, "%", ">= 90", slower >= 0.9 * pairs, `${slower} of ${pairs}, by p50 and p99 alone`),
  );
  const cases = flags.quick ? 20 : 100;
  const { inside, widths, steps } = await capacities(cases, 20_000);
  figures.push(
    counted("capacity-inside", (100 * inside) / cases, "%", ">= 85", inside >= 0.85 * cases, `${inside} of ${cases} queues`),
    valueFigure("capacity-width", "%", widths, "of the interval"),
    valueFigure("capacity-steps", "count", steps, "of 5 s"),
  );
}

if (wants("capacity")) {
  print("capacity");
  figures.push(...(await poolCapacities({ quick: flags.quick, targetCore, clientCore, missing, print })));
}

if (wants("memory") && !missing.includes("nginx")) {
  print("memory");
  const nginx = await startNginx(folder, targetCore);
  const requests = flags.quick ? 1_000_000 : 10_000_000;
  const child = spawn(
    process.execPath,
    [
      own,
      "load",
      nginx.plain,
      "--users",
      "64",
      "--connections",
      "64",
      "--workers",
      "1",
      "--iterations",
      String(requests),
      "--format",
      "json",
    ],
    { stdio: ["ignore", "pipe", "ignore"] },
  );
  /** @type {number[]} */
  const sizes = [];
  const timer = setInterval(() => {
    try {
      sizes.push(Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1]) / 1024);
    } catch {}
  }, 200);
  let out = "";
  child.stdout.on("data", (data) => (out += data));
  await new Promise((resolve) => child.on("close", resolve));
  clearInterval(timer);
  nginx.stop();
  const done = JSON.parse(out).total.requests;
  // The first tenth is warming up; the last sample may be of a process that is leaving.
  const part = sizes.slice(Math.ceil(sizes.length / 10), -1);
  const middle = (/** @type {number[]} */ list) => [...list].sort((a, b) => a - b)[list.length >> 1] ?? NaN;
  const tenth = Math.max(1, Math.floor(part.length / 10));
  const growth = ((middle(part.slice(-tenth)) - middle(part.slice(0, tenth))) * 10_000_000) / done;
  figures.push(
    counted(
      "memory-growth",
      growth,
      "MB",
      "<= 5",
      growth <= 5,
      `for 10 million requests, from ${done}; ${middle(part).toFixed(0)} MB in the middle`,
    ),
  );
}

for (const tool of ["wrk2", "k6"]) figures.push(absent(tool, "", "is missing: Debian has no package of it"));
figures.push(...missing.map((name) => absent(name, "", "is missing")));
const environment = {
  node: process.version,
  platform: process.platform,
  arch: process.arch,
  cpus: cpus().length,
  cpu: cpus()[0]?.model ?? "",
  rounds,
  load: `${begun.toFixed(1)} before, ${(loadavg()[0] ?? 0).toFixed(1)} after`,
};
show("load", environment, figures, { json: flags.json, print });
