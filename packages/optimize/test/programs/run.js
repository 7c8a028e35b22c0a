/**
 * Runs the programs, each as a process of its own, and says whether they end well.
 *
 *     node run.js [--install [--all]] [--json] [name ...] [-- <command that the program's file follows>]
 *     node run.js -- npx optimize measure -- node        each under observation
 *     node run.js --label                                writes labels.json from the comments
 *
 * What they need besides Node is installed by `--install` (npm ci, no install scripts); what one program alone needs (Prisma, 300 MB) when it
 * is named, or with `--all`. A program whose packages are not there, or that
 * needs a newer Node, is named as not run.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { blind, halfIn, labelsIn, later, programs, root, unseen } from "./labels.js";
import { startBackends } from "./support/backends.js";

/** @typedef {import("./labels.d.ts").Program} Program */
/** @typedef {{ name: string, status: "ok" | "failed" | "not run", why?: string, output: string }} Result */

/**
 * Installs what the programs share, and what those of them bring that are named.
 *
 * @param {readonly Program[]} named
 */
export function install(named) {
  const own = named.map(({ folder }) => folder).filter((folder) => existsSync(join(folder, "package.json")));
  for (const cwd of [root, ...own]) {
    run("npm", ["ci", "--no-audit", "--no-fund"], cwd);
    const { scripts } = JSON.parse(readFileSync(join(cwd, "package.json"), "utf8"));
    // Prisma computes in WebAssembly here; naming a file keeps it from looking for an engine that nothing uses.
    if (scripts?.["prepare-program"] !== undefined)
      run("npm", ["run", "prepare-program"], cwd, { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath });
  }
}

/** @param {string} command @param {string[]} args @param {string} cwd @param {Record<string, string>} [env] */
function run(command, args, cwd, env = {}) {
  const { status, stderr } = spawnSync(command, args, { cwd, encoding: "utf8", env: { ...process.env, ...env } });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed: ${stderr.trim().split("\n").slice(-3).join(" ")}`);
}

const sourcesOf = (/** @type {string} */ folder) =>
  readdirSync(folder)
    .filter((file) => /\.[cm]?js$/.test(file))
    .map((file) => readFileSync(join(folder, file), "utf8"));

/** @param {Program} program @returns {import("./support/backends.js").Kind[]} What it talks to. */
export function backendsOf({ folder }) {
  const named = sourcesOf(folder).flatMap((text) => [...text.matchAll(/\bbackends\(([^)]*)\)/g)].map(([, kinds = ""]) => kinds));
  return /** @type {any} */ (named.flatMap((kinds) => [...kinds.matchAll(/"(\w+)"/g)].map(([, kind]) => kind)));
}

/** @param {Program} program @returns {string | undefined} Why it cannot run here. */
export function missing({ folder }) {
  for (const text of sourcesOf(folder)) {
    // These backends are packages too, whatever driver the program brings.
    if (/backends\(.*"(?:pg|mysql|mongo)"/.test(text) && !existsSync(join(root, "node_modules")))
      return "the backends are not installed (run.js --install)";
    for (const [, name = ""] of text.matchAll(/(?:from |import\(|require\()"([^"]+)"/g)) {
      if (name.startsWith("node:")) {
        if (!isBuiltin(name)) return `${name} is not in Node ${process.versions.node}`;
      } else if (!name.startsWith(".") || name.includes("node_modules")) {
        const parts = name.split("/").slice(0, name.startsWith("@") ? 2 : 1);
        const places = name.startsWith(".") ? [join(folder, name)] : [folder, root].map((at) => join(at, "node_modules", ...parts));
        if (!places.some((place) => existsSync(place))) return `${name} is not installed (run.js --install)`;
      }
    }
  }
  return undefined;
}

/**
 * Runs programs one after the other with backends that they share.
 *
 * @param {readonly Program[]} chosen
 * @param {{ command?: readonly string[], env?: Record<string, string>, addresses?: Record<string, string>, each?: (result: Result) => void }} [options]
 *   `command` stands before the program's file; `node` unless told. `addresses` of servers that take the place of ours.
 * @returns {Promise<Result[]>}
 */
export async function runPrograms(chosen, { command = [process.execPath], env = {}, addresses: given = {}, each = () => {} } = {}) {
  const kinds = new Set(chosen.filter((program) => missing(program) === undefined).flatMap(backendsOf));
  const { addresses, stop } = await startBackends([...kinds].filter((kind) => given[kind] === undefined));
  try {
    return chosen.map((program) => {
      const result = runOne(program, command, { ...process.env, ...env, BACKENDS: JSON.stringify({ ...addresses, ...given }) });
      each(result);
      return result;
    });
  } finally {
    stop();
  }
}

/** @param {Program} program @param {readonly string[]} command @param {NodeJS.ProcessEnv} env @returns {Result} */
function runOne(program, [file = process.execPath, ...args], env) {
  const why = missing(program);
  if (why !== undefined) return { name: program.name, status: "not run", why, output: "" };
  const done = spawnSync(file, [...args, join(program.folder, program.main)], {
    cwd: program.folder,
    env,
    encoding: "utf8",
    timeout: 60_000,
  });
  const output = `${done.stdout}${done.stderr}`;
  if (done.status === 0) return { name: program.name, status: "ok", output };
  return { name: program.name, status: "failed", why: done.error?.message ?? `ended with ${done.status ?? done.signal}`, output };
}

async function main(/** @type {string[]} */ args) {
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  const [own, command] = [args.slice(0, end), args.slice(end + 1)];
  if (own.includes("--label")) {
    const entries = [root, blind, unseen, later].flatMap((half) =>
      readdirSync(half, { withFileTypes: true }).map((entry) => ({ entry, at: join(half, entry.name) })),
    );
    for (const { entry, at } of entries) {
      if (!entry.isDirectory() || !readdirSync(at).some((file) => file.startsWith("program."))) continue;
      writeFileSync(join(at, "labels.json"), `${JSON.stringify(labelsIn(at), null, 2)}\n`);
    }
    return 0;
  }
  const names = own.filter((word) => !word.startsWith("--"));
  const half = programs(halfIn(own));
  const named = half.filter(({ name }) => names.includes(name));
  if (own.includes("--install")) install(own.includes("--all") ? half : named);
  const chosen = names.length === 0 ? half : named;
  const json = own.includes("--json");
  const results = await runPrograms(chosen, {
    ...(command.length === 0 ? {} : { command }),
    each: ({ name, status, why, output }) => {
      if (!json)
        console.log(`${status.padEnd(8)} ${name}${why === undefined ? "" : `: ${why}`}${status === "failed" ? `\n${output}` : ""}`);
    },
  });
  if (json) console.log(JSON.stringify(results));
  return results.some(({ status }) => status === "failed") ? 1 : 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) process.exitCode = await main(process.argv.slice(2));
