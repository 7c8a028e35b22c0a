import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { discover } from "../../src/engine/discover.ts";
import { createResolver } from "../../src/engine/resolve.ts";
import type { Resolution, Resolver } from "../../src/engine/resolve.ts";
import { temporaryFolder } from "../temporary.ts";

const json = (value: unknown): string => JSON.stringify(value);
const empty = (...paths: readonly string[]): Record<string, string> => Object.fromEntries(paths.map((path) => [path, ""]));
const resolver = (root: string): Resolver => createResolver(discover(root));
const file = (path: string): Resolution => ({ kind: "file", path });
const unknown = (why: "asset" | "skipped" | "outside" | "missing"): Resolution => ({ kind: "unknown", why });

describe("relative specifiers", () => {
  const root = temporaryOnce(() => ({
    ...empty(
      "src/a.ts",
      "src/b.tsx",
      "src/c.js",
      "src/c.ts",
      "src/d.mts",
      "src/e.cjs",
      "src/dir/index.ts",
      "src/dots.config.ts",
      "src/x.test.ts",
      "src/same.ts",
      "src/same/index.ts",
      "index.js",
      "src/old.js",
    ),
    "src/data.json": "{}",
    "src/own/package.json": json({ main: "./lib/entry.js" }),
    "src/own/lib/entry.js": "",
  }));
  test.each<[string, Resolution]>([
    ["./a", file("src/a.ts")],
    ["./a.js", file("src/a.ts")],
    ["./b", file("src/b.tsx")],
    ["./b.jsx", file("src/b.tsx")],
    ["./b.js", file("src/b.tsx")],
    ["./c.js", file("src/c.ts")],
    ["./c", file("src/c.ts")],
    ["./d.mjs", file("src/d.mts")],
    ["./e.cjs", file("src/e.cjs")],
    ["./dir", file("src/dir/index.ts")],
    ["./dir/", file("src/dir/index.ts")],
    ["./dots.config", file("src/dots.config.ts")],
    ["./same", file("src/same.ts")],
    ["./own", file("src/own/lib/entry.js")],
    ["..", file("index.js")],
    ["../", file("index.js")],
    ["./dir/../a", file("src/a.ts")],
    ["raw-loader!./a?worker", file("src/a.ts")],
    ["./data.json", unknown("asset")],
    ["./gone.svg?react", unknown("asset")],
    ["./x.test", unknown("skipped")],
    ["./gone", unknown("missing")],
    ["../../x", unknown("outside")],
    ["", unknown("missing")],
    ["./a\0", unknown("missing")],
  ])("%j", (specifier, wanted) => {
    expect(resolver(root()).resolve("src/main.ts", specifier)).toEqual(wanted);
  });

  test("a JavaScript file asks for the JavaScript beside it", () => {
    expect(resolver(root()).resolve("src/main.js", "./c.js")).toEqual(file("src/c.js"));
  });
});

test("builtins, packages and other schemes, nothing being installed", () => {
  const { resolve } = resolver(temporaryFolder({ "package.json": json({ dependencies: { events: "1" } }), "a.ts": "" }));
  const ask = (specifier: string): Resolution => resolve("a.ts", specifier);
  expect(ask("fs")).toEqual({ kind: "builtin", name: "node:fs" });
  expect(ask("fs/promises")).toEqual({ kind: "builtin", name: "node:fs/promises" });
  expect(ask("node:test")).toEqual({ kind: "builtin", name: "node:test" });
  expect(ask("bun:sqlite")).toEqual({ kind: "builtin", name: "bun:sqlite" });
  expect(ask("pg")).toEqual({ kind: "package", name: "pg", subpath: "" });
  expect(ask("@nestjs/common/decorators/core")).toEqual({ kind: "package", name: "@nestjs/common", subpath: "decorators/core" });
  expect(ask("mysql2/promise")).toEqual({ kind: "package", name: "mysql2", subpath: "promise" });
  expect(ask("npm:hono@4/jsx")).toEqual({ kind: "package", name: "hono", subpath: "jsx" });
  expect(ask("string_decoder/")).toEqual({ kind: "package", name: "string_decoder", subpath: "" });
  expect(ask("https://example.org/x.js")).toEqual(unknown("missing"));
  expect(ask("@/x")).toEqual(unknown("missing"));
});

