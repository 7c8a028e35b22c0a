/** Which files a project holds: one walk, links never followed, everything left out counted with its reason. */
import { realpathSync, statSync } from "node:fs";
import type { Dirent } from "node:fs";
import { basename, join, posix, relative, sep } from "node:path";
import { OptimizeError } from "../model/errors.ts";
import type { Failure, NotLookedAt } from "../model/finding.ts";
import { readConfigText } from "./config-file.ts";
import type { DiscoverOptions, Discovery, SourceFile } from "./discovery.ts";
import { folderReason, isForeignFolder } from "./file-reasons.ts";
import type { Reason } from "./file-reasons.ts";
import { clientsOf, isClientSchema } from "./generated-clients.ts";
import type { GeneratedClient } from "./generated-clients.ts";
import { gitRoot } from "./git.ts";
import { askSize, listFolder } from "./listing.ts";
import { isIgnored, parseIgnoreFile } from "./ignore-file.ts";
import type { IgnoreFile } from "./ignore-file.ts";
import { packageLookup, readPackage } from "./packages.ts";
import { isSchemaText } from "./schema/schema-files.ts";
import type { PackageFacts } from "./packages.ts";
import { pythonManifestName, readPythonProject } from "./python-manifests.ts";
import type { PythonProject } from "./python-manifests.ts";
import {
  holdsInstalledPython,
  isDjangoApp,
  isInstalled,
  isNotebook,
  dropTemplates,
  languageOf,
  scannedLanguages,
  sourceReason,
} from "./source-languages.ts";
import type { SourceLanguage } from "./source-languages.ts";
import { errorWord, largestSource } from "./source-text.ts";
import { trackedTest } from "./tracked.ts";
import { markWorkspace } from "./workspace.ts";

export type { DiscoverOptions, Discovery, SourceFile } from "./discovery.ts";

/** What a folder passes on to what it holds. */
interface Folder {
  readonly path: string;
  readonly reason: Reason | undefined;
  readonly test: boolean;
  /** Its reason is its own name's, and one that Django applications have too. */
  readonly named: boolean;
  /** Its Python was installed, not written here. */
  readonly installed: boolean;
  /** Its parent is a package's folder. */
  readonly underTop: boolean;
  readonly ignores: readonly IgnoreFile[];
  /** A pattern ignores the folder as a whole: only what git tracks all the same counts. */
  readonly ignored: boolean;
}

interface Walk {
  readonly root: string;
  readonly boundary: string;
  readonly prefix: string;
  readonly includeTests: boolean;
  readonly languages: ReadonlySet<SourceLanguage>;
  readonly files: Omit<SourceFile, "packageDir">[];
  readonly skipped: Map<string, Reason>;
  readonly failures: Failure[];
  readonly packages: PackageFacts[];
  readonly pythonProjects: PythonProject[];
  readonly migrations: string[];
  readonly schemas: string[];
  readonly clients: GeneratedClient[];
  /** Paths relative to the boundary that git tracks although a pattern ignores them; asked for at the first need. */
  readonly isTracked: ((path: string, isFolder: boolean) => boolean) | undefined;
}

/** Lists the sources of `folder`. Throws `not-found`, `not-a-folder` or `unreadable` when there is nothing to walk. */
export function discover(folder: string, options: DiscoverOptions = {}): Discovery {
  const root = realFolder(folder);
  const repository = options.boundary === undefined ? gitRoot(root) : undefined;
  const boundary = options.boundary === undefined ? (repository ?? root) : realFolder(options.boundary);
  const prefix = relative(boundary, root).split(sep).join("/");
  const walk: Walk = {
    root,
    boundary,
    prefix,
    includeTests: options.includeTests ?? false,
    languages: options.languages ?? scannedLanguages,
    files: [],
    skipped: new Map(),
    failures: [],
    packages: [],
    pythonProjects: [],
    migrations: [],
    schemas: [],
    clients: [],
    isTracked: repository === undefined ? undefined : trackedTest(repository),
  };
  const { ignores, underTop } = readParents(walk, repository !== undefined);
  const queue: Folder[] = [{ path: "", reason: undefined, test: false, named: false, installed: false, underTop, ignores, ignored: false }];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) visitFolder(walk, next, queue);

  const packages = markWorkspace(
    walk.packages.sort((a, b) => compare(a.dir, b.dir)),
    root,
    boundary,
  );
  const packageOf = packageLookup(packages);
  dropTemplates(walk.files, walk.skipped);
  const files = walk.files
    .sort((a, b) => compare(a.path, b.path))
    .map((file) => ({ ...file, packageDir: packageOf(file.path)?.dir ?? "" }));
  return {
    root,
    boundary,
    prefix,
    files,
    packages,
    pythonProjects: walk.pythonProjects.sort((a, b) => compare(a.dir, b.dir)),
    notLookedAt: countReasons(walk.skipped),
    failures: walk.failures.sort((a, b) => compare(a.file, b.file)),
    migrations: walk.migrations.sort(compare),
    schemas: walk.schemas.sort(compare),
    clients: walk.clients,
    skipped: new Set(walk.skipped.keys()),
  };
}

