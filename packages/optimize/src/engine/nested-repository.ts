import { existsSync } from "node:fs";
import { join, posix } from "node:path";

/** Gives the folder below `root` that is a repository of its own (a submodule, a clone) and holds a file; undefined when the file is the project's. */
export function nestedRepositories(root: string): (file: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  const holding = (folder: string): string | undefined => {
    if (folder === "." || folder === "" || folder.startsWith("..")) return undefined;
    if (!known.has(folder)) known.set(folder, existsSync(join(root, folder, ".git")) ? folder : holding(posix.dirname(folder)));
    return known.get(folder);
  };
  return (file) => holding(posix.dirname(file));
}
