/** What a module specifier means, in a repository as it was cloned: nothing installed, nothing built. */
import { builtinModules } from "node:module";
import { posix, resolve as resolvePath } from "node:path";
import type { Discovery } from "./discover.ts";
import { createClientLookup } from "./generated-clients.ts";
import { knownFiles } from "./known-files.ts";
import { candidatePaths, findPath, unknownAt, withoutExtension } from "./known-paths.ts";
import type { Context } from "./known-paths.ts";
import { isEntered } from "../languages/frameworks/parts/entered.ts";
import { exportTargets, findInPackage } from "./package-entry.ts";
import { folderOf, packageLookup, packageName } from "./packages.ts";
import type { PackageFacts } from "./packages.ts";
import { createSecondOpinion } from "./second-opinion.ts";
import { siblings } from "./siblings.ts";
import { createTsconfigReader } from "./tsconfig.ts";

export type Resolution =
  | { readonly kind: "file"; readonly path: string }
  /** `subpath` is "" for the package itself. */
  | { readonly kind: "package"; readonly name: string; readonly subpath: string }
  /** Always with the `node:` prefix for Node's own; other runtimes as written ("bun:sqlite"). */
  | { readonly kind: "builtin"; readonly name: string }
  /** asset: a style, image, text or data file; skipped: a source that the scan leaves out; outside: beyond the scanned folder; missing: nothing is there. */
  | { readonly kind: "unknown"; readonly why: "asset" | "skipped" | "outside" | "missing" };

export interface Resolver {
  /** `fromFile` is relative to the scanned folder. */
  readonly resolve: (fromFile: string, specifier: string) => Resolution;
  /**
   * Modules that a specifier with one unknown name can mean: `` require(`./${name}.js`) `` has prefix "./" and suffix ".js".
   * Relative to the scanned folder, sorted, without the asking file; empty when there are more than 16.
   */
  readonly resolveDirectory: (fromFile: string, prefix: string, suffix?: string) => readonly string[];
}

const builtins = new Set(builtinModules);
/** A resolver over what was discovered. Answers are remembered by folder; it reads tsconfigs and manifests inside the boundary and nothing else. */
export function createResolver(
  discovery: Pick<Discovery, "root" | "boundary" | "files" | "packages" | "skipped"> & Partial<Pick<Discovery, "clients">>,
): Resolver {
  const { root, boundary, packages } = discovery;
  const named = packagesByName(packages);
  const packageFolder = (name: string): string | undefined => {
    const found = named.get(name);
    return found === undefined ? undefined : resolvePath(root, found.dir);
  };
  const files = knownFiles(discovery.files.map((file) => file.path));
  const context: Context = {
    root,
    files,
    named,
    skipped: new Set([...discovery.skipped].map(withoutExtension)),
    clients: createClientLookup(discovery.clients ?? []),
    packageOf: packageLookup(packages),
    rulesFor: createTsconfigReader(boundary, packageFolder).rulesFor,
    secondOpinion: createSecondOpinion(root, files),
  };
  const answers = new Map<string, Map<string, Resolution>>();
  const resolve = (fromFile: string, specifier: string): Resolution => {
    const typed = /\.[cm]?tsx?$/u.test(fromFile);
    const place = `${typed ? "t" : "j"}${folderOf(fromFile)}`;
    let known = answers.get(place);
    if (known === undefined) answers.set(place, (known = new Map<string, Resolution>()));
    let answer = known.get(specifier);
    if (answer === undefined) known.set(specifier, (answer = resolveOnce(context, fromFile, specifier, typed)));
    return answer;
  };
  return { resolve, resolveDirectory: (fromFile, prefix, suffix = "") => siblings(context, fromFile, prefix, suffix) };
}

/** A declared member wins over another package of the same name (examples, templates); without one the name must be unique. */
function packagesByName(packages: readonly PackageFacts[]): ReadonlyMap<string, PackageFacts> {
  const named = new Map<string, PackageFacts | undefined>();
  for (const members of [true, false]) {
    for (const item of packages) {
      if (item.workspace !== members || item.name === "") continue;
      const other = named.get(item.name);
      if (!named.has(item.name)) named.set(item.name, item);
      else if (!members && other?.workspace !== true) named.set(item.name, undefined);
    }
  }
  return new Map([...named].filter((entry): entry is [string, PackageFacts] => entry[1] !== undefined));
}

function resolveOnce(context: Context, fromFile: string, written: string, typed: boolean): Resolution {
  // Loader prefixes and queries ("raw-loader!./x", "./x.svg?url") name the same file.
  const specifier = written.slice(written.lastIndexOf("!") + 1).replace(/\?.*$/su, "");
  if (specifier === "" || specifier.includes("\0")) return missing;
  if (/^\.{1,2}(?:\/|$)/u.test(specifier)) return resolveRelative(context, fromFile, specifier, typed);
  if (specifier.startsWith("node:")) return { kind: "builtin", name: specifier };
  const scheme = /^([a-z][a-z+.-]*):/iu.exec(specifier)?.[1];
  if (scheme === "npm") return resolveBare(context, fromFile, specifier.slice(4).replace(/(?<=.)@[^/]*/u, ""), typed);
  if (scheme !== undefined) return ["bun", "deno", "cloudflare"].includes(scheme) ? { kind: "builtin", name: specifier } : missing;
  return resolveBare(context, fromFile, specifier, typed);
}

