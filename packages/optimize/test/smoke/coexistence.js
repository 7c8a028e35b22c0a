/** Programs with tracers (OpenTelemetry, Sentry, Datadog, New Relic), which stand on these hooks: they do the same, and both see everything. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../programs/labels.js";
import { startBackends } from "../programs/support/backends.js";
import { filled } from "./filled.js";
import { expect, folderOf, optimize } from "./harness.js";

const folder = join(root, "coexistence");
const byRequire = ["--require", "./require-hooks.cjs"];
const byImport = ["--import", "./import-hooks.mjs"];
const programs = {
  "require-in-the-middle": [...byRequire, "main.cjs"],
  "import-in-the-middle": [...byImport, "main.mjs"],
  "both, in a program of modules": [...byRequire, ...byImport, "main.mjs"],
  "both, in a program of CommonJS": [...byRequire, ...byImport, "main.cjs"],
};

export const coexistenceChecks = Object.entries(programs).map(([name, words]) => [
  `a program with ${name} does the same, and is seen`,
  async () => {
    if (!existsSync(join(root, "node_modules/import-in-the-middle"))) return "the programs' packages are not installed";
    const real = (await filled(["pg"])).addresses.pg;
    const own = real === undefined ? await startBackends(["pg"]) : undefined;
    try {
      const env = { BACKENDS: JSON.stringify({ pg: real ?? own?.addresses.pg }) };
      const options = { cwd: folder, env: { ...process.env, ...env }, encoding: "utf8", timeout: 60_000 };
      const alone = spawnSync(process.execPath, words, options);
      const output = join(folderOf(), "evidence.json");
      const observed = await optimize(["measure", "--no-scan", "--output", output, "--", process.execPath, ...words], { cwd: folder, env });
      expect(alone.status === 0 && observed.code === 0 && observed.out === alone.stdout, "it prints the same", { alone, observed });
      const { evidence, failures, environment } = JSON.parse(readFileSync(output, "utf8"));
      expect(failures.length === 0 && environment.threads === 1, "its one thread is seen, and no other", { failures, environment });
      const found = evidence.filter(({ kind }) => kind === "n+1").map(({ tier, place }) => `${tier} ${place?.file}:${place?.line}`);
      expect(found.join() === "proven service.cjs:9", "the n+1 is proven at its line", found);
      return undefined;
    } finally {
      own?.stop();
    }
  },
]);
