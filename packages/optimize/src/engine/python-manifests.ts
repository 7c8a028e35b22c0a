/** Manifests of Python projects, read as data: pyproject.toml, setup.cfg, setup.py, Pipfile and requirements files. Nothing of them is run. */
import { posix } from "node:path";
import { asObject, asString, asStrings } from "./config-file.ts";
import type { Dependency, DependencyKind } from "./packages.ts";
import { parseToml } from "./toml.ts";

/** Names of files that make a folder a Python project, or add to what it depends on. */
export const pythonManifestName = /^(?:pyproject\.toml|setup\.cfg|setup\.py|Pipfile|requirements[\w.-]*\.(?:txt|in))$/u;

/** What the manifests of one folder say together. */
export interface PythonProject {
  /** "" when no manifest names it. */
  readonly name: string;
  /** Relative to the scanned folder, `/`-separated. */
  readonly dir: string;
  /** By distribution name, normalised. */
  readonly dependencies: ReadonlyMap<string, Dependency>;
  /** Folders that hold its packages, relative to the scanned folder. */
  readonly sources: readonly string[];
  /** It is published for users of a framework (`Framework :: Django`): other people's programs call what it offers. */
  readonly plugsIn: boolean;
}

interface Said {
  name: string;
  readonly dependencies: Map<string, Dependency>;
  /** Relative to the manifest's folder. */
  readonly sources: Set<string>;
  plugsIn: boolean;
}

