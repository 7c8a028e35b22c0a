import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sourceLines } from "../../src/engine/excerpts.ts";
import { readRun } from "../../src/engine/kept-run.ts";
import { saveReport, saveRun, writeWhole } from "../../src/engine/store.ts";
import { sampleRun } from "../run-sample.ts";
import { temporaryFolder } from "../temporary.ts";

describe("the store", () => {
  it("keeps the last Run and leaves nothing else behind", () => {
    const root = temporaryFolder();
    expect(readRun(root)).toBeUndefined();
    for (const name of ["a", "b"]) saveRun(root, JSON.stringify(sampleRun({ project: { ...sampleRun().project, name } })));
    expect(readRun(root)).toMatchObject({ project: { name: "b" } });
    expect(readdirSync(join(root, ".optimize")).sort()).toEqual([".gitignore", "run.json"]);
  });

  it("reads nothing from what is no Run of this version", () => {
    expect(readRun(temporaryFolder({ ".optimize/run.json": '{"schemaVersion":"1.0"' }))).toBe("unreadable");
    expect(readRun(temporaryFolder({ ".optimize/run.json": "{}" }))).toBe("unreadable");
  });

  it("reads no Run through a link or from a pipe", () => {
    const kept = temporaryFolder();
    saveRun(kept, JSON.stringify(sampleRun()));
    const linked = temporaryFolder();
    symlinkSync(join(kept, ".optimize"), join(linked, ".optimize"));
    expect(readRun(linked)).toBe("unreadable");
    const file = temporaryFolder({ ".optimize/.gitignore": "*" });
    symlinkSync(join(kept, ".optimize/run.json"), join(file, ".optimize/run.json"));
    expect(readRun(file)).toBe("unreadable");
    const pipe = temporaryFolder({ ".optimize/.gitignore": "*" });
    execFileSync("mkfifo", [join(pipe, ".optimize/run.json")]);
    expect(readRun(pipe)).toBe("unreadable");
  });

  it("clears what an ended process left half-written, an hour later", () => {
    const root = temporaryFolder({ ".optimize/.run.json.1.aa.tmp": "half", ".optimize/.run.json.2.bb.tmp": "half" });
    const old = new Date(Date.now() - 7_200_000);
    utimesSync(join(root, ".optimize/.run.json.1.aa.tmp"), old, old);
    saveRun(root, "{}");
    expect(readdirSync(join(root, ".optimize")).filter((name) => name.endsWith(".tmp"))).toEqual([".run.json.2.bb.tmp"]);
  });

  it("replaces a link instead of writing through it", () => {
    const target = join(temporaryFolder({ "victim.txt": "mine" }), "victim.txt");
    const root = temporaryFolder({ ".optimize/x": "" });
    symlinkSync(target, join(root, ".optimize/run.json"));
    saveRun(root, "{}");
    expect(readFileSync(target, "utf8")).toBe("mine");
  });

  it("keeps the report inside the root", () => {
    const outside = temporaryFolder();
    const root = temporaryFolder();
    symlinkSync(outside, join(root, "link"));
    for (const path of ["../report.md", "/tmp/report.md", "link/report.md", "link/new/report.md", "a/../../report.md"]) {
      expect(() => saveReport(root, path, "x")).toThrow("would leave the scanned folder");
    }
    expect(readdirSync(outside)).toEqual([]);
    expect(saveReport(root, "docs/new/report.md", "x")).toBe("docs/new/report.md");
  });

  it("writes a report over nothing but a text to read", () => {
    const root = temporaryFolder({ "package.json": "{}", ".git/hooks/x": "", "notes.md": "old" });
    for (const path of ["package.json", "src/app.ts", ".git/hooks/pre-commit", ".git/x.md", "node_modules/a/README.md", "report"])
      expect(() => saveReport(root, path, "x")).toThrow("is no Markdown file of the project");
    expect(saveReport(root, "notes.md", "x")).toBe("notes.md");
  });

  it("leaves the old file when the new one cannot be written", () => {
    const root = temporaryFolder();
    mkdirSync(join(root, "folder"));
    expect(() => writeWhole(join(root, "folder"), "x")).toThrow("cannot write");
    expect(readdirSync(root)).toEqual(["folder"]);
  });
});

describe("excerpts", () => {
  it("come from inside the root only", () => {
    const root = temporaryFolder({ "a.ts": "\ufeffone\r\ntwo\n" });
    const outside = join(temporaryFolder({ "secret.txt": "secret" }), "secret.txt");
    symlinkSync(outside, join(root, "link.ts"));
    writeFileSync(join(root, "b.ts"), "");
    const source = sourceLines(root);
    expect(source("a.ts")).toEqual(["one", "two", ""]);
    expect([source("link.ts"), source("../secret.txt"), source("none.ts")]).toEqual([undefined, undefined, undefined]);
  });
});
