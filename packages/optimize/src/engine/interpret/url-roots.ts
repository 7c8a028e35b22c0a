/** Roots that tables of routes name: `urlpatterns`, the tables that they include, the views that they lead to. */
import type { Library } from "../../model/library.ts";
import type { RouteTableSpec } from "../../model/route-table.ts";
import { unitsDeclaring } from "./declared.ts";
import { listed } from "./listed.ts";
import { resolved } from "./modules.ts";
import type { Account } from "./accounts.ts";
import { requestOf } from "./accounts.ts";
import type { Root } from "./root.ts";
import { settingsOf } from "./settings.ts";
import type { Unit } from "./unit.ts";
import type { Origin, Value } from "./value.ts";
import { constantOf, unknown } from "./value.ts";
import { unlistedRoots } from "./unlisted-views.ts";
import { viewRoots } from "./view-roots.ts";
import { viewsetRoots } from "./viewset-roots.ts";
import type { Registration, World } from "./world.ts";

export interface Table {
  readonly library: Library;
  readonly spec: RouteTableSpec;
  readonly middlewares: readonly Value[];
  readonly account: Account | undefined;
  /** The request as the middlewares are given it. */
  readonly request: Value | undefined;
  /** The request of somebody without a session. */
  readonly stranger: Value;
}

interface Walk {
  readonly world: World;
  readonly table: Table;
  readonly out: Root[];
  /** Tables on the way here, against tables that include each other. */
  readonly inside: readonly Unit[];
  readonly seen: Set<Unit>;
  /** Modules whose routes are part of a table already, by inclusion or as elements of its list. */
  readonly used: Set<number>;
}

const maxDepth = 12;

/** Every route of every table; tables that no other names are outermost ones. */
export function urlRoots(world: World, out: Root[]): void {
  for (const library of new Set(world.libraries.values())) {
    const spec = library.routeTable;
    if (spec === undefined) continue;
    const units = unitsDeclaring(world, spec.list);
    const settings = settingsOf(world, spec);
    const table: Table = {
      library,
      spec,
      ...settings,
      request: settings.account === undefined ? undefined : requestOf(world, undefined, settings.account, true),
      stranger: requestOf(world, undefined, undefined, true),
    };
    const walk: Walk = { world, table, out, inside: [], seen: new Set(), used: new Set() };
    for (const unit of settings.roots) walkUnit(walk, unit, "/");
    const rest = units.filter((unit) => !walk.seen.has(unit) && !walk.used.has(unit.index));
    const named = new Set(rest.flatMap((unit) => includedBy(walk, unit)));
    for (const unit of rest) if (!named.has(unit)) walkUnit(walk, unit, "/");
    for (const unit of rest) if (!walk.seen.has(unit) && !walk.used.has(unit.index)) walkUnit(walk, unit, "/");
    unlistedRoots(world, table, out);
  }
}

function walkUnit(walk: Walk, unit: Unit, prefix: string): void {
  if (walk.inside.includes(unit) || walk.inside.length > maxDepth) return;
  walk.seen.add(unit);
  const inner = { ...walk, inside: [...walk.inside, unit] };
  for (const value of listed(walk.world, unit, walk.table.spec.list)) patterns(inner, value, unit, prefix, 0);
}

type LibraryOrigin = Extract<Origin, { kind: "library" }>;

function patterns(walk: Walk, value: Value, unit: Unit, prefix: string, depth: number): void {
  if (depth > maxDepth) return;
  for (const origin of value.what) {
    if (origin.kind === "array") for (const one of origin.elements ?? [origin.element]) patterns(walk, one, unit, prefix, depth + 1);
    else if (origin.kind === "library" && origin.type === walk.table.spec.pattern) pattern(walk, origin, unit, prefix, depth);
    else if (origin.kind === "library" && registered(walk, origin.site).length > 0)
      for (const one of registered(walk, origin.site)) viewsetRoots(walk.world, walk.table, one, prefix, walk.out);
    else if (origin.kind === "library") for (const one of origin.made ?? []) patterns(walk, one, unit, prefix, depth + 1);
  }
}