describe("tsconfig", () => {
  test("paths, baseUrl, exact before star, longest first, comments", () => {
    const root = temporaryFolder({
      "tsconfig.json":
        '{ // base\n "compilerOptions": { "baseUrl": "./src", "paths": { "@/*": ["./*"], "@/lib/*": ["./library/*", "./lib/*"], "exact": ["./special.ts"], }, }, }',
      ...empty("src/a.ts", "src/lib/b.ts", "src/library/c.ts", "src/special.ts", "src/feature/index.ts"),
    });
    const { resolve } = resolver(root);
    expect(resolve("src/x.ts", "@/a")).toEqual(file("src/a.ts"));
    expect(resolve("src/x.ts", "@/lib/b")).toEqual(file("src/lib/b.ts"));
    expect(resolve("src/x.ts", "@/lib/c")).toEqual(file("src/library/c.ts"));
    expect(resolve("src/x.ts", "exact")).toEqual(file("src/special.ts"));
    expect(resolve("src/x.ts", "feature")).toEqual(file("src/feature/index.ts"));
    expect(resolve("src/x.ts", "other")).toEqual({ kind: "package", name: "other", subpath: "" });
  });

  test("extends: chains, lists, a workspace package, configDir, cycles", () => {
    const root = temporaryFolder({
      "package.json": json({ workspaces: ["packages/*", "apps/*"] }),
      "packages/config/package.json": json({ name: "@x/tsconfig" }),
      "packages/config/base.json": json({ compilerOptions: { paths: { "~/*": ["${configDir}/src/*"] } } }),
      "apps/web/package.json": json({ name: "web" }),
      "apps/web/tsconfig.json": json({ extends: ["./one", "@x/tsconfig/base.json"] }),
      "apps/web/one.json": json({ extends: "./tsconfig.json", compilerOptions: { baseUrl: "." } }),
      "apps/web/src/a.ts": "",
      "apps/web/other/b.ts": "",
    });
    const { resolve } = resolver(root);
    expect(resolve("apps/web/src/x.ts", "~/a")).toEqual(file("apps/web/src/a.ts"));
    expect(resolve("apps/web/src/x.ts", "other/b")).toEqual(file("apps/web/other/b.ts"));
  });

  test("project references of the same folder, the nearest configuration first, then those above, jsconfig", () => {
    const root = temporaryFolder({
      "tsconfig.json": json({ compilerOptions: { paths: { "@top/*": ["./top/*"], "@both/*": ["./top/*"] } } }),
      "top/t.ts": "",
      "app/tsconfig.json": json({ files: [], references: [{ path: "./tsconfig.app.json" }] }),
      "app/tsconfig.app.json": json({ compilerOptions: { paths: { "@app/*": ["./src/*"], "@both/*": ["./src/*"] } } }),
      "app/src/t.ts": "",
      "app/src/u.ts": "",
      "js/jsconfig.json": json({ compilerOptions: { paths: { "@js/*": ["./in/*"] } } }),
      "js/in/v.js": "",
    });
    const { resolve } = resolver(root);
    expect(resolve("app/src/x.ts", "@app/u")).toEqual(file("app/src/u.ts"));
    expect(resolve("app/src/x.ts", "@both/t")).toEqual(file("app/src/t.ts"));
    expect(resolve("app/src/x.ts", "@top/t")).toEqual(file("top/t.ts"));
    expect(resolve("js/x.js", "@js/v")).toEqual(file("js/in/v.js"));
  });

  test("a scanned sub-folder uses configurations above it, up to the repository's top and no further", () => {
    const outer = temporaryFolder({
      "tsconfig.json": json({ compilerOptions: { paths: { "@far/*": ["./repo/app/src/*"] } } }),
      "repo/.git/HEAD": "",
      "repo/tsconfig.json": json({ compilerOptions: { paths: { "@near/*": ["./app/src/*"], "@out/*": ["./lib/*"] } } }),
      "repo/app/src/a.ts": "",
      "repo/lib/b.ts": "",
    });
    const { resolve } = resolver(join(outer, "repo", "app"));
    expect(resolve("src/x.ts", "@near/a")).toEqual(file("src/a.ts"));
    expect(resolve("src/x.ts", "@far/a")).toEqual({ kind: "package", name: "@far/a", subpath: "" });
    expect(resolve("src/x.ts", "@out/b")).toEqual({ kind: "package", name: "@out/b", subpath: "" });
  });
});

