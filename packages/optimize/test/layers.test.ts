/** The import table of ARCHITECTURE.md: who may know whom, and who may touch the world. */
import { readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { posix } from "node:path";
import { describe, expect, it } from "vitest";
import { factsOf, filesOf, packageRoot } from "./sources.ts";

const everything = [
  "model",
  "languages",
  "databases",
  "advisor",
  "collectors",
  "load",
  "rules",
  "engine",
  "fixes",
  "guard",
  "reporters",
  "page",
  "monitor",
  "recipes",
];

/** Room -> rooms that it may import. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  model: [],
  languages: ["model"],
  reporters: ["model"],
  rules: ["model"],
  databases: ["model"],
  load: ["model"],
  advisor: ["model", "databases"],
  collectors: ["model", "databases", "load"],
  engine: ["model", "languages", "collectors", "databases", "rules"],
  guard: ["model", "engine", "databases", "load", "collectors"],
  fixes: ["model", "engine", "languages", "databases", "load", "collectors", "guard", "advisor"],
  page: ["model"],
  monitor: ["model", "engine", "guard", "collectors"],
  recipes: ["model", "engine", "languages"],
  mcp: everything,
  cli: everything,
  "index.ts": everything,
};

const disk = ["fs", "fs/promises"];
const processes = ["child_process"];
const network = ["net", "tls", "dgram", "http", "https", "http2", "dns"];
const threads = ["worker_threads"];
const touching = new Set([...disk, ...processes, ...network, ...threads, "cluster", "inspector", "vm", "repl"]);

/** Room -> modules of Node that reach the world; those that only compute (path, url, crypto ...) are free outside the model. */
const mayTouch: Readonly<Record<string, readonly string[]>> = {
  databases: [...disk, ...processes, ...network, ...threads],
  load: [...disk, ...network, ...threads],
  collectors: [...disk, ...processes, "inspector"],
  engine: disk,
  "engine/git.ts": [...disk, ...processes],
  guard: disk,
  fixes: [...disk, ...processes],
  monitor: [...disk, ...processes, ...network],
  recipes: disk,
  mcp: [...disk, ...threads],
  cli: [...disk, ...threads],
};

const builtins = new Set(builtinModules);
const manifest = JSON.parse(readFileSync(`${packageRoot}package.json`, "utf8")) as {
  dependencies: Record<string, string>;
  peerDependencies?: Record<string, string>;
};
const rootManifest = JSON.parse(readFileSync(`${packageRoot}../../package.json`, "utf8")) as { devDependencies: Record<string, string> };
const declared = new Set([...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies ?? {})]);

const roomOf = (file: string): string => file.split("/")[0] ?? "";

function packageName(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

function breaches(file: string, specifier: string, typeOnly: boolean): string[] {
  const room = roomOf(file);
  const allowed = mayImport[room];
  if (allowed === undefined) return [`${file}: the room ${room} is not in the table`];
  if (specifier.startsWith(".")) {
    const target = roomOf(posix.join(posix.dirname(file), specifier));
    if (target === ".." || posix.join(posix.dirname(file), specifier).startsWith("../"))
      return [`${file} imports ${specifier} from outside src`];
    if (target !== room && !allowed.includes(target)) return [`${file} imports ${target}`];
    return room === "page" && target === "model" && !typeOnly ? [`${file} imports more than types of the model`] : [];
  }
  const name = specifier.replace(/^node:/, "");
  if (specifier.startsWith("node:") || builtins.has(name)) {
    if (!specifier.startsWith("node:")) return [`${file}: write node:${name}`];
    if (room === "model" || room === "page") return [`${file} imports ${specifier}`];
    const touchable = mayTouch[file] ?? mayTouch[room] ?? [];
    return touching.has(name) && !touchable.includes(name) ? [`${file} touches ${specifier}`] : [];
  }
  if (!declared.has(packageName(specifier))) return [`${file} imports ${specifier}, which package.json does not declare`];
  return room === "model" && packageName(specifier) !== "zod" ? [`${file} imports ${specifier}`] : [];
}

const sources = filesOf("src", ".ts").map((file) => factsOf("src", file));

describe("the rooms", () => {
  it("import only what the table allows, and only declared packages", () => {
    expect(sources.length).toBeGreaterThan(20);
    expect(
      sources.flatMap(({ file, imports }) => imports.flatMap(({ specifier, typeOnly }) => breaches(file, specifier, typeOnly))),
    ).toEqual([]);
  });

  it("speak to the terminal and end the process in cli only", () => {
    const speaking = /^(?:console\.|process\.(?:exit|exitCode|stdout|stderr|abort)$)/;
    const found = sources
      .filter(({ file }) => roomOf(file) !== "cli")
      .flatMap(({ file, members }) => members.filter(({ name }) => speaking.test(name)).map(({ name, line }) => `${file}:${line} ${name}`));
    expect(found).toEqual([]);
  });

  it("are not imported by tests that need an undeclared package", () => {
    const known = new Set([...declared, ...Object.keys(rootManifest.devDependencies)]);
    const found = filesOf("test", ".ts")
      .filter((file) => !file.startsWith("projects/"))
      .flatMap((file) =>
        factsOf("test", file)
          .imports.filter(
            ({ specifier }) => !specifier.startsWith(".") && !specifier.startsWith("node:") && !known.has(packageName(specifier)),
          )
          .map(({ specifier }) => `${file} imports ${specifier}`),
      );
    expect(found).toEqual([]);
  });

  it("would be caught when they broke the table", () => {
    expect(breaches("model/a.ts", "../engine/b.ts", true)).toEqual(["model/a.ts imports engine"]);
    expect(breaches("rules/db/a.ts", "node:fs", false)).toEqual(["rules/db/a.ts touches node:fs"]);
    expect(breaches("engine/store.ts", "node:child_process", false)).toEqual(["engine/store.ts touches node:child_process"]);
    expect(breaches("engine/git.ts", "node:child_process", false)).toEqual([]);
    expect(breaches("model/a.ts", "zod", false)).toEqual([]);
    expect(breaches("model/a.ts", "oxc-parser", false)).toEqual(["model/a.ts imports oxc-parser"]);
    expect(breaches("engine/a.ts", "left-pad/x", false)).toEqual(["engine/a.ts imports left-pad/x, which package.json does not declare"]);
    expect(breaches("engine/a.ts", "fs", false)).toEqual(["engine/a.ts: write node:fs"]);
    expect(breaches("engine/a.ts", "../cli/args.ts", false)).toEqual(["engine/a.ts imports cli"]);
  });
});
