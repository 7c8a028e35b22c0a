/**
 * Facts of Python against CPython's own parser: `node bench/facts-python.js <folder> [--time]`.
 *
 * Counts calls, definitions, loops, comprehensions and awaits of every file by line and prints where the two differ.
 * `--time` compares the processor time of reading and lowering all files with that of reading and ast.parse alone.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [root, ...flags] = process.argv.slice(2);
if (root === undefined) {
  console.error("usage: node bench/facts-python.js <folder> [--time]");
  process.exit(2);
}
const here = new URL("../packages/optimize/dist/", import.meta.url);
const { lowerPython } = await import(new URL("languages/python/index.js", here).href);
const { lineAt } = await import(new URL("model/facts.js", here).href);

const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".py"))
  .map((entry) => join(entry.parentPath, entry.name))
  .sort();
const script = new URL("facts-python.py", import.meta.url).pathname;

function python(args) {
  const run = spawnSync("python3", [script, ...args], { input: files.join("\n"), maxBuffer: 1 << 30, encoding: "utf8" });
  if (run.status !== 0) throw new Error(run.stderr);
  return run.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

if (flags.includes("--child")) {
  for (const file of files) lowerPython({ file, text: readFileSync(file, "utf8") });
  const { user, system } = process.cpuUsage();
  console.log(JSON.stringify({ cpu: (user + system) / 1e6 }));
} else if (flags.includes("--time")) {
  const ours = [];
  const theirs = [];
  for (let round = 0; round < 5; round++) {
    const run = spawnSync(process.execPath, [new URL(import.meta.url).pathname, root, "--child"], { encoding: "utf8" });
    ours.push(JSON.parse(run.stdout).cpu);
    theirs.push(python(["--parse"])[0].cpu);
  }
  const { median } = await import(new URL("model/quantile.js", here).href);
  const { ratioFigure } = await import("./figures.js");
  const { value, spread } = ratioFigure("lowering", ours, theirs, "");
  console.log(
    `lowering ${median(ours).toFixed(2)} s, ast.parse ${median(theirs).toFixed(2)} s, ratio ${value} (${spread.join(" to ")}; ${pathToFileURL(root).pathname.split("/").at(-1)}, ${files.length} files, 5 rounds)`,
  );
} else compare();

/** Lines of what Facts hold, by kind. */
function count(facts) {
  const found = { calls: [], definitions: [], loops: [], comprehensions: [], awaits: [] };
  const lists = { call: found.calls, loop: found.loops, comprehension: found.comprehensions, await: found.awaits };
  const line = (at) => lineAt(facts.lines, at);
  const walk = (node) => {
    if (Array.isArray(node)) node.forEach(walk);
    else if (typeof node === "object" && node !== null) {
      if (typeof node.kind === "string" && typeof node.at === "number") lists[node.kind]?.push(line(node.at));
      Object.values(node).forEach(walk);
    }
  };
  for (const fn of facts.functions) {
    if (fn.id > 0) found.definitions.push(line(fn.at));
    // Decorators of members are told twice: with the member and with its function.
    walk([fn.params, fn.body, fn.decorators]);
  }
  for (const one of facts.classes) {
    found.definitions.push(line(one.at));
    walk([
      one.bases,
      one.keywords ?? [],
      one.decorators,
      one.members.map((member) => [member.value, member.function === undefined ? member.decorators : []]),
    ]);
  }
  for (const lines of Object.values(found)) lines.sort((a, b) => a - b);
  return found;
}

function compare() {
  let equal = 0;
  let byLine = 0;
  let compared = 0;
  let refused = 0;
  let broken = 0;
  const totals = {};
  for (const theirs of python([])) {
    const { facts, failure } = lowerPython({ file: theirs.file, text: readFileSync(theirs.file, "utf8") });
    if (theirs.error !== undefined) {
      refused++;
      console.log(`${theirs.file}: CPython refuses: ${theirs.error}${failure === undefined ? "; read here" : ""}`);
      continue;
    }
    if (failure !== undefined) {
      broken++;
      console.log(`${theirs.file}:${failure.line}: ${failure.message}`);
    }
    compared++;
    const ours = count(facts);
    let same = true;
    let lines = true;
    for (const [kind, list] of Object.entries(ours)) {
      totals[kind] = (totals[kind] ?? 0) + list.length;
      if (list.length !== theirs[kind].length) {
        same = false;
        const missing = theirs[kind].filter((one) => !list.includes(one));
        const extra = list.filter((one) => !theirs[kind].includes(one));
        console.log(
          `${theirs.file}: ${kind} ${list.length}, CPython ${theirs[kind].length}; missing ${missing.slice(0, 5).join()}, extra ${extra.slice(0, 5).join()}`,
        );
      }
      if (list.join() !== theirs[kind].join()) lines = false;
    }
    if (same) equal++;
    if (lines) byLine++;
    if (same && !lines && flags.includes("--lines"))
      for (const [kind, list] of Object.entries(ours))
        if (list.join() !== theirs[kind].join())
          console.log(
            `${theirs.file}: ${kind}: ours ${list
              .filter((one) => !theirs[kind].includes(one))
              .slice(0, 3)
              .join()}, CPython's ${theirs[kind]
              .filter((one) => !list.includes(one))
              .slice(0, 3)
              .join()}`,
          );
  }
  console.log(
    JSON.stringify({ files: files.length, compared, refused, broken, equal, byLine, share: Number((equal / compared).toFixed(5)), totals }),
  );
}