const missing: Resolution = { kind: "unknown", why: "missing" };

function resolveRelative(context: Context, fromFile: string, specifier: string, typed: boolean): Resolution {
  const path = posix.normalize(posix.join(folderOf(fromFile), specifier)).replace(/\/+$/u, "");
  if (path === ".." || path.startsWith("../")) return { kind: "unknown", why: "outside" };
  const library = context.clients.atPath(path);
  if (library !== undefined) return { kind: "package", name: library, subpath: "" };
  const found = findPath(context, path === "." ? "" : path, typed) ?? context.secondOpinion(folderOf(fromFile), specifier);
  return found === undefined ? unknownAt(context, path) : { kind: "file", path: found };
}

function resolveBare(context: Context, fromFile: string, specifier: string, typed: boolean): Resolution {
  let seen: Resolution | undefined;
  for (const path of candidatePaths(context, fromFile, specifier)) {
    const library = context.clients.atPath(path);
    if (library !== undefined) return { kind: "package", name: library, subpath: "" };
    const found = findPath(context, path, typed) ?? findBuilt(context, path);
    if (found !== undefined) return { kind: "file", path: found };
    const why = unknownAt(context, path);
    if (seen === undefined && why.kind === "unknown" && why.why !== "missing") seen = why;
  }
  if (specifier.startsWith("#")) return resolveImports(context, fromFile, specifier, typed) ?? seen ?? missing;
  const name = packageName.exec(specifier)?.[0];
  const top = specifier.split("/")[0] as string;
  if (builtins.has(specifier) || (builtins.has(top) && !specifier.endsWith("/") && !context.named.has(top)))
    return seen ?? { kind: "builtin", name: `node:${specifier}` };
  if (name === undefined) return seen ?? missing;
  const subpath = specifier.slice(name.length + 1).replace(/\/+$/u, "");
  const member = context.named.get(name);
  const library =
    context.clients.named(name) ?? (member === undefined ? undefined : context.clients.atPath(posix.join(member.dir, subpath)));
  if (library !== undefined) return { kind: "package", name: library, subpath: "" };
  // A framework whose sources lie in the same repository is used by its name as anywhere: what enters through it is declared.
  if (member !== undefined && context.packageOf(fromFile)?.dir !== member.dir && isEntered(name)) return { kind: "package", name, subpath };
  if (member !== undefined && !member.dir.startsWith("..")) {
    const found = findInPackage(context.files, member, subpath);
    if (found !== undefined) return { kind: "file", path: found };
    const outside = context.packageOf(fromFile)?.dependencies.get(name);
    // A member can have the name of a package that it, or another, takes from the registry.
    const foreign =
      !member.workspace || (outside !== undefined && subpath !== "" && !/^(?:workspace:|file:|link:|portal:|\*$)/u.test(outside.version));
    const why = unknownAt(context, posix.join(member.dir, subpath));
    return seen ?? (foreign && why.kind === "unknown" && why.why === "missing" ? { kind: "package", name, subpath } : why);
  }
  return undeclared(context, fromFile, name, specifier, typed) ?? seen ?? { kind: "package", name, subpath };
}

/** `paths` may point into a package's build output: `"@acme/db": ["../db/dist"]`. */
function findBuilt(context: Context, path: string): string | undefined {
  const holder = context.packageOf(`${path}/x`);
  if (holder === undefined || holder.dir.startsWith("..") || holder.dir === path) return undefined;
  const inside = holder.dir === "" ? path : path.slice(holder.dir.length + 1);
  return /^(?:dist|build|out|lib|esm|cjs)(?:\/|$)/u.test(inside)
    ? findInPackage(context.files, { ...holder, exports: undefined, entries: { main: `./${inside}` } }, "")
    : undefined;
}

function resolveImports(context: Context, fromFile: string, specifier: string, typed: boolean): Resolution | undefined {
  const holder = context.packageOf(fromFile);
  if (holder?.imports === undefined) return undefined;
  for (const target of exportTargets(holder.imports, specifier)) {
    // Only "./…" and packages may stand here; another "#…" could go round in circles.
    if (target.startsWith("#")) continue;
    if (!target.startsWith("./")) return resolveBare(context, fromFile, target, typed);
    const found = findInPackage(context.files, { ...holder, exports: undefined, entries: { main: target } }, "");
    if (found !== undefined) return { kind: "file", path: found };
  }
  return undefined;
}

/** `import "services/mail"` without such a dependency, and the file is there: the bundler or NODE_PATH looks in the package's own folders. */
function undeclared(context: Context, fromFile: string, name: string, specifier: string, typed: boolean): Resolution | undefined {
  if (name.startsWith("@")) return undefined;
  const holder = context.packageOf(fromFile);
  if (holder === undefined || holder.dir.startsWith("..") || holder.dependencies.has(name) || !specifier.includes("/")) return undefined;
  for (const folder of ["", "src"]) {
    const found = findPath(context, posix.join(holder.dir, folder, specifier), typed);
    if (found !== undefined) return { kind: "file", path: found };
  }
  return undefined;
}
