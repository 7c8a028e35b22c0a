import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { discover } from "../../src/engine/discover.ts";
import type { DiscoverOptions } from "../../src/engine/discover.ts";
import { temporaryFolder as makeFolder } from "../temporary.ts";

const code = "export const x = 1;\n";
const paths = (root: string, options?: DiscoverOptions): readonly string[] => discover(root, options).files.map((file) => file.path);
const reasons = (root: string): Readonly<Record<string, number>> =>
  Object.fromEntries(discover(root).notLookedAt.map((row) => [row.reason, row.files]));

function git(root: string, ...args: readonly string[]): string {
  return execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main", ...args], {
    cwd: root,
    encoding: "utf8",
  });
}

describe("what is listed", () => {
  test("every extension, sorted, with its package", () => {
    const names = ["a.js", "b.mjs", "c.cjs", "d.jsx", "e.ts", "f.mts", "g.cts", "h.tsx"];
    const root = makeFolder({
      "package.json": '{"name":"top"}',
      "lib/package.json": '{"name":"inner"}',
      "readme.md": "",
      "lib/z.ts": code,
      ...Object.fromEntries(names.map((name) => [name, code])),
    });
    expect(paths(root)).toEqual([...names, "lib/z.ts"]);
    expect(discover(root).files.map((file) => file.packageDir)).toEqual([...names.map(() => ""), "lib"]);
    expect(discover(root).files[0]).toMatchObject({ absolute: join(root, "a.js"), size: code.length, language: "javascript", test: false });
  });

  test("an empty file is a file, an empty folder a project", () => {
    expect(paths(makeFolder({ "a.ts": "" }))).toEqual(["a.ts"]);
    expect(paths(makeFolder({}))).toEqual([]);
  });

  test("names with control characters, newlines and quotes stay whole", () => {
    const odd = ["a\nb.ts", "c\u001b[31m.ts", 'd".ts', "e f.ts", "\u{1f600}.ts"];
    expect(new Set(paths(makeFolder(Object.fromEntries(odd.map((name) => [name, code])))))).toEqual(new Set(odd));
  });

  test("a missing folder, and a file in its place, are clear errors", () => {
    const root = makeFolder({ "a.ts": code });
    expect(() => discover(join(root, "none"))).toThrowError(expect.objectContaining({ code: "not-found" }));
    expect(() => discover(join(root, "a.ts"))).toThrowError(expect.objectContaining({ code: "not-a-folder" }));
    expect(() => discover(join(root, "a.ts", "x"))).toThrowError(expect.objectContaining({ code: "not-found" }));
  });
});

