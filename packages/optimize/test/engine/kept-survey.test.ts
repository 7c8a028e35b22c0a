import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compareInputs } from "../../src/engine/compare-inputs.ts";
import { digest, openLedger } from "../../src/engine/inputs.ts";
import type { Input, Stamp } from "../../src/engine/inputs.ts";
import { recallSurvey, rememberRun, runKey } from "../../src/engine/kept-survey.ts";
import { listFolder } from "../../src/engine/listing.ts";
import { scan } from "../../src/engine/scan.ts";
import type { ScanOptions } from "../../src/engine/scan.ts";
import { readSource } from "../../src/engine/source-text.ts";
import { saveRun } from "../../src/engine/store.ts";
import { conclude } from "../../src/engine/survey.ts";
import type { Run } from "../../src/model/finding.ts";
import { temporaryFolder } from "../temporary.ts";

const build = "a build";
const project = {
  "package.json": JSON.stringify({ name: "shop", dependencies: { express: "^5.0.0", pg: "^8.0.0" } }),
  "tsconfig.json": JSON.stringify({ compilerOptions: { paths: { "@/*": ["./src/*"] } } }),
  "src/orders.ts": `import { Pool } from "pg";
const pool = new Pool();
export async function one(id: string) {
  return pool.query("select * from orders where id = $1", [id]);
}
`,
  "src/app.ts": `import express from "express";
import { one } from "@/orders";
const app = express();
app.get("/orders", async (req, res) => {
  const out = [];
  for (const id of req.body.ids) out.push(await one(id));
  res.json(out);
});
`,
};

/** Most of a project does not change at once. */
const others = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`lib/other${i}.ts`, `export const other${i} = ${i};\n`]));

const kept = (): string => temporaryFolder({ ...project, ...others });

const cold = (root: string, options: ScanOptions = {}): Promise<Run> => scan(root, { ...options, keep: { build } });

async function warm(root: string, options: ScanOptions = {}): Promise<Run | undefined> {
  const recalled = recallSurvey(root, options, build);
  return recalled === undefined ? undefined : conclude(root, recalled.survey(), options);
}

/** A survey with other inputs and the right digests. */
function forged(text: string, change: (inputs: string) => string): string {
  const [head = "", inputs = "", ...rest] = text.split("\n");
  const changed = change(inputs);
  const parts = head.split(" ");
  return [[...parts.slice(0, 2), digest(changed), ...parts.slice(3)].join(" "), changed, ...rest].join("\n");
}

const elsewhere = (inputs: string): string =>
  JSON.stringify({
    ...(JSON.parse(inputs) as object),
    inputs: [["tracked", "/", [1, 2, 3, 4], "x"], [5], ["none", "/etc/passwd", null, ""]],
  });

const surveyOf = (root: string): string => join(root, ".optimize/survey");

