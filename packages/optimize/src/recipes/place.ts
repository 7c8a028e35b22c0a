/** Recipes' files into a project: all of them or none, and never over what is there. */
import { lstatSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isInside } from "../engine/config-file.ts";
import { OptimizeError } from "../model/errors.ts";
import type { RecipeFile } from "./recipe.ts";

export interface Placed {
  readonly path: string;
  /** `same`: it is there already, letter by letter. */
  readonly state: "new" | "same";
}

/** What would be done. Throws an OptimizeError("write") when another file is in the way, or a path leaves the project. */
export function plan(root: string, files: readonly RecipeFile[]): Placed[] {
  const real = realpathSync(root);
  const states = files.map(({ path, text }) => ({ path, state: stateOf(real, path, text) }));
  const inTheWay = states.filter(({ state }) => state === "other").map(({ path }) => path);
  if (inTheWay.length > 0)
    throw new OptimizeError(
      "write",
      `${inTheWay.join(", ")} ${inTheWay.length === 1 ? "is" : "are"} there already, and nothing is written over`,
      {
        hint: "name another folder with --to, or move them away",
      },
    );
  return states as Placed[];
}

function stateOf(root: string, path: string, text: string): "new" | "same" | "other" {
  const absolute = join(root, path);
  if (!isInside(root, existingParent(absolute)))
    throw new OptimizeError("write", `${path} would lie outside of the project`, { hint: "name a folder of the project with --to" });
  const stats = lstatSync(absolute, { throwIfNoEntry: false });
  if (stats === undefined) return "new";
  return stats.isFile() && readFileSync(absolute, "utf8") === text ? "same" : "other";
}

/** The nearest folder above that is there, as it really is. */
function existingParent(path: string): string {
  const parent = dirname(path);
  const stats = lstatSync(parent, { throwIfNoEntry: false });
  if (stats === undefined) return existingParent(parent);
  const real = realpathSync(parent);
  if (!lstatSync(real).isDirectory()) throw new OptimizeError("write", `${parent} is no folder`, { hint: "name another with --to" });
  return real;
}

/** Writes what `plan` called new. What was written goes away again when one of them cannot be. */
export function place(root: string, files: readonly RecipeFile[], planned: readonly Placed[]): void {
  const written: string[] = [];
  try {
    for (const [index, { path, text }] of files.entries()) {
      if (planned[index]?.state !== "new") continue;
      const absolute = join(root, path);
      mkdirSync(dirname(absolute), { recursive: true });
      // Fails when somebody has made it since.
      writeFileSync(absolute, text, { flag: "wx" });
      written.push(absolute);
    }
  } catch (cause) {
    for (const path of written) rmSync(path, { force: true });
    throw new OptimizeError("write", `the recipe could not be written: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}
