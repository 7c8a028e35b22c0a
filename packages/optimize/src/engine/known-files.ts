/** The files of a scan as resolution sees them: a path without extension, a folder, `.js` that means `.ts`. */
import { folderOf } from "./packages.ts";

export interface KnownFiles {
  /** The file that `path` (relative to the scanned folder, normalised) means, by itself or as a folder's index. */
  readonly find: (path: string, fromTypeScript?: boolean) => string | undefined;
  /** The same without looking into folders. */
  readonly findFile: (path: string, fromTypeScript?: boolean) => string | undefined;
  readonly has: (path: string) => boolean;
  /** Names of files and folders directly in a folder, sorted. */
  readonly list: (folder: string) => readonly string[];
}

const extensions = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];

/** What a written extension may stand for when the sources are TypeScript. */
const sourcesOf: Readonly<Record<string, readonly string[]>> = {
  ".js": [".ts", ".tsx"],
  ".jsx": [".tsx"],
  ".mjs": [".mts"],
  ".cjs": [".cts"],
};

export function knownFiles(paths: readonly string[]): KnownFiles {
  const files = new Set(paths);
  let folders: Map<string, string[]> | undefined;

  const findFile = (path: string, fromTypeScript = true): string | undefined => {
    if (path === "") return undefined;
    const exact = files.has(path);
    if (exact && !fromTypeScript) return path;
    const dot = path.lastIndexOf(".");
    const written = dot > path.lastIndexOf("/") ? path.slice(dot) : "";
    for (const extension of sourcesOf[written] ?? []) {
      const meant = path.slice(0, dot) + extension;
      if (files.has(meant)) return meant;
    }
    if (exact) return path;
    for (const extension of extensions) if (files.has(path + extension)) return path + extension;
    return undefined;
  };

  const find = (path: string, fromTypeScript = true): string | undefined =>
    findFile(path, fromTypeScript) ?? findFile(path === "" ? "index" : `${path}/index`, fromTypeScript);

  const list = (folder: string): readonly string[] => {
    folders ??= listFolders(paths);
    return folders.get(folder) ?? [];
  };
  return { find, findFile, has: (path) => files.has(path), list };
}

function listFolders(paths: readonly string[]): Map<string, string[]> {
  const folders = new Map<string, Set<string>>();
  const add = (path: string): void => {
    const folder = folderOf(path);
    const name = folder === "" ? path : path.slice(folder.length + 1);
    let names = folders.get(folder);
    if (names === undefined) {
      names = new Set();
      folders.set(folder, names);
      if (folder !== "") add(folder);
    }
    names.add(name);
  };
  for (const path of paths) add(path);
  return new Map([...folders].map(([folder, names]) => [folder, [...names].sort()]));
}
