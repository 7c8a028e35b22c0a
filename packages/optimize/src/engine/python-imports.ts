/** What an import of a Python file means, in a repository as it was cloned: nothing installed, nothing run. */
import { folderOf } from "./packages.ts";
import type { PythonProject } from "./python-manifests.ts";
import { distributionName } from "./python-manifests.ts";
import type { Found, PythonFiles, PythonRoots } from "./python-roots.ts";
import { join, pythonFiles, pythonRoots } from "./python-roots.ts";
import { standardLibrary } from "./python-standard-library.ts";

export type PythonResolution =
  | { readonly kind: "file"; readonly path: string }
  /** A namespace package: it holds modules and has no body. */
  | { readonly kind: "folder"; readonly path: string }
  /** A library, by its dotted name as written ("redis.asyncio"). */
  | { readonly kind: "package"; readonly name: string }
  | { readonly kind: "unknown"; readonly why: "missing" | "skipped" | "outside" };

export interface PythonResolver {
  /** `specifier` is dotted, relative ones with their leading dots: "a.b", ".", "..models". `fromFile` is relative to the scanned folder. */
  readonly resolve: (fromFile: string, specifier: string) => PythonResolution;
}

export interface PythonLayout {
  /** Sources that are analysed. */
  readonly files: readonly string[];
  /** Sources that exist and are left out (tests, migrations): they make packages, and imports of them mean nothing. */
  readonly skipped?: Iterable<string>;
  readonly projects?: readonly PythonProject[];
  /** Top-level names of libraries that tables speak of. */
  readonly libraries?: ReadonlySet<string>;
}

export function createPythonResolver(layout: PythonLayout): PythonResolver {
  const analysed = new Set(layout.files);
  const paths = [...analysed, ...[...(layout.skipped ?? [])].filter((path) => path.endsWith(".py"))];
  const projects = layout.projects ?? [];
  const files = pythonFiles(paths);
  const context: Context = {
    files,
    analysed,
    roots: pythonRoots(paths, files, projects),
    isLibrary: libraryTest(projects, layout.libraries ?? new Set()),
  };
  const answers = new Map<string, Map<string, PythonResolution>>();
  return {
    resolve: (fromFile, specifier) => {
      const place = folderOf(fromFile);
      let known = answers.get(place);
      if (known === undefined) answers.set(place, (known = new Map()));
      let answer = known.get(specifier);
      if (answer === undefined) known.set(specifier, (answer = resolveOnce(context, fromFile, specifier)));
      // `from celery import Celery` in the project's own celery.py means the library.
      const itself = answer.kind === "file" && answer.path === fromFile && !specifier.includes(".") && !fromFile.endsWith("__init__.py");
      return itself ? { kind: "package", name: specifier } : answer;
    },
  };
}

interface Context {
  readonly files: PythonFiles;
  readonly analysed: ReadonlySet<string>;
  readonly roots: PythonRoots;
  /** The name is one of a library as far as anybody says: standard library, a manifest, a table. */
  readonly isLibrary: (top: string) => boolean;
}

function resolveOnce(context: Context, fromFile: string, specifier: string): PythonResolution {
  const dots = /^\.*/u.exec(specifier)?.[0].length ?? 0;
  const path = specifier.slice(dots).replaceAll(".", "/");
  if (dots > 0) return resolveRelative(context, fromFile, dots, path);
  return path === "" ? { kind: "unknown", why: "missing" } : resolveAbsolute(context, fromFile, path, specifier);
}

function resolveRelative(context: Context, fromFile: string, dots: number, path: string): PythonResolution {
  let folder = folderOf(fromFile);
  for (let i = 1; i < dots; i++) {
    if (folder === "") return { kind: "unknown", why: "outside" };
    folder = folderOf(folder);
  }
  return answer(context, context.files.find(join(folder, path)));
}

function answer(context: Context, found: Found | undefined): PythonResolution {
  if (found === undefined) return { kind: "unknown", why: "missing" };
  return found.kind === "file" && !context.analysed.has(found.path) ? { kind: "unknown", why: "skipped" } : found;
}

function resolveAbsolute(context: Context, fromFile: string, path: string, specifier: string): PythonResolution {
  const { files, roots } = context;
  const slash = path.indexOf("/");
  const top = slash < 0 ? path : path.slice(0, slash);
  const library = context.isLibrary(top);
  const { strong, weak } = roots.rootsOf(fromFile);
  for (const root of strong) {
    const found = files.find(join(root, path));
    const proper = isProper(files, join(root, top));
    // A bare folder is a package only when no library has its name: scripts and data lie in folders too.
    if (found !== undefined && (proper || !library)) return answer(context, found);
    // The project's own package, and a part of it that is generated, compiled or no module at all.
    if (proper) return { kind: "unknown", why: "missing" };
  }
  if (!library) {
    const there = weak.flatMap((root) => files.find(join(root, path)) ?? []);
    const found = there.find((one) => one.kind === "file") ?? there[0];
    if (found !== undefined) return answer(context, found);
    const elsewhere = roots.elsewhere(top);
    if (elsewhere !== undefined) return answer(context, files.find(join(elsewhere, path)));
  }
  return { kind: "package", name: specifier };
}

/** A package with a body, or a module. */
function isProper(files: PythonFiles, path: string): boolean {
  return files.find(path)?.kind === "file";
}

function libraryTest(projects: readonly PythonProject[], tables: ReadonlySet<string>): (top: string) => boolean {
  const named = new Set<string>();
  const own = new Set(projects.map((project) => distributionName(project.name)));
  for (const project of projects) for (const name of project.dependencies.keys()) if (!own.has(name)) named.add(name);
  return (top) => standardLibrary.has(top) || tables.has(top) || named.has(distributionName(top));
}
