/** All declared libraries by the name of the package that a program imports. */
import type { ExportSpec, Library, TypeSpec } from "../model/library.ts";
import { dataLayers } from "./data-layers/index.ts";
import { frameworks } from "./frameworks/index.ts";
import { platform } from "./platform/index.ts";

/**
 * One library for each package. Several tables may speak of one package (server and client side of `node:http`, the names of the runtime):
 * their exports and types are put together, and so are the members of their default exports.
 */
export function librariesByPackage(
  libraries: readonly Library[] = [...dataLayers, ...platform, ...frameworks],
): ReadonlyMap<string, Library> {
  const found = new Map<string, Library>();
  for (const one of libraries) {
    for (const name of one.packages) {
      const key = packageKey(name, one.language);
      const other = found.get(key);
      found.set(key, other === undefined ? one : merged(name, other, one));
    }
  }
  return found;
}

/** The key of a package in `librariesByPackage`: languages have packages of the same name. */
export function packageKey(name: string, language: string | undefined): string {
  return language === "python" ? `python:${name}` : name;
}

/** Top-level names of Python packages that tables speak of. */
export function pythonLibraries(): ReadonlySet<string> {
  const all = [...dataLayers, ...platform, ...frameworks].filter((library) => library.language === "python");
  return new Set(all.flatMap((library) => library.packages.map((name) => name.split(".")[0] ?? name)));
}

function merged(name: string, a: Library, b: Library): Library {
  const types: Record<string, TypeSpec> = { ...a.types, ...b.types };
  const exports: Record<string, ExportSpec> = { ...a.exports, ...b.exports };
  const [left, right] = [a.exports["default"]?.value, b.exports["default"]?.value];
  if (left !== undefined && right !== undefined && left !== right) {
    const both = `${left}+${right}`;
    types[both] = { ...a.types[left], ...b.types[right], members: { ...a.types[left]?.members, ...b.types[right]?.members } };
    exports["default"] = { ...a.exports["default"], value: both };
  }
  const decorators = { ...a.decorators, ...b.decorators };
  const files = [...(a.files ?? []), ...(b.files ?? [])];
  const routeTable = a.routeTable ?? b.routeTable;
  const written = [a.written, b.written].flatMap((text) => text ?? []).join("\n");
  const dialect = a.dialect ?? b.dialect;
  const models = a.models ?? b.models;
  return {
    id: name.replace(/^node:/, ""),
    packages: [name],
    ...(a.language === undefined ? {} : { language: a.language }),
    exports,
    types,
    ...(Object.keys(decorators).length > 0 ? { decorators } : {}),
    ...(files.length > 0 ? { files } : {}),
    ...(routeTable === undefined ? {} : { routeTable }),
    ...(written === "" ? {} : { written }),
    ...(dialect === undefined ? {} : { dialect }),
    ...(models === undefined ? {} : { models }),
  };
}

/** Type names that two libraries of one package both declare: they could not be told apart. Each as `package type`. */
export function clashes(libraries: readonly Library[] = [...dataLayers, ...platform, ...frameworks]): readonly string[] {
  const owner = new Map<string, Library>();
  const out: string[] = [];
  for (const one of libraries) {
    for (const name of one.packages) {
      for (const type of Object.keys(one.types)) {
        const key = `${packageKey(name, one.language)} ${type}`;
        if (owner.has(key)) out.push(key);
        owner.set(key, one);
      }
    }
  }
  return out;
}
