/** A commit laid out in a private folder, so that discovery and resolution work on it as on any other. */
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve, sep } from "node:path";
import { realpathSync } from "node:fs";
import { isInside } from "./config-file.ts";
import { gitRoot, readTree } from "./git.ts";

export interface LaidOutTree {
  /** The folder that stands for the scanned one; give it to `discover` with `boundary`. */
  readonly root: string;
  /** The folder that stands for the repository's top. */
  readonly boundary: string;
  /** Removes everything; can be called twice. */
  readonly remove: () => Promise<void>;
}

/** Lays out the sources, manifests and configurations of `ref`. Throws `no-git` or `git` with a hint. The caller removes it, also after an error of its own. */
export async function layOutTree(root: string, ref: string): Promise<LaidOutTree> {
  const boundary = await realpath(await mkdtemp(join(tmpdir(), "optimize-")));
  const remove = (): Promise<void> => rm(boundary, { recursive: true, force: true });
  try {
    const folders = new Set<string>([boundary]);
    for await (const { path, bytes } of readTree(root, ref)) {
      const target = resolve(boundary, path);
      // A crafted tree object can hold any name.
      if (!isInside(boundary, target) || target === boundary) continue;
      const folder = dirname(target);
      if (!folders.has(folder)) {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        folders.add(folder);
      }
      await writeFile(target, bytes, { mode: 0o600, flag: "wx" });
    }
    const inside = relative(gitRoot(root) ?? root, realpathSync(root));
    const own = inside === "" ? boundary : join(boundary, ...inside.split(sep));
    await mkdir(own, { recursive: true });
    return { root: own, boundary, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
