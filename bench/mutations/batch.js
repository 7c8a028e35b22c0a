/** One batch of mutated files in a process of its own: `<seed> <from> <to> <limit in ms> [folder]...`. The last line on stdout is the result. */
import { readFileSync, readdirSync, writeSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { analyzeSources } from "../../packages/optimize/dist/engine/analyze.js";
import { mutate, randomOf } from "./mutate.js";

const [seed = 1, from = 0, to = 0, limit = 1000] = process.argv.slice(2, 6).map(Number);
const root = fileURLToPath(new URL("../..", import.meta.url));
const folders = [join(root, "packages/optimize/src"), join(root, "examples"), join(root, "bench"), ...process.argv.slice(6)];

/** @param {string} folder @returns {string[]} */
function sourcesIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith(".") && entry.name !== "node_modules")
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return sourcesIn(path);
      return entry.isFile() && /\.(?:[cm]?[jt]sx?|py)$/.test(entry.name) ? [path] : [];
    });
}

const paths = folders.flatMap(sourcesIn);
const python = paths.filter((path) => path.endsWith(".py"));
const javascript = paths.filter((path) => !path.endsWith(".py"));
/** @type {Map<string, string>} */
const known = new Map();

/** @param {string} path */
function textOf(path) {
  let text = known.get(path);
  if (text === undefined) known.set(path, (text = readFileSync(path, "utf8").slice(0, 40_000)));
  return text;
}

/** @type {{ analysed: number, failing: string[], slow: string[], slowest: number }} */
const result = { analysed: 0, failing: [], slow: [], slowest: 0 };

/** CPU time: how busy the machine is says nothing about the file. @param {{ file: string, text: string }} source */
async function analysed(source) {
  const begin = process.cpuUsage();
  const { failures } = await analyzeSources([source]);
  const { user, system } = process.cpuUsage(begin);
  return { failures, time: (user + system) / 1000 };
}

for (let n = from; n < to; n++) {
  const random = randomOf(seed * 1_000_003 + n);
  // Every other file is Python, whatever there is more of.
  const list = n % 2 === 0 || python.length === 0 ? javascript : python;
  const path = list[Math.floor(random() * list.length)] ?? "";
  const other = list[Math.floor(random() * list.length)] ?? "";
  const { text, how } = mutate(textOf(path), textOf(other), random);
  const source = { file: `src/a.${path.slice(path.lastIndexOf(".") + 1)}`, text };
  const label = `${n} ${how} ${path.slice(root.length)}`;
  writeSync(1, `${label}\n`);
  try {
    let { failures, time } = await analysed(source);
    if (time > limit) ({ failures, time } = await analysed(source));
    result.slowest = Math.max(result.slowest, time);
    if (time > limit) result.slow.push(`${label}: ${Math.round(time)} ms`);
    const own = failures.find((failure) => failure.code === "internal" || failure.code === "rule");
    if (own !== undefined) result.failing.push(`${label}: ${own.message}`);
  } catch (error) {
    result.failing.push(`${label}: ${error instanceof Error ? error.message : String(error)}`);
  }
  result.analysed++;
}
writeSync(1, `${JSON.stringify(result)}\n`);
