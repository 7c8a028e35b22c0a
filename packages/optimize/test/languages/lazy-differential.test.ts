/**
 * Trees out of the parser's buffer and plain trees give equal Facts, file for file.
 * Over another folder: `DIFFERENTIAL_FOLDER=<folder> npx vitest run lazy-differential`.
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { lowerJavaScript } from "../../src/languages/javascript/index.ts";
import { useRawTrees } from "../../src/languages/javascript/raw.ts";
import { oddities } from "./oddities.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const folder = process.env["DIFFERENTIAL_FOLDER"] ?? root;

function sources(from: string): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const path = join(from, entry.name);
    if (entry.isDirectory()) {
      if (!["node_modules", "dist", ".git"].includes(entry.name)) found.push(...sources(path));
    } else if (entry.isFile() && /\.[cm]?[jt]sx?$/.test(entry.name)) found.push(path);
  }
  return found;
}

function both(file: string, text: string): { raw: unknown; plain: unknown } {
  useRawTrees(true);
  const raw = lowerJavaScript({ file, text });
  useRawTrees(false);
  return { raw, plain: lowerJavaScript({ file, text }) };
}

const supported = useRawTrees(true);

// Where the buffer is not supported there is nothing to compare, and the tests say that they did not run.
describe.skipIf(!supported)("trees out of the buffer", () => {
  afterAll(() => {
    useRawTrees(true);
  });

  test.each(Object.entries(oddities))("equal facts: %s", (file, text) => {
    const { raw, plain } = both(file.replace(/^.* /, ""), text);
    expect(raw).toEqual(plain);
  });

  test("equal facts for every source of a folder", { timeout: 600_000 }, () => {
    const different = sources(folder).filter((file) => {
      const text = readFileSync(file, "utf8");
      const { raw, plain } = both(file, text);
      return JSON.stringify(raw) !== JSON.stringify(plain);
    });
    expect(different).toEqual([]);
  });
});

test.each(Object.entries(oddities))("facts and no failure: %s", (file, text) => {
  expect(lowerJavaScript({ file: file.replace(/^.* /, ""), text })).toHaveProperty("facts");
});

test.runIf(process.platform === "linux" && process.arch === "x64")("every Node that we run on has the buffer", () => {
  expect(useRawTrees(true)).toBe(true);
});

test("without the buffer files are lowered all the same", () => {
  expect(useRawTrees(false)).toBe(false);
  expect(lowerJavaScript({ file: "a.ts", text: "export const a = 1;" })).toHaveProperty("facts");
});
