/** What tsconfig.json and jsconfig.json files say about module paths. Read without node_modules: a base may be a package of the workspace. */
import { dirname, join, resolve, sep } from "node:path";
import { asObject, asString, asStrings, isInside, readConfigObject } from "./config-file.ts";
import type { JsonObject } from "./config-file.ts";

/** One way to turn a specifier into absolute paths to try. */
export interface PathRules {
  /** Patterns of `paths`, exact ones first, then by the longest text before the star, as TypeScript prefers them. */
  readonly patterns: readonly PathPattern[];
  /** Absolute folder of `baseUrl`. */
  readonly base: string | undefined;
  /** Absolute. */
  readonly outDir: string | undefined;
  readonly rootDir: string | undefined;
}

interface PathPattern {
  readonly before: string;
  /** Undefined: the pattern has no star. */
  readonly after: string | undefined;
  /** Absolute, with one star at most. */
  readonly targets: readonly string[];
}

export interface TsconfigReader {
  /** Rules to try for a file in `folder` (absolute), in order: the nearest configuration and those that it refers to, then those of the folders above. */
  readonly rulesFor: (folder: string) => readonly PathRules[];
}

/** Reads configurations inside `boundary`. `packageFolder` gives the absolute folder of a workspace package. */
export function createTsconfigReader(boundary: string, packageFolder: (name: string) => string | undefined): TsconfigReader {
  const context: Context = { boundary, packageFolder, options: new Map() };
  const byFolder = new Map<string, readonly PathRules[]>();
  const rulesFor = (folder: string): readonly PathRules[] => {
    const known = byFolder.get(folder);
    if (known !== undefined) return known;
    const above = folder === boundary || !isInside(boundary, folder) ? [] : rulesFor(dirname(folder));
    const own = ownRules(context, folder);
    const rules = own.length === 0 ? above : [...own, ...above];
    byFolder.set(folder, rules);
    return rules;
  };
  return { rulesFor };
}

interface Context {
  readonly boundary: string;
  readonly packageFolder: (name: string) => string | undefined;
  /** Options by absolute file; undefined while it is being read, which ends circular `extends`. */
  readonly options: Map<string, Options | undefined>;
}

/** Options after `extends`, every path absolute (or with `${configDir}` still open). */
interface Options {
  readonly paths?: Readonly<Record<string, readonly string[]>>;
  readonly baseUrl?: string;
  readonly outDir?: string;
  readonly rootDir?: string;
  readonly references: readonly string[];
}

function ownRules(context: Context, folder: string): readonly PathRules[] {
  const rules: PathRules[] = [];
  const seen = new Set<string>();
  const add = (file: string): void => {
    if (seen.has(file) || seen.size > 100) return;
    seen.add(file);
    const options = readOptions(context, file);
    if (options === undefined) return;
    rules.push(pathRules(options, dirname(file)));
    // References matter to a configuration that only points at others; a package's own references lead to other packages.
    for (const reference of options.references) {
      const target = reference.endsWith(".json") ? reference : join(reference, "tsconfig.json");
      if (dirname(target) === folder) add(target);
    }
  };
  add(join(folder, "tsconfig.json"));
  if (rules.length === 0) add(join(folder, "jsconfig.json"));
  return rules.filter((rule) => rule.patterns.length > 0 || rule.base !== undefined || rule.outDir !== undefined);
}

function readOptions(context: Context, file: string): Options | undefined {
  if (context.options.has(file)) return context.options.get(file);
  context.options.set(file, undefined);
  const config = readConfigObject(file, context.boundary);
  const options = config === undefined ? undefined : mergeOptions(context, file, config);
  context.options.set(file, options);
  return options;
}

