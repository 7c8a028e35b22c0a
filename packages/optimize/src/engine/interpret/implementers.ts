/** Interfaces: a value of one is an instance of a class that says it implements it, when the program has such classes. */
import type { TypeRef } from "../../model/facts.ts";
import { basesOf, classRefOf } from "./classes.ts";
import { declaredType } from "./generics.ts";
import { typedValue } from "./types.ts";
import type { ClassRef, Origin, Value } from "./value.ts";
import type { World } from "./world.ts";

/** As many as methods may have overrides: with more of them nothing is said of any. */
const most = 8;

/** The value with interfaces that say what can be done replaced by the classes that do it; those that only hold data stay. */
export function withImplementers(world: World, value: Value): Value {
  if (!value.what.some(isBehaviour)) return value;
  const what: Origin[] = [];
  for (const origin of value.what) {
    const classes = isBehaviour(origin) ? classesOf(world, origin.type) : [];
    if (classes.length === 0 || classes.length > most) what.push(origin);
    else
      for (const ref of classes) if (!what.some((one) => one.kind === "instance" && one.ref === ref)) what.push({ kind: "instance", ref });
  }
  return { ...value, what };
}

function isBehaviour(origin: Origin): origin is Extract<Origin, { kind: "typed" }> {
  return origin.kind === "typed" && origin.type.kind === "object" && origin.type.members.some(({ type }) => type.kind === "function");
}

/** Rows are left out: what an interface says of them is not how they are loaded. */
function classesOf(world: World, type: TypeRef): readonly ClassRef[] {
  world.implementers ??= indexed(world);
  return (world.implementers.get(declaredType(type)) ?? []).filter((ref) => basesOf(world, ref).library?.library.models === undefined);
}

function indexed(world: World): Map<TypeRef, ClassRef[]> {
  const out = new Map<TypeRef, ClassRef[]>();
  // While it is being made, types are what they say.
  world.implementers = out;
  const found: [Value, ClassRef][] = [];
  for (const unit of world.units)
    for (const facts of unit.facts.classes) {
      if (facts.parent !== 0 || facts.implements.length === 0) continue;
      const ref = classRefOf(world, unit, facts.id, unit.env);
      for (const type of facts.implements) found.push([typedValue(world, unit, type), ref]);
    }
  for (const [{ what }, ref] of found)
    for (const origin of what) {
      if (origin.kind !== "typed") continue;
      const type = declaredType(origin.type);
      const list = out.get(type) ?? [];
      if (!list.includes(ref)) list.push(ref);
      out.set(type, list);
    }
  return out;
}
