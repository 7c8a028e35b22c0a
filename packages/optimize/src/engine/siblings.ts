/** Modules that a specifier with one unknown name can mean. */
import { posix } from "node:path";
import { candidatePaths, findPath, withoutExtension } from "./known-paths.ts";
import type { Context } from "./known-paths.ts";
import { folderOf, packageName } from "./packages.ts";

/** More modules than this behind one specifier say nothing about a call. */
const mostSiblings = 64;

/** See `Resolver.resolveDirectory`. */
export function siblings(context: Context, fromFile: string, prefix: string, suffix: string): readonly string[] {
  const slash = prefix.lastIndexOf("/");
  if (slash < 0) return [];
  const start = prefix.slice(slash + 1);
  const folder = prefix.slice(0, slash);
  const folders = /^\.{1,2}(?:\/|$)/u.test(folder)
    ? [posix.join(folderOf(fromFile), folder)]
    : [...candidatePaths(context, fromFile, `${folder}/`), ...memberFolders(context, folder)];
  for (const candidate of folders) {
    const at = candidate === "." ? "" : candidate.replace(/\/+$/u, "");
    if (at.startsWith("..")) continue;
    const found = new Set<string>();
    for (const name of context.files.list(at)) {
      for (const request of requestsFor(name, suffix)) {
        if (!request.startsWith(start) || request.length <= start.length + suffix.length) continue;
        const path = findPath(context, posix.join(at, request), true);
        if (path !== undefined && path !== fromFile) found.add(path);
      }
    }
    if (found.size > mostSiblings) return [];
    if (found.size > 0) return [...found].sort();
  }
  return [];
}

/** A folder of a workspace package as a specifier names it. */
function memberFolders(context: Context, specifier: string): readonly string[] {
  const name = packageName.exec(specifier)?.[0];
  const member = name === undefined ? undefined : context.named.get(name);
  if (name === undefined || member === undefined || member.dir.startsWith("..")) return [];
  const inside = specifier.slice(name.length + 1);
  return [posix.join(member.dir, inside), posix.join(member.dir, "src", inside)];
}

/** The ways to ask for an entry of a folder that end in `suffix`: as it is, without its extension, as the `.js` it becomes, as a folder. */
function requestsFor(name: string, suffix: string): readonly string[] {
  if (suffix.startsWith("/")) return [name + suffix];
  const bare = withoutExtension(name);
  return [name, bare, ...[".js", ".mjs", ".cjs"].map((extension) => bare + extension)].filter((request) => request.endsWith(suffix));
}
