/** A target that stands still for a second: what the tools say of it, beside what the schedule says. */
import { fileURLToPath } from "node:url";
import { startStalling } from "./servers.js";
import { timed } from "./tools.js";

const own = fileURLToPath(new URL("../../packages/optimize/bin/optimize.js", import.meta.url));
const autocannon = fileURLToPath(new URL("./node_modules/autocannon/autocannon.js", import.meta.url));
const rate = 1000;
const seconds = 10;
const quantiles = { p95: 0.95, p99: 0.99, "p99.9": 0.999 };

/**
 * Percentiles of the schedule: whoever was to be answered during the stall had to wait for its end; all others take no time that counts.
 *
 * @param {{ from: number, to: number }} stall
 * @returns {Record<string, number>}
 */
export function truthOf({ from, to }) {
  const times = Array.from({ length: rate * seconds }, (_, index) => {
    const at = (index * 1000) / rate;
    return at >= from && at < to ? to - at : 0;
  }).sort((a, b) => a - b);
  return Object.fromEntries(
    Object.entries(quantiles).map(([name, quantile]) => [name, times[Math.ceil(quantile * times.length) - 1] ?? 0]),
  );
}

/** @typedef {{ truth: Record<string, number>, said: Record<string, number>, verdict?: string, reasons?: string[] }} Reading */

/** @type {Record<string, { command: (url: string) => string[], read: (out: string) => Record<string, number> }>} */
const tools = {
  autocannon: {
    command: (url) => [process.execPath, autocannon, "-c", "50", "-R", String(rate), "-d", String(seconds), "-j", url],
    read: (out) => {
      const { latency } = JSON.parse(out);
      return { p95: NaN, "p97.5": latency.p97_5, p99: latency.p99, "p99.9": latency.p99_9 };
    },
  },
  hey: {
    command: (url) => ["hey", "-c", "50", "-q", String(rate / 50), "-z", `${seconds}s`, url],
    read: (out) => {
      const of = (/** @type {number} */ percent) => 1000 * Number(new RegExp(`${percent}% in ([\\d.]+) secs`).exec(out)?.[1]);
      return { p95: of(95), p99: of(99), "p99.9": NaN };
    },
  },
};

/** @param {string} folder @param {number} core @param {number} target @param {string} tool @returns {Promise<Reading>} */
export async function otherReading(folder, core, target, tool) {
  const service = await startStalling(folder, target, { after: 4500, length: 1000 });
  try {
    const { command, read } = tools[tool] ?? { command: () => [], read: () => ({}) };
    const { out } = await timed(core, command(service.url));
    return { truth: truthOf(service.stall()), said: read(out) };
  } finally {
    service.stop();
  }
}

/**
 * What optimize says. `starve` stops it for a while each second, as a machine that has no time for it does.
 *
 * @param {string} folder
 * @param {number} core
 * @param {number} target
 * @param {{ after: number, starve?: number }} how
 * @returns {Promise<Reading>}
 */
export async function ownReading(folder, core, target, { after, starve = 0 }) {
  const service = await startStalling(folder, target, { after, length: 1000 });
  let timer;
  try {
    const command = [process.execPath, own, "load", service.url, "--rate", String(rate), "--duration", `${seconds}s`, "--format", "json"];
    const { out, err } = await timed(core, command, {
      onStart: (pid) => {
        if (starve === 0) return;
        timer = setInterval(() => {
          try {
            process.kill(-pid, "SIGSTOP");
            setTimeout(() => {
              try {
                process.kill(-pid, "SIGCONT");
              } catch {}
            }, starve);
          } catch {}
        }, 1000);
      },
    });
    if (out === "") throw new Error(err.slice(-300));
    const { verdict, reasons, total } = JSON.parse(out);
    return { truth: truthOf(service.stall()), said: total.latency.percentiles, verdict, reasons };
  } finally {
    clearInterval(timer);
    service.stop();
  }
}

/** Parts of 100 by which each percentile differs from the truth. @param {Reading} reading */
export function errorsOf({ truth, said }) {
  return Object.fromEntries(Object.keys(quantiles).map((name) => [name, 100 * Math.abs((said[name] ?? NaN) / (truth[name] ?? NaN) - 1)]));
}
