/** .gitignore files: patterns read once, asked for each entry of the walk. */
import { compileGlob } from "./path-glob.ts";
import type { PathTest } from "./path-glob.ts";

interface IgnoreRule {
  readonly negated: boolean;
  readonly foldersOnly: boolean;
  readonly matches: PathTest;
}

/** The rules of one .gitignore file; paths given to them are relative to the folder that holds it. */
export interface IgnoreFile {
  readonly folder: string;
  readonly rules: readonly IgnoreRule[];
}

/** Longer patterns than this are no path patterns; they could only make matching slow. */
const longestPattern = 1000;

/** Reads the text of a .gitignore file in `folder` ("" for the top, else without a trailing slash). */
export function parseIgnoreFile(folder: string, text: string): IgnoreFile {
  const rules: IgnoreRule[] = [];
  for (const line of text.split(/\r?\n/u)) {
    const rule = parseRule(line);
    if (rule !== undefined) rules.push(rule);
  }
  return { folder, rules };
}

/**
 * Whether `path` is ignored. `files` go from the outermost to the innermost; the last rule that matches decides.
 * A caller that does not enter ignored folders gets git's "a file in an excluded folder cannot be re-included" for free.
 */
export function isIgnored(files: readonly IgnoreFile[], path: string, isFolder: boolean): boolean {
  for (let at = files.length - 1; at >= 0; at--) {
    const file = files[at] as IgnoreFile;
    if (file.folder !== "" && !path.startsWith(`${file.folder}/`)) continue;
    const inside = file.folder === "" ? path : path.slice(file.folder.length + 1);
    for (let index = file.rules.length - 1; index >= 0; index--) {
      const rule = file.rules[index] as IgnoreRule;
      if (rule.foldersOnly && !isFolder) continue;
      if (rule.matches(inside)) return !rule.negated;
    }
  }
  return false;
}

function parseRule(line: string): IgnoreRule | undefined {
  let pattern = trimTrailingSpaces(line);
  if (pattern === "" || pattern.startsWith("#") || pattern.length > longestPattern) return undefined;
  const negated = pattern.startsWith("!");
  if (negated) pattern = pattern.slice(1);
  else if (pattern.startsWith("\\#") || pattern.startsWith("\\!")) pattern = pattern.slice(1);
  const foldersOnly = pattern.endsWith("/");
  if (foldersOnly) pattern = pattern.slice(0, -1);
  if (pattern === "") return undefined;
  // A slash at the start or in the middle ties the pattern to the folder of its file.
  const anchored = pattern.includes("/");
  if (pattern.startsWith("/")) pattern = pattern.slice(1);
  const matches = compileGlob(anchored ? pattern : `**/${pattern}`);
  return matches === undefined ? undefined : { negated, foldersOnly, matches };
}

function trimTrailingSpaces(line: string): string {
  let end = line.length;
  while (end > 0 && line[end - 1] === " " && line[end - 2] !== "\\") end--;
  return line.slice(0, end);
}