/** The project in a folder; undefined when no manifest in it names a project, a dependency or a folder. `names` are the folder's entries, `read` gives a file's text. */
export function readPythonProject(
  dir: string,
  names: Iterable<string>,
  read: (name: string) => string | undefined,
): PythonProject | undefined {
  const said: Said = { name: "", dependencies: new Map(), sources: new Set(), plugsIn: false };
  for (const name of [...names].filter((one) => pythonManifestName.test(one)).sort()) {
    const text = read(name) ?? "";
    if (/["'\s]Framework :: \w/u.test(text)) said.plugsIn = true;
    if (name === "pyproject.toml") readPyproject(text, said);
    else if (name === "Pipfile") readPipfile(text, said);
    else if (name === "setup.cfg") readSetupCfg(text, said);
    else if (name === "setup.py") readSetupPy(text, said);
    else for (const line of text.split("\n")) require(said, line, /dev|test|lint|doc/u.test(name) ? "devDependencies" : "dependencies");
  }
  if (said.name === "" && said.dependencies.size === 0 && said.sources.size === 0) return undefined;
  const sources = [...said.sources].map((folder) => posix.normalize(posix.join(dir, folder))).map((path) => (path === "." ? "" : path));
  return { name: said.name, dir, dependencies: said.dependencies, sources: sources.sort(), plugsIn: said.plugsIn };
}

/** Distribution names are compared without case, and `-`, `_` and `.` are the same. */
export function distributionName(written: string): string {
  return written.toLowerCase().replace(/[-_.]+/gu, "-");
}

/** One line of requirements: `Flask[async]>=2 ; python_version > "3"`, `name @ url`; options, paths and addresses name nothing. */
function require(said: Said, line: string, kind: DependencyKind): void {
  const found = /^\s*([a-z0-9](?:[\w.-]*[a-z0-9])?)\s*(?:\[[^\]]*\])?\s*([^#;]*)/iu.exec(line);
  if (found === null || /^\s*[\w.-]*[/\\:]/u.test(line)) return;
  const name = distributionName(found[1] ?? "");
  if (name !== "python" && !said.dependencies.has(name)) said.dependencies.set(name, { version: (found[2] ?? "").trim(), kind });
}

function readPyproject(text: string, said: Said): void {
  const all = asObject(parseToml(text)) ?? {};
  const project = asObject(all["project"]);
  said.name ||= asString(project?.["name"]) ?? "";
  for (const line of asStrings(project?.["dependencies"])) require(said, line, "dependencies");
  for (const list of Object.values(asObject(project?.["optional-dependencies"]) ?? {}))
    for (const line of asStrings(list)) require(said, line, "optionalDependencies");
  for (const list of Object.values(asObject(all["dependency-groups"]) ?? {}))
    for (const line of asStrings(list)) require(said, line, "devDependencies");
  const tool = asObject(all["tool"]);
  const poetry = asObject(tool?.["poetry"]);
  said.name ||= asString(poetry?.["name"]) ?? "";
  for (const name of Object.keys(asObject(poetry?.["dependencies"]) ?? {})) require(said, name, "dependencies");
  for (const name of Object.keys(asObject(poetry?.["dev-dependencies"]) ?? {})) require(said, name, "devDependencies");
  for (const group of Object.values(asObject(poetry?.["group"]) ?? {}))
    for (const name of Object.keys(asObject(asObject(group)?.["dependencies"]) ?? {})) require(said, name, "devDependencies");
  const packages = poetry?.["packages"];
  for (const one of Array.isArray(packages) ? packages : []) sourceFolder(said, asString(asObject(one)?.["from"]));
  const setuptools = asObject(tool?.["setuptools"]);
  const declared = asObject(setuptools?.["packages"]);
  for (const folder of asStrings(asObject(declared?.["find"])?.["where"])) sourceFolder(said, folder);
  sourceFolder(said, asString(asObject(setuptools?.["package-dir"])?.[""]));
  const targets = asObject(asObject(asObject(tool?.["hatch"])?.["build"])?.["targets"]);
  const wheel = asObject(targets?.["wheel"]);
  for (const folder of asStrings(wheel?.["packages"])) sourceFolder(said, posix.dirname(folder));
  for (const folder of asStrings(wheel?.["sources"])) sourceFolder(said, folder);
  for (const folder of asStrings(asObject(asObject(tool?.["pytest"])?.["ini_options"])?.["pythonpath"])) sourceFolder(said, folder);
}

function readPipfile(text: string, said: Said): void {
  const all = parseToml(text);
  for (const name of Object.keys(asObject(all["packages"]) ?? {})) require(said, name, "dependencies");
  for (const name of Object.keys(asObject(all["dev-packages"]) ?? {})) require(said, name, "devDependencies");
}

/** An INI file whose values may go on in indented lines. */
function readSetupCfg(text: string, said: Said): void {
  let section = "";
  let key = "";
  for (const line of text.split(/\r?\n/u)) {
    if (/^\s*[#;]/u.test(line)) continue;
    const head = /^\[([^\]]*)\]/u.exec(line);
    const entry = /^([\w.-]+)\s*[=:]\s*(.*)$/u.exec(line);
    if (head !== null) [section, key] = [head[1] ?? "", ""];
    else if (entry !== null) {
      key = entry[1] ?? "";
      cfgValue(said, section, key, entry[2] ?? "");
    } else if (/^\s/u.test(line)) cfgValue(said, section, key, line.trim());
  }
}

function cfgValue(said: Said, section: string, key: string, value: string): void {
  if (value === "") return;
  if (section === "metadata" && key === "name") said.name ||= value;
  else if (section === "options" && key === "install_requires") require(said, value, "dependencies");
  else if (section === "options.extras_require") require(said, value, "optionalDependencies");
  else if (section === "options.packages.find" && key === "where") sourceFolder(said, value);
  else if (section === "options" && key === "package_dir") sourceFolder(said, /^=\s*(.*)$/u.exec(value)?.[1]);
}

/** Only what stands there as literals: a call of `setup` can compute the rest, and nothing is run. */
function readSetupPy(text: string, said: Said): void {
  said.name ||= /\bname\s*=\s*["']([\w.-]+)["']/u.exec(text)?.[1] ?? "";
  const required = /\binstall_requires\s*=\s*\[([^\]]*)\]/u.exec(text)?.[1] ?? "";
  for (const line of required.matchAll(/["']([^"'\n]+)["']/gu)) require(said, line[1] ?? "", "dependencies");
  sourceFolder(said, /\bpackage_dir\s*=\s*\{\s*["']["']\s*:\s*["']([^"'\n]+)["']/u.exec(text)?.[1]);
  sourceFolder(said, /\bfind_(?:namespace_)?packages\(\s*(?:where\s*=\s*)?["']([^"'\n]+)["']/u.exec(text)?.[1]);
}

function sourceFolder(said: Said, folder: string | undefined): void {
  if (folder === undefined) return;
  const path = posix.normalize(folder.trim()).replace(/^\.\/|\/+$/gu, "");
  if (!path.startsWith("..") && !path.startsWith("/")) said.sources.add(path === "." ? "" : path);
}
