/** What git tracks although a pattern ignores it: git's own rule is that tracked files are never ignored. */
import { trackedFiles } from "./git.ts";

/** Asks git at the first need: most ignored folders are foreign ones, which are never asked for. */
export function trackedTest(repository: string): (path: string, isFolder: boolean) => boolean {
  let files: Set<string> | undefined;
  let folders: Set<string> | undefined;
  return (path, isFolder) => {
    files ??= new Set(trackedFiles(repository));
    if (!isFolder) return files.has(path);
    folders ??= foldersOf(files);
    return folders.has(path);
  };
}

function foldersOf(files: ReadonlySet<string>): Set<string> {
  const folders = new Set<string>();
  for (const file of files) {
    for (let slash = file.lastIndexOf("/"); slash > 0; slash = file.lastIndexOf("/", slash - 1)) {
      const folder = file.slice(0, slash);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return folders;
}
