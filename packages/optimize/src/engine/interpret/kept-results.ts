/** Python functions that answer the same arguments from memory: a decorator of a library that says so stands above them. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { FunctionFacts } from "../../model/facts.ts";
import { evaluate } from "./expressions.ts";
import { moduleActivation } from "./modules.ts";
import type { Unit } from "./unit.ts";
import type { Origin } from "./value.ts";
import type { World } from "./world.ts";

const known = new WeakMap<FunctionFacts, boolean>();

export function keepsResults(world: World, unit: Unit, fn: FunctionFacts): boolean {
  if (unit.facts.language !== "python" || fn.decorators.length === 0) return false;
  let keeps = known.get(fn);
  if (keeps !== undefined) return keeps;
  const decorators = fn.decorators.map((decorator) => evaluate(moduleActivation(world, unit), calleeOf(decorator)).what);
  keeps = decorators.some((what) => what.some(isKeeping));
  // A module that is still being loaded may say more later.
  if (keeps || decorators.every((what) => what.length > 0)) known.set(fn, keeps);
  return keeps;
}

function calleeOf(decorator: Expression): Expression {
  return decorator.kind === "call" ? decorator.callee : decorator;
}

function isKeeping(origin: Origin): boolean {
  if (origin.kind === "library-method") return keeps(origin.spec.memoizes);
  if (origin.kind === "library") return keeps(origin.library.types[origin.type]?.call?.memoizes);
  return origin.kind === "export" && origin.spec.value !== undefined && keeps(origin.library.types[origin.spec.value]?.call?.memoizes);
}

function keeps(memoizes: boolean | "request" | undefined): boolean {
  return memoizes === true;
}
