/** The data directory of a fresh cluster, kept so that the next start takes a second and not five. What goes wrong here costs time and nothing else. */
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The version of PGlite that is installed; of another one a snapshot is none. */
function installedVersion(): string {
  const entry = createRequire(import.meta.url).resolve("@electric-sql/pglite");
  return (JSON.parse(readFileSync(join(dirname(entry), "../package.json"), "utf8")) as { version: string }).version;
}

function pathIn(folder: string): string {
  return join(folder, `planner-${installedVersion()}.tar.gz`);
}

export async function loadSnapshot(folder: string | undefined): Promise<Uint8Array | undefined> {
  if (folder === undefined) return undefined;
  return readFile(pathIn(folder)).then(
    (bytes) => bytes,
    () => undefined,
  );
}

export async function saveSnapshot(folder: string, bytes: Uint8Array): Promise<void> {
  const path = pathIn(folder);
  const temporary = `${path}.${process.pid}.${randomBytes(4).toString("hex")}.tmp`;
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(temporary, bytes);
    await rename(temporary, path);
  } catch {
    await rm(temporary, { force: true }).catch(() => {});
  }
}