function pattern(walk: Walk, origin: LibraryOrigin, unit: Unit, prefix: string, depth: number): void {
  const { world, table, out } = walk;
  walk.used.add(unitIndexOf(origin));
  const [route, view] = origin.made ?? [];
  const path = `${prefix}${pathText(constantOf(route ?? unknown)?.value).replace(/^\//, "")}`;
  for (const one of view?.what ?? []) {
    if (one.kind === "library" && one.type === table.spec.included) include(walk, one, unit, path, depth);
    else if (one.kind === "array") patterns(walk, { what: [one], deps: [], key: undefined }, unit, path, depth + 1);
    else viewRoots(world, table, one, path, out, { unit, node: placeIn(unit, origin.site), fn: 0 });
  }
}

/** What a router holds. */
function registered(walk: Walk, site: string): Registration[] {
  return walk.world.registrations.filter((one) => one.spec.kind === "viewset" && one.owner === site);
}

/** The module in which the call that made it stands. */
function unitIndexOf({ site }: LibraryOrigin): number {
  return Number(site.slice(0, site.indexOf(":")));
}

/** Where the call stands that a site names, in the unit that lists what it made. */
function placeIn(unit: Unit, site: string): { at: number; end: number } {
  const at = site.startsWith(`${String(unit.index)}:`) ? Number(site.slice(site.indexOf(":") + 1)) : 0;
  return { at, end: at };
}

function include(walk: Walk, origin: LibraryOrigin, unit: Unit, prefix: string, depth: number): void {
  const what = origin.made?.[0];
  for (const target of tablesIn(walk, what, unit)) walkUnit(walk, target, prefix);
  if (what !== undefined) patterns(walk, what, unit, prefix, depth + 1);
}

/** Modules that an included table is named by: as a text or as the module. */
function tablesIn(walk: Walk, value: Value | undefined, unit: Unit): Unit[] {
  return (value?.what ?? []).flatMap((origin): Unit[] => {
    if (origin.kind === "namespace") return [origin.unit];
    if (origin.kind === "array") return (origin.elements ?? []).slice(0, 1).flatMap((one) => tablesIn(walk, one, unit));
    if (origin.kind !== "const" || typeof origin.value !== "string") return [];
    const found = resolved(walk.world, unit, origin.value);
    return found.kind === "unit" ? [found.unit] : [];
  });
}

/** Modules whose tables this one includes. */
function includedBy(walk: Walk, unit: Unit): Unit[] {
  const seen: Unit[] = [];
  const visit = (value: Value, depth: number): void => {
    for (const origin of depth > maxDepth ? [] : value.what) {
      if (origin.kind === "array") for (const one of origin.elements ?? [origin.element]) visit(one, depth + 1);
      else if (origin.kind === "library") {
        const from = origin.type === walk.table.spec.pattern ? walk.world.units[unitIndexOf(origin)] : undefined;
        if (from !== undefined) seen.push(from);
        if (origin.type === walk.table.spec.included) seen.push(...tablesIn(walk, origin.made?.[0], unit));
        for (const one of origin.made ?? []) visit(one, depth + 1);
      }
    }
  };
  for (const value of listed(walk.world, unit, walk.table.spec.list)) visit(value, 0);
  return seen.filter((one) => one !== unit);
}

/** `^orders/(?P<pk>[0-9]+)/$` reads as `orders/<pk>/`. */
function pathText(route: unknown): string {
  if (typeof route !== "string") return "";
  if (!/[\^$\\]|\(\?P/.test(route)) return route;
  return namedGroups(route)
    .replace(/^\^|\$$/g, "")
    .replace(/\\([.\-/])/g, "$1")
    .replace(/\/\?$/, "/");
}

/** Each named group, whatever it nests, as its name; other groups as they are. */
function namedGroups(route: string): string {
  let out = "";
  for (let i = 0; i < route.length; i++) {
    const name = /^\(\?P<(\w+)>/.exec(route.slice(i, i + 80));
    if (name === null) {
      out += route.charAt(i);
      continue;
    }
    let depth = 0;
    let inClass = false;
    for (; i < route.length; i++) {
      const c = route.charAt(i);
      if (c === "\\") i++;
      else if (c === "[") inClass = true;
      else if (c === "]") inClass = false;
      else if (!inClass && c === "(") depth++;
      else if (!inClass && c === ")" && --depth === 0) break;
    }
    out += `<${String(name[1])}>`;
  }
  return out;
}
