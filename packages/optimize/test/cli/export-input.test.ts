import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readArguments } from "../../src/cli/args.ts";
import { exportOf } from "../../src/cli/export-input.ts";
import { commonFlags } from "../../src/cli/scan-flags.ts";

let folder: string;
let outside: string;
const whole = {
  format: "optimize-database-export",
  version: 1,
  dialect: "postgresql",
  server: "17.2",
  values: false,
  settings: {},
  extensions: [],
  tables: [],
  notes: [],
};
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "optimize-export-"));
  outside = mkdtempSync(join(tmpdir(), "optimize-outside-"));
  writeFileSync(join(outside, "shop.json"), JSON.stringify(whole));
  writeFileSync(join(folder, "own.json"), JSON.stringify({ ...whole, server: "18.1" }));
  writeFileSync(join(folder, "broken.json"), "{");
  writeFileSync(join(folder, "other.json"), JSON.stringify({ ...whole, tables: [{ schema: "public", name: "a", rows: 1, pages: 1e13 }] }));
  symlinkSync(join(outside, "shop.json"), join(folder, "link.json"));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(outside, { recursive: true, force: true });
});

const given = (argv: readonly string[], stats?: string) =>
  exportOf(
    readArguments(argv, { name: "scan", positionals: ["[path]"], flags: commonFlags }, () => false),
    stats === undefined ? {} : { stats },
    folder,
    outside,
  );

describe("the export of a scan", () => {
  it("is what the flag names, else what the settings name, else none", () => {
    expect(given(["--stats", "shop.json"], "own.json")?.server).toBe("17.2");
    expect(given([], "own.json")?.server).toBe("18.1");
    expect(given([])).toBeUndefined();
  });

  it("is no file that the settings reach by a link", () => {
    expect(() => given([], "link.json")).toThrow("link.json: it cannot be read");
  });

  it("is an error in one line when it is no export, or none that a server can have written", () => {
    expect(() => given([], "broken.json")).toThrow("broken.json: it is no JSON");
    expect(() => given([], "other.json")).toThrow(/^other\.json is no export of this version: tables\.0\.pages/);
    expect(() => given([], "nowhere.json")).toThrow("it cannot be read");
  });
});
