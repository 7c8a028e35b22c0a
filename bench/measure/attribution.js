/** Time by function out of the CPU profile beside what the program timed itself, as it is written and through a minified bundle with its source map. */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { observeCommand } from "../../packages/optimize/dist/collectors/command.js";
import { evidenceSetOf } from "../../packages/optimize/dist/collectors/evidence-set.js";

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
export const functions = ["joinSlowly", "serialise", "collate"];

/**
 * For each function the profile's time through the program's own, run by run.
 *
 * @param {string} own a folder for what is written
 * @param {boolean} minified
 * @param {number} runs
 * @returns {Promise<Map<string, number[]>>}
 */
export async function attributed(own, minified, runs) {
  const { build } = await import("esbuild");
  const root = mkdtempSync(join(own, "attribution-"));
  copyFileSync(here("./work.ts"), join(root, "work.ts"));
  await build({
    entryPoints: [join(root, "work.ts")],
    outfile: join(root, "dist/work.mjs"),
    bundle: true,
    format: "esm",
    platform: "node",
    minify: minified,
    sourcemap: true,
    logLevel: "error",
  });
  /** @type {Map<string, number[]>} */
  const ratios = new Map(functions.map((name) => [name, []]));
  for (let run = 0; run < runs; run += 1) {
    const raw = join(root, `raw-${run}`);
    mkdirSync(raw);
    const said = join(root, `said-${run}.json`);
    await observeCommand({
      command: [process.execPath, join(root, "dist/work.mjs"), said],
      cwd: root,
      env: { ...process.env, NODE_OPTIONS: "" },
      agent: here("../../packages/optimize/dist/agents/node.cjs"),
      raw,
      quiet: true,
      onStart: () => {},
    });
    const { evidence } = evidenceSetOf({
      id: "bench",
      root,
      raw,
      command: [],
      salt: "",
      startedAt: "",
      seconds: 0,
      exitCode: 0,
      underLoad: false,
    });
    const { spent } = JSON.parse(readFileSync(said, "utf8"));
    for (const name of functions) {
      const line =
        readFileSync(join(root, "work.ts"), "utf8")
          .split("\n")
          .findIndex((text) => text.startsWith(`function ${name}(`)) + 1;
      const found = evidence.find((one) => one.kind === "cpu" && one.place.file === "work.ts" && one.place.line === line);
      ratios.get(name)?.push(found?.kind === "cpu" ? found.total / spent[name] : NaN);
    }
    rmSync(raw, { recursive: true });
  }
  return ratios;
}
