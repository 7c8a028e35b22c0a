/** What git knows. The only file of the engine that starts a process, and the process is always git. */
import { execFile, execFileSync, spawn } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { OptimizeError } from "../model/errors.ts";
import { isConfigName } from "./file-reasons.ts";
import { digest, noteInput, stampAt } from "./inputs.ts";
import { languageOf, scannedLanguages } from "./source-languages.ts";
import { pythonManifestName } from "./python-manifests.ts";

const runFile = promisify(execFile);
/** Bytes of one answer. */
const largestAnswer = 256 * 1024 * 1024;

/**
 * A scanned repository's own configuration is untrusted: no hooks, no file-system monitor, no pager, and no missing object
 * is fetched (a fetch would run commands that the configuration names). Commands that look at files of the work tree
 * are never used, because they run the repository's filters; the work tree is hashed here instead.
 */
const hardening = [
  "--no-pager",
  "--literal-pathspecs",
  "--no-optional-locks",
  "-c",
  "core.fsmonitor=false",
  "-c",
  "core.hooksPath=/dev/null",
  "-c",
  "core.untrackedCache=false",
];

function environment(repository: string): NodeJS.ProcessEnv {
  // Inside a hook GIT_DIR and GIT_INDEX_FILE point at another repository than the one that was asked for.
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_") || name.startsWith("GIT_CONFIG"));
  return {
    ...Object.fromEntries(kept),
    // The repository's own configuration could name any other folder.
    GIT_WORK_TREE: repository,
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
    GIT_NO_LAZY_FETCH: "1",
    GIT_ALLOW_PROTOCOL: "none",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_PAGER: "cat",
    LC_ALL: "C",
  };
}

/** The top of the repository around `folder`, links resolved; undefined outside of one. Starts no process. */
export function gitRoot(folder: string): string | undefined {
  let at = realpathSync(folder);
  for (;;) {
    const found = existsSync(join(at, ".git"));
    noteInput("exists", join(at, ".git"), undefined, String(found));
    if (found) return at;
    const parent = dirname(at);
    if (parent === at) return undefined;
    at = parent;
  }
}

/** Paths in git's index, relative to the repository's top; none when git is missing or refuses. */
export function trackedFiles(repository: string): readonly string[] {
  const index = join(repository, ".git", "index");
  const stamp = stampAt(index);
  const files = listIndex(repository);
  // Git may have refused for a reason that passes.
  noteInput("tracked", index, files.length === 0 ? undefined : stamp, digest(files.join("\0")));
  return files;
}

function listIndex(repository: string): readonly string[] {
  try {
    const answer = execFileSync("git", [...hardening, "ls-files", "-z"], {
      cwd: repository,
      env: environment(repository),
      maxBuffer: largestAnswer,
      stdio: ["ignore", "pipe", "ignore"],
      encoding: "utf8",
    });
    return answer.split("\0").filter((path) => path !== "");
  } catch {
    return [];
  }
}

