import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { discover } from "../../src/engine/discover.ts";
import { packageLookup } from "../../src/engine/packages.ts";
import { pnpmPatterns } from "../../src/engine/workspace.ts";
import { temporaryFolder as makeFolder } from "../temporary.ts";

const members = (root: string): readonly string[] =>
  discover(root)
    .packages.filter((item) => item.workspace)
    .map((item) => item.name);
const named = (name: string, more: object = {}): string => JSON.stringify({ name, ...more });

describe("workspaces", () => {
  const packages = {
    "apps/web/package.json": named("web"),
    "packages/a/package.json": named("@x/a"),
    "packages/group/b/package.json": named("@x/b"),
    "packages/old/package.json": named("old"),
    "examples/e/package.json": named("e"),
  };

  test("npm and yarn, with globs, braces and exclusions", () => {
    expect(
      members(
        makeFolder({
          ...packages,
          "package.json": named("top", { workspaces: ["{apps,packages}/*", "./packages/group/**", "!packages/old"] }),
        }),
      ),
    ).toEqual(["top", "web", "@x/a", "@x/b"]);
    expect(members(makeFolder({ ...packages, "package.json": named("top", { workspaces: { packages: ["packages/*/"] } }) }))).toEqual([
      "top",
      "@x/a",
      "old",
    ]);
  });

  test("pnpm and lerna", () => {
    expect(
      members(
        makeFolder({
          ...packages,
          "package.json": named("top"),
          "pnpm-workspace.yaml": "packages:\n  - 'packages/**' # all\n  - \"!packages/old\"\ncatalog:\n  - no\n",
        }),
      ),
    ).toEqual(["top", "@x/a", "@x/b"]);
    expect(members(makeFolder({ ...packages, "package.json": named("top"), "lerna.json": '{"packages":["apps/*"]}' }))).toEqual([
      "top",
      "web",
    ]);
    expect(members(makeFolder({ ...packages, "package.json": named("top") }))).toEqual([]);
  });

  test("the list of pnpm-workspace.yaml in its forms", () => {
    expect(pnpmPatterns("onlyBuilt:\n  - x\npackages:\n- a\n\n# c\n-  'b/*'\nother: 1\n- z")).toEqual(["a", "b/*"]);
    expect(pnpmPatterns("packages: [\"a\", 'b/*', c]\n")).toEqual(["a", "b/*", "c"]);
    expect(pnpmPatterns("packages:\r\n  - a\r\n")).toEqual(["a"]);
    expect(pnpmPatterns("packages: [unclosed")).toEqual([]);
    expect(pnpmPatterns("")).toEqual([]);
  });
});

test("a manifest's facts: dependencies of all kinds, entries, scripts", () => {
  const root = makeFolder({
    "package.json": JSON.stringify({
      name: "p",
      type: "module",
      main: "./m.js",
      exports: "./e.js",
      bin: { run: "./r.js" },
      scripts: { dev: "node ." },
      dependencies: { pg: "^8", __proto__: "x" },
      devDependencies: { pg: "7", vitest: "1" },
      peerDependencies: { react: "*" },
    }),
  });
  const [facts] = discover(root).packages;
  expect(facts).toMatchObject({
    name: "p",
    dir: "",
    type: "module",
    entries: { main: "./m.js" },
    exports: "./e.js",
    bin: ["./r.js"],
    scripts: { dev: "node ." },
  });
  expect([...(facts?.dependencies ?? [])]).toEqual([
    ["pg", { version: "^8", kind: "dependencies" }],
    ["react", { version: "*", kind: "peerDependencies" }],
    ["vitest", { version: "1", kind: "devDependencies" }],
  ]);
});

test("a manifest with comments, a BOM or wrong types is read as far as it goes", () => {
  const root = makeFolder({ "a/package.json": '\ufeff{ "name": "a", // note\n "dependencies": { "x": 1, "y": "2", }, "workspaces": 3 }' });
  expect(discover(root).packages[0]).toMatchObject({ name: "a", workspaces: [] });
  expect([...(discover(root).packages[0]?.dependencies.keys() ?? [])]).toEqual(["y"]);
});

test("the package of a path: the nearest real manifest, also one above a scanned sub-folder", () => {
  const root = makeFolder({
    ".git/HEAD": "ref: refs/heads/main\n",
    "package.json": named("top"),
    "a/package.json": named("a"),
    "a/esm/package.json": '{"type":"module"}',
    "a/src/in/x.ts": "",
  });
  const lookup = packageLookup(discover(root).packages);
  expect(lookup("a/esm/y.ts")?.name).toBe("a");
  expect(lookup("b/c.ts")?.name).toBe("top");
  const inner = discover(join(root, "a", "src"));
  expect(inner.packages.map((item) => item.dir)).toEqual(["..", "../.."]);
  expect(packageLookup(inner.packages)("in/x.ts")?.name).toBe("a");
  expect(inner.files[0]?.packageDir).toBe("..");
});
