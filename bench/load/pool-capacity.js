/** The capacity of a real service: a pool of known size on real PostgreSQL, beside what another tool gets through it at most. */
import { fileURLToPath } from "node:url";
import { startServers } from "../../packages/optimize/test/smoke/servers.js";
import { startPool } from "./servers.js";
import { timed } from "./tools.js";

const own = fileURLToPath(new URL("../../packages/optimize/bin/optimize.js", import.meta.url));
const objective = "p99 < 150ms";
/** Connections, and how many milliseconds each request holds one. */
const pools = /** @type {const} */ ([
  [5, 10],
  [12, 25],
]);

/**
 * @param {{ quick: boolean, targetCore: number, clientCore: number, missing: readonly string[], print: (line: string) => void }} how
 * @returns {Promise<import("../figures.js").Figure[]>}
 */
export async function poolCapacities({ quick, targetCore, clientCore, missing, print }) {
  const absent = (/** @type {string} */ note) => [{ name: "pool-capacity-error", value: null, unit: "%", holds: false, note }];
  if (missing.includes("wrk") || missing.includes("taskset")) return absent(`${missing.join(", ")} is missing`);
  const { addresses, notRun, stop } = await startServers(["pg"]);
  try {
    if (addresses.pg === undefined) return absent(`PostgreSQL is missing: ${notRun.pg}`);
    const figures = [];
    for (const [size, milliseconds] of quick ? pools.slice(0, 1) : pools)
      figures.push(...(await capacityOf({ database: addresses.pg, size, milliseconds, quick, targetCore, clientCore, print })));
    return figures;
  } finally {
    await stop();
  }
}

/**
 * @param {{ database: string, size: number, milliseconds: number, quick: boolean, targetCore: number, clientCore: number, print: (line: string) => void }} how
 * @returns {Promise<import("../figures.js").Figure[]>}
 */
async function capacityOf({ database, size, milliseconds, quick, targetCore, clientCore, print }) {
  const service = await startPool(targetCore, database, size, milliseconds);
  try {
    const name = `pool-of-${size}-capacity-error`;
    const most = await mostThrough(service.url, clientCore, quick);
    const command = ["load", service.url, "--find-capacity", "--slo", objective, "--format", "json"];
    const length = ["--step", quick ? "2s" : "4s", "--max-steps", quick ? "16" : "40"];
    const { out, err } = await timed(clientCore, [process.execPath, own, ...command, ...length]);
    if (out === "") return [{ name, value: null, unit: "%", holds: false, note: err.slice(-200) }];
    const { rate, interval, resource = "no resource named", outcome, reason, limits = [] } = JSON.parse(out);
    if (rate === undefined) return [{ name, value: null, unit: "%", holds: false, note: `${outcome}: ${reason}` }];
    const after = await mostThrough(service.url, clientCore, quick);
    const truth = (most + after) / 2;
    const error = 100 * Math.abs(rate / truth - 1);
    const range = interval.map((/** @type {number} */ end) => Math.round(end)).join(" to ");
    const note = `${Math.round(rate)} (${range}) requests/s at ${objective}; ${size} connections, each held ${milliseconds} ms, let ${Math.round(most)} and ${Math.round(after)} through for wrk; ${resource}`;
    print(`  ${note}`);
    const named = resource.startsWith("pool") && resource.includes(` ${size} connections`);
    const exhausted = limits.find((/** @type {{ resource: string }} */ one) => one.resource === "pool");
    return [
      { name, value: Number(error.toFixed(2)), unit: "%", goal: "<= 10", holds: error <= 10, note },
      {
        name: `pool-of-${size}-named`,
        value: named ? 1 : 0,
        unit: "count",
        goal: ">= 1",
        holds: named,
        note: JSON.stringify(exhausted ?? resource),
      },
    ];
  } finally {
    service.stop();
  }
}

/** Requests a second of 64 connections that never pause: what the pool lets through. @param {string} url @param {number} core @param {boolean} quick */
async function mostThrough(url, core, quick) {
  const { out } = await timed(core, ["wrk", "-t1", "-c64", `-d${quick ? 3 : 8}s`, url]);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(out)?.[1]);
}
