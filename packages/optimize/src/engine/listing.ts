/** Names and kinds of what a folder holds, and what else is asked of entries that are not read. */
import { lstatSync, readdirSync, realpathSync } from "node:fs";
import type { Dirent } from "node:fs";
import { digest, isNoted, noteInput, stampAt, stampOf } from "./inputs.ts";
import { errorWord, largestSource } from "./source-text.ts";

/** The entries of a folder, in no order. Throws what the file system says. */
export function listFolder(path: string): Dirent[] {
  if (!isNoted()) return readdirSync(path, { withFileTypes: true });
  const stamp = stampAt(path);
  try {
    const entries = readdirSync(path, { withFileTypes: true });
    noteInput("folder", path, stamp, digest(entries.flatMap(nameAndKind).sort().join("\0")));
    return entries;
  } catch (error) {
    noteInput("folder", path, undefined, errorWord(error));
    throw error;
  }
}

/** The scan's own folder appears with the first scan and tells it nothing. */
function nameAndKind(entry: Dirent): readonly string[] {
  if (entry.name === ".optimize") return [];
  return [`${entry.isFile() ? "f" : entry.isDirectory() ? "d" : entry.isSymbolicLink() ? "l" : "?"}${entry.name}`];
}

/** Notes where a path leads when links are followed. */
export function askReal(path: string): void {
  let real: string;
  try {
    real = realpathSync(path);
  } catch (error) {
    real = errorWord(error);
  }
  noteInput("real", path, undefined, real);
}

/** Bytes, and milliseconds since the epoch, of a file that may be too large to be read. Throws what the file system says. */
export function askSize(path: string): { readonly size: number; readonly modified: number } {
  try {
    const stats = lstatSync(path);
    noteInput("large", path, stampOf(stats), String(stats.size > largestSource));
    return { size: stats.size, modified: stats.mtimeMs };
  } catch (error) {
    noteInput("large", path, undefined, errorWord(error));
    throw error;
  }
}