describe("workspace packages that are neither installed nor built", () => {
  const manifest = (name: string, more: object): string => json({ name, ...more });
  const root = temporaryOnce(() => ({
    "package.json": json({ private: true, workspaces: ["p/*"] }),
    "app.ts": "",
    "p/main/package.json": manifest("main", { main: "./dist/index.js" }),
    "p/main/src/index.ts": "",
    "p/main/src/deep/x.ts": "",
    "p/exp/package.json": manifest("@x/exp", {
      exports: {
        ".": { types: "./dist/esm/index.d.mts", import: "./dist/esm/index.mjs" },
        "./feature": { browser: "./dist/feature.browser.js", "@x/source": "./source/feature.ts", default: "./dist/feature.js" },
        "./utils/*": "./dist/utils/*.js",
        "./internal/*": null,
      },
    }),
    ...empty(
      "p/exp/src/index.ts",
      "p/exp/source/feature.ts",
      "p/exp/src/feature.ts",
      "p/exp/src/utils/text.ts",
      "p/exp/src/feature.browser.ts",
    ),
    "p/field/package.json": manifest("field", { module: "./build/m.js", types: "./types.d.ts" }),
    "p/field/lib/m.ts": "",
    "p/bare/package.json": manifest("bare", {}),
    "p/bare/index.ts": "",
    "p/bare/sub.ts": "",
    "p/hash/package.json": manifest("hash", {
      imports: { "#db/*": { development: "./src/db/*.ts", default: "./dist/db/*.js" }, "#ext": "pg" },
    }),
    "p/hash/src/db/pool.ts": "",
    "p/gen/package.json": manifest("gen", { main: "./generated/index.js" }),
    "example/package.json": manifest("main", {}),
    "example/index.ts": "",
  }));
  test.each<[string, Resolution]>([
    ["main", file("p/main/src/index.ts")],
    ["main/dist/deep/x", file("p/main/src/deep/x.ts")],
    ["main/src/deep/x.js", file("p/main/src/deep/x.ts")],
    ["main/deep/x", file("p/main/src/deep/x.ts")],
    ["@x/exp", file("p/exp/src/index.ts")],
    ["@x/exp/feature", file("p/exp/source/feature.ts")],
    ["@x/exp/utils/text", file("p/exp/src/utils/text.ts")],
    ["field", file("p/field/lib/m.ts")],
    ["bare", file("p/bare/index.ts")],
    ["bare/sub", file("p/bare/sub.ts")],
    ["gen", unknown("missing")],
    ["bare/style.css", unknown("asset")],
  ])("%s", (specifier, wanted) => {
    expect(resolver(root()).resolve("app.ts", specifier)).toEqual(wanted);
  });

  test("#imports and a package that names itself", () => {
    const { resolve } = resolver(root());
    expect(resolve("p/hash/src/a.ts", "#db/pool")).toEqual(file("p/hash/src/db/pool.ts"));
    expect(resolve("p/hash/src/a.ts", "#ext")).toEqual({ kind: "package", name: "pg", subpath: "" });
    expect(resolve("p/hash/src/a.ts", "#none")).toEqual(unknown("missing"));
    expect(resolve("p/main/src/deep/x.ts", "main")).toEqual(file("p/main/src/index.ts"));
  });
});

