/** Arguments of the calls that stand in the body of a class. */
import type { Argument } from "../../model/facts-expressions.ts";
import { evaluateAt } from "./classes.ts";
import { withNamed } from "./python.ts";
import type { ClassRef, Value } from "./value.ts";
import type { World } from "./world.ts";

export function argumentsAt(world: World, ref: ClassRef, given: readonly Argument[]): readonly Value[] {
  const args: Value[] = [];
  const named = new Map<string, Value>();
  for (const one of given) {
    if (one.spread) continue;
    const value = evaluateAt(world, ref, one.value);
    if (one.name === undefined) args.push(value);
    else named.set(one.name, value);
  }
  return withNamed(args, named);
}
