/** What the package promises: no dependency, small, each part a subpath, an example on each public function. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../", import.meta.url));
const manifest = JSON.parse(readFileSync(`${root}package.json`, "utf8")) as {
  dependencies?: object;
  exports: Record<string, { source: string; import: { types: string; default: string }; require: { types: string; default: string } }>;
};
const { "./package.json": _, ...subpaths } = manifest.exports;
const sources = readdirSync(`${root}src`).filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"));

async function gzipped(source: string): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [`${root}${source}`],
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    external: ["bullmq"],
    write: false,
  });
  return gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length;
}

describe("the package", () => {
  it("has no dependency, and imports nothing but its own files and Node", () => {
    expect(manifest.dependencies).toBe(undefined);
    const allowed = new Set([...builtinModules.map((name) => `node:${name}`), "bullmq"]);
    for (const file of sources)
      for (const [, specifier = ""] of readFileSync(`${root}src/${file}`, "utf8")
        .replace(/^ \* .*$/gm, "")
        .matchAll(/(?:from |import\()"([^"]+)"/g))
        expect(
          specifier.startsWith("./") ? existsSync(`${root}src/${specifier}`) : allowed.has(specifier),
          `${file} imports ${specifier}`,
        ).toBe(true);
  });

  it("names files for each subpath that follow from its source", () => {
    for (const [subpath, paths] of Object.entries(subpaths)) {
      const name = subpath === "." ? "index" : subpath.slice(2);
      const built = (kind: string) => ({ types: `./dist/${kind}/${name}.d.ts`, default: `./dist/${kind}/${name}.js` });
      expect(paths).toEqual({ source: `./src/${name}.ts`, import: built("esm"), require: built("cjs") });
      expect(existsSync(`${root}src/${name}.ts`)).toBe(true);
    }
  });

  it("is at most 12 kB in all, bundled, minified and gzipped", async () => {
    expect(await gzipped("src/index.ts")).toBeLessThanOrEqual(12_000);
  });

  it.each(Object.entries(subpaths).filter(([name]) => !/^\.$|monitor|queue/.test(name)))("%s is at most 3 kB", async (_, { source }) => {
    expect(await gzipped(source)).toBeLessThanOrEqual(3000);
  });

  it("has an example on each public function and class", () => {
    for (const { source } of Object.values(subpaths)) {
      const text = readFileSync(`${root}${source}`, "utf8");
      const made = [...text.matchAll(/(\/\*\*(?:(?!\*\/)[^])*\*\/\n)?export (?:async )?(?:function\*?|class) (\w+)/g)];
      const documented = new Set(made.filter(([, comment]) => comment?.includes("@example")).map(([, , name]) => name));
      for (const [, , name] of made) expect(documented.has(name), `${source}: ${name} has an @example`).toBe(true);
    }
  });
});
