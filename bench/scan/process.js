/** One measured process: CPU seconds of all its threads and children, wall seconds, peak memory. */
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** @typedef {{ cpu: number, wall: number, memory: number }} Measure  Seconds, seconds, megabytes (0: not known). */

/** The shell waits for the command and knows what it used: user and system time of everything that it started. */
const script = '"$@" >/dev/null 2>&1; code=$?; times; exit $code';
const probe = new URL("./probe.js", import.meta.url).href;

/**
 * Runs the command with its output thrown away. Throws when its exit code is not among `codes`.
 *
 * @param {readonly string[]} command
 * @param {string} cwd
 * @param {readonly number[]} codes
 * @returns {Measure}
 */
export function measure(command, cwd, codes) {
  const file = join(tmpdir(), `optimize-bench-${process.pid}-memory`);
  rmSync(file, { force: true });
  const begun = performance.now();
  const { status, stdout, error } = spawnSync("sh", ["-c", script, "sh", ...command], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, NODE_OPTIONS: `--import=${probe}`, BENCH_PROBE: file },
  });
  const wall = (performance.now() - begun) / 1000;
  if (error !== undefined) throw error;
  if (!codes.includes(status ?? -1)) throw new Error(`${command.slice(0, 3).join(" ")} ended with ${status}`);
  // Second line: what children used, `0m1.23s 0m0.45s`.
  const children = stdout.trim().split("\n").at(-1) ?? "";
  const cpu = [...children.matchAll(/(\d+)m([\d.,]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds?.replace(",", ".")),
    0,
  );
  return { cpu, wall, memory: peakIn(file) };
}

/** @param {string} file */
function peakIn(file) {
  try {
    return Math.max(...readFileSync(file, "utf8").trim().split("\n").map(Number)) / 1024;
  } catch {
    return 0;
  } finally {
    rmSync(file, { force: true });
  }
}
