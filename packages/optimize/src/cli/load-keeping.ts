/** Results of load runs in `<root>/.optimize/load/`: `optimize measure` ties them to what it saw of the program meanwhile. */
import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { openStore, writeWhole } from "../engine/store.ts";
import { resultOf } from "../load/read-result.ts";
import type { LoadResult } from "../model/load.ts";
import type { Terminal } from "./terminal.ts";

const folder = ".optimize/load";
const kept = 20;
/** Bytes: endpoints are few. */
const largest = 32 * 1024 * 1024;

/** Tells a load command that `optimize measure` runs where its project is. */
export const loadRoot = "OPTIMIZE_LOAD_ROOT";

/** Keeps a result where the project is one of optimize's already: a run in any other folder leaves nothing behind. Whatever goes wrong costs the copy alone. */
export function keepLoad({ cwd, env }: Pick<Terminal, "cwd" | "env">, result: LoadResult): void {
  try {
    const root = env[loadRoot] ?? cwd;
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

/** Results of runs that began in this time (ISO 8601). */
export function keptLoads(root: string, from: string, to: string): readonly LoadResult[] {
  const path = join(root, folder);
  if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return namesIn(path).flatMap((name) => {
    const result = readAt(join(path, name));
    return result !== undefined && result.startedAt >= from && result.startedAt <= to ? [result] : [];
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
