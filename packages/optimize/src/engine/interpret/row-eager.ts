/** What the arguments of `select_related`, `prefetch_related` and their like load. */
import type { Library } from "../../model/library.ts";
import { at } from "./drafts.ts";
import type { Value } from "./value.ts";
import { constantOf, unknown } from "./value.ts";

/**
 * What an option loads that goes on where another one ends: `joinedload(User.orders).joinedload(Order.items)`. Attributes
 * lengthen its path, options add theirs behind it.
 */
export function chainedPaths(library: Library, args: readonly Value[], before: string): { readonly paths: string[]; readonly end: string } {
  const paths: string[] = [];
  let end = before;
  for (const arg of args) {
    const options = arg.what.some((origin) => origin.kind === "library" && origin.library.types[origin.type]?.holds === "paths");
    // One argument that may be several attributes (the element of a list of them) names each from where the one before it ended.
    const from = end;
    for (const path of pathsOf(library, arg, 0)) {
      const whole = from === "" ? path : `${from}.${path}`;
      paths.push(whole);
      if (!options) end = whole;
    }
  }
  return { paths, end };
}

/** Of what options load, the paths that they read by statements of their own. */
export function laterPaths(args: readonly Value[], before: string): string[] {
  return args.flatMap((arg) =>
    arg.what.flatMap((origin) =>
      origin.kind === "library" && origin.library.types[origin.type]?.holds === "paths"
        ? (origin.state?.later ?? []).map((path) => (before === "" ? path : `${before}.${path}`))
        : [],
    ),
  );
}

/** Dotted paths; what cannot be told is left out. */
export function eagerPaths(library: Library, args: readonly Value[]): string[] {
  return args.flatMap((arg) => pathsOf(library, arg, 0));
}

function pathsOf(library: Library, value: Value, depth: number): string[] {
  if (depth > 2) return [];
  const out: string[] = [];
  const separator = library.models?.separator ?? ".";
  for (const origin of value.what) {
    if (origin.kind === "const" && typeof origin.value === "string") out.push(origin.value.split(separator).join("."));
    else if (origin.kind === "array") for (const one of origin.elements ?? [origin.element]) out.push(...pathsOf(library, one, depth + 1));
    else if (origin.kind === "library") {
      const type = origin.library.types[origin.type];
      if (type?.holds === "paths") {
        out.push(...(origin.state?.eager ?? []));
        continue;
      }
      // `User.orders`: the attribute's name.
      const name = type?.says === undefined ? undefined : constantOf(origin.made?.[0] ?? unknown)?.value;
      if (typeof name === "string" && origin.model !== undefined) out.push(name);
      const loads = origin.library.types[origin.type]?.loads;
      if (loads === undefined) continue;
      const asked = { args: origin.made ?? [] };
      const path = pathsOf(library, at(asked, loads.path) ?? unknown, depth + 1)[0];
      if (path === undefined) continue;
      const inner = innerPaths(at(asked, loads.query));
      const as = constantOf(at(asked, loads.as) ?? unknown)?.value;
      const full = typeof as === "string" ? [...path.split(".").slice(0, -1), as].join(".") : path;
      out.push(full, ...inner.map((one) => `${full}.${one}`));
    }
  }
  return out;
}

/** What the query of a prefetch loads with its own rows. */
function innerPaths(query: Value | undefined): readonly string[] {
  return query?.what.flatMap((origin) => (origin.kind === "library" ? (origin.state?.eager ?? []) : [])) ?? [];
}
