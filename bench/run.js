/**
 * Runs one suite of benchmarks on this machine: `npm run bench -- <suite> [options]`. Each suite is a program of its own that
 * prints a table, or with `--json` one document on stdout: `{ suite, environment, figures }`.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const suites = {
  database: "database.js",
  formulas: "formulas.js",
  load: "load.js",
  measure: "measure.js",
  mutations: "mutations.js",
  runtime: "runtime.js",
  scan: "scan.js",
};

const [name = "", ...options] = process.argv.slice(2);
const file = Object.hasOwn(suites, name) ? suites[/** @type {keyof typeof suites} */ (name)] : undefined;
if (file === undefined) {
  console.error(
    `${name === "" ? "Which suite?" : "No such suite."} There ${Object.keys(suites).length === 1 ? "is" : "are"}: ${Object.keys(suites).join(", ")}`,
  );
  process.exitCode = 2;
} else {
  const { status } = spawnSync(process.execPath, [fileURLToPath(new URL(file, import.meta.url)), ...options], { stdio: "inherit" });
  process.exitCode = status ?? 1;
}
