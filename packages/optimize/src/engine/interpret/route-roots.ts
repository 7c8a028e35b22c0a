/** Roots that a call registers: routes with their middleware, jobs, commands. */
import { entriesOf } from "./entries.ts";
import type { Groups } from "./groups.ts";
import { groupPrefix, groupsIn } from "./groups.ts";
import { entryName, joinPaths, ownersAbove, prefixesOf } from "./naming.ts";
import type { Root } from "./root.ts";
import { entryKind, rootOf } from "./root.ts";
import { functionInfo } from "./unit.ts";
import type { Value } from "./value.ts";
import type { Registration, World } from "./world.ts";
import { fail } from "./world.ts";

/** What is registered beside routes and concerns them: looked for once, however many routes there are. */
export interface Beside {
  readonly middlewares: ReadonlyMap<string, readonly Registration[]>;
  readonly dependencies: readonly Registration[];
  readonly labels: readonly Registration[];
  readonly groups: Groups;
}

export function besideRoutes({ registrations }: World): Beside {
  const middlewares = new Map<string, Registration[]>();
  for (const one of registrations) {
    if ((one.spec.kind !== "middleware" && one.spec.kind !== "mount") || one.handlers.length === 0) continue;
    const list = middlewares.get(one.owner);
    if (list === undefined) middlewares.set(one.owner, [one]);
    else list.push(one);
  }
  return {
    middlewares,
    dependencies: registrations.filter((one) => one.handlers.length === 0 && (one.dependencies ?? []).length > 0),
    labels: registrations.filter((one) => one.spec.kind === "label"),
    groups: groupsIn(registrations),
  };
}

export function routeRoots(world: World, one: Registration, beside: Beside, out: Root[]): void {
  if (one.handlers.length === 0) return;
  const middlewares = middlewaresBefore(world, one, beside);
  const dependencies = dependenciesOf(world, one, beside);
  if (one.spec.map === true) {
    for (const map of one.handlers)
      for (const [name, value] of entriesOf(world, map)) out.push(rootOf(one, `${entryKind(one)} ${name}`, [value], middlewares));
    return;
  }
  const labelled = one.spec.byLabel === true ? beside.labels.filter((other) => other.name === one.path) : [];
  if (labelled.length > 0) {
    for (const other of labelled)
      routeRoots(world, { ...one, spec: { ...one.spec, byLabel: false }, owner: other.owner, path: other.path }, beside, out);
    return;
  }
  const group = groupPrefix(beside.groups, one);
  for (const above of prefixesOf(world, one.owner)) {
    const prefix = joinPaths(above, group);
    const methods = one.method?.split("|") ?? [undefined];
    for (const own of [one.path, ...one.otherPaths]) {
      const path =
        one.spec.kind === "route" || one.spec.kind === "route-object" || own?.startsWith("/") === true
          ? joinPaths(prefix, own)
          : (own ?? (prefix === "" ? ownerName(one) : prefix.slice(1)));
      for (const method of methods)
        out.push({ dependencies, answer: one.answer, ...rootOf(one, entryName(entryKind(one), method, path), one.handlers, middlewares) });
    }
  }
}

/** Its own and those of all routers above. */
function dependenciesOf(world: World, one: Registration, beside: Beside): readonly Value[] {
  if (one.unit.facts.language !== "python") return [];
  const owners = ownersAbove(world, one.owner);
  const above = beside.dependencies.filter((other) => other !== one && holds(owners, other));
  return [...above, one].flatMap((other) => other.dependencies ?? []);
}

/** The registration opens one of the routers, or hangs one of them below another. */
function holds(owners: ReadonlySet<string>, { owner, mounted, unit, node, spec }: Registration): boolean {
  if (spec.kind === "base") return owners.has(owner) || owners.has(`${unit.index}:${node.at}`);
  return mounted.some((site) => owners.has(site));
}

/** So many middlewares of a route are followed: a thousand routes behind a thousand of them would be a million runs. */
const maxMiddlewares = 200;

function middlewaresBefore(world: World, one: Registration, { middlewares }: Beside): Value[] {
  const runs = (other: Registration): boolean => other.order < one.order && (other.path === undefined || covers(other.path, one.path));
  const before = [...ownersAbove(world, one.owner)].flatMap((owner) => (middlewares.get(owner) ?? []).filter(runs));
  const out: Value[] = [];
  for (const other of before.sort((a, b) => a.order - b.order)) {
    for (const handler of other.handlers) if (!isErrorHandler(handler, other.spec.errorParameters)) out.push(handler);
    if (out.length <= maxMiddlewares) continue;
    fail(
      world,
      one.unit.facts.file,
      "too-large",
      `of more than ${String(maxMiddlewares)} middlewares before a route only the first are followed`,
    );
    return out.slice(0, maxMiddlewares);
  }
  return out;
}

function ownerName(one: Registration): string {
  for (const handler of one.handlers)
    for (const origin of handler.what) {
      const name = origin.kind === "closure" ? (origin.unit.facts.functions[origin.fn]?.name ?? "") : undefined;
      if (name !== undefined && (name !== "" || one.spec.background !== true)) return name;
    }
  // `setInterval(() => this.poll(), 5000)`: named by where it stands.
  return one.spec.background === true ? functionInfo(one.unit, one.fn).symbol || one.unit.facts.file : "";
}

function covers(mount: string, path: string | undefined): boolean {
  return mount === "/" || mount === "" || mount === "*" || (path?.startsWith(mount) ?? false);
}

function isErrorHandler(handler: Value, parameters: number | undefined): boolean {
  if (parameters === undefined) return false;
  return handler.what.some(
    (origin) => origin.kind === "closure" && (origin.unit.facts.functions[origin.fn]?.params.length ?? 0) >= parameters,
  );
}
