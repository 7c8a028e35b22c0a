/** Requests for a second of the client's processor time: the slope between a short and a long run, so that what starting costs is in neither. */
import { fileURLToPath } from "node:url";
import { turns } from "../../packages/optimize/dist/model/statistics.js";
import { timed } from "./tools.js";

const own = fileURLToPath(new URL("../../packages/optimize/bin/optimize.js", import.meta.url));
const autocannon = fileURLToPath(new URL("./node_modules/autocannon/autocannon.js", import.meta.url));

/** @typedef {{ name: string, command: (seconds: number, isLong: boolean) => string[], count: (out: string) => number, env?: Record<string, string> }} Client */

/**
 * A fixed number of requests, so that a machine that is busy with other things makes the run longer and not its figure another one: what is compiled while it runs
 * is compiled in the short run.
 *
 * @param {string} url
 * @param {readonly [short: number, long: number]} requests
 * @param {string[]} more
 * @returns {Client}
 */
const optimize = (url, [short, long], more = []) => ({
  name: "optimize",
  command: (_seconds, isLong) => [
    process.execPath,
    own,
    "load",
    url,
    "--users",
    "64",
    "--connections",
    "64",
    "--workers",
    "1",
    "--duration",
    "600s",
    "--format",
    "json",
    "--iterations",
    String(isLong ? long : short),
    ...more,
  ],
  count: (out) => {
    const { total } = JSON.parse(out);
    if (total.failed > 0) throw new Error(`${total.failed} requests failed`);
    return total.requests;
  },
});

/** @param {string} url @returns {Client} */
const wrk = (url) => ({
  name: "wrk",
  command: (seconds) => ["wrk", "-t1", "-c64", `-d${Math.round(seconds)}s`, url],
  count: (out) => Number(/(\d+) requests in/.exec(out)?.[1]),
});

/** @param {string} url @returns {Client[]} */
export const plainClients = (url) => [
  optimize(url, [200_000, 600_000]),
  wrk(url),
  {
    name: "autocannon",
    command: (seconds) => [process.execPath, autocannon, "-c", "64", "-d", String(Math.round(seconds)), "-j", url],
    count: (out) => JSON.parse(out).requests.total,
  },
  {
    name: "hey",
    command: (seconds) => ["hey", "-c", "64", "-z", `${Math.round(seconds)}s`, url],
    // It forgets what is beyond a million results when it prints codes; the rate is right.
    count: (out) => Number(/Requests\/sec:\s+([\d.]+)/.exec(out)?.[1]) * Number(/Total:\s+([\d.]+)/.exec(out)?.[1]),
    env: { GOMAXPROCS: "1" },
  },
];
/** @param {string} url @param {string} cert @returns {Client[]} */
export const secureClients = (url, cert) => [optimize(url, [100_000, 300_000], ["--ca", cert]), wrk(url)];
/** @param {string} url @param {string} cert @returns {Client[]} */
export const http2Clients = (url, cert) => [
  optimize(url, [100_000, 400_000], ["--ca", cert, "--http2"]),
  {
    name: "h2load",
    command: (seconds) => ["h2load", "-t1", "-c8", "-m8", "-D", String(Math.round(seconds)), url],
    count: (out) => Number(/requests: \d+ total, \d+ started, (\d+) done/.exec(out)?.[1]),
  },
];

/**
 * @param {readonly Client[]} clients
 * @param {{ rounds: number, short: number, long: number, core: number, print: (line: string) => void, missing: readonly string[] }} how
 * @returns {Promise<{ measured: Map<string, number[]>, failed: Map<string, string> }>}
 */
export async function efficiency(clients, { rounds, short, long, core, print, missing }) {
  const measured = new Map();
  const failed = new Map();
  for (const [round, turn] of turns(clients, rounds).entries()) {
    const said = [];
    for (const { name, command, count, env } of turn) {
      if (missing.includes(name)) failed.set(name, "is missing");
      if (failed.has(name)) continue;
      try {
        const points = [];
        for (const seconds of [short, long]) {
          const { out, err, cpu } = await timed(core, command(seconds, seconds === long), env === undefined ? {} : { env });
          const requests = count(out);
          if (!(requests > 0 && cpu > 0)) throw new Error(`no figures: ${err.slice(-200)}`);
          points.push({ requests, cpu });
        }
        const [a, b] = points;
        const value = ((b?.requests ?? 0) - (a?.requests ?? 0)) / ((b?.cpu ?? 0) - (a?.cpu ?? 0));
        if (!(value > 0)) throw new Error("the longer run took no more than the shorter one");
        measured.set(name, [...(measured.get(name) ?? []), value]);
        said.push(`${name} ${Math.round(value)}`);
      } catch (error) {
        failed.set(name, error instanceof Error ? error.message : String(error));
        measured.delete(name);
      }
    }
    print(`  ${round + 1}: ${said.join(", ")}`);
  }
  return { measured, failed };
}
