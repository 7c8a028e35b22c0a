/** Import roots of Python files: the folders from which a dotted name is looked up, as `sys.path` would hold them. */
import { folderOf } from "./packages.ts";
import type { PythonProject } from "./python-manifests.ts";

/** Python sources as import sees them. */
export interface PythonFiles {
  /** The module or package at a path without extension: a package wins over a module, a module over a bare folder. */
  readonly find: (path: string) => Found | undefined;
  readonly isPackage: (folder: string) => boolean;
  readonly hasFolder: (folder: string) => boolean;
  readonly hasFile: (path: string) => boolean;
}

export type Found = { readonly kind: "file"; readonly path: string } | { readonly kind: "folder"; readonly path: string };

export interface PythonRoots {
  /**
   * Strong: the folder above the file's own package, declared source folders, the folder of `manage.py`. Weak: the other folders
   * above the file, which are roots only when a program is started there.
   */
  readonly rootsOf: (file: string) => { readonly strong: readonly string[]; readonly weak: readonly string[] };
  /** The one root elsewhere in the repository that holds a package of this name: a sibling project that would be installed. */
  readonly elsewhere: (top: string) => string | undefined;
}

export function pythonFiles(paths: readonly string[]): PythonFiles {
  const files = new Set(paths);
  const folders = new Set<string>([""]);
  for (const path of paths) for (let folder = folderOf(path); !folders.has(folder); folder = folderOf(folder)) folders.add(folder);
  const isPackage = (folder: string): boolean => files.has(join(folder, "__init__.py"));
  return {
    isPackage,
    hasFolder: (folder) => folders.has(folder),
    hasFile: (path) => files.has(path),
    find: (path) => {
      if (isPackage(path)) return { kind: "file", path: join(path, "__init__.py") };
      if (path !== "" && files.has(`${path}.py`)) return { kind: "file", path: `${path}.py` };
      return folders.has(path) ? { kind: "folder", path } : undefined;
    },
  };
}

export function join(folder: string, name: string): string {
  return folder === "" ? name : name === "" ? folder : `${folder}/${name}`;
}

export function pythonRoots(paths: readonly string[], files: PythonFiles, projects: readonly PythonProject[]): PythonRoots {
  const declared = new Map<string, readonly string[]>();
  for (const project of projects) {
    const src = join(project.dir, "src");
    // A `src` that is no package itself holds packages by convention.
    const bySrc = files.hasFolder(src) && !files.isPackage(src) ? [src] : [];
    declared.set(project.dir, [...project.sources, ...bySrc, project.dir]);
  }
  const own = new Map<string, string>();
  /** The folder above the topmost package around a folder; the folder itself when it is no package. */
  const natural = (folder: string): string => {
    const known = own.get(folder);
    if (known !== undefined) return known;
    const found = folder !== "" && files.isPackage(folder) ? natural(folderOf(folder)) : folder;
    own.set(folder, found);
    return found;
  };
  const known = new Map<string, { strong: readonly string[]; weak: readonly string[] }>();
  const ofFolder = (folder: string): { strong: readonly string[]; weak: readonly string[] } => {
    let found = known.get(folder);
    if (found !== undefined) return found;
    const strong = new Set<string>();
    const weak = new Set<string>();
    if (files.isPackage(folder)) strong.add(natural(folder));
    for (let at = folder; ; at = folderOf(at)) {
      if (files.hasFile(join(at, "manage.py"))) strong.add(at);
      for (const one of declared.get(at) ?? []) strong.add(one);
      weak.add(at);
      if (at === "") break;
    }
    found = { strong: [...strong], weak: [...weak].filter((one) => !strong.has(one)) };
    known.set(folder, found);
    return found;
  };
  const tops = topPackages(paths, natural, files);
  return {
    rootsOf: (file) => ofFolder(folderOf(file)),
    elsewhere: (top) => {
      const roots = tops.get(top);
      return roots?.size === 1 ? [...roots][0] : undefined;
    },
  };
}

/** For each topmost package its root, or its roots when there are several of the same name. */
function topPackages(paths: readonly string[], natural: (folder: string) => string, files: PythonFiles): ReadonlyMap<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const path of paths) {
    if (!path.endsWith("__init__.py")) continue;
    const folder = folderOf(path);
    const root = natural(folder);
    if (folder === "" || folderOf(folder) !== root || !files.isPackage(folder)) continue;
    const top = folder.slice(root === "" ? 0 : root.length + 1);
    const roots = found.get(top);
    if (roots === undefined) found.set(top, new Set([root]));
    else roots.add(root);
  }
  return found;
}
