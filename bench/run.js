/**
 * Runs one suite of benchmarks on this machine: `npm run bench -- <suite> [options]`. Each suite is a program of its own that
 * prints a table, or with `--json` one document on stdout: `{ suite, environment, figures }`. What a suite compares with is installed
 * before its first run, into a folder beside it; what cannot be installed the suite names as missing.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** @type {Record<string, { file: string, peers?: string }>} */
const suites = {
  database: { file: "database.js", peers: "peers" },
  formulas: { file: "formulas.js" },
  load: { file: "load.js", peers: "load" },
  measure: { file: "measure.js", peers: "measure" },
  mutations: { file: "mutations.js" },
  runtime: { file: "runtime.js", peers: "runtime" },
  scan: { file: "scan.js", peers: "peers" },
};

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
/** @param {string} file @returns {Record<string, { version?: string }>} */
const locked = (file) => {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages ?? {};
  } catch {
    return {};
  }
};

/** Whether every package that the folder's own manifest names is there in the locked version. @param {string} folder */
function isInstalled(folder) {
  const wanted = locked(here(`${folder}/package-lock.json`));
  const present = locked(here(`${folder}/node_modules/.package-lock.json`));
  const named = Object.keys(JSON.parse(readFileSync(here(`${folder}/package.json`), "utf8")).dependencies ?? {});
  return named.every((name) => present[`node_modules/${name}`]?.version === wanted[`node_modules/${name}`]?.version);
}

/** @param {string} folder */
function install(folder) {
  console.error(`Installing what this suite compares with, into bench/${folder}/node_modules`);
  // Its words go to stderr: stdout is the suite's document.
  const { status } = spawnSync("npm", ["ci", "--prefix", here(folder), "--no-audit", "--no-fund"], { stdio: ["ignore", 2, 2] });
  if (status !== 0) console.error("That failed: what is missing is named among the figures");
}

const [name = "", ...options] = process.argv.slice(2);
const suite = Object.hasOwn(suites, name) ? suites[name] : undefined;
if (suite === undefined) {
  console.error(`${name === "" ? "Which suite?" : "No such suite."} There are: ${Object.keys(suites).join(", ")}`);
  process.exitCode = 2;
} else {
  if (suite.peers !== undefined && !isInstalled(suite.peers)) install(suite.peers);
  const { status } = spawnSync(process.execPath, [here(suite.file), ...options], { stdio: "inherit" });
  process.exitCode = status ?? 1;
}
