/** `<root>/.optimize/`: the last Run, its report, and what the scan saw (kept-survey.ts). The only place that a scan writes to by itself. */
import { randomBytes } from "node:crypto";
import { lstatSync, mkdirSync, readdirSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { OptimizeError } from "../model/errors.ts";
import { isInside } from "./config-file.ts";
import { errorWord } from "./source-text.ts";

const folder = ".optimize";
/** Relative to the root. */
export const runFile = `${folder}/run.json`;
export const reportFile = `${folder}/report.md`;
export const surveyFile = `${folder}/survey`;
export const cacheFolder = `${folder}/cache`;

/**
 * Writes a file whole or not at all: into a new file beside it, then renamed over it. Missing folders are made.
 * Throws an OptimizeError("write").
 */
export function writeWhole(path: string, text: string): void {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.${randomBytes(4).toString("hex")}.tmp`);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, text, { flag: "wx" });
    renameSync(temporary, path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw writeError(path, cause);
  }
}

/** Saves the Run (as JSON text) and perhaps the report. Throws an OptimizeError("write") on a read-only root. */
export function saveRun(root: string, runText: string): void {
  openStore(root);
  writeWhole(join(root, runFile), runText);
}

/**
 * Writes the report to a path relative to the root and gives the path back, `/`-separated.
 * Refuses a path that leaves the root, through symbolic links too, and one that is no text to read: the path may come from
 * the scanned project, and no source, manifest or file of git is written over.
 */
export function saveReport(root: string, path: string, text: string): string {
  if (path === reportFile) openStore(root);
  const target = resolve(root, path);
  if (isAbsolute(path) || !isInside(resolve(root), target) || !isInside(realpathSync(root), existingParent(target))) {
    throw new OptimizeError("write", `the report would leave the scanned folder: ${path}`);
  }
  if (!/\.(?:md|markdown|txt)$/i.test(path) || /(?:^|[\\/])(?:\.git|node_modules)[\\/]/i.test(relative(root, target)))
    throw new OptimizeError("write", `the report is no Markdown file of the project: ${path}`);
  writeWhole(target, text);
  return relative(root, target).split(sep).join("/");
}

const oneHour = 3_600_000;

/** Makes the folder when it is not there, ignoring itself in git; clears what an ended process left behind. */
export function openStore(root: string): void {
  const path = join(root, folder);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw writeError(path, cause);
  }
  if (!lstatSync(path).isDirectory()) throw new OptimizeError("write", `${folder} is there and is no folder; nothing was written`);
  try {
    writeFileSync(join(path, ".gitignore"), "*\n", { flag: "wx" });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw writeError(path, cause);
  }
  for (const name of readdirSync(path)) {
    if (!name.endsWith(".tmp")) continue;
    const left = join(path, name);
    if (Date.now() - lstatSync(left).mtimeMs > oneHour) rmSync(left, { force: true });
  }
}

function existingParent(path: string): string {
  for (let parent = dirname(path); ; parent = dirname(parent)) {
    try {
      return realpathSync(parent);
    } catch {
      if (dirname(parent) === parent) return parent;
    }
  }
}

function writeError(path: string, cause: unknown): OptimizeError {
  return new OptimizeError("write", `cannot write ${path} (${errorWord(cause)})`, { cause });
}
