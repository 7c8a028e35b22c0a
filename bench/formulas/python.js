/** Services in Python: each runs in a process of its own, in an environment outside of the repository, over SQLite in memory. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** @typedef {import("./bookshop.js").Observation} Observation */
/** @typedef {{ folder: string, observed: Observation[][] } | string} Seen  A sentence when something that it needs is missing. */

/**
 * Counts what each route of an example does at each data size.
 *
 * @param {string} name
 * @param {readonly number[]} sizes
 * @returns {Seen}
 */
export function observePython(name, sizes) {
  const folder = fileURLToPath(new URL(`../../examples/${name}`, import.meta.url));
  const python = environment(["-r", join(folder, "requirements.txt")], [3, 11], undefined);
  return observed(python, fileURLToPath(new URL(`python/${name}.py`, import.meta.url)), folder, sizes);
}

/**
 * The same of an application that others wrote. Its recipe is a program; the text at its top says, a line each: `repository:`,
 * `commit:`, `python:` (the oldest version that runs it), `requirements:` (its file), `packages:` (what to install instead or besides).
 *
 * @param {string} app  The application, laid out at the recipe's commit.
 * @param {string} recipe  File name of the recipe.
 * @param {readonly number[]} sizes
 * @param {string | undefined} interpreter
 * @returns {Seen}
 */
export function observePythonApplication(app, recipe, sizes, interpreter) {
  const text = readFileSync(recipe, "utf8");
  const said = (/** @type {string} */ name) => new RegExp(`^${name}: *(.+)$`, "m").exec(text)?.[1];
  const requirements = said("requirements");
  const [major = 3, minor = 11] = (said("python") ?? "3.11").split(".").map(Number);
  const wanted = [...(requirements === undefined ? [] : ["-r", resolve(app, requirements)]), ...(said("packages") ?? "").split(" ")];
  const python = environment(
    wanted.filter((one) => one !== ""),
    [major, minor],
    interpreter,
    app,
  );
  return observed(python, recipe, app, sizes);
}

/**
 * @param {{ python: string } | string} made
 * @param {string} script
 * @param {string} folder
 * @param {readonly number[]} sizes
 * @returns {Seen}
 */
function observed(made, script, folder, sizes) {
  if (typeof made === "string") return made;
  const { status, stdout, stderr } = spawnSync(made.python, [script, folder, sizes.join(",")], { encoding: "utf8", maxBuffer: 1e9 });
  if (status !== 0) return `it ended with ${status}: ${stderr.trim().split("\n").at(-1) ?? ""}`;
  return { folder, observed: JSON.parse(stdout) };
}

/**
 * The interpreter of an environment that holds these packages; made once, by pip.
 *
 * @param {readonly string[]} wanted  As pip takes them.
 * @param {readonly [number, number]} version
 * @param {string | undefined} interpreter
 * @param {string} [folder]  Where packages that are paths start.
 * @returns {{ python: string } | string}
 */
function environment(wanted, [major, minor], interpreter, folder = ".") {
  const candidates = interpreter === undefined ? ["python3", ...[14, 13, 12, 11].map((one) => `python3.${one}`)] : [interpreter];
  const recent = `import sys; sys.exit(sys.version_info < (${major}, ${minor}))`;
  const base = candidates.find((one) => spawnSync(one, ["-c", recent]).status === 0);
  if (base === undefined) return `Python ${major}.${minor} or later is missing: name one with --python`;
  const told = spawnSync(base, ["--version"], { encoding: "utf8" }).stdout;
  const texts = wanted.map((one, i) => (wanted[i - 1] === "-r" ? readFileSync(one, "utf8") : one));
  const hash = createHash("sha256")
    .update([told, ...texts].join("\n"))
    .digest("hex")
    .slice(0, 12);
  const home = join(tmpdir(), `optimize-bench-python-${hash}`);
  const python = join(home, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  const complete = join(home, "complete");
  if (existsSync(complete)) return { python };
  const made = spawnSync(base, ["-m", "venv", home], { encoding: "utf8" });
  if (made.status !== 0) return `${base} -m venv is missing: ${made.stderr.trim().split("\n").at(-1) ?? ""}`;
  const installed = spawnSync(python, ["-m", "pip", "install", "--quiet", ...wanted], { encoding: "utf8", cwd: folder });
  if (installed.status !== 0) return `pip or a package is missing: ${installed.stderr.trim().split("\n").at(-1) ?? ""}`;
  writeFileSync(complete, "");
  return { python };
}