/** Git's answer on stdout, in the repository. Throws `no-git` or `git`. */
export async function git(repository: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<string> {
  try {
    const { stdout } = await runFile("git", [...hardening, ...args], {
      cwd: repository,
      env: { ...environment(repository), ...more },
      maxBuffer: largestAnswer,
      encoding: "utf8",
    });
    return stdout;
  } catch (cause) {
    throw explain(cause);
  }
}

function explain(cause: unknown): OptimizeError {
  const failed = cause as { code?: unknown; stderr?: unknown };
  if (failed.code === "ENOENT")
    return new OptimizeError("no-git", "git is not installed or not on the PATH", {
      hint: "install git; only --changed and diff need it",
      cause,
    });
  const said = typeof failed.stderr === "string" ? failed.stderr : "";
  if (said.includes("dubious ownership"))
    return new OptimizeError("git", "git refuses this repository because another user owns it", {
      hint: "git config --global --add safe.directory <folder>, if you trust it",
      cause,
    });
  if (said.includes("not a git repository")) return noRepository(cause);
  return new OptimizeError("git", "git failed", {
    hint:
      said
        .split("\n")[0]
        ?.replace(/[\p{Cc}\p{Cf}]/gu, " ")
        .slice(0, 200) || "run git status in the project",
    cause,
  });
}

function noRepository(cause?: unknown): OptimizeError {
  return new OptimizeError("no-git", "this is not a git repository", {
    hint: "run it inside one, or scan without --changed",
    ...(cause === undefined ? {} : { cause }),
  });
}

/** The top of the repository around `root`; throws `no-git` outside of one. */
export function requireRepository(root: string): string {
  const repository = gitRoot(root);
  if (repository === undefined) throw noRepository();
  return repository;
}

/** The commit that a name stands for. A name that begins with "-" would be read as an option and is refused. */
export async function commitOf(repository: string, ref: string): Promise<string> {
  const unknown = (cause?: unknown): OptimizeError =>
    new OptimizeError("git", `git does not know ${JSON.stringify(ref)}`, {
      hint: "name a branch, tag or commit; a shallow clone may lack it (git fetch)",
      cause,
    });
  if (ref === "" || ref.startsWith("-") || /[\p{Cc}]/u.test(ref)) throw unknown();
  try {
    return (await git(repository, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`])).trim();
  } catch (error) {
    if (error instanceof OptimizeError && error.code === "git" && error.message === "git failed") throw unknown(error);
    throw error;
  }
}

/**
 * Writes every file of a commit into a folder, as a checkout does: executable ones, symbolic links, and through the filters that git is set up with. With an
 * index of its own, so that the repository's index and work tree stay as they are.
 */
export async function writeCommit(repository: string, commit: string, folder: string, index: string): Promise<void> {
  const own = { GIT_INDEX_FILE: index };
  await git(repository, ["read-tree", commit], own);
  await git(repository, ["checkout-index", "--all", `--prefix=${folder}/`], own);
}

export interface TreeEntry {
  readonly path: string;
  readonly id: string;
}

/** Regular files of a commit that a scan reads: sources, manifests, configurations. Paths are relative to the top. */
export async function listTree(repository: string, commit: string, folder: string): Promise<readonly TreeEntry[]> {
  const answer = await git(repository, ["ls-tree", "-r", "-z", "--full-tree", commit, ...(folder === "" ? [] : ["--", `${folder}/`])]);
  const entries: TreeEntry[] = [];
  for (const line of answer.split("\0")) {
    const found = /^100\d{3} blob ([0-9a-f]+)\t([\s\S]+)$/u.exec(line);
    const [, id, path] = found ?? [];
    if (id !== undefined && path !== undefined && isWanted(path)) entries.push({ path, id });
  }
  return entries;
}

function isWanted(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return (
    (languageOf(path) !== undefined || isConfigName(name) || (scannedLanguages.has("python") && pythonManifestName.test(name))) &&
    !path.split("/").some((part) => part === "node_modules" || part === ".git" || part === "..")
  );
}

export interface TreeFile {
  /** Relative to the repository's top. */
  readonly path: string;
  readonly bytes: Buffer;
}

/** Sources, manifests and configurations of a commit as they are stored: no filter of the repository runs. Objects that are not there (partial clones) are left out. */
export async function* readTree(root: string, ref: string): AsyncGenerator<TreeFile> {
  const repository = requireRepository(root);
  const entries = await listTree(repository, await commitOf(repository, ref), "");
  const child = spawn("git", [...hardening, "cat-file", "--batch"], {
    cwd: repository,
    env: environment(repository),
    stdio: ["pipe", "pipe", "ignore"],
  });
  child.on("error", () => undefined);
  child.stdin.on("error", () => undefined);
  child.stdin.end(entries.map((entry) => `${entry.id}\n`).join(""));
  try {
    yield* readBatch(child.stdout, entries);
  } finally {
    child.kill();
  }
}

/** `<id> blob <size>\n<bytes>\n` for each entry in turn, or `<id> missing\n`. */
async function* readBatch(stream: AsyncIterable<Buffer>, entries: readonly TreeEntry[]): AsyncGenerator<TreeFile> {
  let held: Buffer = Buffer.alloc(0);
  let next = 0;
  let pieces: Buffer[] = [];
  let needed = 0;
  for await (const piece of stream) {
    pieces.push(piece);
    needed -= piece.length;
    if (needed > 0) continue;
    held = Buffer.concat([held, ...pieces]);
    pieces = [];
    for (;;) {
      const line = held.indexOf(10);
      if (line < 0) break;
      const [, type, size] = held.toString("latin1", 0, line).split(" ");
      const length = type === "missing" ? -1 : Number(size);
      const end = line + 1 + (length < 0 ? 0 : length + 1);
      if (held.length < end) {
        needed = end - held.length;
        break;
      }
      const entry = entries[next++];
      if (entry !== undefined && length >= 0) yield { path: entry.path, bytes: Buffer.from(held.subarray(line + 1, line + 1 + length)) };
      held = held.subarray(end);
    }
  }
  if (next < entries.length)
    throw new OptimizeError("git", "git ended before it had given every file", { hint: "run git fsck in the project" });
}
