/** Python functions that answer the same arguments from memory: `@functools.lru_cache` and `@functools.cache`, known by import. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { FunctionFacts } from "../../model/facts.ts";
import type { Unit } from "./unit.ts";

const keeping: ReadonlySet<string> = new Set(["lru_cache", "cache"]);

export function keepsResults(unit: Unit, fn: FunctionFacts): boolean {
  return unit.facts.language === "python" && fn.decorators.some((decorator) => isKeeping(unit, decorator));
}

function isKeeping(unit: Unit, e: Expression): boolean {
  const called = e.kind === "call" ? e.callee : e;
  const name = called.kind === "member" ? called.object : called;
  if (name.kind !== "name" || name.binding < 0) return false;
  const from = unit.facts.bindings[name.binding]?.from;
  if (from?.specifier !== "functools") return false;
  return keeping.has(called.kind === "member" ? called.name : from.name);
}
