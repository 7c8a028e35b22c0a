/** What a started planner looks like, kept so that the next start takes a second and not five. What goes wrong here costs time and nothing else. */
import { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { readOwn, writeOwn } from "./own-file.ts";

/** The version of PGlite that is installed; of another one a snapshot is none. */
function installedVersion(): string {
  const entry = createRequire(import.meta.url).resolve("@electric-sql/pglite");
  return (JSON.parse(readFileSync(join(dirname(entry), "../package.json"), "utf8")) as { version: string }).version;
}

const nameOf = (): string => `planner-${installedVersion()}.tar.gz`;

/** The one that the build made (`scripts/planner-snapshot.mjs`), beside whatever of the build is running; undefined where none was made. */
export async function builtSnapshot(): Promise<Uint8Array | undefined> {
  const path = ["../", "../../"].map((up) => new URL(`${up}${nameOf()}`, import.meta.url)).find((one) => existsSync(one));
  return path === undefined ? undefined : readFile(path);
}

export async function loadSnapshot(folder: string | undefined): Promise<Uint8Array | undefined> {
  return folder === undefined ? undefined : readOwn(folder, nameOf());
}

export async function saveSnapshot(folder: string, bytes: Uint8Array): Promise<void> {
  await writeOwn(folder, nameOf(), bytes);
}
