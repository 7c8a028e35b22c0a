/** Which packages a workspace declares: npm and yarn `workspaces`, pnpm-workspace.yaml, lerna.json. */
import { posix } from "node:path";
import { asStrings, readConfigObject, readConfigText } from "./config-file.ts";
import type { PackageFacts } from "./packages.ts";
import { compileGlob } from "./path-glob.ts";

/** Marks the packages that a workspace root among them, or above them, declares. `root` is the scanned folder. */
export function markWorkspace(packages: readonly PackageFacts[], root: string, boundary: string): readonly PackageFacts[] {
  const members = new Set<string>();
  for (const holder of packages) {
    const absolute = posix.join(root, holder.dir);
    const patterns = [...holder.workspaces, ...pnpmPatterns(readConfigText(posix.join(absolute, "pnpm-workspace.yaml"), boundary) ?? "")];
    if (patterns.length === 0) patterns.push(...asStrings(readConfigObject(posix.join(absolute, "lerna.json"), boundary)?.["packages"]));
    if (patterns.length === 0) continue;
    members.add(holder.dir);
    const belongs = workspaceTest(patterns);
    for (const item of packages) {
      const inside = posix.relative(absolute, posix.join(root, item.dir));
      if (inside !== "" && !inside.startsWith("..") && belongs(inside)) members.add(item.dir);
    }
  }
  return packages.map((item) => (members.has(item.dir) ? { ...item, workspace: true } : item));
}

/** Patterns with `!` take back what an earlier one took in. */
function workspaceTest(patterns: readonly string[]): (path: string) => boolean {
  const rules = patterns.flatMap((written) => {
    const negated = written.startsWith("!");
    const pattern = (negated ? written.slice(1) : written).replace(/^\.\//u, "").replace(/\/+$/u, "");
    return expandBraces(pattern).flatMap((plain) => {
      const matches = compileGlob(plain);
      return matches === undefined ? [] : [{ negated, matches }];
    });
  });
  return (path) => rules.reduce((member, rule) => (rule.matches(path) ? !rule.negated : member), false);
}

/** `{a,b}` once, which is what workspace lists use. */
function expandBraces(pattern: string): readonly string[] {
  const found = /^([^{}]*)\{([^{}]*)\}([^{}]*)$/u.exec(pattern);
  if (found === null) return [pattern];
  const [, before = "", inside = "", after = ""] = found;
  return inside.split(",").map((choice) => before + choice + after);
}

/**
 * The `packages` list of a pnpm-workspace.yaml: a block or flow list of plain or quoted strings.
 * Nothing else of YAML is read, and anything else ends the list.
 */
export function pnpmPatterns(text: string): readonly string[] {
  const lines = text.split(/\r?\n/u);
  const start = lines.findIndex((line) => /^packages\s*:/u.test(line));
  if (start < 0) return [];
  const flow = (lines[start] as string).replace(/^packages\s*:\s*/u, "");
  if (flow.startsWith("[")) {
    const list = [flow, ...lines.slice(start + 1)].join(" ");
    const end = list.indexOf("]");
    return end < 0
      ? []
      : list
          .slice(1, end)
          .split(",")
          .map(plainText)
          .filter((item) => item !== "");
  }
  const found: string[] = [];
  for (const line of lines.slice(start + 1)) {
    if (/^\s*(?:#.*)?$/u.test(line)) continue;
    const item = /^\s*-\s+(.*)$/u.exec(line);
    if (item === null) break;
    const value = plainText(item[1] as string);
    if (value !== "") found.push(value);
  }
  return found;
}

function plainText(written: string): string {
  const text = written.trim();
  const quoted = /^(?:"([^"]*)"|'([^']*)')/u.exec(text);
  if (quoted !== null) return quoted[1] ?? quoted[2] ?? "";
  return text.replace(/\s+#.*$/u, "");
}
