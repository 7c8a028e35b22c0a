/** Paths of a container as paths of this machine: by the folders that both share, and by the folder of the project from which the image was copied. */
import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import type { SharedFolder } from "./container-command.ts";
import type { Thread } from "./records.ts";

/** A folder of the image, and folders of this machine of which one was copied to it. */
export interface CopiedFolder {
  readonly inside: string;
  readonly outside: readonly string[];
}

/** Part of the files that have to be found before a folder counts as the one that was copied. */
const most = 0.5;

/** Gives how to tell the threads' paths, and what cannot be told. */
export function hostPathsOf(
  threads: readonly Thread[],
  shared: readonly SharedFolder[],
  copied: CopiedFolder | undefined,
): { readonly hostPath: (file: string) => string; readonly failures: readonly string[] } {
  // Of two folders one inside of the other, the inner one is what is seen there.
  const folders = shared
    .map(({ inside, outside }) => ({ inside: posix.normalize(inside).replace(/(?<=.)\/$/, ""), outside }))
    .sort((a, b) => b.inside.length - a.inside.length);
  const within = (file: string): string | undefined => {
    for (const folder of folders) {
      const rest = restBelow(file, folder.inside);
      if (rest !== undefined) return join(folder.outside, rest);
    }
    return undefined;
  };
  const files = [...new Set(threads.flatMap(({ frames }) => [...frames.values()].map(({ file }) => file)))];
  const rests =
    copied === undefined ? [] : files.filter((file) => within(file) === undefined).flatMap((file) => restBelow(file, copied.inside) ?? []);
  if (copied === undefined || rests.length === 0) return { hostPath: (file) => within(file) ?? file, failures: [] };
  const found = copied.outside
    .map((outside) => ({ outside, n: rests.filter((rest) => existsSync(join(outside, rest))).length }))
    .sort((a, b) => b.n - a.n)[0];
  const outside = found !== undefined && found.n > rests.length * most ? found.outside : undefined;
  return {
    hostPath: (file) => {
      const known = within(file);
      const rest = known === undefined && outside !== undefined ? restBelow(file, copied.inside) : undefined;
      return known ?? (rest === undefined || outside === undefined ? file : join(outside, rest));
    },
    failures:
      outside === undefined
        ? [
            `the files of the container below ${copied.inside} are not those of this folder: their places are not tied to findings (--root names another folder)`,
          ]
        : [],
  };
}

/** `src/x.js` of `/app/src/x.js` below `/app`. */
function restBelow(file: string, folder: string): string | undefined {
  if (folder === "/") return file.startsWith("/") ? file.slice(1) : undefined;
  return file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : undefined;
}
