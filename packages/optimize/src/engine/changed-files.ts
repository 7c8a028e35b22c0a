/** Which sources differ from a commit. The work tree is hashed here: git would run the repository's filters. */
import { createHash } from "node:crypto";
import { existsSync, realpathSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { OptimizeError } from "../model/errors.ts";
import { languageOf } from "./source-languages.ts";
import { commitOf, git, listTree, requireRepository } from "./git.ts";
import { readBytes } from "./source-text.ts";

export interface ChangedFiles {
  /** The commit that was compared with. */
  readonly base: string;
  /** Sources that differ or are new, relative to the scanned folder, sorted. */
  readonly changed: readonly string[];
  /** Sources that are no more. */
  readonly deleted: readonly string[];
}

/**
 * Sources under `root` whose text differs from `ref` (absent: from where the work left the default branch), new and untracked ones included.
 * A file that only differs in line ends is unchanged: git may convert them on checkout.
 */
export async function changedFiles(root: string, ref?: string): Promise<ChangedFiles> {
  const repository = requireRepository(root);
  const base = ref === undefined ? await baseCommit(repository) : await commitOf(repository, ref);
  const prefix = relative(repository, realpathSync(root)).split(sep).join("/");
  const inside = (path: string): string => (prefix === "" ? path : path.slice(prefix.length + 1));
  const changed = new Set<string>();
  const deleted: string[] = [];
  const known = new Set<string>();
  for (const { path, id } of await listTree(repository, base, prefix)) {
    known.add(path);
    if (languageOf(path) === undefined) continue;
    const state = compareWithBlob(join(repository, path), id);
    if (state === "changed") changed.add(inside(path));
    else if (state === "gone") deleted.push(inside(path));
  }
  const pathspec = prefix === "" ? [] : ["--", `${prefix}/`];
  const present = await git(repository, ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--full-name", ...pathspec]);
  for (const path of present.split("\0")) {
    if (path !== "" && !known.has(path) && languageOf(path) !== undefined && existsSync(join(repository, path))) changed.add(inside(path));
  }
  return { base, changed: [...changed].sort(), deleted: deleted.sort() };
}

function compareWithBlob(path: string, id: string): "same" | "changed" | "gone" {
  let bytes: Buffer | string;
  try {
    bytes = readBytes(path, 64 * 1024 * 1024);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? "gone" : "changed";
  }
  if (typeof bytes === "string") return "changed";
  if (blobId(bytes, id.length) === id) return "same";
  if (!bytes.includes("\r\n")) return "changed";
  return blobId(Buffer.from(bytes.toString("latin1").replaceAll("\r\n", "\n"), "latin1"), id.length) === id ? "same" : "changed";
}

function blobId(bytes: Buffer, length: number): string {
  return createHash(length === 64 ? "sha256" : "sha1")
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest("hex");
}

/** Where the present work left the default branch; HEAD when there is no other branch to compare with. */
async function baseCommit(repository: string): Promise<string> {
  for (const branch of ["origin/HEAD", "origin/main", "origin/master", "main", "master"]) {
    try {
      const commit = await commitOf(repository, branch);
      return (await git(repository, ["merge-base", commit, "HEAD"])).trim();
    } catch (error) {
      if (error instanceof OptimizeError && error.code === "no-git") throw error;
    }
  }
  return commitOf(repository, "HEAD");
}
