/** A commit laid out to be run, beside the repository. */
import { execFileSync } from "node:child_process";
import { existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, readlinkSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkOut, linkPackages } from "../../src/engine/checked-out-tree.ts";
import { temporaryFolder } from "../temporary.ts";

function git(root: string, ...args: readonly string[]): string {
  return execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false", ...args], {
    cwd: root,
    encoding: "utf8",
  });
}

describe("a commit that is to be run", () => {
  it("is whole, and leaves files, index and hooks of the repository alone", async () => {
    const root = temporaryFolder({ "api/server.js": "old", "api/data.bin": Buffer.from([0, 255, 13, 10]), "api/run.sh": "#!/bin/sh\n" });
    git(root, "init", "-q", "-b", "main");
    symlinkSync("server.js", join(root, "api/link.js"));
    git(root, "add", "-A");
    git(root, "update-index", "--chmod=+x", "api/run.sh");
    git(root, "commit", "-qm", "first");
    writeFileSync(join(root, "api/server.js"), "new");
    writeFileSync(join(root, "api/staged.js"), "staged");
    git(root, "add", "api/staged.js");
    writeFileSync(join(root, ".git/hooks/post-checkout"), `#!/bin/sh\ntouch ${join(root, "hooked")}\n`, { mode: 0o755 });
    const before = git(root, "status", "--porcelain");

    const { folder, commit, remove } = await checkOut(join(root, "api"), "HEAD");
    expect(commit).toBe(git(root, "rev-parse", "HEAD").trim());
    expect(readdirSync(folder).sort()).toEqual(["data.bin", "link.js", "run.sh", "server.js"]);
    expect(readFileSync(join(folder, "server.js"), "utf8")).toBe("old");
    expect([...readFileSync(join(folder, "data.bin"))]).toEqual([0, 255, 13, 10]);
    expect(readlinkSync(join(folder, "link.js"))).toBe("server.js");
    expect(statSync(join(folder, "run.sh")).mode & 0o100).toBe(0o100);
    expect([git(root, "status", "--porcelain"), existsSync(join(root, "hooked"))]).toEqual([before, false]);
    remove();
    remove();
    expect(existsSync(folder)).toBe(false);
  });

  it("has to hold the folder that is asked for, and to be one", async () => {
    const root = temporaryFolder({ "a.js": "" });
    git(root, "init", "-q", "-b", "main");
    git(root, "add", "-A");
    git(root, "commit", "-qm", "first");
    mkdirSync(join(root, "later"));
    await expect(checkOut(join(root, "later"), "main")).rejects.toThrow("this folder is not there at main");
    await expect(checkOut(root, "nowhere")).rejects.toThrow('git does not know "nowhere"');
    await expect(checkOut(temporaryFolder(), "main")).rejects.toThrow("not a git repository");
  });
});

describe("installed packages", () => {
  const lock = { "package.json": '{"name":"a"}', "package-lock.json": "{}" };
  const present = { ...lock, "node_modules/x/index.js": "" };
  it("are linked where both versions want the same", () => {
    const [here, there] = [temporaryFolder(present), temporaryFolder(lock)];
    expect(linkPackages(here, there)).toBeUndefined();
    expect(lstatSync(join(there, "node_modules")).isSymbolicLink()).toBe(true);
    expect(existsSync(join(there, "node_modules/x/index.js"))).toBe(true);
  });

  it.each<[string, Record<string, string>, Record<string, string>, string | undefined]>([
    ["another lock file", present, { ...lock, "package-lock.json": '{"a":1}' }, "package-lock.json is another one there than now"],
    [
      "a lock file of another tool",
      present,
      { "package.json": '{"name":"a"}', "yarn.lock": "" },
      "package-lock.json is another one there than now",
    ],
    [
      "a workspace",
      { ...present, "package.json": '{"workspaces":["a"]}' },
      lock,
      "it is a workspace, whose installed packages are links to the present files",
    ],
    [
      "other ranges and no lock file",
      { "package.json": '{"a":1}', "node_modules/x/i.js": "" },
      { "package.json": "{}" },
      "package.json is another one there than now, and there is no lock file",
    ],
    ["nothing installed", lock, { ...lock, "package-lock.json": '{"a":1}' }, undefined],
    ["packages of its own in git", present, { ...lock, "package-lock.json": '{"a":1}', "node_modules/x/index.js": "" }, undefined],
    ["no package", present, { "server.py": "" }, undefined],
  ])("are not, and it is said why: %s", (_name, here, there, why) => {
    const copy = temporaryFolder(there);
    expect(linkPackages(temporaryFolder(here), copy)).toBe(why);
    expect(lstatSync(join(copy, "node_modules"), { throwIfNoEntry: false })?.isSymbolicLink() ?? false).toBe(false);
  });
});
