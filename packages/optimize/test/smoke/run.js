/** Smoke tests: the built command as real processes. `npm run smoke`, after `npm run build`. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { badInput, service } from "./bad-input.js";
import { badPython } from "./bad-python.js";
import { blindChecks } from "./blind.js";
import { coexistenceChecks } from "./coexistence.js";
import { keptChecks } from "./kept.js";
import { databaseChecks } from "./databases.js";
import { loadChecks } from "./load.js";
import { measureChecks } from "./measure.js";
import { programChecks } from "./programs.js";
import { runnerChecks } from "./runners.js";
import { recipeChecks } from "./recipes.js";
import { runtimeChecks } from "./runtime.js";
import { scopeChecks } from "./scopes.js";
import { serverEnds, serverStarts } from "./real-servers.js";
import { expect, folderOf, optimize, runChecks, scanned } from "./harness.js";

const repository = fileURLToPath(new URL("../../../../", import.meta.url));
const formats = ["text", "json", "markdown", "compact"];

const basics = [
  [
    "--help names every command, and every command has a page",
    async () => {
      const { code, out } = await optimize(["--help"]);
      expect(code === 0, "exit code 0", code);
      for (const name of ["scan", "routes", "measure", "load", "diff", "explain", "add", "baseline"]) {
        expect(out.includes(`\n  ${name} `), `${name} is named`, out);
        const page = await optimize([name, "--help"]);
        expect(page.code === 0 && page.out.includes("Examples:"), `${name} has a page`, page);
      }
    },
  ],
  [
    "--version is the package's",
    async () => {
      const { version } = JSON.parse(readFileSync(join(repository, "packages/optimize/package.json"), "utf8"));
      expect((await optimize(["--version"])).out === `${version}\n`, "the version");
    },
  ],
  [
    "an unknown option is exit code 2 with a suggestion",
    async () => {
      const { code, err } = await optimize(["scan", "--formt", "json"]);
      expect(code === 2 && err.includes("did you mean --format?"), "it is suggested", { code, err });
    },
  ],
  [
    "a reader that goes away is no fault",
    async () => {
      const folder = folderOf({ "src/service.ts": service });
      const { err } = await optimize(["scan", "--format", "json", folder], { during: (child) => child.stdout.destroy() });
      expect(err === "", "nothing is said", err);
    },
  ],
  [
    "a baseline accepts what is there",
    async () => {
      const folder = folderOf({ "package.json": '{"dependencies":{"express":"5.0.0","pg":"8.0.0"}}', "src/service.ts": service });
      expect((await scanned(folder)).run.findings.length > 0, "there is a finding");
      expect((await optimize(["scan", "--fail-on", "likely", folder])).code === 1, "the gate fails before");
      expect((await optimize(["baseline", folder])).code === 0, "the baseline is written");
      expect((await scanned(folder, "--new-only")).run.findings.length === 0, "nothing is new");
      expect((await optimize(["scan", "--new-only", "--fail-on", "likely", folder])).code === 0, "the gate passes after");
    },
  ],
  [
    "every rule is explained",
    async () => {
      const ids = (await optimize(["explain"])).out.trim().split("\n");
      expect(ids.length > 1, "there are rules", ids);
      for (const id of [ids[0], ids.at(-1)])
        expect((await optimize(["explain", id])).out.includes("## Not worth it when"), `${id} has a page`);
    },
  ],
  [
    "a change of cost is printed without running anything",
    async () => {
      const folder = folderOf({ "package.json": '{"dependencies":{"express":"5.0.0","pg":"8.0.0"}}', "src/service.ts": service });
      const git = (...args) =>
        spawnSync("git", ["-c", "user.name=smoke", "-c", "user.email=smoke@example.invalid", ...args], { cwd: folder });
      if (git("init", "-q").error !== undefined) return "git is not installed";
      git("add", "-A");
      git("commit", "-q", "-m", "before");
      const query = 'const { rows } = await pool.query("select name from customers where id = $1", [order.customer_id]);';
      writeFileSync(
        join(folder, "src/service.ts"),
        service.replace(query, `${query}\n    await pool.query("select id from orders where id = $1", [order.id]);`),
      );
      const { code, out, err } = await optimize(["diff", "HEAD", folder]);
      expect(code === 0 && /^GET \/orders .*→.*\+1 query per order/.test(out), "one query more per order", { code, out, err });
      const changed = await scanned(folder, "--changed", "HEAD");
      expect(changed.run.findings.length > 0, "the changed file's findings are shown", changed.run.findings);
    },
  ],
];

function exampleChecks(name) {
  const folder = join(repository, "examples", name);
  return [
    ...formats.map((format) => [
      `examples/${name} as ${format}`,
      async () => {
        const { code, out, err } = await optimize(["scan", "--format", format, folder]);
        expect(code === 0 && out.length > 100, "it is printed", { code, err });
      },
    ]),
    [
      `examples/${name} gives equal bytes twice, findings and formulas`,
      async () => {
        const first = await scanned(folder);
        expect(first.out === (await scanned(folder)).out, "equal bytes");
        expect(first.run.findings.length > 0 && first.run.formulas.length > 0, "findings and formulas", first.run.counts);
        expect(first.run.failures.length === 0, "nothing failed", first.run.failures);
      },
    ],
    [
      `examples/${name}: the report is written and a finding is explained`,
      async () => {
        const { code, out } = await optimize([folder]);
        expect(code === 0 && out.includes("report.md"), "the report is named", out);
        const report = readFileSync(join(folder, ".optimize/report.md"), "utf8");
        for (const part of ["Executive summary", "Bottlenecks by priority", "Routes and their cost", "Top three actions"])
          expect(report.includes(`## ${part}`), part);
        const { run } = await scanned(folder);
        expect((await optimize(["explain", run.findings[0].id, folder])).out.includes(run.findings[0].rule), "it is explained");
      },
    ],
    [
      `examples/${name}: routes are priced`,
      async () => {
        const { code, out } = await optimize(["routes", folder]);
        expect(code === 0 && /\b(?:GET|POST|PUT|DELETE) \//.test(out), "routes are printed", out);
      },
    ],
  ];
}

const examples = existsSync(join(repository, "examples"))
  ? readdirSync(join(repository, "examples"), { withFileTypes: true }).filter((entry) => entry.isDirectory())
  : [];
const checks = [
  ...basics,
  ...examples.flatMap(({ name }) => exampleChecks(name)),
  ...badInput,
  ...badPython,
  ...programChecks,
  ...keptChecks,
  ...serverStarts,
  ...databaseChecks,
  ...measureChecks,
  ...loadChecks,
  ...blindChecks,
  ...scopeChecks,
  ...runtimeChecks,
  ...recipeChecks,
  ...runnerChecks,
  ...coexistenceChecks,
  serverEnds,
];
if (examples.length === 0) checks.push(["examples are there", () => expect(false, "the folder examples is empty or missing")]);

const counts = await runChecks(checks);
if (process.env.SMOKE_RESULTS !== undefined) writeFileSync(process.env.SMOKE_RESULTS, JSON.stringify(counts));
console.log(`${counts.passed} passed, ${counts.failed} failed${counts.notRun > 0 ? `, ${counts.notRun} not run` : ""}`);
process.exitCode = counts.failed > 0 ? 1 : 0;
