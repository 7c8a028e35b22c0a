/** Source files of built ones, when no source map says it. */
import { existsSync } from "node:fs";
import { join } from "node:path";

const extensions: Readonly<Record<string, readonly string[]>> = {
  ".js": [".ts", ".tsx", ".jsx"],
  ".mjs": [".mts", ".ts"],
  ".cjs": [".cts", ".ts"],
};

/** Gives for `dist/src/orders/list.js` the file `src/orders/list.ts`: the same path below the root or `src/`, without the output's own folders. */
export function sourceFinder(root: string): (file: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  return (file) => {
    if (!known.has(file)) known.set(file, find(root, file));
    return known.get(file);
  };
}

function find(root: string, file: string): string | undefined {
  const match = /^(.*)(\.[cm]?js)$/.exec(file);
  if (match === null || file.startsWith("/") || /^[A-Za-z]:/.test(file)) return undefined;
  const parts = (match[1] ?? "").split("/");
  for (let skipped = 1; skipped < parts.length; skipped += 1) {
    const rest = parts.slice(skipped).join("/");
    // A name alone would be anybody's.
    for (const path of [rest, `src/${rest}`]) {
      if (!path.includes("/")) continue;
      for (const extension of extensions[match[2] ?? ""] ?? []) if (existsSync(join(root, path + extension))) return path + extension;
    }
  }
  return undefined;
}
