/** Routes that a contract describes, and a map of the same keys answers: `server.router(contract, { get: { handler } })`. */
import { propertyOf } from "./classes.ts";
import { entriesOf, handlersIn } from "./entries.ts";
import { entryName, joinPaths } from "./naming.ts";
import type { Root } from "./root.ts";
import { rootOf } from "./root.ts";
import type { Value } from "./value.ts";
import { arrayIn, constantOf, unknown, valueOf } from "./value.ts";
import type { Registration, World } from "./world.ts";

const maxDepth = 6;

/** A part of a contract, below the prefixes of everything around it. */
interface Part {
  readonly value: Value;
  readonly prefix: string;
}

/** A map that is served by itself; what others hold or serve is named there. */
export function contractRoots(world: World, one: Registration, out: Root[]): void {
  if (one.contract === undefined || isHeld(world, one)) return;
  below(world, one, one, { value: one.contract, prefix: prefixOf(world, one.contract) }, "", out, 0);
}

function siteOf(one: Registration): string {
  return `${one.unit.index}:${one.node.at}`;
}

function routersAt(world: World, site: string): Registration[] {
  return world.registrations.filter((one) => one.contract !== undefined && siteOf(one) === site);
}

function below(world: World, top: Registration, one: Registration, part: Part, words: string, out: Root[], depth: number): void {
  if (depth > maxDepth) return;
  for (const map of one.handlers) answers(world, top, one, map, part, words, out, depth);
  for (const site of one.mounted)
    for (const inner of routersAt(world, site)) if (inner !== one) below(world, top, inner, part, words, out, depth + 1);
}

function answers(
  world: World,
  top: Registration,
  one: Registration,
  map: Value,
  part: Part,
  words: string,
  out: Root[],
  depth: number,
): void {
  if (depth > maxDepth) return;
  for (const [name, value] of entriesOf(world, map)) {
    const inner = partOf(world, part, name);
    const path = words === "" ? name : `${words}.${name}`;
    const handlers = handlersIn(value);
    if (handlers.length > 0) {
      const before = [...(top.dependencies ?? []), ...listed(propertyOf(value, "middleware"))];
      out.push({ ...rootOf(one, nameOf(inner, path), handlers, before), kind: "route" });
      continue;
    }
    for (const origin of value.what) {
      if (origin.kind === "library") for (const next of routersAt(world, origin.site)) below(world, top, next, inner, path, out, depth + 1);
      else if (origin.kind === "object") answers(world, top, one, valueOf(origin), inner, path, out, depth + 1);
    }
  }
}

function listed(value: Value | undefined): readonly Value[] {
  const list = value === undefined ? undefined : arrayIn(value);
  return list === undefined ? [] : (list.elements ?? [list.element]);
}

/** By method and path where the contract says them, else by the keys. */
function nameOf({ value, prefix }: Part, words: string): string {
  const text = (name: string): string | undefined => {
    const said = constantOf(propertyOf(value, name) ?? unknown)?.value;
    return typeof said === "string" ? said : undefined;
  };
  const path = text("path");
  return path === undefined ? `procedure ${words}` : entryName("route", text("method"), joinPaths(prefix, path));
}

function partOf(world: World, part: Part, name: string): Part {
  const value = entriesOf(world, part.value).find(([key]) => key === name)?.[1] ?? unknown;
  return { value, prefix: joinPaths(part.prefix, prefixOf(world, value)) };
}

/** What the contract was made with: `c.router(routes, { pathPrefix: "/users" })`. */
function prefixOf(world: World, value: Value): string {
  for (const origin of value.what) {
    if (origin.kind !== "object") continue;
    const made = world.registrations.find(
      (one) =>
        one.spec.kind === "contract" &&
        one.contract === undefined &&
        one.handlers.some(({ what }) => what.some((other) => other.kind === "object" && other.object === origin.object)),
    );
    if (made?.path !== undefined) return made.path;
  }
  return "";
}

function isHeld(world: World, one: Registration): boolean {
  const site = siteOf(one);
  const holds = (map: Value, depth: number): boolean =>
    depth <= maxDepth &&
    entriesOf(world, map).some(([, value]) =>
      value.what.some(
        (origin) => (origin.kind === "library" && origin.site === site) || (origin.kind === "object" && holds(valueOf(origin), depth + 1)),
      ),
    );
  return world.registrations.some(
    (other) =>
      other !== one &&
      other.contract !== undefined &&
      siteOf(other) !== site &&
      (other.mounted.includes(site) || other.handlers.some((map) => holds(map, 0))),
  );
}
