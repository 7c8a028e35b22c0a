/** Package manifests: which packages a project holds, what each depends on, and which of them form its workspace. */
import { posix } from "node:path";
import { asObject, asString, asStrings, readConfigObject } from "./config-file.ts";
import type { JsonObject } from "./config-file.ts";

export type DependencyKind = "dependencies" | "devDependencies" | "peerDependencies" | "optionalDependencies";

export interface Dependency {
  readonly version: string;
  readonly kind: DependencyKind;
}

/** What one package.json says. */
export interface PackageFacts {
  /** "" when the manifest has none. */
  readonly name: string;
  /** Relative to the scanned folder, `/`-separated; "" is the scanned folder, "../.." a parent. */
  readonly dir: string;
  readonly private: boolean;
  /** A member of the declared workspace, or its root. */
  readonly workspace: boolean;
  readonly dependencies: ReadonlyMap<string, Dependency>;
  readonly type: "module" | "commonjs";
  /** Entry fields as written, each when it is a string. */
  readonly entries: Readonly<Partial<Record<"source" | "module" | "main" | "types" | "typings" | "tsconfig", string>>>;
  readonly exports: unknown;
  readonly imports: unknown;
  /** Paths of `bin`. */
  readonly bin: readonly string[];
  readonly scripts: Readonly<Record<string, string>>;
  /** Patterns of its `workspaces` field. */
  readonly workspaces: readonly string[];
}

const dependencyKinds: readonly DependencyKind[] = ["dependencies", "optionalDependencies", "peerDependencies", "devDependencies"];
const entryFields = ["source", "module", "main", "types", "typings", "tsconfig"] as const;

/** Reads the package.json in `absolute`; undefined when there is none that can be read. */
export function readPackage(absolute: string, dir: string, boundary: string): PackageFacts | undefined {
  const manifest = readConfigObject(posix.join(absolute, "package.json"), boundary);
  return manifest === undefined ? undefined : packageFacts(manifest, dir);
}

function packageFacts(manifest: JsonObject, dir: string): PackageFacts {
  const entries: Partial<Record<(typeof entryFields)[number], string>> = {};
  for (const field of entryFields) {
    const value = asString(manifest[field]);
    if (value !== undefined) entries[field] = value;
  }
  const workspaces = manifest["workspaces"];
  const bin = manifest["bin"];
  return {
    name: asString(manifest["name"]) ?? "",
    dir,
    private: manifest["private"] === true,
    workspace: false,
    dependencies: readDependencies(manifest),
    type: manifest["type"] === "module" ? "module" : "commonjs",
    entries,
    exports: manifest["exports"],
    imports: manifest["imports"],
    bin: typeof bin === "string" ? [bin] : Object.values(stringValues(bin)),
    scripts: stringValues(manifest["scripts"]),
    workspaces: Array.isArray(workspaces) ? asStrings(workspaces) : asStrings(asObject(workspaces)?.["packages"]),
  };
}

function readDependencies(manifest: JsonObject): ReadonlyMap<string, Dependency> {
  const found = new Map<string, Dependency>();
  for (const kind of dependencyKinds) {
    for (const [name, version] of Object.entries(stringValues(manifest[kind]))) {
      if (!found.has(name)) found.set(name, { version, kind });
    }
  }
  return found;
}

function stringValues(value: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(asObject(value) ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return Object.fromEntries(entries);
}

/**
 * A function that gives the package that holds a path (relative to the scanned folder).
 * Manifests without name and dependencies only switch the module type of a folder: the package around them answers.
 */
export function packageLookup(packages: readonly PackageFacts[]): (path: string) => PackageFacts | undefined {
  const real = new Map(packages.filter((item) => item.name !== "" || item.dependencies.size > 0).map((item) => [item.dir, item]));
  const parents = [...real.values()].filter((item) => item.dir.startsWith("..")).sort((a, b) => a.dir.length - b.dir.length);
  const known = new Map<string, PackageFacts | undefined>();
  const ofFolder = (folder: string): PackageFacts | undefined => {
    const cached = known.get(folder);
    if (cached !== undefined || known.has(folder)) return cached;
    const found = real.get(folder) ?? (folder === "" ? parents[0] : ofFolder(folderOf(folder)));
    known.set(folder, found);
    return found;
  };
  return (path) => ofFolder(folderOf(path));
}

/** The package part of a bare specifier; no match when it is no valid package name. */
export const packageName = /^(?:@[a-z0-9][\w.~:-]*\/)?[a-z0-9][\w.~-]*(?=\/|$)/iu;

/** The folder of a relative path; "" at the top. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : path.slice(0, slash);
}
