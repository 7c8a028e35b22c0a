/** What a recipe has to fit: language, modules, test runner and package manager of the project that gets it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readConfigObject } from "../engine/config-file.ts";
import { readPackage } from "../engine/packages.ts";
import { pythonManifestName, readPythonProject } from "../engine/python-manifests.ts";

export interface JavaScriptSurroundings {
  readonly language: "typescript" | "javascript";
  readonly modules: "esm" | "commonjs";
  /** What stands behind the name of a file that is imported. */
  readonly extension: ".ts" | ".js" | "";
  readonly runner: "vitest" | "jest" | "mocha" | "node";
  /** Runs one test file. */
  readonly testCommand: string;
  /** Adds packages. */
  readonly install: string;
  readonly dependencies: ReadonlySet<string>;
}

export interface PythonSurroundings {
  readonly language: "python";
  readonly runner: "pytest" | "unittest";
  readonly install: string;
  readonly dependencies: ReadonlySet<string>;
}

export interface Surroundings {
  readonly javascript?: JavaScriptSurroundings;
  readonly python?: PythonSurroundings;
  /** Where code lies: "src", or "" when there is no such folder. */
  readonly base: string;
}

/** Reads manifests of the folder; nothing of it is run. */
export function surroundingsOf(root: string): Surroundings {
  const names = readdirSync(root);
  const has = (name: string) => names.includes(name);
  const javascript = javaScriptSurroundings(root, has);
  const python = pythonSurroundings(root, names, has);
  return {
    ...(javascript === undefined ? {} : { javascript }),
    ...(python === undefined ? {} : { python }),
    base: javascript !== undefined && has("src") ? "src" : "",
  };
}

function javaScriptSurroundings(root: string, has: (name: string) => boolean): JavaScriptSurroundings | undefined {
  const manifest = readPackage(root, "", root);
  if (manifest === undefined) return undefined;
  const dependencies = new Set(manifest.dependencies.keys());
  const typescript = has("tsconfig.json") || dependencies.has("typescript");
  const modules = manifest.type === "module" ? "esm" : "commonjs";
  const runner = runnerOf(dependencies, manifest.scripts["test"] ?? "");
  return {
    language: typescript ? "typescript" : "javascript",
    modules,
    extension: extensionOf(root, typescript, modules),
    runner,
    testCommand: testCommandOf(runner, typescript, dependencies),
    install: installOf(has, readConfigObject(join(root, "package.json"), root)?.["packageManager"]),
    dependencies,
  };
}

function runnerOf(dependencies: ReadonlySet<string>, script: string): JavaScriptSurroundings["runner"] {
  for (const runner of ["vitest", "jest", "mocha"] as const)
    if (dependencies.has(runner) || dependencies.has(`ts-${runner}`)) return runner;
  const named = /\b(vitest|jest|mocha)\b/.exec(script)?.[1];
  return named === undefined ? "node" : (named as "vitest" | "jest" | "mocha");
}

function extensionOf(root: string, typescript: boolean, modules: "esm" | "commonjs"): ".ts" | ".js" | "" {
  if (!typescript) return ".js";
  const options = readConfigObject(join(root, "tsconfig.json"), root)?.["compilerOptions"];
  const { allowImportingTsExtensions, rewriteRelativeImportExtensions } = (options ?? {}) as Record<string, unknown>;
  if (allowImportingTsExtensions === true || rewriteRelativeImportExtensions === true) return ".ts";
  return modules === "esm" ? ".js" : "";
}

function testCommandOf(runner: JavaScriptSurroundings["runner"], typescript: boolean, dependencies: ReadonlySet<string>): string {
  const tsx = typescript && dependencies.has("tsx") ? "--import tsx " : "";
  if (runner === "vitest") return "npx vitest run";
  if (runner === "jest") return "npx jest";
  if (runner === "mocha") return `npx mocha ${tsx}`.trimEnd();
  return `node ${tsx}--test`;
}

function installOf(has: (name: string) => boolean, manager: unknown): string {
  const declared = typeof manager === "string" ? manager.split("@", 1)[0] : undefined;
  const is = (name: string, ...locks: string[]) => declared === name || (declared === undefined && locks.some(has));
  if (is("pnpm", "pnpm-lock.yaml")) return "pnpm add";
  if (is("yarn", "yarn.lock")) return "yarn add";
  if (is("bun", "bun.lock", "bun.lockb")) return "bun add";
  return "npm install";
}

function pythonSurroundings(root: string, names: readonly string[], has: (name: string) => boolean): PythonSurroundings | undefined {
  const read = (name: string) => readFileSync(join(root, name), "utf8");
  const project = readPythonProject("", names, (name) => (existsSync(join(root, name)) ? read(name) : undefined));
  const manifests = names.filter((name) => pythonManifestName.test(name));
  if (project === undefined && manifests.length === 0 && !has("manage.py")) return undefined;
  const dependencies = new Set(project?.dependencies.keys() ?? []);
  if (has("manage.py")) dependencies.add("django");
  const asks =
    [...names].some((name) => name === "pytest.ini" || name === "conftest.py") ||
    (has("pyproject.toml") && read("pyproject.toml").includes("[tool.pytest"));
  const install = has("uv.lock")
    ? "uv add"
    : has("poetry.lock")
      ? "poetry add"
      : has("Pipfile")
        ? "pipenv install"
        : "python -m pip install";
  return { language: "python", runner: asks || dependencies.has("pytest") ? "pytest" : "unittest", install, dependencies };
}
