/** Paths of a scan that specifiers are matched with: files, what was left out, what tsconfigs add. */
import { extname, join, relative, sep } from "node:path";
import { isInside } from "./config-file.ts";
import type { createClientLookup } from "./generated-clients.ts";
import type { KnownFiles } from "./known-files.ts";
import { findInPackage } from "./package-entry.ts";
import { folderOf } from "./packages.ts";
import type { PackageFacts } from "./packages.ts";
import type { Resolution } from "./resolve.ts";
import type { TsconfigReader } from "./tsconfig.ts";
import { matchPaths } from "./tsconfig.ts";

/** What every question about a specifier needs. */
export interface Context {
  readonly root: string;
  readonly files: KnownFiles;
  readonly skipped: ReadonlySet<string>;
  readonly clients: ReturnType<typeof createClientLookup>;
  readonly packageOf: (path: string) => PackageFacts | undefined;
  readonly named: ReadonlyMap<string, PackageFacts>;
  readonly rulesFor: TsconfigReader["rulesFor"];
  readonly secondOpinion: (folder: string, specifier: string) => string | undefined;
}

const assetExtensions = new Set([
  ".json",
  ".json5",
  ".jsonc",
  ".css",
  ".scss",
  ".sass",
  ".less",
  ".styl",
  ".svg",
  ".png",
  ".jpg",
  ".jpeg",
  ".gif",
  ".webp",
  ".avif",
  ".ico",
  ".woff",
  ".woff2",
  ".ttf",
  ".eot",
  ".otf",
  ".mp3",
  ".mp4",
  ".webm",
  ".wav",
  ".pdf",
  ".html",
  ".htm",
  ".md",
  ".mdx",
  ".txt",
  ".csv",
  ".xml",
  ".yaml",
  ".yml",
  ".toml",
  ".graphql",
  ".gql",
  ".sql",
  ".prisma",
  ".wasm",
  ".node",
  ".vue",
  ".svelte",
  ".astro",
  ".hbs",
  ".ejs",
  ".pug",
  ".liquid",
  ".proto",
  ".glsl",
  ".map",
]);

/** A file, a folder with a manifest of its own, or a folder with an index. */
export function findPath(context: Context, path: string, typed: boolean): string | undefined {
  const file = context.files.findFile(path, typed);
  if (file !== undefined) return file;
  const manifest = context.packageOf(`${path}/x`);
  if (manifest?.dir === path && path !== "" && Object.keys(manifest.entries).length > 0) {
    const entry = findInPackage(context.files, { ...manifest, exports: undefined }, "");
    if (entry !== undefined) return entry;
  }
  return context.files.find(path, typed);
}

/** Why nothing was found at a path. */
export function unknownAt(context: Context, path: string): Resolution {
  if (assetExtensions.has(extname(path).toLowerCase())) return { kind: "unknown", why: "asset" };
  const bare = withoutExtension(path);
  return {
    kind: "unknown",
    why: context.skipped.has(bare) || context.skipped.has(path) || context.skipped.has(`${path}/index`) ? "skipped" : "missing",
  };
}

export function withoutExtension(path: string): string {
  return path.replace(/(?:\.d)?\.[cm]?[jt]sx?$/u, "");
}

/** Paths (relative to the scanned folder) that tsconfigs give, in the order of TypeScript: `paths`, then `baseUrl`, nearest configuration first. */
export function* candidatePaths(context: Context, fromFile: string, specifier: string): Generator<string> {
  const inside = (absolute: string): string | undefined =>
    isInside(context.root, absolute) ? relative(context.root, absolute).split(sep).join("/") : undefined;
  for (const rules of context.rulesFor(join(context.root, folderOf(fromFile)))) {
    for (const absolute of matchPaths(rules, specifier)) {
      const path = inside(absolute);
      if (path !== undefined) yield path;
    }
    const path = rules.base === undefined ? undefined : inside(join(rules.base, specifier));
    if (path !== undefined) yield path;
  }
}
