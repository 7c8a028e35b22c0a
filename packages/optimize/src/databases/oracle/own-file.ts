/**
 * Files of the cache that only count when this program wrote them here. The folder may have come with a stranger's project: the name holds the inode and
 * the time of the last change, which nobody can know before the file lies on this file system.
 */
import { randomBytes } from "node:crypto";
import { lstat, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

async function stampOf(path: string): Promise<string> {
  const { ino, mtimeNs } = await stat(path, { bigint: true });
  return `${ino.toString(36)}-${mtimeNs.toString(36)}`;
}

async function namesIn(folder: string, name: string): Promise<readonly string[]> {
  return (await readdir(folder)).filter((one) => one.startsWith(`${name}.`) && !one.endsWith(".tmp"));
}

/** Its bytes; undefined when there is none that was written here. */
export async function readOwn(folder: string, name: string): Promise<Uint8Array | undefined> {
  try {
    for (const one of await namesIn(folder, name)) {
      const path = join(folder, one);
      if ((await lstat(path)).isFile() && one === `${name}.${await stampOf(path)}`) return await readFile(path);
    }
  } catch {
    // No folder, or none that can be read: nothing is kept.
  }
  return undefined;
}

/** Replaces what has this name. What goes wrong costs the next start time and nothing else. */
export async function writeOwn(folder: string, name: string, bytes: Uint8Array | string): Promise<void> {
  const temporary = join(folder, `${name}.${process.pid}.${randomBytes(4).toString("hex")}.tmp`);
  try {
    await mkdir(folder, { recursive: true });
    if (!(await lstat(folder)).isDirectory()) return;
    await writeFile(temporary, bytes, { flag: "wx" });
    const before = await namesIn(folder, name);
    await rename(temporary, join(folder, `${name}.${await stampOf(temporary)}`));
    for (const one of before) await rm(join(folder, one), { force: true });
  } catch {
    await rm(temporary, { force: true }).catch(() => {});
  }
}