describe("what a scan keeps for the next one", () => {
  it("gives the same Run again while nothing has changed", async () => {
    const root = kept();
    const first = await cold(root);
    expect(first.findings.map(({ rule }) => rule)).toContain("db/n-plus-one");
    expect(JSON.stringify(await warm(root))).toBe(JSON.stringify(first));
    expect(JSON.stringify(await warm(root))).toBe(JSON.stringify(first));
  });

  it("serves every way of narrowing", async () => {
    const root = kept();
    await cold(root, { rules: ["io/sync-in-request-path"] });
    for (const options of [{}, { tiers: ["candidate", "likely"] as const }, { categories: ["db"] }, { package: "shop" }])
      expect(await warm(root, options)).toEqual(JSON.parse(JSON.stringify(await scan(root, options))));
  });

  it.each<[string, (root: string) => void]>([
    ["a source", (root) => writeFileSync(join(root, "src/app.ts"), "export {};\n")],
    [
      "a source, with its size and time put back",
      (root) => {
        const path = join(root, "src/orders.ts");
        const { atime, mtime } = statSync(path);
        writeFileSync(path, project["src/orders.ts"].replace("orders where", "owners where"));
        utimesSync(path, atime, mtime);
      },
    ],
    ["a new source", (root) => writeFileSync(join(root, "src/new.ts"), "export const a = 1;\n")],
    ["a source that is gone", (root) => rmSync(join(root, "src/orders.ts"))],
    ["a source that cannot be read any more", (root) => (rmSync(join(root, "src/app.ts")), mkdirSync(join(root, "src/app.ts")))],
    ["a source with another name", (root) => renameSync(join(root, "src/orders.ts"), join(root, "src/order.ts"))],
    ["a manifest", (root) => writeFileSync(join(root, "package.json"), '{"name":"shop2"}')],
    ["a configuration", (root) => writeFileSync(join(root, "tsconfig.json"), "{}")],
    ["a configuration where there was none", (root) => writeFileSync(join(root, "src/tsconfig.json"), "{}")],
    ["a folder that became a link", (root) => (renameSync(join(root, "src"), join(root, "real")), symlinkSync("real", join(root, "src")))],
    ["a repository around it", (root) => mkdirSync(join(root, ".git"))],
  ])("is not believed after a change: %s", async (_, change) => {
    const root = kept();
    await cold(root);
    change(root);
    expect(await warm(root)).toBeUndefined();
    const again = await cold(root);
    expect(JSON.stringify(await warm(root))).toBe(JSON.stringify(again));
  });

  it("is believed where a file was only touched, copied over itself or had its time set", async () => {
    const root = kept();
    const first = await cold(root);
    const path = join(root, "src/orders.ts");
    writeFileSync(`${path}.new`, readFileSync(path));
    renameSync(`${path}.new`, path);
    utimesSync(join(root, "src/app.ts"), new Date(), new Date());
    expect(JSON.stringify(await warm(root))).toBe(JSON.stringify(first));
  });

  it("belongs to one build, one set of settings and one place", async () => {
    const root = kept();
    await cold(root);
    expect(recallSurvey(root, {}, "another build")).toBeUndefined();
    expect(await warm(root, { includeTests: true })).toBeUndefined();
    expect(await warm(root, { config: { exclude: ["src/**"] } })).toBeUndefined();
    expect(await warm(root, { config: { rules: { "db/n-plus-one": "off" } } })).toBeUndefined();
    expect(await warm(root, { config: { failOn: "high" } })).toBeDefined();
    const moved = `${root}-moved`;
    renameSync(root, moved);
    try {
      expect(await warm(moved)).toBeUndefined();
    } finally {
      renameSync(moved, root);
    }
  });
});

describe("comparing inputs", () => {
  const noted = (root: string): readonly Input[] => {
    const ledger = openLedger();
    readSource({ path: "a.ts", absolute: join(root, "a.ts") });
    listFolder(root);
    ledger.close();
    return [...ledger.inputs.values()];
  };

  it("looks at the entry alone where it is old, and reads it where it is not", () => {
    const root = temporaryFolder({ "a.ts": "a" });
    const inputs = noted(root).map((input) => (input.question === "source" ? { ...input, answer: "of another text" } : input));
    const muchLater = Date.now() + 60_000;
    expect(compareInputs(inputs, muchLater, root)).toMatchObject({ changed: [], asked: 0 });
    expect(compareInputs(inputs, Date.now(), root)?.changed.map(({ path }) => path)).toEqual([join(root, "a.ts")]);
  });

  it("believes nothing where no entry is the one that was seen", () => {
    const inputs = noted(temporaryFolder({ "a.ts": "a" })).map((input) => ({
      ...input,
      stamp: [...(input.stamp ?? []).slice(0, 3), 1] as unknown as Stamp,
    }));
    expect(compareInputs(inputs, Date.now(), "/")).toBeUndefined();
    expect(compareInputs([], Date.now(), "/")).toBeUndefined();
  });

  it("takes two answers to one question for a project that changes", () => {
    const root = temporaryFolder({ "a.ts": "a" });
    const ledger = openLedger();
    listFolder(root);
    expect(ledger.spoilt()).toBe(false);
    writeFileSync(join(root, "b.ts"), "");
    listFolder(root);
    ledger.close();
    expect(ledger.spoilt()).toBe(true);
  });
});

