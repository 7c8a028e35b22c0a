/** Names of registered entries: methods, and paths with the prefixes of everything that mounts them. */
import type { Registration, World } from "./world.ts";

const verbs = new Set(["route"]);

/** The registrations of a world by the sites that they speak of. */
interface Sites {
  /** Of so many registrations. */
  readonly count: number;
  /** What mounts or opens a site, in order. */
  readonly above: ReadonlyMap<string, readonly Registration[]>;
  readonly bases: ReadonlyMap<string, string | undefined>;
}

const known = new WeakMap<World, Sites>();

function sitesOf(world: World): Sites {
  const before = known.get(world);
  if (before !== undefined && before.count === world.registrations.length) return before;
  const above = new Map<string, Registration[]>();
  const bases = new Map<string, string | undefined>();
  for (const one of world.registrations) {
    for (const site of new Set(one.scope === undefined ? one.mounted : [...one.mounted, one.scope])) {
      if (site === one.owner) continue;
      const list = above.get(site);
      if (list === undefined) above.set(site, [one]);
      else list.push(one);
    }
    if (one.spec.kind !== "base" || one.scope !== undefined) continue;
    for (const site of [one.owner, `${one.unit.index}:${one.node.at}`]) if (!bases.has(site)) bases.set(site, one.path);
  }
  const sites = { count: world.registrations.length, above, bases };
  known.set(world, sites);
  return sites;
}

/** Before names are worked out again: a later round may have changed what was registered. */
export function forgetSites(world: World): void {
  known.delete(world);
}

/** Prefixes under which an app, router, chain or scope is reached; at most four. */
export function prefixesOf(world: World, site: string, seen: ReadonlySet<string> = new Set()): string[] {
  if (seen.has(site) || seen.size > 12) return [""];
  const inner = new Set([...seen, site]);
  const sites = sitesOf(world);
  const own = sites.bases.get(site);
  const above: string[] = [];
  for (const one of sites.above.get(site) ?? []) {
    const prefixes = prefixesOf(world, one.owner, inner);
    if (one.mounted.includes(site))
      for (const prefix of prefixes) for (const path of [one.path, ...one.otherPaths]) above.push(joinPaths(prefix, path));
    else
      for (const prefix of prefixes)
        above.push(one.spec.kind === "chain" || one.spec.kind === "base" ? joinPaths(prefix, one.path) : prefix);
  }
  const parents = above.length === 0 ? [""] : [...new Set(above)].slice(0, 4);
  return own === undefined ? parents : parents.map((prefix) => joinPaths(prefix, own));
}

/** Everything registered above a site: for the middlewares that run before its handlers. */
export function ownersAbove(world: World, site: string, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(site) || seen.size > 24) return seen;
  seen.add(site);
  for (const one of sitesOf(world).above.get(site) ?? []) ownersAbove(world, one.owner, seen);
  return seen;
}

export function joinPaths(...parts: (string | undefined)[]): string {
  const joined = parts
    .filter((part) => part !== undefined && part !== "" && part !== "/")
    .map((part) => String(part).replace(/^\/+|\/+$/g, ""))
    .filter((part) => part !== "")
    .join("/");
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