describe("what is left out, and counted", () => {
  test("by name", () => {
    const root = makeFolder({
      "package.json": "{}",
      "src/a.ts": code,
      "src/types.d.ts": code,
      "src/styles.d.css.ts": code,
      "public/jquery.min.js": code,
      "src/api.generated.ts": code,
      "src/proto/a_pb.js": code,
      "src/__generated__/q.ts": code,
      "vendor/x.js": code,
      "public/vendor/y.js": code,
      "third_party/z.js": code,
      "dist/a.js": code,
      "node_modules/p/index.js": code,
      ".next/server/a.js": code,
      "src/a.test.ts": code,
      "src/__tests__/b.ts": code,
      "test/c.ts": code,
      "e2e/d.ts": code,
      "src/Button.stories.tsx": code,
      "fixtures/f.ts": code,
      "benchmarks/g.ts": code,
      ".github/actions/label.ts": code,
      "tools/.plugins/serve.ts": code,
      "db/migrations/1.ts": code,
      "db/migrations/2.sql": "select 1",
      "prisma/seed.ts": code,
    });
    expect(paths(root)).toEqual(["src/a.ts"]);
    expect(reasons(root)).toEqual({
      "build output": 2,
      generated: 3,
      "hidden folder": 2,
      "migrations and seeds": 2,
      minified: 1,
      tests: 7,
      "type declarations": 2,
      vendored: 3,
    });
    expect(discover(root).migrations).toEqual(["db/migrations/1.ts", "db/migrations/2.sql", "prisma/seed.ts"]);
    expect(discover(root).notLookedAt.find((row) => row.reason === "tests")?.examples).toEqual([
      "benchmarks/g.ts",
      "e2e/d.ts",
      "fixtures/f.ts",
    ]);
  });

  test("an address that begins with a dot is no folder of tools", () => {
    expect(paths(makeFolder({ "package.json": "{}", "app/.well-known/keys/route.ts": code }))).toEqual(["app/.well-known/keys/route.ts"]);
  });

  test("words that are also nouns of a domain count only where tools put them", () => {
    const domain = [
      "packages/build/src/a.ts",
      "src/build/plan.ts",
      "src/modules/fixtures/league.ts",
      "src/modules/stories/feed.ts",
      "src/routes/models.seed.ts",
      "src/out/box.ts",
    ];
    const root = makeFolder({
      "package.json": "{}",
      "packages/build/package.json": '{"name":"@x/build"}',
      ...Object.fromEntries(domain.map((path) => [path, code])),
    });
    expect(paths(root)).toEqual([...domain].sort());
  });

  test("a workspace package may be called build", () => {
    expect(paths(makeFolder({ "package.json": "{}", "build/package.json": '{"name":"builder"}', "build/a.ts": code }))).toEqual([
      "build/a.ts",
    ]);
  });

  test("tests are listed and marked when asked for", () => {
    const root = makeFolder({ "a.ts": code, "a.test.ts": code, "test/b.ts": code, "test/vendor/c.ts": code });
    expect(discover(root, { includeTests: true }).files.map((file) => [file.path, file.test])).toEqual([
      ["a.test.ts", true],
      ["a.ts", false],
      ["test/b.ts", true],
    ]);
  });

  test("a file of 50 MB is counted by its size alone", () => {
    const root = makeFolder({ "big.js": "" });
    truncateSync(join(root, "big.js"), 50 * 1024 * 1024);
    expect(reasons(root)).toEqual({ "over 2 MB": 1 });
  });
});

describe("hostile trees", () => {
  test("links are never followed: loops, links out, links to nothing", () => {
    const outside = makeFolder({ "secret.ts": code });
    const root = makeFolder({ "a/a.ts": code });
    symlinkSync(root, join(root, "a", "loop"));
    symlinkSync("..", join(root, "a", "up"));
    symlinkSync(outside, join(root, "out"));
    symlinkSync(join(outside, "secret.ts"), join(root, "stolen.ts"));
    symlinkSync("nowhere", join(root, "gone.ts"));
    expect(paths(root)).toEqual(["a/a.ts"]);
    expect(reasons(root)).toEqual({ link: 5 });
  });

  test("a pipe does not stop the walk, a folder named like a source is walked", () => {
    const root = makeFolder({ "a.ts/inner.ts": code });
    execFileSync("mkfifo", [join(root, "pipe.ts")]);
    expect(paths(root)).toEqual(["a.ts/inner.ts"]);
    expect(reasons(root)).toEqual({ "not a regular file": 1 });
  });

  test.skipIf(process.getuid?.() === 0)("an unreadable folder is a failure and the rest goes on", () => {
    const root = makeFolder({ "a.ts": code, "locked/b.ts": code });
    chmodSync(join(root, "locked"), 0);
    const found = discover(root);
    chmodSync(join(root, "locked"), 0o700);
    expect(found.files.map((file) => file.path)).toEqual(["a.ts"]);
    expect(found.failures).toEqual([{ file: "locked", code: "unreadable", message: "the folder cannot be read (EACCES)" }]);
  });

  test("a broken, huge or linked manifest is no manifest", () => {
    const outside = makeFolder({ "package.json": '{"name":"outside"}' });
    const root = makeFolder({
      "a/package.json": "{ name: ",
      "a/x.ts": code,
      "b/package.json": "[".repeat(50_000),
      "b/x.ts": code,
      "c/x.ts": code,
      "d/package.json/x.ts": code,
    });
    symlinkSync(join(outside, "package.json"), join(root, "c", "package.json"));
    const found = discover(root);
    expect(found.files).toHaveLength(4);
    expect(found.packages.map((item) => item.name).filter((name) => name !== "")).toEqual([]);
  });

  test("a folder of many entries and a deep one", () => {
    const root = makeFolder({});
    mkdirSync(join(root, "many"));
    for (let index = 0; index < 3000; index++) writeFileSync(join(root, "many", `f${index}.ts`), "");
    mkdirSync(join(root, ...Array.from({ length: 300 }, () => "deep")), { recursive: true });
    expect(discover(root).files).toHaveLength(3000);
  });
});