function mergeOptions(context: Context, file: string, config: JsonObject): Options {
  const folder = dirname(file);
  let merged: Options = { references: [] };
  const written = config["extends"];
  for (const base of typeof written === "string" ? [written] : asStrings(written)) {
    const found = findBase(context, folder, base);
    if (found !== undefined) Object.assign(merged, readOptions(context, found), { references: [] });
  }
  const own = asObject(config["compilerOptions"]) ?? {};
  const absolute = (path: string): string => (path.startsWith("${configDir}") ? path : resolve(folder, path));
  const folderOption = (name: "baseUrl" | "outDir" | "rootDir"): Partial<Options> => {
    const value = asString(own[name]);
    return value === undefined ? {} : { [name]: absolute(value) };
  };
  merged = { ...merged, ...folderOption("baseUrl"), ...folderOption("outDir"), ...folderOption("rootDir") };
  const paths = asObject(own["paths"]);
  if (paths !== undefined) {
    const from = merged.baseUrl ?? folder;
    const targets = Object.entries(paths).map(([pattern, list]): [string, string[]] => [
      pattern,
      asStrings(list).map((target) => (target.startsWith("${configDir}") ? target : joinOpen(from, target))),
    ]);
    merged = { ...merged, paths: Object.fromEntries(targets) };
  }
  const references = Array.isArray(config["references"]) ? config["references"] : [];
  return {
    ...merged,
    references: references.flatMap((item) => {
      const path = asString(asObject(item)?.["path"]);
      return path === undefined ? [] : [resolve(folder, path)];
    }),
  };
}

function joinOpen(from: string, target: string): string {
  return from.startsWith("${configDir}") ? join(from, target) : resolve(from, target);
}

/** The file that `extends` names: a path, or a package of the workspace or in node_modules. */
function findBase(context: Context, folder: string, written: string): string | undefined {
  const exists = (path: string): string | undefined =>
    isInside(context.boundary, path) && readConfigObject(path, context.boundary) !== undefined ? path : undefined;
  const asFile = (path: string): string | undefined =>
    path.endsWith(".json") ? exists(path) : (exists(`${path}.json`) ?? exists(join(path, "tsconfig.json")));
  if (written.startsWith(".") || written.startsWith("/")) return asFile(resolve(folder, written));
  const parts = written.split("/");
  const length = written.startsWith("@") ? 2 : 1;
  const name = parts.slice(0, length).join("/");
  const rest = parts.slice(length).join("/");
  const holders = [context.packageFolder(name)];
  for (let at = folder; isInside(context.boundary, at); at = dirname(at)) {
    holders.push(join(at, "node_modules", name));
    if (at === dirname(at)) break;
  }
  for (const holder of holders) {
    if (holder === undefined) continue;
    const main = rest === "" ? asString(readConfigObject(join(holder, "package.json"), context.boundary)?.["tsconfig"]) : undefined;
    const found = asFile(join(holder, ...(rest === "" ? [main ?? "tsconfig.json"] : rest.split("/"))));
    if (found !== undefined) return found;
  }
  return undefined;
}

function pathRules(options: Options, folder: string): PathRules {
  const fill = (path: string): string => resolve(path.replace("${configDir}", folder + sep));
  const patterns = Object.entries(options.paths ?? {}).map(([pattern, targets]): PathPattern => {
    const star = pattern.indexOf("*");
    return {
      before: star < 0 ? pattern : pattern.slice(0, star),
      after: star < 0 ? undefined : pattern.slice(star + 1),
      targets: targets.map(fill),
    };
  });
  patterns.sort((a, b) => Number(a.after !== undefined) - Number(b.after !== undefined) || b.before.length - a.before.length);
  const folderOption = (path: string | undefined): string | undefined => (path === undefined ? undefined : fill(path));
  return { patterns, base: folderOption(options.baseUrl), outDir: folderOption(options.outDir), rootDir: folderOption(options.rootDir) };
}

/** Absolute paths that the first matching pattern gives, as TypeScript takes it; none when no pattern matches. */
export function matchPaths(rules: PathRules, specifier: string): readonly string[] {
  for (const { before, after, targets } of rules.patterns) {
    if (
      after === undefined
        ? specifier !== before
        : !(specifier.startsWith(before) && specifier.endsWith(after) && specifier.length >= before.length + after.length)
    )
      continue;
    const middle = after === undefined ? "" : specifier.slice(before.length, specifier.length - after.length);
    return targets.map((target) => resolve(target.replace("*", () => middle)));
  }
  return [];
}