function realFolder(folder: string): string {
  try {
    const real = realpathSync(folder);
    if (!statSync(real).isDirectory())
      throw new OptimizeError("not-a-folder", `${folder} is not a folder`, { hint: "give the folder of the project" });
    return real;
  } catch (cause) {
    if (cause instanceof OptimizeError) throw cause;
    const word = errorWord(cause);
    if (word === "ENOENT" || word === "ENOTDIR")
      throw new OptimizeError("not-found", `there is no folder ${folder}`, { hint: "give the folder of the project", cause });
    throw new OptimizeError("unreadable", `${folder} cannot be read (${word})`, { cause });
  }
}

/** Manifests and .gitignore files of the folders above the scanned one, up to the boundary. */
function readParents(walk: Walk, repository: boolean): { ignores: readonly IgnoreFile[]; underTop: boolean } {
  const ignores: IgnoreFile[] = [];
  const above = walk.prefix === "" ? [] : walk.prefix.split("/");
  let underTop = false;
  for (let depth = 0; depth < above.length; depth++) {
    const folder = above.slice(0, depth).join("/");
    const absolute = join(walk.boundary, folder);
    const found = readPackage(absolute, posix.relative(walk.prefix, folder), walk.boundary);
    if (found !== undefined) walk.packages.push(found);
    underTop = found !== undefined;
    if (repository) addIgnoreFile(ignores, walk.boundary, folder, absolute);
  }
  if (repository) {
    const exclude = readConfigText(join(walk.boundary, ".git", "info", "exclude"), walk.boundary);
    if (exclude !== undefined) ignores.unshift(parseIgnoreFile("", exclude));
  }
  return { ignores, underTop };
}

function addIgnoreFile(ignores: IgnoreFile[], boundary: string, folder: string, absolute: string): void {
  const text = readConfigText(join(absolute, ".gitignore"), boundary);
  if (text !== undefined) ignores.push(parseIgnoreFile(folder, text));
}

function visitFolder(walk: Walk, given: Folder, queue: Folder[]): void {
  let folder = given;
  const absolute = folder.path === "" ? walk.root : join(walk.root, folder.path);
  let entries: Dirent[];
  try {
    entries = listFolder(absolute);
  } catch (error) {
    // With nothing to walk an answer would look like a clean project.
    if (folder.path === "")
      throw new OptimizeError("unreadable", `the folder cannot be read (${errorWord(error)})`, {
        hint: "its owner has to let you list it",
        cause: error,
      });
    walk.failures.push({
      file: folder.path,
      code: "unreadable",
      message: `the folder cannot be read (${errorWord(error)})`,
    });
    return;
  }
  const names = new Set(entries.map((entry) => entry.name));
  const python = walk.languages.has("python");
  if (folder.path !== "" && isInstalled(basename(folder.path), names)) return;
  if (python && folder.named && isDjangoApp(names)) folder = { ...folder, reason: undefined, test: false };
  const manifest = folder.reason === undefined && names.has("package.json") ? readPackage(absolute, folder.path, walk.boundary) : undefined;
  if (manifest !== undefined) walk.packages.push(manifest);
  const installed = folder.installed || (python && folder.path !== "" && holdsInstalledPython(basename(folder.path), names));
  if (python && !installed && folder.reason === undefined) addPythonProject(walk, folder.path, names);
  let { ignores } = folder;
  if (walk.isTracked !== undefined && names.has(".gitignore")) {
    const own = [...ignores];
    addIgnoreFile(own, walk.boundary, inBoundary(walk, folder.path), absolute);
    ignores = own;
  }
  const atTop = manifest !== undefined || (folder.path === "" && walk.prefix === "");
  const inSources = folder.underTop && /^(?:src|app|lib)$/.test(basename(absolute));
  for (const entry of entries) {
    const path = folder.path === "" ? entry.name : `${folder.path}/${entry.name}`;
    const isFolder = entry.isDirectory();
    if (isFolder ? isForeignFolder(entry.name) : languageOf(path, walk.languages) === undefined && !isNotable(entry)) continue;
    const ignored = folder.ignored || isIgnored(ignores, inBoundary(walk, path), isFolder);
    if (ignored && walk.isTracked?.(inBoundary(walk, path), isFolder) === false) continue;
    if (!isFolder) visitFile(walk, { ...folder, installed }, path, entry);
    else
      queue.push({ path, ...folderFate(walk, folder, path, entry.name, atTop, inSources), installed, underTop: atTop, ignores, ignored });
  }
}

