/** Connections on which one statement runs after the other: who has made the one that an operation is sent on. */
import type { FunctionFacts } from "../../model/facts.ts";
import type { Activation } from "./activation.ts";
import type { SummaryEffect } from "./summary.ts";
import type { Unit } from "./unit.ts";
import type { World } from "./world.ts";

/** A function that this call leads to makes the connection, so that each call has one of its own. */
export function bringsConnection(act: Activation, effect: SummaryEffect): boolean {
  const { unit, at, maker } = makerOf(act.world, effect.operation.client);
  if (unit === undefined || maker === undefined || (unit === act.unit && holds(maker, act.unit.facts.functions[act.fn]?.at ?? at)))
    return false;
  const { place } = effect.operation;
  if (place.file === unit.facts.file && holds(maker, place.at)) return true;
  for (let one: SummaryEffect | undefined = effect; one !== undefined; one = one.next)
    if (one.via?.unit === unit && unit.facts.functions[one.via.fn] === maker) return true;
  return false;
}

interface Maker {
  readonly unit: Unit | undefined;
  readonly at: number;
  readonly maker: FunctionFacts | undefined;
}

const makers = new WeakMap<World, Map<string, Maker>>();

/** Where a client was made: few are, and each call of what uses one asks. */
function makerOf(world: World, client: string): Maker {
  let known = makers.get(world);
  if (known === undefined) makers.set(world, (known = new Map()));
  let made = known.get(client);
  if (made === undefined) {
    const [index = -1, at = NaN] = client.split(":").map(Number);
    const unit = world.units[index];
    made = { unit, at, maker: unit === undefined || Number.isNaN(at) ? undefined : innermost(unit.facts.functions, at) };
    known.set(client, made);
  }
  return made;
}

/** The function, other than the module's body, in which the place stands. */
function innermost(functions: readonly FunctionFacts[], at: number): FunctionFacts | undefined {
  let found: FunctionFacts | undefined;
  for (const [i, fn] of functions.entries())
    if (i > 0 && holds(fn, at) && (found === undefined || fn.end - fn.at <= found.end - found.at)) found = fn;
  return found;
}

function holds(fn: FunctionFacts, at: number): boolean {
  return fn.at <= at && at < fn.end;
}
