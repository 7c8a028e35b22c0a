/** Which modules declare a name at their own level: asked again in each round, and the code does not change. */
import type { Unit } from "./unit.ts";
import type { World } from "./world.ts";

const known = new WeakMap<World, Map<string, readonly Unit[]>>();

export function unitsDeclaring(world: World, name: string): readonly Unit[] {
  let names = known.get(world);
  if (names === undefined) known.set(world, (names = new Map()));
  let units = names.get(name);
  if (units === undefined) {
    units = world.units.filter((unit) => unit.facts.bindings.some((one) => one.owner === 0 && one.name === name));
    names.set(name, units);
  }
  return units;
}
