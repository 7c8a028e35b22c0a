/** The tables of libraries are data: what they name must exist, and every file must be listed. */
import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { effectKinds } from "../../src/model/effect.ts";
import type { Library } from "../../src/model/library.ts";
import { dataLayers } from "../../src/languages/data-layers/index.ts";
import { librariesByPackage, packageKey } from "../../src/languages/libraries.ts";
import { platform } from "../../src/languages/platform/index.ts";

const folders = [
  { folder: "data-layers", libraries: dataLayers },
  { folder: "platform", libraries: platform },
] as const;

/** Every object inside a table, with the path that leads to it. */
function* objectsIn(value: unknown, path: string): Generator<readonly [string, Record<string, unknown>]> {
  if (value === null || typeof value !== "object") return;
  if (!Array.isArray(value)) yield [path, value as Record<string, unknown>];
  for (const [key, inner] of Object.entries(value)) yield* objectsIn(inner, `${path}.${key}`);
}

/** Names of the library's own types that a table mentions. */
function* typeNamesIn(library: Library): Generator<readonly [string, string]> {
  for (const [name, spec] of Object.entries(library.exports)) {
    for (const key of ["class", "statics", "value", "type"] as const) {
      const type = spec[key];
      if (type !== undefined) yield [`exports.${name}.${key}`, type];
    }
  }
  for (const [name, spec] of Object.entries(library.types)) {
    if (spec.extends !== undefined) yield [`types.${name}.extends`, spec.extends];
    if (typeof spec.any === "string") yield [`types.${name}.any`, spec.any];
    for (const [member, what] of Object.entries(spec.members ?? {})) if (typeof what === "string") yield [`types.${name}.${member}`, what];
    for (const [path, object] of objectsIn(spec, `types.${name}`)) {
      if (typeof object["type"] === "string") yield [path, object["type"]];
    }
  }
  for (const [name, spec] of Object.entries(library.decorators ?? {})) {
    if (spec.injects !== undefined) yield [`decorators.${name}`, spec.injects.type];
  }
}

describe.each(folders)("$folder", ({ folder, libraries }) => {
  test("every file is listed, and its name is the library's", () => {
    const files = readdirSync(new URL(`../../src/languages/${folder}/`, import.meta.url)).filter((name) => name !== "index.ts");
    expect(files.map((name) => name.replace(/\.ts$/, "")).sort()).toEqual(libraries.map((library) => library.id).sort());
  });

  test.each(libraries.map((library) => [library.id, library] as const))("%s names only what exists", (_id, library) => {
    const missing = [...typeNamesIn(library)].filter(([, type]) => library.types[type] === undefined);
    expect(missing).toEqual([]);
  });

  test.each(libraries.map((library) => [library.id, library] as const))("%s has sound places and effects", (_id, library) => {
    const wrong: string[] = [];
    for (const [path, object] of objectsIn(library.types, "types")) {
      const { arg, over, kind } = object;
      if (arg !== undefined && (!Number.isInteger(arg) || Number(arg) < 0)) wrong.push(`${path}.arg`);
      if (over !== undefined && (!Number.isInteger(over) || Number(over) < -1)) wrong.push(`${path}.over`);
      const speaks = /\.(effect|lazy|also\.\d+)$/.test(path);
      if (speaks && !effectKinds.some((known) => known === kind)) wrong.push(`${path}.kind`);
    }
    expect(wrong).toEqual([]);
  });

  test.each(libraries.map((library) => [library.id, library] as const))(
    "%s runs pending effects only where there are any",
    (_id, library) => {
      const wrong = Object.entries(library.types).filter(([name, spec]) => {
        const pending = lazyOf(library, name);
        const runs = Object.values(spec.members ?? {}).some((member) => typeof member !== "string" && member.runs === true);
        return runs && !pending;
      });
      expect(wrong.map(([name]) => name)).toEqual([]);
    },
  );

  test("node's own modules have the prefix", () => {
    const bare = new Set(["fs", "http", "https", "crypto", "zlib", "util", "child_process", "timers", "process", "console"]);
    expect(
      libraries.flatMap((library) => (library.language === undefined ? library.packages : [])).filter((name) => bare.has(name)),
    ).toEqual([]);
  });
});

/** Does the type, or one that it extends, hold a pending effect? */
function lazyOf(library: Library, name: string): boolean {
  const spec = library.types[name];
  if (spec === undefined) return false;
  return spec.lazy !== undefined || (spec.extends !== undefined && lazyOf(library, spec.extends));
}

test("no two libraries speak of the same export", () => {
  const seen = new Map<string, string>();
  const twice: string[] = [];
  for (const library of [...dataLayers, ...platform]) {
    for (const name of library.packages) {
      for (const exported of Object.keys(library.exports)) {
        if (name === "global" && exported === "default") continue;
        const key = `${packageKey(name, library.language)} ${exported}`;
        const other = seen.get(key);
        if (other !== undefined) twice.push(`${key}: ${other} and ${library.id}`);
        seen.set(key, library.id);
      }
    }
  }
  expect(twice).toEqual([]);
});

test("ids are unique", () => {
  const ids = [...dataLayers, ...platform].map((library) => library.id);
  expect(new Set(ids).size).toBe(ids.length);
});

test("a table of one language never answers for another", () => {
  const known = librariesByPackage();
  expect(known.get("redis")?.language).toBeUndefined();
  expect(known.get(packageKey("redis", "python"))?.language).toBe("python");
  expect(known.get("flask")).toBeUndefined();
  expect(known.get("global")?.exports["open"]).toBeUndefined();
  expect(known.get(packageKey("axios", "python"))).toBeUndefined();
});
