/** What the settings of a program name: the outermost table of routes, and what runs before every view. */
import type { RouteTableSpec } from "../../model/route-table.ts";
import { findMember } from "./classes.ts";
import { unitsDeclaring } from "./declared.ts";
import { exportedValue, resolved } from "./modules.ts";
import type { Unit } from "./unit.ts";
import type { Value } from "./value.ts";
import { constantOf, constantValue, unknown, valueOf } from "./value.ts";
import type { World } from "./world.ts";

export interface Settings {
  readonly roots: readonly Unit[];
  readonly middlewares: readonly Value[];
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
  const names = holder === undefined ? [] : textsOf(exportedValue(world, holder, spec.middlewares));
  return {
    roots: [...new Set(roots)],
    middlewares: holder === undefined ? [] : names.flatMap((name) => middleware(world, holder, name, spec.middleware)),
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

function textsOf(value: Value | undefined): string[] {
  return (value?.what ?? []).flatMap((origin) =>
    origin.kind === "array"
      ? (origin.elements ?? []).flatMap((one) => {
          const text = constantOf(one)?.value;
          return typeof text === "string" ? [text] : [];
        })
      : [],
  );
}

/** `"app.middleware.Tenant"`: the methods of a class of the project; a function makes what it gives. */
function middleware(world: World, unit: Unit, name: string, methods: readonly string[]): Value[] {
  const dot = name.lastIndexOf(".");
  const found = dot < 0 ? undefined : resolved(world, unit, name.slice(0, dot));
  if (found?.kind !== "unit") return [];
  return (exportedValue(world, found.unit, name.slice(dot + 1))?.what ?? []).flatMap((origin): Value[] => {
    if (origin.kind !== "class") return [];
    return methods.flatMap((method) => {
      const member = findMember(world, origin.ref, method, false);
      if (member?.member.function === undefined) return [];
      const self = valueOf({ kind: "instance", ref: origin.ref });
      return [valueOf({ kind: "closure", unit: member.ref.unit, fn: member.member.function, env: member.ref.env, self, home: member.ref })];
    });
  });
}
