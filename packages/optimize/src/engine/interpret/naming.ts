/** Names of registered entries: methods, and paths with the prefixes of everything that mounts them. */
import type { Registration, World } from "./world.ts";

const verbs = new Set(["route"]);

/** Prefixes under which an app, router, chain or scope is reached; at most four. */
export function prefixesOf(world: World, site: string, seen: ReadonlySet<string> = new Set()): string[] {
  if (seen.has(site) || seen.size > 12) return [""];
  const inner = new Set([...seen, site]);
  const own = ownBase(world, site);
  const above: string[] = [];
  for (const one of world.registrations) {
    if (one.mounted.includes(site) && one.owner !== site) for (const prefix of prefixesOf(world, one.owner, inner)) for (const path of [one.path, ...one.otherPaths]) above.push(joinPaths(prefix, path));
    else if (one.scope === site && one.owner !== site) for (const prefix of prefixesOf(world, one.owner, inner)) above.push(one.spec.kind === "chain" || one.spec.kind === "base" ? joinPaths(prefix, one.path) : prefix);
  }
  const parents = above.length === 0 ? [""] : [...new Set(above)].slice(0, 4);
  return own === undefined ? parents : parents.map((prefix) => joinPaths(prefix, own));
}

function ownBase(world: World, site: string): string | undefined {
  const base = world.registrations.find((one) => one.spec.kind === "base" && one.scope === undefined && (one.owner === site || `${one.unit.index}:${one.node.at}` === site));
  return base?.path;
}

/** Everything registered above a site: for the middlewares that run before its handlers. */
export function ownersAbove(world: World, site: string, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(site) || seen.size > 24) return seen;
  seen.add(site);
  for (const one of world.registrations) if ((one.mounted.includes(site) || one.scope === site) && one.owner !== site) ownersAbove(world, one.owner, seen);
  return seen;
}

export function joinPaths(...parts: (string | undefined)[]): string {
  const joined = parts.filter((part) => part !== undefined && part !== "" && part !== "/").map((part) => String(part).replace(/^\/+|\/+$/g, "")).filter((part) => part !== "").join("/");
  return joined === "" ? "" : `/${joined}`;
}

export function entryName(kind: string, method: string | undefined, path: string): string {
  if (verbs.has(kind)) return `${method ?? "ALL"} ${path === "" ? "/" : path}`;
  // `import <file>`: what follows the name are its arguments.
  if (kind === "command" && path !== "") return `command ${path.split(" ")[0]}`;
  if (kind === "procedure") return `procedure ${path}`;
  return `${kind} ${path === "" ? "(unnamed)" : path}`;
}

export function isHandlerKind(one: Registration): boolean {
  return ["route", "job", "schedule", "event", "socket", "command", "procedure", "route-object"].includes(one.spec.kind);
}
