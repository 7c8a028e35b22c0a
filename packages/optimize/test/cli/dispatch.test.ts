import { existsSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { main } from "../../src/cli/dispatch.ts";
import { commands } from "../../src/cli/commands/index.ts";
import type { Terminal } from "../../src/cli/terminal.ts";
import { runSchema } from "../../src/model/run-schema.ts";
import { sampleFinding, sampleRun } from "../run-sample.ts";
import { temporaryFolder } from "../temporary.ts";
import { fakeTerminal } from "./fake-terminal.ts";

async function run(argv: string[], changes: Partial<Terminal> = {}): Promise<{ code: number; out: string; err: string }> {
  const terminal = fakeTerminal(changes);
  const code = await main(argv, terminal);
  return { code, out: terminal.printed(), err: terminal.errors() };
}

describe("the command line", () => {
  it("shows its version and its help", async () => {
    expect((await run(["--version"])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
    const help = await run(["--help"]);
    for (const name of Object.keys(commands)) expect(help.out).toContain(`  ${name === "" ? "[path]" : name}`);
    expect((await run(["help"])).out).toBe(help.out);
  });

  const pages = Object.entries(commands).flatMap(([name, entry]) =>
    "commands" in entry ? Object.keys(entry.commands).map((inner) => [`${name} ${inner}`]) : [[name]],
  );
  it.each(pages)("has a page with examples for %j", async (name) => {
    const { code, out } = await run(name === "" ? ["help", "scan"] : [...name.split(" "), "--help"]);
    expect(code).toBe(0);
    expect(out).toMatch(/Usage: optimize .*\n\n[A-Z].*:\n {2}-[\s\S]*\n {2}--help [\s\S]*\nExamples:\n {2}optimize/);
  });

  it.each([
    [["scann"], "there is no command and no folder scann; did you mean scan?"],
    [["./nowhere"], "there is no folder ./nowhere"],
    [["scan", "nowhere"], "there is no folder nowhere"],
    [["--al"], "there is no option --al; did you mean --all?"],
    [["scan", "--format", "xml"], "--format is one of text, json, markdown, compact, sarif, github, gitlab, junit"],
    [["diff"], "<ref> is missing"],
    [["scan", "--rule", "db/n-plus-on"], "there is no rule db/n-plus-on; did you mean db/n-plus-one?"],
    [["scan", "--package", "nope"], "there is no package nope"],
    [["explain", "db/n-plus-oen"], "there is no rule db/n-plus-oen"],
    [["\u001b[31mred"], "\\u{1b}[31mred"],
  ])("refuses %j with one line, a hint and exit code 2", async (argv, message) => {
    const { code, out, err } = await run(argv, { cwd: temporaryFolder() });
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toContain(message);
    // On a busy machine a scan says how far it is.
    expect(
      err
        .trimEnd()
        .split("\n")
        .filter((line) => !/^optimize: (?:files|reading|following calls)$/.test(line)).length,
    ).toBeLessThanOrEqual(2);
  });

  it("gives 2 for a file where a folder is needed", async () => {
    const cwd = temporaryFolder({ "a.ts": "" });
    expect(await run(["a.ts"], { cwd })).toMatchObject({ code: 2, err: expect.stringContaining("a.ts is no folder") as string });
  });

  it("keeps the report in the store when the project names a place that is none, and says so", async () => {
    const cwd = temporaryFolder({
      "a.ts": "export const a = 1;\n",
      "package.json": "{}",
      ".ai-ley/shared/variables/folder-structure.yaml": "files:\n  performance: package.json\n",
    });
    const { code, err } = await run([], { cwd });
    expect([code, err]).toEqual([
      0,
      "optimize: the report is no Markdown file of the project: package.json; the report goes to .optimize/report.md\n",
    ]);
    expect(readFileSync(join(cwd, "package.json"), "utf8")).toBe("{}");
    expect(existsSync(join(cwd, ".optimize/report.md"))).toBe(true);
  });

  it("says that a folder holds no sources", async () => {
    expect((await run(["scan"], { cwd: temporaryFolder({ "a.rb": "" }) })).out).toContain(
      "No TypeScript, JavaScript or Python source was read",
    );
  });

  it("prints the Run and nothing else as JSON", async () => {
    const cwd = temporaryFolder({ "a.ts": "export const a = 1;\n" });
    const { code, out, err } = await run(["scan", "--format", "json"], { cwd });
    expect([code, err]).toEqual([0, ""]);
    expect(runSchema.safeParse(JSON.parse(out)).error).toBeUndefined();
    expect(out).not.toContain(cwd);
    expect(readFileSync(join(cwd, ".optimize/run.json"), "utf8")).toBe(out);
    expect((await run(["scan", "--format", "json"], { cwd })).out).toBe(out);
  });

  it("writes the report without being asked, and where the folder structure says", async () => {
    const cwd = temporaryFolder({ "a.ts": "" });
    expect((await run([], { cwd })).out).toContain("Report  .optimize/report.md");
    expect(statSync(join(cwd, ".optimize")).mode & 0o777).toBe(0o700);
    expect(readFileSync(join(cwd, ".optimize/.gitignore"), "utf8")).toBe("*\n");
    const declared = temporaryFolder({
      "a.ts": "",
      ".ai-ley/shared/variables/folder-structure.yaml": "files:\n  performance: docs/PERFORMANCE.md\n",
    });
    expect((await run([], { cwd: declared })).out).toContain("Report  docs/PERFORMANCE.md");
    expect(existsSync(join(declared, "docs/PERFORMANCE.md"))).toBe(true);
  });

  it("does not write through a store that is a link, and goes on", async () => {
    const elsewhere = temporaryFolder();
    const cwd = temporaryFolder({ "a.ts": "" });
    symlinkSync(elsewhere, join(cwd, ".optimize"));
    const { code, err } = await run([], { cwd });
    expect(code).toBe(0);
    expect(err).toBe("optimize: .optimize is there and is no folder; nothing was written; the findings are not kept\n");
    expect(existsSync(join(elsewhere, "run.json"))).toBe(false);
  });

  it("explains a finding of the last scan by a part of its id", async () => {
    const two = [sampleFinding(), sampleFinding({ id: "7f3a9d0000000000", better: "const all = 1;", reason: "no numbers yet" })];
    const cwd = temporaryFolder({ ".optimize/run.json": JSON.stringify(sampleRun({ findings: two })) });
    expect((await run(["explain", "7f3a9d"], { cwd })).out).toMatch(
      /Call path\n {2}src\/orders\/service\.ts:41 {2}the loop[\s\S]*Better\n {2}const all = 1;/,
    );
    expect(await run(["explain", "7f3a"], { cwd })).toMatchObject({
      code: 2,
      err: expect.stringContaining("stands for 2 findings") as string,
    });
    expect(await run(["explain", "7f3"], { cwd })).toMatchObject({ code: 2, err: expect.stringContaining("too short") as string });
    const broken = temporaryFolder({ ".optimize/run.json": "{" });
    expect(await run(["explain", "7f3a"], { cwd: broken })).toMatchObject({
      code: 2,
      err: expect.stringContaining("is no scan that") as string,
    });
    expect(await run(["explain", "abcd"], { cwd: temporaryFolder() })).toMatchObject({
      code: 2,
      err: expect.stringContaining("no kept scan") as string,
    });
  });

  it("ends with 130 when it was interrupted", async () => {
    const signal = AbortSignal.abort();
    expect((await run(["scan"], { cwd: temporaryFolder({ "a.ts": "" }), signal })).code).toBe(130);
  });

  it("says three mistakes of the settings in three lines", async () => {
    const cwd = temporaryFolder({ "optimize.config.json": '{ "exclud": [], "tiers": ["sure"], "failOn": 3 }' });
    const { code, err } = await run(["scan"], { cwd });
    expect(code).toBe(2);
    expect(err).toContain("optimize.config.json has 3 problems:\n");
    for (const line of [/ {2}exclud: there is no such setting, did you mean "exclude"\?/, / {2}tiers\.0: /, / {2}failOn: /])
      expect(err).toMatch(line);
  });

  it("does not run executable settings, and says so", async () => {
    const cwd = temporaryFolder({ "a.ts": "", "optimize.config.js": "throw new Error('it ran')" });
    const { code, err } = await run(["scan"], { cwd });
    expect(code).toBe(0);
    expect(err).toBe("optimize: optimize.config.js is not run; to run it on purpose: --config optimize.config.js\n");
  });
});
