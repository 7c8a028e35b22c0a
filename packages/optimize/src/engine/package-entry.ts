/** From a workspace package's manifest to the source behind a specifier, when nothing is installed and nothing is built. */
import { posix } from "node:path";
import { asObject } from "./config-file.ts";
import type { KnownFiles } from "./known-files.ts";
import type { PackageFacts } from "./packages.ts";

/** Conditions that name sources, then those of a server, then any other, then those of browsers and of other runtimes. */
const sourceCondition = /(?:^|[/@-])(?:source|src|development|dev|ts|typescript)$/u;
const lastConditions = new Set(["browser", "react-native", "edge-light", "worker", "workerd", "deno", "style", "sass", "production"]);

/**
 * The source of `name/subpath` (subpath "" is the package itself), as a path relative to the scanned folder.
 * `exports` decides, else the entry fields; a build output that does not exist is mapped back to its source.
 */
export function findInPackage(files: KnownFiles, item: PackageFacts, subpath: string): string | undefined {
  const own = (target: string): string => posix.join(item.dir, target);
  const key = subpath === "" ? "." : `./${subpath}`;
  const written = item.exports === undefined ? [] : exportTargets(item.exports, key).filter((target) => target.startsWith("./"));
  const fields = subpath === "" ? entryTargets(item) : [];
  for (const target of [...written, ...fields]) {
    const found = files.find(own(target));
    if (found !== undefined) return found;
  }
  for (const target of [...written, ...fields]) {
    const found = findSource(files, item.dir, target);
    if (found !== undefined) return found;
  }
  if (subpath === "") return files.find(own("src/index")) ?? files.find(own("index")) ?? files.find(own("lib/index"));
  return files.find(own(subpath)) ?? findSource(files, item.dir, subpath) ?? files.find(own(`src/${subpath}`));
}

function entryTargets(item: PackageFacts): readonly string[] {
  const { source, module, main, types, typings } = item.entries;
  return [source, types, typings, module, main].filter((target): target is string => target !== undefined);
}

/** Targets of an `exports` or `imports` field for a key such as ".", "./x" or "#x", best first: paths in the package, or other packages. */
export function exportTargets(field: unknown, key: string): readonly string[] {
  const object = asObject(field);
  const byKey =
    object !== undefined && Object.keys(object).some((name) => name.startsWith(".") || name.startsWith("#")) ? object : { ".": field };
  if (Object.hasOwn(byKey, key)) return leaves((byKey as Record<string, unknown>)[key], "");
  const patterns = Object.keys(byKey)
    .filter((name) => name.includes("*") || name.endsWith("/"))
    .sort((a, b) => b.length - a.length);
  for (const pattern of patterns) {
    const star = pattern.includes("*") ? pattern.indexOf("*") : pattern.length;
    const before = pattern.slice(0, star);
    const after = pattern.slice(star + 1);
    if (!key.startsWith(before) || !key.endsWith(after) || key.length <= before.length + after.length) continue;
    const middle = key.slice(before.length, key.length - after.length);
    return leaves((byKey as Record<string, unknown>)[pattern], "").map((target) =>
      target.includes("*") ? target.replaceAll("*", () => middle) : target.endsWith("/") ? target + middle : target,
    );
  }
  return [];
}

function leaves(value: unknown, condition: string): readonly string[] {
  const ranked: { target: string; rank: number }[] = [];
  const collect = (node: unknown, rank: number, depth: number): void => {
    if (typeof node === "string") {
      if (/^(?:\.\/|[@#\w])/u.test(node) && !node.includes("/../")) ranked.push({ target: node, rank });
      return;
    }
    if (depth > 8) return;
    if (Array.isArray(node)) for (const item of node) collect(item, rank, depth + 1);
    for (const [name, inner] of Object.entries(asObject(node) ?? {})) collect(inner, Math.max(rank, rankOf(name)), depth + 1);
  };
  collect(value, rankOf(condition), 0);
  // A source condition wins over its surroundings, a foreign one loses within them; order of writing decides the rest.
  return ranked.sort((a, b) => a.rank - b.rank).map((leaf) => leaf.target);
}

function rankOf(condition: string): number {
  if (sourceCondition.test(condition)) return 0;
  return lastConditions.has(condition) ? 2 : condition === "" ? 0 : 1;
}

const builtExtension = /(?:\.d)?\.[cm]?[jt]sx?$/u;

/**
 * The source that a build output was made from: `./dist/esm/index.d.mts` -> `src/index.ts`.
 * Leading folders of the target are taken off one by one, the rest is looked for in the usual source folders.
 */
function findSource(files: KnownFiles, dir: string, target: string): string | undefined {
  const parts = posix
    .normalize(target)
    .replace(builtExtension, "")
    .split("/")
    .filter((part) => part !== "." && part !== "");
  for (let taken = 1; taken <= Math.min(parts.length - 1, 4); taken++) {
    const rest = parts.slice(taken).join("/");
    for (const folder of ["src", "", "lib", "source"]) {
      const found = files.find(posix.join(dir, folder, rest));
      if (found !== undefined) return found;
    }
  }
  return parts.length === 1 ? files.find(posix.join(dir, "src", parts[0] as string)) : undefined;
}