describe("a kept survey that cannot be believed", () => {
  it("is not asked for its Run where another one lies in its place", async () => {
    const root = kept();
    const ids: string[] = [];
    const run = await scan(root, { keep: { build, onKept: (id) => ids.push(id) } });
    const key = runKey(ids[0] ?? "", {});
    const text = JSON.stringify(run);
    saveRun(root, text);
    rememberRun(root, key, text);
    expect(recallSurvey(root, {}, build)?.run(key)).toBe(text);
    expect(recallSurvey(root, {}, build)?.run(runKey(ids[0] ?? "", { tiers: ["candidate"] }))).toBeUndefined();
    saveRun(root, text.replace("likely", "proven"));
    expect(recallSurvey(root, {}, build)?.run(key)).toBeUndefined();
    rmSync(join(root, ".optimize/run.json"));
    expect(recallSurvey(root, {}, build)?.run(key)).toBeUndefined();
    expect(JSON.stringify(await warm(root))).toBe(text);
  });

  it("came with a copy of the project, whole and with its digests", async () => {
    const root = kept();
    await cold(root);
    const copy = temporaryFolder();
    cpSync(root, copy, { recursive: true, preserveTimestamps: true });
    const text = readFileSync(surveyOf(copy), "utf8");
    expect(text.length).toBeGreaterThan(0);
    rmSync(root, { recursive: true });
    // Even at the very place at which it was made.
    cpSync(copy, root, { recursive: true, preserveTimestamps: true });
    expect(await warm(root)).toBeUndefined();
  });

  it.each<[string, (path: string) => void]>([
    ["is empty", (path) => writeFileSync(path, "")],
    ["is truncated", (path) => writeFileSync(path, readFileSync(path).subarray(0, -20))],
    ["has one other byte", (path) => writeFileSync(path, readFileSync(path, "utf8").replace('"likely"', '"proven"'))],
    ["is of another form", (path) => writeFileSync(path, readFileSync(path, "utf8").replace("optimize-survey 1", "optimize-survey 0"))],
    [
      "is of another key",
      (path) =>
        writeFileSync(
          path,
          forged(readFileSync(path, "utf8"), (line) => line.replace(/^\{"key":"./, '{"key":"-')),
        ),
    ],
    [
      "nests deeply",
      (path) =>
        writeFileSync(
          path,
          forged(readFileSync(path, "utf8"), () => "[".repeat(5_000_000)),
        ),
    ],
    ["asks for what is none of it", (path) => writeFileSync(path, forged(readFileSync(path, "utf8"), elsewhere))],
    ["is a link", (path) => (renameSync(path, `${path}2`), symlinkSync(`${path}2`, path))],
    ["is a pipe", (path) => (rmSync(path), execFileSync("mkfifo", [path]))],
    ["is a folder", (path) => (rmSync(path), mkdirSync(path))],
    ["lies behind a link", (path) => (renameSync(join(path, ".."), join(path, "../../o")), symlinkSync("o", join(path, "..")))],
  ])("%s", async (_, break_) => {
    const root = kept();
    const first = await cold(root);
    break_(surveyOf(root));
    expect(await warm(root)).toBeUndefined();
    expect(await cold(root)).toEqual(first);
  });

  it("says once that nothing can be kept, and scans", async () => {
    const root = kept();
    writeFileSync(join(root, ".optimize"), "no folder");
    const problems: string[] = [];
    const run = await scan(root, { keep: { build, onProblem: ({ message }) => problems.push(message) } });
    expect(problems).toEqual([".optimize is there and is no folder; nothing was written"]);
    expect(run.findings).not.toEqual([]);
    expect(await warm(root)).toBeUndefined();
  });
});
