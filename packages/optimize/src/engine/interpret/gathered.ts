/** Loaders, which get the keys of all calls of one tick together. */
import type { Expression } from "../../model/facts-expressions.ts";
import { free, inSequence } from "../../model/formula.ts";
import type { Activation } from "./activation.ts";
import { callFunctions } from "./call-targets.ts";
import { depsOfAll } from "./draft-arguments.ts";
import type { Value } from "./value.ts";
import { arrayOf, unknown } from "./value.ts";

/** The batch function of a loader runs once, however many elements of a parallel loop ask. */
export function gather(act: Activation, batch: Value | undefined, args: readonly Value[], e: Expression): void {
  const { cost } = act;
  act.cost = free;
  // It is no part of the loops around the calls.
  const loops = act.loops.splice(0, act.loops.length);
  act.kept++;
  callFunctions(act, batch, [arrayOf(args[0] ?? unknown, {}, depsOfAll(args))], e);
  act.kept--;
  act.loops.push(...loops);
  act.gathered = inSequence(act.gathered, act.cost);
  act.cost = cost;
}
