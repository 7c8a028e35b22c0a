/** A function as the project's own decorators leave it: what they do around it is part of the request that it handles. */
import { callValue } from "./call-targets.ts";
import { evaluate } from "./expressions.ts";
import { moduleActivation } from "./modules.ts";
import type { Origin, Value } from "./value.ts";
import { valueOf } from "./value.ts";
import type { World } from "./world.ts";

type Closure = Extract<Origin, { kind: "closure" }>;

/** `@authorize` above a view: the function that is called for the view; decorators of libraries leave it as it is. */
export function decoratedView(world: World, origin: Closure): Value {
  const act = moduleActivation(world, origin.unit);
  let value = valueOf(origin);
  for (const decorator of (origin.unit.facts.functions[origin.fn]?.decorators ?? []).toReversed()) {
    const own = evaluate(act, decorator).what.filter((one) => one.kind === "closure");
    if (own.length === 0) continue;
    const made = callValue(act, { what: own, deps: [] }, [value], decorator);
    if (made.what.length > 0 && made.what.every((one) => one.kind === "closure")) value = made;
  }
  return value;
}
