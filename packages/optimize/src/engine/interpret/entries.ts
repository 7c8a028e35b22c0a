/** Maps of handlers: what an object, a module or a list of such holds by name. */
import { exportedValue, resolved, settled } from "./modules.ts";
import type { Unit } from "./unit.ts";
import type { Value } from "./value.ts";
import { valueOf } from "./value.ts";
import type { World } from "./world.ts";

/** Names and values of an object, a module or a list of such. */
export function entriesOf(world: World, value: Value): [string, Value][] {
  const out: [string, Value][] = [];
  for (const origin of value.what) {
    if (origin.kind === "object") out.push(...origin.object.props);
    else if (origin.kind === "array") for (const one of origin.elements ?? [origin.element]) out.push(...entriesOf(world, one));
    else if (origin.kind === "namespace") out.push(...exportsOf(world, origin.unit));
    else if (origin.kind === "commonjs") out.push(...entriesOf(world, settled(valueOf(origin))));
    else if (origin.kind === "promise") out.push(...entriesOf(world, origin.value));
  }
  return out;
}

/** What a module exports, by name. */
function exportsOf(world: World, unit: Unit): [string, Value][] {
  return unit.facts.exports.flatMap(({ name, from }): [string, Value][] => {
    if (name !== "*") {
      const value = exportedValue(world, unit, name);
      return value === undefined ? [] : [[name, value]];
    }
    const target = from === undefined ? undefined : resolved(world, unit, from.specifier);
    return target?.kind === "unit" && target.unit !== unit ? exportsOf(world, target.unit) : [];
  });
}

/** A function, or an object that holds one as `resolve` or `subscribe`. */
export function handlersIn(value: Value): Value[] {
  const out: Value[] = [];
  for (const origin of value.what) {
    if (origin.kind === "closure" || origin.kind === "bound") out.push(valueOf(origin));
    else if (origin.kind === "object")
      for (const name of ["resolve", "subscribe", "handler"])
        out.push(
          ...(origin.object.props.get(name)?.what ?? [])
            .filter((inner) => inner.kind === "closure" || inner.kind === "bound")
            .map((inner) => valueOf(inner)),
        );
  }
  return out;
}