function addPythonProject(walk: Walk, path: string, names: ReadonlySet<string>): void {
  if (![...names].some((name) => pythonManifestName.test(name))) return;
  const found = readPythonProject(path, names, (name) => readConfigText(join(walk.root, path, name), walk.boundary));
  if (found !== undefined) walk.pythonProjects.push(found);
}

/** No source, but worth a look: schema changes in SQL, schemas that clients are generated from, notebooks, and links to folders. */
function isNotable(entry: Dirent): boolean {
  return isSchemaText(entry) || isNotebook(entry.name) || (entry.isSymbolicLink() && !entry.name.includes("."));
}

function inBoundary(walk: Walk, path: string): string {
  return walk.prefix === "" ? path : path === "" ? walk.prefix : `${walk.prefix}/${path}`;
}

function folderFate(
  walk: Walk,
  parent: Folder,
  path: string,
  name: string,
  atTop: boolean,
  inSources: boolean,
): Pick<Folder, "reason" | "test" | "named"> {
  let own = folderReason(name, atTop, inSources);
  // `build` can be the name of a package of the workspace.
  if (own === "build output" && isNamedPackage(walk, path)) own = undefined;
  const kept = own === "tests" && walk.includeTests ? undefined : own;
  const named =
    parent.reason === undefined && !parent.test && (own === "tests" ? folderReason(name, false, false) !== own : own !== undefined);
  return { reason: parent.reason ?? kept, test: parent.test || own === "tests", named };
}

function isNamedPackage(walk: Walk, path: string): boolean {
  const found = readPackage(join(walk.root, path), path, walk.boundary);
  return found !== undefined && found.name !== "";
}

function visitFile(walk: Walk, folder: Folder, path: string, entry: Dirent): void {
  const language = languageOf(path, walk.languages);
  if (language === undefined) {
    if (folder.reason === "migrations and seeds" && entry.name.endsWith(".sql") && entry.isFile()) walk.migrations.push(path);
    if (isSchemaText(entry) && (folder.reason ?? "migrations and seeds") === "migrations and seeds") walk.schemas.push(path);
    if (isClientSchema(entry.name) && entry.isFile()) walk.clients.push(...clientsOf(path, join(walk.root, path), walk.boundary));
    if (entry.isSymbolicLink()) walk.skipped.set(path, "link");
    else if (isNotebook(entry.name) && walk.languages.has("python") && !folder.installed)
      walk.skipped.set(path, folder.reason ?? "notebook");
    return;
  }
  if (language !== "javascript" && folder.installed) return;
  const named = sourceReason(language, path, entry.name);
  const test = folder.test || named === "tests";
  const reason = fileReason(entry, folder.reason ?? (named === "tests" && walk.includeTests ? undefined : named));
  if (reason === "migrations and seeds") walk.migrations.push(path);
  if (reason !== undefined) {
    walk.skipped.set(path, reason);
    return;
  }
  const absolute = join(walk.root, path);
  try {
    const { size, modified } = askSize(absolute);
    if (size > largestSource) walk.skipped.set(path, "over 2 MB");
    else walk.files.push({ path, absolute, size, modified, language, test });
  } catch (error) {
    walk.failures.push({ file: path, code: "unreadable", message: `cannot be read (${errorWord(error)})` });
  }
}

function fileReason(entry: Dirent, fromNames: Reason | undefined): Reason | undefined {
  if (entry.isSymbolicLink()) return "link";
  return entry.isFile() ? fromNames : "not a regular file";
}

function countReasons(skipped: ReadonlyMap<string, Reason>): readonly NotLookedAt[] {
  const byReason = new Map<Reason, string[]>();
  for (const [path, reason] of skipped) {
    const paths = byReason.get(reason);
    if (paths === undefined) byReason.set(reason, [path]);
    else paths.push(path);
  }
  return [...byReason]
    .map(([reason, paths]) => ({ reason, files: paths.length, examples: paths.sort(compare).slice(0, 3) }))
    .sort((a, b) => compare(a.reason, b.reason));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
