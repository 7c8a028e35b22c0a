/** Which file the thread of a scan starts from. */
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { builtWorker } from "../../src/cli/built-worker.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "optimize-built-"));
  mkdirSync(join(folder, "cli"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, seconds: number): void {
  writeFileSync(join(folder, path), "");
  utimesSync(join(folder, path), seconds, seconds);
}

const chosen = (): string =>
  builtWorker(pathToFileURL(join(folder, "cli/scanning.js")).href)
    .pathname.split("/")
    .at(-1) ?? "";

describe("the file of the thread", () => {
  it("is the bundle that was made of what the compiler wrote last", () => {
    write(".tsbuildinfo", 1000);
    write("cli/scan-worker.bundle.js", 1000);
    expect(chosen()).toBe("scan-worker.bundle.js");
  });

  it("is the bundle where the compiler's record was left out", () => {
    write("cli/scan-worker.bundle.js", 1000);
    expect(chosen()).toBe("scan-worker.bundle.js");
  });

  it("is no bundle of an earlier build", () => {
    write(".tsbuildinfo", 1001);
    write("cli/scan-worker.bundle.js", 1000);
    expect(chosen()).toBe("scan-worker.js");
  });

  it("is the module itself where nothing was bundled", () => {
    write(".tsbuildinfo", 1000);
    expect(chosen()).toBe("scan-worker.js");
  });
});
