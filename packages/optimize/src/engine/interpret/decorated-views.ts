/** A function as the project's own decorators leave it: what they do around it is part of the request that it handles. */
import { callValue } from "./call-targets.ts";
import { evaluate } from "./expressions.ts";
import { moduleActivation } from "./modules.ts";
import type { Origin, Value } from "./value.ts";
import { valueOf } from "./value.ts";
import type { World } from "./world.ts";

const known = new WeakMap<World, Map<string, Value | undefined>>();

/** What calling the function by its name calls: undefined when no decorator of the project stands above it. */
export function aroundFunction(world: World, origin: Closure): Value | undefined {
  const fn = origin.unit.facts.functions[origin.fn];
  if (origin.bare === true || fn === undefined || fn.decorators.length === 0 || fn.parent !== 0 || fn.class !== undefined) return undefined;
  if (origin.unit.facts.language !== "python") return undefined;
  let all = known.get(world);
  if (all === undefined) known.set(world, (all = new Map()));
  const key = `${String(origin.unit.index)}:${String(origin.fn)}`;
  if (!all.has(key)) {
    all.set(key, undefined);
    const value = decoratedView(world, origin);
    all.set(key, value.what.some((one) => one.kind === "closure" && one.unit === origin.unit && one.fn === origin.fn) ? undefined : value);
  }
  return all.get(key);
}

type Closure = Extract<Origin, { kind: "closure" }>;

/** `@authorize` above a view: the function that is called for the view; decorators of libraries leave it as it is. */
export function decoratedView(world: World, origin: Closure): Value {
  const act = moduleActivation(world, origin.unit);
  let value = valueOf({ ...origin, bare: true });
  for (const decorator of (origin.unit.facts.functions[origin.fn]?.decorators ?? []).toReversed()) {
    const own = evaluate(act, decorator).what.filter((one) => one.kind === "closure");
    if (own.length === 0) continue;
    const made = callValue(act, { what: own, deps: [], key: undefined }, [value], decorator);
    if (made.what.length > 0 && made.what.every((one) => one.kind === "closure")) value = made;
  }
  return value;
}
