/** What the settings of a program name: the outermost table of routes, and what runs before every view. */
import type { Statement } from "../../model/facts-statements.ts";
import type { RouteTableSpec } from "../../model/route-table.ts";
import { unitsDeclaring } from "./declared.ts";
import type { Account } from "./accounts.ts";
import { accountOf } from "./accounts.ts";
import { basesOf, findMember } from "./classes.ts";
import { listed } from "./listed.ts";
import { exportedValue, resolved } from "./modules.ts";
import type { Unit } from "./unit.ts";
import type { ClassRef, Origin, Value } from "./value.ts";
import { constantOf, constantValue, unknown, valueOf } from "./value.ts";
import type { World } from "./world.ts";

export interface Settings {
  readonly roots: readonly Unit[];
  readonly middlewares: readonly Value[];
  /** Who asks, when a middleware says so. */
  readonly account: Account | undefined;
}

export function settingsOf(world: World, spec: RouteTableSpec): Settings {
  const main = unitsDeclaring(world, spec.roots);
  const roots = main.flatMap((unit): Unit[] => {
    const name = constantOf(exportedValue(world, unit, spec.roots) ?? unknown)?.value;
    const found = typeof name === "string" ? resolved(world, unit, name) : undefined;
    return found?.kind === "unit" ? [found.unit] : [];
  });
  const holder =
    main.find((unit) => exportedValue(world, unit, spec.middlewares) !== undefined) ?? unitsDeclaring(world, spec.middlewares)[0];
  const names = holder === undefined ? [] : textsOf(world, holder, spec.middlewares);
  return {
    roots: [...new Set(roots)],
    middlewares: holder === undefined ? [] : names.flatMap((name) => middleware(world, holder, name, spec.middleware)),
    account: holder === undefined ? undefined : accountOf(world, holder, names, spec.account),
  };
}

/** `setting("REST_FRAMEWORK", "PAGE_SIZE")`: what the program's settings say; nothing when none of them names it. */
export function settingAt(world: World, args: readonly Value[]): Value {
  const [name, key] = args.map((arg) => constantOf(arg)?.value);
  if (typeof name !== "string") return constantValue(null);
  for (const unit of unitsDeclaring(world, name)) {
    for (const origin of exportedValue(world, unit, name)?.what ?? []) {
      const value = origin.kind === "object" && typeof key === "string" ? origin.object.props.get(key) : undefined;
      if (value !== undefined) return value;
    }
  }
  return constantValue(null);
}

/** The texts that a setting lists. */
export function textsOf(world: World, holder: Unit, name: string): string[] {
  return listed(world, holder, name).flatMap((value) => value.what.flatMap((origin) => textsIn(origin)));
}

function textsIn(origin: Origin): string[] {
  if (origin.kind === "const") return typeof origin.value === "string" ? [origin.value] : [];
  return origin.kind === "array" ? (origin.elements ?? [origin.element]).flatMap((one) => one.what.flatMap(textsIn)) : [];
}

/** What `"app.middleware.Tenant"` names in the project. */
export function namedIn(world: World, unit: Unit, name: string): Value {
  const dot = name.lastIndexOf(".");
  const found = dot < 0 ? undefined : resolved(world, unit, name.slice(0, dot));
  return found?.kind !== "unit" ? unknown : (exportedValue(world, found.unit, name.slice(dot + 1)) ?? unknown);
}

/** The methods of a class of the project. One that takes itself out unless a deployment asks for it is taken as out. */
function middleware(world: World, unit: Unit, name: string, { methods, unused }: RouteTableSpec["middleware"]): Value[] {
  return namedIn(world, unit, name).what.flatMap((origin): Value[] => {
    if (origin.kind !== "class" || throwsOf(world, origin.ref, unused)) return [];
    return methods.flatMap((method) => {
      const member = findMember(world, origin.ref, method, false);
      if (member?.member.function === undefined) return [];
      const self = valueOf({ kind: "instance", ref: origin.ref });
      return [valueOf({ kind: "closure", unit: member.ref.unit, fn: member.member.function, env: member.ref.env, self, home: member.ref })];
    });
  });
}

/** The constructor may end with this error. */
function throwsOf(world: World, ref: ClassRef, name: string): boolean {
  const base = basesOf(world, ref).project.find((one) => one.facts.members.some((member) => member.kind === "constructor"));
  const fn = base?.facts.members.find((member) => member.kind === "constructor")?.function;
  const body = (fn === undefined ? undefined : base?.unit.facts.functions[fn]?.body) ?? [];
  return body.some((s) => (s.kind === "branch" ? [...s.then, ...s.else] : [s]).some((one) => throwsError(one, name)));
}

function throwsError(s: Statement, name: string): boolean {
  if (s.kind !== "throw") return false;
  const thrown = s.value?.kind === "call" ? s.value.callee : s.value;
  return thrown?.kind === "name" && thrown.name === name;
}
