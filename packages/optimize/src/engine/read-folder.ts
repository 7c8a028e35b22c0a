/** The texts of a folder that was walked, and what its manifests depend on. */
import { join } from "node:path";
import type { Failure, NotLookedAt } from "../model/finding.ts";
import type { Config } from "./config.ts";
import type { Discovery } from "./discovery.ts";
import type { Source } from "./lower.ts";
import { compileGlob } from "./path-glob.ts";
import { classifyText, readSource } from "./source-text.ts";

export interface ReadFiles {
  readonly sources: readonly Source[];
  readonly schemaFiles: readonly Source[];
  readonly failures: readonly Failure[];
  readonly left: readonly NotLookedAt[];
}

/** Every source that the settings want; what cannot be read is a failure, what is no source of the project is counted. */
export function readAll(found: Discovery, config: Config | undefined): ReadFiles {
  const sources: Source[] = [];
  const schemaFiles: Source[] = [];
  const failures: Failure[] = [];
  const left = new Map<string, string[]>();
  const wanted = fileFilter(config);
  for (const file of found.files) {
    if (!wanted(file.path)) {
      leave(left, "excluded by the settings", file.path);
      continue;
    }
    const read = readSource(file);
    if ("failure" in read) {
      failures.push(read.failure);
      continue;
    }
    const reason = classifyText(file.path, read.text);
    if (reason === undefined) sources.push({ file: file.path, text: read.text });
    else leave(left, reason, file.path);
    if (reason === "migrations and seeds") schemaFiles.push({ file: file.path, text: read.text });
  }
  for (const path of new Set([...found.migrations, ...found.schemas])) {
    if (!wanted(path)) continue;
    const read = readSource({ path, absolute: join(found.root, path) });
    if ("failure" in read) failures.push(read.failure);
    else schemaFiles.push({ file: path, text: read.text });
  }
  return {
    sources,
    schemaFiles,
    failures,
    left: [...left].map(([reason, files]) => ({ reason, files: files.length, examples: files.slice(0, 3) })),
  };
}

function leave(left: Map<string, string[]>, reason: string, path: string): void {
  const list = left.get(reason);
  if (list === undefined) left.set(reason, [path]);
  else list.push(path);
}

function fileFilter(config: Config | undefined): (path: string) => boolean {
  const include = (config?.include ?? []).flatMap((glob) => compileGlob(glob) ?? []);
  const exclude = (config?.exclude ?? []).flatMap((glob) => compileGlob(glob) ?? []);
  return (path) => (include.length === 0 || include.some((test) => test(path))) && !exclude.some((test) => test(path));
}

/** What the manifest of a folder and those above it depend on. */
export function dependenciesOf(found: Discovery): (packageDir: string) => ReadonlySet<string> {
  const known = new Map<string, ReadonlySet<string>>();
  const placed = found.packages.map((one, place) => ({ one, place }));
  const outside = placed.filter(({ one }) => one.dir.startsWith(".."));
  const byFolder = new Map(placed.map((at) => [at.one.dir, at]));
  return (dir) => {
    let names = known.get(dir);
    if (names === undefined) {
      const above = new Set(["", dir]);
      for (let end = dir.indexOf("/"); end >= 0; end = dir.indexOf("/", end + 1)) above.add(dir.slice(0, end));
      const holders = [...outside, ...[...above].flatMap((folder) => byFolder.get(folder) ?? [])].sort((a, b) => a.place - b.place);
      names = new Set(holders.flatMap(({ one }) => [...one.dependencies.keys()]));
      known.set(dir, names);
    }
    return names;
  };
}
