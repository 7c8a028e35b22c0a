/** What an answer is turned into: lists and classes whose fields say what is read of it (`response_model=list[UserRead]`). */
import type { Expression } from "../../model/facts-expressions.ts";
import type { TypeRef } from "../../model/facts.ts";
import { basesOf } from "./classes.ts";
import { evaluate } from "./expressions.ts";
import { bindingValue, moduleActivation } from "./modules.ts";
import { undeclared } from "./python.ts";
import { readPlain } from "./types.ts";
import type { Unit } from "./unit.ts";
import type { ClassRef, Value } from "./value.ts";
import type { World } from "./world.ts";

export type Shape = { readonly kind: "list"; readonly of: Shape } | { readonly kind: "class"; readonly ref: ClassRef };

const lists: ReadonlySet<string> = new Set([
  "list",
  "List",
  "set",
  "Set",
  "Sequence",
  "Iterable",
  "tuple",
  "Tuple",
  "Collection",
  "frozenset",
]);
const wrappers: ReadonlySet<string> = new Set(["Optional", "Annotated", "Union", "Awaitable"]);

/** The class is turned into field by field: its library says so. */
export function isShown(world: World, ref: ClassRef): boolean {
  const { library } = basesOf(world, ref);
  return library?.library.types[library.instance]?.shows === true;
}

/** A type that stands where values do. */
export function shapeOfExpression(world: World, unit: Unit, e: Expression, depth = 0): Shape | undefined {
  if (depth > 5) return undefined;
  if (e.kind === "binary" && e.operator === "|")
    return shapeOfExpression(world, unit, e.left, depth + 1) ?? shapeOfExpression(world, unit, e.right, depth + 1);
  if (e.kind === "member" && e.subscript === true && (e.object.kind === "name" || e.object.kind === "member")) {
    const inner = e.computed?.kind === "array" ? e.computed.elements[0]?.value : e.computed;
    const { name } = e.object;
    if (inner !== undefined && lists.has(name)) return listOf(shapeOfExpression(world, unit, inner, depth + 1));
    if (inner !== undefined && wrappers.has(name)) return shapeOfExpression(world, unit, inner, depth + 1);
    return shapeOfExpression(world, unit, e.object, depth + 1);
  }
  if (e.kind !== "name" && e.kind !== "member") return undefined;
  const alias = e.kind === "name" ? unit.typesByBinding.get(e.binding) : undefined;
  if (alias !== undefined) return shapeOfType(world, unit, alias.type, depth + 1);
  return classIn(world, evaluate(moduleActivation(world, unit), e));
}

export function shapeOfType(world: World, unit: Unit, type: TypeRef | undefined, depth = 0): Shape | undefined {
  if (type === undefined || depth > 6) return undefined;
  if (type.kind === "array") return listOf(shapeOfType(world, unit, type.of, depth + 1));
  if (type.kind === "union") {
    for (const one of type.of) {
      const shape = shapeOfType(world, unit, one, depth + 1);
      if (shape !== undefined) return shape;
    }
    return undefined;
  }
  if (type.kind !== "name") return undefined;
  const name = type.path.at(-1) ?? "";
  if (lists.has(name)) return listOf(shapeOfType(world, unit, type.args[0], depth + 1));
  if (wrappers.has(name)) return shapeOfType(world, unit, type.args[0], depth + 1);
  const alias = type.binding < 0 ? undefined : unit.typesByBinding.get(type.binding);
  if (alias !== undefined) return shapeOfType(world, unit, alias.type, depth + 1);
  let value =
    type.binding < 0 ? undeclared(moduleActivation(world, unit), type.path[0] ?? "") : bindingValue(world, unit, type.binding, true);
  for (const part of type.path.slice(1)) value = readPlain(world, value, part);
  return classIn(world, value);
}

function listOf(of: Shape | undefined): Shape | undefined {
  return of === undefined ? undefined : { kind: "list", of };
}

function classIn(world: World, value: Value): Shape | undefined {
  for (const origin of value.what)
    if ((origin.kind === "class" || origin.kind === "instance") && isShown(world, origin.ref)) return { kind: "class", ref: origin.ref };
  return undefined;
}