test("a workspace package's name with a subpath it lacks may be the registry's package", () => {
  const root = temporaryFolder({
    "package.json": json({ workspaces: ["p/*"] }),
    "p/storybook/package.json": json({ name: "storybook", devDependencies: { storybook: "9.0.0" } }),
    "p/storybook/a.ts": "",
  });
  expect(resolver(root).resolve("p/storybook/a.ts", "storybook/test")).toEqual({ kind: "package", name: "storybook", subpath: "test" });
});

test("links: an answer inside the tree counts, one outside does not", () => {
  const outside = temporaryFolder({ "secret.ts": "" });
  const root = temporaryFolder({ "shared/x.ts": "", "app/a.ts": "" });
  symlinkSync("../shared", join(root, "app", "linked"));
  symlinkSync(outside, join(root, "app", "stolen"));
  const { resolve } = resolver(root);
  expect(resolve("app/a.ts", "./linked/x")).toEqual(file("shared/x.ts"));
  expect(resolve("app/a.ts", "./stolen/secret")).toEqual(unknown("missing"));
});

test("hostile manifests and configurations give no answer and no error", () => {
  const root = temporaryFolder({
    "package.json": json({
      name: "p",
      exports: { ".": "../../../etc/passwd", "./*": ["./../*", { a: { b: "./x/../../y" } }] },
      imports: { "#*": "#*" },
      main: 3,
    }),
    "tsconfig.json": json({ extends: "../../../../etc/passwd", compilerOptions: { paths: { "@/*": "no list", "b/*": [1, "../../*"] } } }),
    "a.ts": "",
  });
  const { resolve } = resolver(root);
  for (const specifier of ["p", "p/x", "#loop", "@/x", "b/etc/passwd", "__proto__", "constructor/x", "%00", "..\\..\\x", "\u{1f600}"])
    expect(resolve("a.ts", specifier).kind).not.toBe("file");
});

describe("a specifier with one unknown name", () => {
  const root = temporaryFolderOnce();
  test("prefix and suffix choose among the siblings", () => {
    const { resolveDirectory } = resolver(root());
    expect(resolveDirectory("db/index.js", "./")).toEqual(["db/mongo/index.js", "db/postgres.ts", "db/redis.js"]);
    expect(resolveDirectory("db/index.js", "./", ".js")).toEqual(["db/postgres.ts", "db/redis.js"]);
    expect(resolveDirectory("db/index.js", "./re")).toEqual(["db/redis.js"]);
    expect(resolveDirectory("app.js", "./db/", "/index")).toEqual(["db/mongo/index.js"]);
    expect(resolveDirectory("app.js", "@/", "Handler")).toEqual(["src/mailHandler.ts"]);
    expect(resolveDirectory("app.js", "./many/")).toEqual([]);
    expect(resolveDirectory("app.js", "../")).toEqual([]);
    expect(resolveDirectory("app.js", "pg-")).toEqual([]);
  });

  function temporaryFolderOnce(): () => string {
    return temporaryOnce(() => ({
      ...empty(
        "db/index.js",
        "db/redis.js",
        "db/postgres.ts",
        "db/mongo/index.js",
        "app.js",
        "src/mailHandler.ts",
        "src/mail.ts",
        ...Array.from({ length: 65 }, (_, index) => `many/m${index}.ts`),
      ),
      "tsconfig.json": json({ compilerOptions: { paths: { "@/*": ["./src/*"] } } }),
    }));
  }
});

test("answers are remembered: a file that appears later is not seen", () => {
  const root = temporaryFolder({ "a.ts": "" });
  const { resolve } = resolver(root);
  expect(resolve("a.ts", "./late")).toEqual(unknown("missing"));
  mkdirSync(join(root, "late"));
  writeFileSync(join(root, "late", "index.ts"), "");
  expect(resolve("a.ts", "./late")).toEqual(unknown("missing"));
});

/** The same layout for several tests of a group; made anew for each, because folders go with their test. */
function temporaryOnce(files: () => Record<string, string>): () => string {
  return () => temporaryFolder(files());
}
