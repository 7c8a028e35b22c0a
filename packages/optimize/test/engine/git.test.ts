import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { discover } from "../../src/engine/discover.ts";
import { changedFiles } from "../../src/engine/changed-files.ts";
import { gitRoot, readTree, trackedFiles } from "../../src/engine/git.ts";
import { layOutTree } from "../../src/engine/laid-out-tree.ts";
import { createResolver } from "../../src/engine/resolve.ts";
import { temporaryFolder } from "../temporary.ts";

function git(root: string, ...args: readonly string[]): string {
  return execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false", ...args], {
    cwd: root,
    encoding: "utf8",
  }).trim();
}

function repository(files: Readonly<Record<string, string>>): string {
  const root = temporaryFolder(files);
  git(root, "init", "-q", "-b", "main");
  git(root, "add", "-A");
  git(root, "commit", "-qm", "first");
  return root;
}

test("the top of a repository, or none", () => {
  const root = repository({ "a/b/c.ts": "" });
  expect(gitRoot(join(root, "a", "b"))).toBe(root);
  expect(gitRoot(temporaryFolder())).toBeUndefined();
  expect(trackedFiles(root)).toEqual(["a/b/c.ts"]);
  expect(trackedFiles(temporaryFolder())).toEqual([]);
});

describe("changed files", () => {
  test("edited, new, untracked, deleted; not what is ignored or no source", async () => {
    const root = repository({
      ".gitignore": "ignored.ts\n",
      "same.ts": "1",
      "edited.ts": "1",
      "gone.ts": "1",
      "sub/in.ts": "1",
      "readme.md": "1",
    });
    for (const name of ["edited.ts", "ignored.ts", "new\nline.ts", "staged.ts", "readme.md"]) writeFileSync(join(root, name), "2");
    git(root, "add", "staged.ts");
    rmSync(join(root, "gone.ts"));
    writeFileSync(join(root, "sub", "in.ts"), "2");
    const found = await changedFiles(root, "HEAD");
    expect(found).toEqual({
      base: git(root, "rev-parse", "HEAD"),
      changed: ["edited.ts", "new\nline.ts", "staged.ts", "sub/in.ts"],
      deleted: ["gone.ts"],
    });
    expect((await changedFiles(join(root, "sub"), "HEAD")).changed).toEqual(["in.ts"]);
  });

  test("without a name: from where the branch left the default one", async () => {
    const root = repository({ "a.ts": "1", "b.ts": "1" });
    const base = git(root, "rev-parse", "HEAD");
    git(root, "checkout", "-qb", "topic");
    writeFileSync(join(root, "a.ts"), "2");
    git(root, "commit", "-qam", "second");
    expect(await changedFiles(root)).toEqual({ base, changed: ["a.ts"], deleted: [] });
    git(root, "branch", "-qD", "main");
    expect((await changedFiles(root)).changed).toEqual([]);
  });

  test("line ends that git converts are no change", async () => {
    const root = repository({ "a.ts": "one\ntwo\n" });
    writeFileSync(join(root, "a.ts"), "one\r\ntwo\r\n");
    expect((await changedFiles(root, "HEAD")).changed).toEqual([]);
  });
});

describe("refusals", () => {
  test.each(["--output=x", "-q", "", "nope", "HEAD~99", "a\nb", "HEAD:a.ts"])("an unknown name or an option: %j", async (ref) => {
    const root = repository({ "a.ts": "1" });
    await expect(changedFiles(root, ref)).rejects.toMatchObject({
      code: "git",
      message: expect.stringContaining("git does not know"),
      hint: expect.any(String),
    });
    await expect(layOutTree(root, ref)).rejects.toMatchObject({ code: "git" });
    expect(existsSync(join(root, "x"))).toBe(false);
  });

  test("no repository, no git, no commit", async () => {
    await expect(changedFiles(temporaryFolder(), "HEAD")).rejects.toMatchObject({ code: "no-git" });
    const root = temporaryFolder({ "a.ts": "" });
    git(root, "init", "-q");
    await expect(changedFiles(root)).rejects.toMatchObject({ code: "git" });
    const broken = temporaryFolder({ ".git/HEAD": "nothing" });
    await expect(changedFiles(broken, "HEAD")).rejects.toMatchObject({ code: "no-git" });
    vi.stubEnv("PATH", temporaryFolder());
    try {
      await expect(changedFiles(root, "HEAD")).rejects.toMatchObject({ code: "no-git", message: expect.stringContaining("not installed") });
      expect(trackedFiles(root)).toEqual([]);
    } finally {
      vi.unstubAllEnvs();
    }
  });
});

