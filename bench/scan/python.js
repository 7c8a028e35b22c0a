/** What a cold scan of Python costs beside CPython's own `ast.parse` of the same files, whole processes both. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ratioFigure, valueFigure } from "../figures.js";
import { measure } from "./process.js";

/** About 28 MB of source, when no folder is given. */
const packages = ["django==5.2.9", "sqlalchemy==2.0.45", "sympy==1.14.0"];

const parse = `import ast, sys
for line in open(sys.argv[1]):
    try:
        ast.parse(open(line.rstrip("\\n"), "rb").read())
    except (SyntaxError, ValueError):
        pass
`;

/**
 * @param {{ command: string, own: string, tree: string | undefined, rounds: number, print: (line: string) => void }} options
 * @returns {Promise<import("../figures.js").Figure[] | string>}  A sentence when something is missing.
 */
export async function pythonFigures({ command, own, tree, rounds, print }) {
  if (spawnSync("python3", ["--version"]).error !== undefined) return "python3 is missing";
  const folder = tree ?? unpacked(join(own, "python"));
  if (typeof folder !== "string") return folder.missing;
  const { discover } = await import(new URL("../../packages/optimize/dist/engine/discover.js", import.meta.url).href);
  /** @type {{ absolute: string, size: number, language: string }[]} */
  const files = discover(folder).files.filter((/** @type {{ language: string }} */ file) => file.language === "python");
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  const list = join(own, "python-files.txt");
  writeFileSync(list, files.map(({ absolute }) => `${absolute}\n`).join(""));
  const what = `${tree === undefined ? packages.join(", ") : "a given tree"}, ${files.length} files, ${(bytes / 1e6).toFixed(1)} MB`;
  /** @type {{ mine: number[], theirs: number[], memory: number[] }} */
  const measured = { mine: [], theirs: [], memory: [] };
  for (let round = 0; round <= rounds; round++) {
    rmSync(join(folder, ".optimize"), { recursive: true, force: true });
    const mine = measure([process.execPath, command, "scan", "--format", "json"], folder, [0]);
    const theirs = measure(["python3", "-c", parse, list], folder, [0]);
    print(`  optimize ${mine.cpu.toFixed(2)} s CPU, ${mine.memory.toFixed(0)} MB; ast.parse ${theirs.cpu.toFixed(2)} s CPU`);
    if (round === 0) continue;
    measured.mine.push(mine.cpu);
    measured.theirs.push(theirs.cpu);
    measured.memory.push(mine.memory);
  }
  const note = `${what}; median of ${rounds} rounds`;
  return [
    ratioFigure("python-cold-vs-ast-parse", measured.mine, measured.theirs, note, 3, "ratio of CPU seconds"),
    valueFigure("python-peak-memory", "MB", measured.memory, note, 400),
  ];
}

/**
 * The packages as pip gives them, unpacked and not installed.
 *
 * @param {string} folder
 * @returns {string | { missing: string }}
 */
function unpacked(folder) {
  const wheels = join(folder, "wheels");
  mkdirSync(wheels, { recursive: true });
  const got = spawnSync("python3", ["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", "-d", wheels, ...packages]);
  if (got.status !== 0 || !existsSync(wheels)) return { missing: `pip or a package is missing: ${packages.join(", ")}` };
  const tree = join(folder, "tree");
  for (const wheel of readdirSync(wheels)) {
    // A folder beside its `.dist-info` would be taken for an installation, and rightly.
    const name = wheel.split("-")[0] ?? wheel;
    spawnSync("python3", ["-m", "zipfile", "-e", join(wheels, wheel), join(tree, name)]);
    for (const entry of readdirSync(join(tree, name)))
      if (entry.endsWith(".dist-info")) rmSync(join(tree, name, entry), { recursive: true, force: true });
  }
  return tree;
}
