import { realpathSync } from "node:fs";
import { join } from "node:path";
import { readConfigText } from "./config-file.ts";
import type { Config } from "./config.ts";
import { reportFile } from "./store.ts";

const structureFile = ".ai-ley/shared/variables/folder-structure.yaml";

/** Where the Markdown report goes, relative to the root: the settings' `report`, the folder structure's `files.performance`, or the store. */
export function reportPath(root: string, config: Config): string {
  return config.report ?? declaredPath(root) ?? reportFile;
}

function declaredPath(root: string): string | undefined {
  const text = readConfigText(join(root, structureFile), realpathSync(root));
  return text === undefined ? undefined : scalarAt(text, ["files", "performance"]);
}

/** The scalar at a path of block mappings; the little of YAML that such a file needs. */
export function scalarAt(yaml: string, path: readonly string[]): string | undefined {
  const open: { readonly indent: number; readonly key: string }[] = [];
  for (const line of yaml.split(/\r?\n/)) {
    const match = /^( *)(?:"([^"]+)"|'([^']+)'|([\w.-]+)) *:(?: +(.*))?$/.exec(line);
    if (match === null) continue;
    const indent = match[1]?.length ?? 0;
    while ((open.at(-1)?.indent ?? -1) >= indent) open.pop();
    open.push({ indent, key: match[2] ?? match[3] ?? match[4] ?? "" });
    if (open.length === path.length && open.every((entry, index) => entry.key === path[index])) return scalar(match[5] ?? "");
  }
  return undefined;
}

function scalar(text: string): string | undefined {
  const quoted = /^"([^"\\]*)"|^'([^']*)'/.exec(text);
  const value = quoted === null ? text.replace(/ +#.*$/, "").trim() : (quoted[1] ?? quoted[2] ?? "");
  return value === "" || /^[&*!|>{[#%@`]/.test(value) ? undefined : value;
}
