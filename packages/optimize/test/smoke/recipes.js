/** Every recipe, put into an empty project of each kind by the command, passes its own test there; those of TypeScript are checked by its compiler. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, folderOf, optimize } from "./harness.js";
import { startServers } from "./servers.js";

const installed = fileURLToPath(new URL("../recipe-kinds/node_modules", import.meta.url));
const { recipes } = await import("../../dist/recipes/index.js");
const ofJavaScript = recipes.filter(({ javascript }) => javascript !== undefined);
const ofPython = recipes.filter(({ python }) => python !== undefined);

const strict = {
  strict: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
  skipLibCheck: true,
  target: "es2022",
  esModuleInterop: true,
  types: ["node"],
};
const json = (value) => JSON.stringify(value);

/** By name: manifest and settings of an empty project, and whether it is of modules. */
const kinds = {
  "JavaScript, modules, node:test": { files: { "package.json": json({ type: "module" }) }, modules: true, extension: "js" },
  "JavaScript, CommonJS, node:test": { files: { "package.json": "{}" }, extension: "js" },
  "JavaScript, CommonJS, Jest": { files: { "package.json": json({ devDependencies: { jest: "30" } }) }, extension: "js" },
  "JavaScript, CommonJS, Mocha": { files: { "package.json": json({ devDependencies: { mocha: "11" } }) }, extension: "js" },
  "JavaScript, modules, Vitest": {
    files: { "package.json": json({ type: "module", devDependencies: { vitest: "4" } }) },
    modules: true,
    extension: "js",
  },
  "TypeScript, modules, Vitest": {
    files: {
      "package.json": json({ type: "module", devDependencies: { typescript: "5", vitest: "4", "@types/node": "20" } }),
      "tsconfig.json": json({ compilerOptions: { ...strict, module: "nodenext" } }),
    },
    modules: true,
    extension: "ts",
  },
  "TypeScript, modules, node:test with tsx": {
    files: {
      "package.json": json({ type: "module", devDependencies: { typescript: "5", tsx: "4", "@types/node": "20" } }),
      "tsconfig.json": json({ compilerOptions: { ...strict, module: "preserve", allowImportingTsExtensions: true } }),
    },
    modules: true,
    extension: "ts",
  },
  "TypeScript, CommonJS, Jest": {
    files: {
      "package.json": json({ devDependencies: { typescript: "5", jest: "30", "ts-jest": "29", "@types/node": "20" } }),
      "tsconfig.json": json({ compilerOptions: { ...strict, module: "node16", moduleResolution: "node16", isolatedModules: true } }),
      "jest.config.js": 'module.exports = { preset: "ts-jest" };',
    },
    extension: "ts",
  },
};

const run = (program, args, cwd, env = {}) =>
  new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, NODE_OPTIONS: "", NO_COLOR: "1", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (piece) => (said = (said + piece).slice(-6000)));
    const timer = setTimeout(() => child.kill("SIGKILL"), 180_000);
    child.on("error", (error) => (said += error.message));
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve({ code, said });
    });
  });

/** As the command does it, without a process for each: there are a hundred and more. */
async function added(recipe, folder, ...options) {
  const { main } = await import("../../dist/cli/dispatch.js");
  const said = { out: "", err: "" };
  const terminal = {
    out: (text) => (said.out += text),
    err: (text) => (said.err += text),
    cwd: folder,
    env: {},
    outIsTerminal: false,
    errIsTerminal: false,
    columns: 80,
    signal: new AbortController().signal,
  };
  const code = await main(["add", recipe, folder, ...options], terminal);
  expect(code === 0, `optimize add ${recipe} ${options.join(" ")}`, said);
  return said.out;
}

/** The command for tests that `add` names, for all of them at once. */
function testCommand(out, tests) {
  const words = out.slice(out.indexOf("Its test:")).split("\n")[1].trim().split(" ");
  const [program, ...args] = words.slice(0, -1);
  const [tool, ...rest] = program === "npx" ? args : ["", ...args];
  return program === "npx"
    ? [join(installed, ".bin", tool), [...rest, ...tests]]
    : [program === "node" ? process.execPath : program, [...rest, ...tests]];
}

const testsIn = (folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.test\.[jt]s$/.test(file) && !file.includes("node_modules"))
    .map((file) => file.replaceAll("\\", "/"))
    .sort();

const why = () =>
  existsSync(installed) ? undefined : "test runners are not installed: npm ci --prefix packages/optimize/test/recipe-kinds";