describe(".gitignore", () => {
  const rules = [
    "# comment",
    "*.log.ts",
    "/only-top.ts",
    "folder/",
    "!folder/kept.ts",
    "a/**/z.ts",
    "**/deep.ts",
    "out*",
    "!outer.ts",
    "x[0-9].ts",
    "y[!a-c].ts",
    "trail.ts   ",
    "sp\\ ace.ts",
    "\\#hash.ts",
    "q?.ts",
    "nested/*.ts",
    "!nested/b.ts",
    "[broken.ts",
    "all/**",
    "st**ar.ts",
  ].join("\n");
  const files = [
    "k.log.ts",
    "only-top.ts",
    "s/only-top.ts",
    "folder/kept.ts",
    "folder/b.ts",
    "s/folder/c.ts",
    "a/z.ts",
    "a/b/z.ts",
    "a/b/c/z.ts",
    "deep.ts",
    "s/t/deep.ts",
    "outer.ts",
    "outside.ts",
    "out1/m.ts",
    "x1.ts",
    "xa.ts",
    "ya.ts",
    "yd.ts",
    "trail.ts",
    "sp ace.ts",
    "#hash.ts",
    "q1.ts",
    "q.ts",
    "nested/a.ts",
    "nested/b.ts",
    "nested/c/d.ts",
    "[broken.ts",
    "all/x/y.ts",
    "all.ts",
    "star.ts",
    "stXar.ts",
    "st/ar.ts",
    "s/own.ts",
    "s/again.log.ts",
    "plain.ts",
  ];

  test("says what git says", () => {
    const root = makeFolder({
      ".gitignore": rules,
      "s/.gitignore": "own.ts\n!again.log.ts\n",
      ...Object.fromEntries(files.map((path) => [path, code])),
    });
    git(root, "init", "-q");
    const expected = git(root, "ls-files", "-z", "--others", "--exclude-standard", "*.ts")
      .split("\0")
      .filter((path) => path !== "");
    expect(paths(root)).toEqual(expected.sort());
    expect(expected.length).toBeGreaterThan(10);
  });

  test("a sub-folder obeys the files above it; without a repository they do not count", () => {
    const layout = { ".gitignore": "app/secret.ts\n", "app/secret.ts": code, "app/a.ts": code };
    const root = makeFolder(layout);
    git(root, "init", "-q");
    expect(paths(join(root, "app"))).toEqual(["a.ts"]);
    expect(discover(join(root, "app"))).toMatchObject({ prefix: "app", boundary: root });
    expect(paths(makeFolder(layout))).toEqual(["app/a.ts", "app/secret.ts"]);
  });

  test("what git tracks counts although a pattern ignores it, its untracked neighbours do not", () => {
    const root = makeFolder({ ".gitignore": "lib/\n", "lib/tracked.ts": code, "lib/other.ts": code });
    git(root, "init", "-q");
    git(root, "add", "-f", "lib/tracked.ts");
    expect(paths(root)).toEqual(["lib/tracked.ts"]);
  });

  test("a pattern made to be slow is not", () => {
    const root = makeFolder({ ".gitignore": `${"*a".repeat(200)}b\n${"**/".repeat(200)}x\n`, [`${"a".repeat(200)}.ts`]: code });
    git(root, "init", "-q");
    expect(paths(root)).toHaveLength(1);
  });
});
