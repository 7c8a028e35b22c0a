import { describe, expect, it } from "vitest";
import { loadConfig } from "../../src/engine/config.ts";
import { scalarAt } from "../../src/engine/report-path.ts";
import { temporaryFolder } from "../temporary.ts";
import { join } from "node:path";

describe("settings", () => {
  it("are empty when there are none", async () => {
    expect(await loadConfig(temporaryFolder())).toEqual({ config: {}, notices: [] });
  });

  it("are read from JSON with comments, and from a literal in TypeScript", async () => {
    const expected = { exclude: ["gen/**"], failOn: "high" };
    const json = temporaryFolder({ "optimize.config.jsonc": '\ufeff{ "exclude": ["gen/**"], // why\n "failOn": "high", }' });
    expect((await loadConfig(json)).config).toEqual(expected);
    const typed = temporaryFolder({
      "optimize.config.ts": 'const level = "high" as const;\nexport default { exclude: [`gen/**`], failOn: level } satisfies object;',
    });
    expect((await loadConfig(typed)).config).toEqual(expected);
  });

  it("run only when they are named", async () => {
    const folder = temporaryFolder({ "optimize.config.mjs": 'export default { failOn: "low" };' });
    expect((await loadConfig(folder)).config).toEqual({});
    expect((await loadConfig(folder, join(folder, "optimize.config.mjs"))).config).toEqual({ failOn: "low" });
  });

  it.each([
    ["optimize.config.ts", "export default { exclude: [process.exit()] };", "optimize.config.ts:1: only literal values"],
    ["optimize.config.ts", "const a = a;\nexport default a;", "optimize.config.ts:1: only literal values"],
    ["optimize.config.ts", "export const a = 1;", "no default export"],
    ["optimize.config.ts", "export default {", "optimize.config.ts:1: "],
    ["optimize.config.ts", `export default ${"[".repeat(8000)}`, "nested too deeply"],
    ["optimize.config.ts", `export default ${"!".repeat(20_000)}1`, "too long to be settings"],
    ["optimize.config.json", "[".repeat(200_000), "nested too deeply"],
    ["optimize.config.json", '{ "report": "../out.md" }', "report: must be a path inside the project"],
    ["optimize.config.json", '{ "rules": 1 }', "rules: "],
    ["optimize.config.json", "[]", "the file: "],
    ["optimize.config.json", '{\n "tiers": [\n}', "line 3, column 1"],
  ])("%s: %.40s is refused", async (name, text, message) => {
    await expect(loadConfig(temporaryFolder({ [name]: text }))).rejects.toThrow(message);
  });

  it("are not guessed when there are two", async () => {
    await expect(loadConfig(temporaryFolder({ "optimize.config.json": "{}", "optimize.config.ts": "export default {}" }))).rejects.toThrow(
      "both there",
    );
  });
});

describe("the folder structure file", () => {
  it.each([
    ["files:\n  performance: a/B.md\n", "a/B.md"],
    ["folders:\n  performance: no\nfiles:\n  x:\n    performance: no\n  performance: 'b c.md' # why\n", "b c.md"],
    ['"files":\r\n    "performance": "c.md"\r\n', "c.md"],
    ["files:\n  performance:\n    deep: no\n", undefined],
    ["files:\n  performance: *alias\n", undefined],
    ["performance: no\n", undefined],
  ])("%j", (yaml, path) => {
    expect(scalarAt(yaml, ["files", "performance"])).toBe(path);
  });
});
