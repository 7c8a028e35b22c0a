/**
 * Maps of resolvers that a file gives and that no call is seen to take: a program that loads a folder of them and merges what it finds. A map of
 * functions below `Query` or `Mutation`, in a package that speaks GraphQL, is called from outside.
 */
import { entriesOf, handlersIn } from "./entries.ts";
import { exportedValue, usesCommonjs } from "./modules.ts";
import { placeOfValue } from "./file-roots.ts";
import { isRootType } from "./resolver-roots.ts";
import type { Root } from "./root.ts";
import type { Unit } from "./unit.ts";
import type { Value } from "./value.ts";
import { valueOf } from "./value.ts";
import type { World } from "./world.ts";

const servers = /^(?:graphql|@apollo\/server|@apollo\/subgraph|@graphql-tools\/|apollo-server|graphql-tools$|graphql-yoga|mercurius)/u;

export function looseResolverRoots(world: World, out: Root[]): void {
  const packages = new Set(
    world.units
      .filter((unit) => unit.facts.language !== "python" && unit.facts.imports.some((name) => servers.test(name)))
      .map((unit) => unit.packageDir),
  );
  if (packages.size === 0) return;
  const taken = new Set(out.filter((root) => root.kind === "resolver").flatMap((root) => root.handlers.flatMap(keysOf)));
  for (const unit of world.units) {
    if (unit.facts.language === "python" || !packages.has(unit.packageDir)) continue;
    for (const map of exportedMaps(world, unit)) fromMap(world, unit, map, taken, out);
  }
}

/** What the file gives: its whole export, and each by its name. */
function exportedMaps(world: World, unit: Unit): Value[] {
  if (usesCommonjs(unit)) {
    const whole = unit.replaced ?? valueOf({ kind: "object", object: unit.exports });
    return [whole, ...entriesOf(world, whole).map(([, value]) => value)];
  }
  return unit.facts.exports.flatMap(({ name, from }) =>
    name === "*" || from !== undefined ? [] : (exportedValue(world, unit, name) ?? []),
  );
}

function fromMap(world: World, unit: Unit, map: Value, taken: Set<string>, out: Root[]): void {
  const types = entriesOf(world, map);
  if (!types.some(([type, fields]) => isRootType(type) && entriesOf(world, fields).some(([, field]) => handlersIn(field).length > 0)))
    return;
  for (const [type, fields] of types)
    for (const [field, value] of entriesOf(world, fields)) {
      const handlers = handlersIn(value).filter((one) => keysOf(one).every((key) => !taken.has(key)));
      if (handlers.length === 0) continue;
      for (const key of handlers.flatMap(keysOf)) taken.add(key);
      out.push({
        name: `resolver ${type}.${field}`,
        kind: "resolver",
        handlers,
        middlewares: [],
        params: [],
        library: undefined,
        perItem: !isRootType(type),
        ...placeOfValue(handlers[0]?.what[0], unit),
      });
    }
}

function keysOf(value: Value): string[] {
  return value.what.flatMap((origin) => (origin.kind === "closure" ? [`${String(origin.unit.index)}:${String(origin.fn)}`] : []));
}
