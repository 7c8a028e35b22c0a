/** Which languages a scan reads, and what the names of their files and folders say. */
import { isSourceName, nameReason } from "./file-reasons.ts";
import { isTemplatePath } from "../languages/templates/names.ts";
import type { Reason } from "./file-reasons.ts";

export type SourceLanguage = "javascript" | "python" | "template";

/** What a scan reads when nothing else is asked. */
export const scannedLanguages: ReadonlySet<SourceLanguage> = new Set(["javascript", "python"]);

const pythonName = /\.pyi?$/u;
/** Environments, caches and builds of Python tools: never the project's own code. */
const foreignPython = new Set(["site-packages", "dist-packages", "venv", "virtualenv", ".tox", ".nox", ".eggs", "__pypackages__"]);

const ownPython = /^(?:manage|setup)\.py$|^(?:pyproject\.toml|setup\.cfg|requirements.*\.txt|Pipfile)$/u;

const generatedPython = /_pb2(?:_grpc)?\.py$|(?:\.|_)(?:generated|gen)\.py$/u;
const testPython = /^(?:test_.*|.*_tests?|tests|conftest|noxfile)\.py$/u;

/** Cells of code in JSON: counted, and not read. */
export function isNotebook(name: string): boolean {
  return name.endsWith(".ipynb");
}

/** The language of a file by its path, when the scan reads it. Templates are read with Python. */
export function languageOf(path: string, languages: ReadonlySet<SourceLanguage> = scannedLanguages): SourceLanguage | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (languages.has("python") && isTemplatePath(path)) return "template";
  if (isSourceName(name)) return languages.has("javascript") ? "javascript" : undefined;
  return languages.has("python") && pythonName.test(name) ? "python" : undefined;
}

/** The folder holds Python that was installed; `pyvenv.cfg` and `conda-meta` are marks of an environment, whatever its name. */
export function holdsInstalledPython(name: string, entries: ReadonlySet<string>): boolean {
  return foreignPython.has(name) || name.endsWith(".egg-info") || isEnvironment(entries);
}

/** An environment that holds nothing else: some are made in the very folder of a project. */
function isEnvironment(entries: ReadonlySet<string>): boolean {
  return (entries.has("pyvenv.cfg") || entries.has("conda-meta")) && ![...entries].some((one) => ownPython.test(one));
}

/** What pip and conda wrote, in every language. */
export function isInstalled(name: string, entries: ReadonlySet<string>): boolean {
  return name === "site-packages" || name === "dist-packages" || isEnvironment(entries);
}

/** Names that mean a folder of tests, a copy or a seed, and are also what people call a Django application. */
export function isDjangoApp(entries: ReadonlySet<string>): boolean {
  return entries.has("apps.py") && entries.has("__init__.py");
}

/** The reason that a Python source's own name, or the folders around it, give. */
export function pythonReason(path: string): Reason | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (name.endsWith(".pyi")) return "type declarations";
  if (generatedPython.test(name)) return "generated";
  if (testPython.test(name)) return "tests";
  // Alembic keeps one file a revision.
  return /(?:^|\/)(?:alembic\w*|migrations?)\/(?:[^/]+\/)*[^/]+$|(?:^|\/)versions\/[0-9a-f]{8,}_[^/]*$/u.test(path)
    ? "migrations and seeds"
    : undefined;
}

export function sourceReason(language: SourceLanguage, path: string, name: string): Reason | undefined {
  if (language === "template") return undefined;
  return language === "python" ? pythonReason(path) : nameReason(name);
}

/** Templates without programs that put them out are pages like any other: they are neither read nor counted. */
export function dropTemplates(files: { readonly language: SourceLanguage }[], skipped: Map<string, unknown>): void {
  if (files.some(({ language }) => language === "python")) return;
  files.splice(0, Infinity, ...files.filter(({ language }) => language !== "template"));
  for (const path of skipped.keys()) if (isTemplatePath(path) && !isSourceName(path)) skipped.delete(path);
}
