/** The examples in Python: each runs in a process of its own, in an environment outside of the repository, over SQLite in memory. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** @typedef {import("./bookshop.js").Observation} Observation */

/**
 * Counts what each route of an example does at each data size; a sentence when Python or a package of its requirements is missing.
 *
 * @param {string} name
 * @param {readonly number[]} sizes
 * @returns {{ folder: string, observed: Observation[][] } | string}
 */
export function observePython(name, sizes) {
  const folder = fileURLToPath(new URL(`../../examples/${name}`, import.meta.url));
  const python = environment(join(folder, "requirements.txt"));
  if (!existsSync(python)) return python;
  const script = fileURLToPath(new URL(`python/${name}.py`, import.meta.url));
  const { status, stdout, stderr } = spawnSync(python, [script, folder, sizes.join(",")], { encoding: "utf8", maxBuffer: 1e9 });
  if (status !== 0) return `${name} ended with ${status}: ${stderr.trim().split("\n").at(-1) ?? ""}`;
  return { folder, observed: JSON.parse(stdout) };
}

/**
 * The interpreter of an environment that holds these requirements; made once, by pip. A sentence when that cannot be.
 *
 * @param {string} requirements
 * @returns {string}
 */
function environment(requirements) {
  const hash = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 12);
  const folder = join(tmpdir(), `optimize-bench-python-${hash}`);
  const python = join(folder, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  const complete = join(folder, "complete");
  if (existsSync(complete)) return python;
  const made = spawnSync("python3", ["-m", "venv", folder], { encoding: "utf8" });
  if (made.error !== undefined) return "python3 is missing";
  if (made.status !== 0) return `python3 -m venv is missing: ${made.stderr.trim().split("\n").at(-1) ?? ""}`;
  const installed = spawnSync(python, ["-m", "pip", "install", "--quiet", "-r", requirements], { encoding: "utf8" });
  if (installed.status !== 0) return `pip or a package is missing: ${installed.stderr.trim().split("\n").at(-1) ?? ""}`;
  writeFileSync(complete, "");
  return python;
}
