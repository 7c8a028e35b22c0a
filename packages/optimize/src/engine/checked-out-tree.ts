/** A commit as a folder in which its program can be run; the repository is not touched. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { OptimizeError } from "../model/errors.ts";
import { commitOf, requireRepository, writeCommit } from "./git.ts";

export interface CheckedOut {
  readonly commit: string;
  /** The folder that stands for the one that was asked for. */
  readonly folder: string;
  /** Removes everything; can be called twice, and while a process ends. */
  readonly remove: () => void;
}

/** Lays out a commit of the repository around `folder`. Throws `no-git`, `git` or `not-found`. */
export async function checkOut(folder: string, ref: string): Promise<CheckedOut> {
  const repository = requireRepository(folder);
  const commit = await commitOf(repository, ref);
  const base = realpathSync(mkdtempSync(join(tmpdir(), "optimize-")));
  const remove = (): void => rmSync(base, { recursive: true, force: true });
  try {
    const top = join(base, "tree");
    mkdirSync(top);
    await writeCommit(repository, commit, top, join(base, "index"));
    const own = join(top, relative(repository, realpathSync(folder)));
    if (!existsSync(own))
      throw new OptimizeError("not-found", `this folder is not there at ${ref}`, { hint: "run it at the top of the repository" });
    return { commit, folder: own, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

const locks = ["package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock"];

/**
 * Gives a laid out version the installed packages of the present one, by a link, where both want the same. A text says why it may not have them: what is measured would
 * be something else than that version.
 */
export function linkPackages(present: string, copy: string): string | undefined {
  const installed = join(present, "node_modules");
  if (statSync(installed, { throwIfNoEntry: false })?.isDirectory() !== true || existsSync(join(copy, "node_modules"))) return undefined;
  if (!existsSync(join(copy, "package.json"))) return undefined;
  if (isWorkspace(copy) || isWorkspace(present)) return "it is a workspace, whose installed packages are links to the present files";
  const other = locks.find((name) => textAt(join(present, name)) !== textAt(join(copy, name)));
  if (other !== undefined) return `${other} is another one there than now`;
  if (!locks.some((name) => existsSync(join(copy, name))) && textAt(join(present, "package.json")) !== textAt(join(copy, "package.json")))
    return "package.json is another one there than now, and there is no lock file";
  symlinkSync(installed, join(copy, "node_modules"), "dir");
  return undefined;
}

function isWorkspace(folder: string): boolean {
  return existsSync(join(folder, "pnpm-workspace.yaml")) || /"workspaces"\s*:/.test(textAt(join(folder, "package.json")));
}

function textAt(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
