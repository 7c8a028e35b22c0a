/** Results of load runs in `<root>/.optimize/load/`: `optimize measure` ties them to what it saw of the program meanwhile. */
import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { openStore, writeWhole } from "../engine/store.ts";
import { resultOf } from "../load/read-result.ts";
import type { LoadResult } from "../model/load.ts";

const folder = ".optimize/load";
const kept = 20;
/** Bytes: endpoints are few. */
const largest = 32 * 1024 * 1024;

/** Keeps a result where the project is one of optimize's already: a run in any other folder leaves nothing behind. Whatever goes wrong costs the copy alone. */
export function keepLoad(root: string, result: LoadResult): void {
  try {
    if (!lstatSync(join(root, ".optimize")).isDirectory()) return;
    openStore(root);
    const path = join(root, folder);
    mkdirSync(path, { recursive: true, mode: 0o700 });
    if (!lstatSync(path).isDirectory()) return;
    writeWhole(join(path, `${result.startedAt.replaceAll(/[-:.]/g, "")}-${process.pid}.json`), JSON.stringify(result));
    const names = namesIn(path);
    for (const old of names.slice(0, Math.max(0, names.length - kept))) rmSync(join(path, old), { force: true });
  } catch {
    // The result has been shown.
  }
}

/** Results of runs that began in this time (ISO 8601), of any of the folders. */
export function keptLoads(roots: readonly string[], from: string, to: string): readonly LoadResult[] {
  return [...new Set(roots)].flatMap((root) => {
    const path = join(root, folder);
    if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
    return namesIn(path).flatMap((name) => {
      const result = readAt(join(path, name));
      return result !== undefined && result.startedAt >= from && result.startedAt <= to ? [result] : [];
    });
  });
}

const namesIn = (path: string): string[] =>
  readdirSync(path)
    .filter((name) => name.endsWith(".json"))
    .sort();

function readAt(path: string): LoadResult | undefined {
  try {
    const stats = lstatSync(path);
    return stats.isFile() && stats.size <= largest ? resultOf(readFileSync(path, "utf8")) : undefined;
  } catch {
    return undefined;
  }
}