const javascriptChecks = Object.entries(kinds).map(([name, { files, modules, extension }]) => [
  `recipes: ${name}`,
  async () => {
    if (why() !== undefined) return why();
    const folder = folderOf(files);
    mkdirSync(join(folder, "src"));
    symlinkSync(installed, join(folder, "node_modules"));
    let out = "";
    for (const { name: recipe, javascript } of ofJavaScript) {
      out = await added(recipe, folder);
      for (const { library, modulesOnly } of javascript.libraries)
        if (modules || modulesOnly !== true) await added(recipe, folder, "--library", library, "--to", `src/with/${library}`);
    }
    const tests = testsIn(folder);
    const variants = ofJavaScript
      .flatMap(({ javascript }) => javascript.libraries)
      .filter(({ modulesOnly }) => modules || modulesOnly !== true);
    expect(tests.length === ofJavaScript.length + variants.length, "each has a test", tests);
    if (extension === "ts") {
      const checked = await run(join(installed, ".bin/tsc"), ["-p", "."], folder);
      expect(checked.code === 0, "the compiler accepts it", checked.said);
    }
    const { addresses, stop } = await startServers(["redis"]);
    const [program, args] = testCommand(out, tests);
    const { code, said } = await run(program, args, folder, addresses.redis === undefined ? {} : { REDIS_URL: addresses.redis });
    await stop();
    expect(code === 0, `${program} ${args.join(" ")}`, said);
  },
]);

let environment;
/** Python with what recipes of Python work with, or why there is none. */
function python() {
  if (environment !== undefined) return environment;
  const folder = folderOf({});
  const made = spawnSync("python3", ["-m", "venv", join(folder, "venv")], { encoding: "utf8" });
  if (made.status !== 0)
    return (environment = { why: `python3 -m venv: ${made.error?.message ?? (made.stderr + made.stdout).trim().split("\n").at(-1)}` });
  const program = join(folder, "venv/bin/python");
  const got = spawnSync(program, ["-m", "pip", "install", "-q", "django", "celery", "redis", "pytest"], {
    encoding: "utf8",
    timeout: 240_000,
  });
  environment = got.status === 0 ? { program } : { why: `pip: ${got.error?.message ?? got.stderr.trim().split("\n").at(-1)}` };
  return environment;
}

const pythonChecks = ["unittest", "pytest"].map((runner) => [
  `recipes: Python, ${runner}`,
  async () => {
    const { program, why: missing } = python();
    if (missing !== undefined) return missing;
    const folder = folderOf({ "requirements.txt": `django\ncelery\nredis\n${runner === "pytest" ? "pytest\n" : ""}` });
    for (const { name } of ofPython) {
      const out = await added(name, folder);
      const words = out.slice(out.indexOf("Its test:")).split("\n")[1].trim().split(" ");
      expect(words[0] === "python" && words.includes(runner), "the runner of the project is named", out);
      const { code, said } = await run(program, words.slice(1), folder);
      expect(code === 0, words.join(" "), said);
      expect(/\b\d+ passed|Ran \d+ tests/.test(said) && !/Ran 0 tests/.test(said), "tests were run", said);
    }
  },
]);

const refusals = [
  [
    "recipes: nothing is written over, and a dry run writes nothing",
    async () => {
      const folder = folderOf({ "package.json": "{}", "performance/retry.js": "// mine\n" });
      const dry = await optimize(["add", "compress", folder, "--dry-run"]);
      expect(
        dry.code === 0 && dry.out.includes("would write") && !existsSync(join(folder, "performance/compress.js")),
        "a dry run only says it",
        dry,
      );
      const { code, err } = await optimize(["add", "retry", folder]);
      expect(code !== 0 && err.includes("performance/retry.js") && err.includes("--to"), "it says what is in the way", { code, err });
      expect(
        readFileSync(join(folder, "performance/retry.js"), "utf8") === "// mine\n" && !existsSync(join(folder, "performance/waiting.js")),
        "nothing was written",
      );
      const outside = await optimize(["add", "retry", folder, "--to", "../elsewhere"]);
      expect(outside.code === 2, "nothing goes outside of the project", outside);
      symlinkSync(folderOf({}), join(folder, "link"));
      expect((await optimize(["add", "retry", folder, "--to", "link"])).code !== 0, "not through a link either");
    },
  ],
];

export const recipeChecks = [...refusals, ...javascriptChecks, ...pythonChecks];
