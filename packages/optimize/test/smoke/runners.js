/** One service under each test runner: the tests end as they do by themselves, and the application is seen through the runner's own loader. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "../programs/labels.js";
import { startBackends } from "../programs/support/backends.js";
import { filled } from "./filled.js";
import { expect, folderOf, optimize } from "./harness.js";

const folder = join(root, "runners");
const repository = fileURLToPath(new URL("../../../../", import.meta.url));
const bin = (...path) => join(folder, "node_modules", ...path);
const vitest = join(repository, "node_modules/vitest/vitest.mjs");

/** By what it is called: who is recognised, and the command. @type {Record<string, [string, string[]]>} */
const runners = {
  Jest: ["jest", [bin("jest/bin/jest.js")]],
  "Jest in one process": ["jest", [bin("jest/bin/jest.js"), "--runInBand"]],
  "Vitest in threads": ["vitest", [vitest, "run", "--pool", "threads"]],
  "Vitest in forks": ["vitest", [vitest, "run", "--pool", "forks"]],
  Mocha: ["mocha", [bin("mocha/bin/mocha.js"), "orders.mocha.js"]],
  "Mocha in parallel": ["mocha", [bin("mocha/bin/mocha.js"), "--parallel", "orders.mocha.js", "idle.mocha.js"]],
  "node:test": ["node:test", ["--test", "orders.node.js"]],
};

const lineOf = (file) =>
  readFileSync(join(folder, file), "utf8")
    .split("\n")
    .findIndex((line) => line.includes("select name from customers")) + 1;

/** @param {string} address of PostgreSQL */
async function observe(words, address) {
  const env = { BACKENDS: JSON.stringify({ pg: address }) };
  const alone = spawnSync(process.execPath, words, { cwd: folder, env: { ...process.env, ...env }, encoding: "utf8", timeout: 60_000 });
  const output = join(folderOf(), "evidence.json");
  const observed = await optimize(["measure", "--no-scan", "--output", output, "--", process.execPath, ...words], { cwd: folder, env });
  expect(alone.status === 0 && observed.code === 0, "the tests pass, observed and not", { alone: alone.stderr, observed });
  return JSON.parse(readFileSync(output, "utf8"));
}

export const runnerChecks = Object.entries(runners).map(([name, [runner, words]]) => [
  `the application is seen under ${name}`,
  async () => {
    if (!existsSync(join(root, "node_modules"))) return "the programs' packages are not installed";
    if (words[0] !== "--test" && !existsSync(words[0]))
      return `${runner} is not installed (npm ci --prefix packages/optimize/test/programs/runners)`;
    const real = (await filled(["pg"])).addresses.pg;
    const own = real === undefined ? await startBackends(["pg"]) : undefined;
    try {
      const { environment, evidence, failures } = await observe(words, real ?? own?.addresses.pg);
      expect(failures.length === 0, "nothing was lost", failures);
      expect(environment.circumstance === "test" && environment.runners.includes(runner), `${runner} is recognised`, environment);
      const requests = evidence.filter(({ kind }) => kind === "request").map(({ route, count }) => [route, count]);
      expect(JSON.stringify(requests) === '[["GET /orders/:limit",2]]', "both requests are seen", requests);
      const file = runner === "vitest" ? "orders.mjs" : "orders.js";
      const found = evidence.filter(({ kind }) => kind === "n+1").map(({ tier, place }) => `${tier} ${place?.file}:${place?.line}`);
      expect(found.join() === `proven ${file}:${lineOf(file)}`, "the n+1 is proven at its line", found);
      return undefined;
    } finally {
      own?.stop();
    }
  },
]);
