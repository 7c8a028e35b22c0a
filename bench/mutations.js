/**
 * Does broken input break the scan? Takes the sources of this repository, its examples, and any folder that is named, of both
 * languages; cuts, splices, repeats and overwrites them by a seed; and analyses each result alone: read, interpreted, asked by every
 * rule. Counted are files that end the process, faults of the tool's own, and files that take more than a second.
 *
 *     node bench/mutations.js [--files 20000] [--seed 1] [--quick] [--json] [folder]...
 *
 * Each batch runs in a process of its own, so that one that dies is found and the others go on. Times are CPU times; a file
 * over the limit is analysed once more before it counts, so that what the machine still compiles is not its own.
 */
import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  options: { files: { type: "string" }, seed: { type: "string" }, quick: { type: "boolean" }, json: { type: "boolean" } },
  allowPositionals: true,
});
const files = Number(values.files ?? (values.quick === true ? 1000 : 20_000));
const seed = Number(values.seed ?? 1);
const batch = 500;
const limit = 1000;
const program = fileURLToPath(new URL("mutations/batch.js", import.meta.url));

/** @typedef {{ analysed: number, failing: string[], slow: string[], slowest: number }} Batch */

/** @type {Batch} */
const total = { analysed: 0, failing: [], slow: [], slowest: 0 };
/** @type {string[]} */
const dead = [];
for (let from = 0; from < files; from += batch) {
  const to = Math.min(files, from + batch);
  const { status, signal, stdout } = spawnSync(
    process.execPath,
    [program, String(seed), String(from), String(to), String(limit), ...positionals],
    {
      encoding: "utf8",
      maxBuffer: 1e8,
      timeout: 600_000,
    },
  );
  // A process writes the number of each file before it begins: the last one is what killed it.
  const lines = stdout.trimEnd().split("\n");
  const last = lines.at(-1) ?? "";
  if (status !== 0 || !last.startsWith("{")) {
    dead.push(
      `file ${lines.findLast((line) => /^\d+ /.test(line)) ?? String(from)} of seed ${seed} ended the process (${signal ?? String(status)})`,
    );
    continue;
  }
  /** @type {Batch} */
  const one = JSON.parse(last);
  total.analysed += one.analysed;
  total.failing.push(...one.failing);
  total.slow.push(...one.slow);
  total.slowest = Math.max(total.slowest, one.slowest);
  if (values.json !== true) process.stderr.write(`\r${to} of ${files}`);
}

const figures = [
  { name: "mutations-analysed", value: total.analysed, unit: "files", note: `of ${files}, seed ${seed}` },
  {
    name: "mutations-deaths",
    value: dead.length,
    unit: "files",
    goal: "<= 0",
    holds: dead.length === 0,
    note: dead.slice(0, 5).join("; "),
  },
  {
    name: "mutations-faults",
    value: total.failing.length,
    unit: "files",
    goal: "<= 0",
    holds: total.failing.length === 0,
    note: total.failing.slice(0, 5).join("; "),
  },
  {
    name: "mutations-hangs",
    value: total.slow.length,
    unit: "files over 1 s",
    goal: "<= 0",
    holds: total.slow.length === 0,
    note: total.slow.slice(0, 5).join("; "),
  },
  { name: "mutations-slowest", value: Math.round(total.slowest), unit: "ms", note: "the slowest file" },
];
if (values.json === true) {
  const environment = { node: process.version, platform: process.platform, cpus: availableParallelism() };
  console.log(JSON.stringify({ suite: "mutations", environment, figures }, null, 2));
} else {
  process.stderr.write("\n");
  for (const { name, value, unit, note } of figures)
    console.log(`${name.padEnd(22)} ${String(value).padStart(7)} ${unit}${note === "" ? "" : `  ${note}`}`);
}
process.exitCode = figures.some((figure) => figure.holds === false) ? 1 : 0;
