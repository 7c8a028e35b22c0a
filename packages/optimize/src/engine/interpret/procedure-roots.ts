/** Typed remote calls: maps that name procedures, nested in each other, and routers that gather them by name. */
import { entriesOf } from "./entries.ts";
import type { Root } from "./root.ts";
import { rootOf } from "./root.ts";
import { valueOf } from "./value.ts";
import type { Value } from "./value.ts";
import type { Registration, World } from "./world.ts";

const maxDepth = 5;

function siteOf(one: Registration): string {
  return `${one.unit.index}:${one.node.at}`;
}

/** Everything that one outermost router serves; routers inside another one are named there. */
export function procedureRoots(world: World, one: Registration, out: Root[]): void {
  const inner = new Set<string>();
  for (const other of world.registrations) if (other.spec.kind === "procedures" && other !== one) held(world, other, inner);
  if (!inner.has(siteOf(one))) below(world, one, "", out, 0);
}

function below(world: World, one: Registration, prefix: string, out: Root[], depth: number): void {
  if (depth > maxDepth) return;
  for (const map of one.handlers) procedures(world, one, map, prefix, out, depth);
  for (const site of one.mounted)
    for (const other of routersAt(world, site)) if (other !== one) below(world, other, prefix, out, depth + 1);
}

function routersAt(world: World, site: string): Registration[] {
  return world.registrations.filter((other) => other.spec.kind === "procedures" && siteOf(other) === site);
}

function procedures(world: World, one: Registration, map: Value, prefix: string, out: Root[], depth: number): void {
  if (depth > maxDepth) return;
  for (const [name, value] of entriesOf(world, map)) {
    const path = prefix === "" ? name : `${prefix}.${name}`;
    for (const origin of value.what) {
      if (origin.kind === "library") {
        const made = world.registrations.find(
          (other) => other.spec.kind === "procedure" && (other.scope === origin.site || siteOf(other) === origin.site),
        );
        if (made !== undefined) out.push({ ...rootOf(made, `procedure ${path}`, made.handlers, []), kind: "procedure" });
        for (const inner of routersAt(world, origin.site)) if (inner !== one) below(world, inner, path, out, depth + 1);
      } else if (origin.kind === "object") procedures(world, one, valueOf(origin), path, out, depth + 1);
    }
  }
}

/** Sites of the routers that a router holds by name or merges. */
function held(world: World, one: Registration, out: Set<string>): void {
  const visit = (map: Value, depth: number): void => {
    if (depth > maxDepth) return;
    for (const [, value] of entriesOf(world, map)) {
      for (const origin of value.what) {
        if (origin.kind === "library") out.add(origin.site);
        else if (origin.kind === "object") visit(valueOf(origin), depth + 1);
      }
    }
  };
  for (const site of one.mounted) out.add(site);
  for (const map of one.handlers) visit(map, 0);
}

/** `router().query("all", { resolve })`: the procedure says its own name; `merge("post.", router)` puts words before it. */
export function namedProcedureRoots(world: World, one: Registration, out: Root[]): void {
  if (one.path === undefined || one.handlers.length === 0) return;
  for (const prefix of wordsAbove(world, one.owner, 0))
    out.push({ ...rootOf(one, `procedure ${prefix}${one.path}`, one.handlers, []), kind: "procedure" });
}

function wordsAbove(world: World, site: string, depth: number): string[] {
  if (depth > maxDepth) return [""];
  const above = world.registrations.filter((one) => one.spec.kind === "mount" && one.mounted.includes(site) && one.owner !== site);
  const words = above.flatMap((one) => wordsAbove(world, one.owner, depth + 1).map((word) => `${word}${one.path ?? ""}`));
  return words.length === 0 ? [""] : [...new Set(words)].slice(0, 4);
}