describe("a commit laid out", () => {
  test("discovery and resolution give the same on it as on the work tree", async () => {
    const files = {
      "package.json": '{"workspaces":["p/*"]}',
      "tsconfig.json": '{"compilerOptions":{"paths":{"@/*":["./src/*"]}}}',
      "src/a.ts": 'import "@/b";\r\n',
      "src/b.ts": "",
      "src/a.test.ts": "",
      "p/db/package.json": '{"name":"db","main":"dist/i.js"}',
      "p/db/src/i.ts": "\ufeffx",
      "image.png": "no",
      "empty.ts": "",
    };
    const root = repository(files);
    const tree = await layOutTree(root, "main");
    try {
      const [now, then] = [discover(root), discover(tree.root, { boundary: tree.boundary })];
      expect(then.files.map(({ path, size, packageDir }) => ({ path, size, packageDir }))).toEqual(
        now.files.map(({ path, size, packageDir }) => ({ path, size, packageDir })),
      );
      expect({ packages: then.packages, skipped: then.skipped, prefix: then.prefix }).toEqual({
        packages: now.packages,
        skipped: now.skipped,
        prefix: now.prefix,
      });
      expect(createResolver(then).resolve("src/a.ts", "@/b")).toEqual({ kind: "file", path: "src/b.ts" });
      expect(existsSync(join(tree.root, "image.png"))).toBe(false);
    } finally {
      await tree.remove();
    }
    expect(existsSync(tree.boundary)).toBe(false);
    await tree.remove();
  });

  test("a sub-folder keeps its place, manifests above it included", async () => {
    const root = repository({ "package.json": '{"name":"top"}', "app/a.ts": "", "other/b.ts": "" });
    const tree = await layOutTree(join(root, "app"), "HEAD");
    const found = discover(tree.root, { boundary: tree.boundary });
    await tree.remove();
    expect(found).toMatchObject({ prefix: "app", files: [{ path: "a.ts" }], packages: [{ name: "top", dir: ".." }] });
  });

  test("many and large files arrive whole, links and submodules not at all", async () => {
    const many = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`f${index}.ts`, `${index}\n`.repeat(index * 3)]));
    const root = repository({ ...many, "large.ts": "x".repeat(3_000_000) });
    symlinkSync("f1.ts", join(root, "link.ts"));
    git(root, "add", "link.ts");
    git(root, "commit", "-qm", "link");
    const read = new Map<string, number>();
    for await (const { path, bytes } of readTree(root, "HEAD")) read.set(path, bytes.length);
    expect(read.size).toBe(401);
    expect(read.get("large.ts")).toBe(3_000_000);
    expect(read.get("f399.ts")).toBe(many["f399.ts"]?.length);
    for await (const first of readTree(root, "HEAD")) {
      expect(first.path).toBe("f0.ts");
      break;
    }
  });

  test("nothing that the repository configures is run", async () => {
    const root = repository({ ".gitattributes": "*.ts filter=evil diff=evil text\n", "a.ts": "1", "b.ts": "1" });
    const mark = join(root, "ran");
    const command = `sh -c 'echo >> "${mark}"; cat'`;
    for (const [key, value] of Object.entries({
      "filter.evil.clean": command,
      "filter.evil.smudge": command,
      "filter.evil.required": "true",
      "diff.evil.textconv": command,
      "diff.evil.command": command,
      "diff.external": command,
      "core.fsmonitor": command,
      "core.pager": command,
      "core.hooksPath": join(root, "hooks"),
      "core.sshCommand": command,
      "remote.origin.url": "ssh://example.invalid/x",
      "remote.origin.promisor": "true",
      "remote.origin.uploadpack": command,
      "extensions.partialClone": "origin",
      "core.alternateRefsCommand": command,
      "alias.ls-tree": `!${command}`,
    }))
      git(root, "config", key, value);
    mkdirSync(join(root, "hooks"));
    for (const hook of ["post-checkout", "post-index-change", "reference-transaction"])
      writeFileSync(join(root, "hooks", hook), `#!/bin/sh\necho >> "${mark}"\n`, { mode: 0o755 });
    appendFileSync(join(root, "a.ts"), "2");
    rmSync(mark, { force: true });
    // An object that is missing from a partial clone would be fetched by a command that the configuration names.
    const id = git(root, "-c", "core.fsmonitor=false", "rev-parse", "HEAD:b.ts");
    rmSync(mark, { force: true });
    rmSync(join(root, ".git", "objects", id.slice(0, 2), id.slice(2)), { force: true });
    expect((await changedFiles(root, "HEAD")).changed).toEqual(["a.ts"]);
    const tree = await layOutTree(root, "HEAD");
    discover(root);
    trackedFiles(root);
    await tree.remove();
    expect(existsSync(mark)).toBe(false);
  });

  test("a repository named by the environment of a hook is not the one that is read", async () => {
    const root = repository({ "mine.ts": "" });
    const other = repository({ "other.ts": "" });
    vi.stubEnv("GIT_DIR", join(other, ".git"));
    vi.stubEnv("GIT_INDEX_FILE", join(other, ".git", "index"));
    try {
      expect(trackedFiles(root)).toEqual(["mine.ts"]);
    } finally {
      vi.unstubAllEnvs();
    }
  });
});
