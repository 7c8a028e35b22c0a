/** Rows of which only this is known, that they are rows of some model: what a generic key leads to. */
import { basesOf, findMember } from "./classes.ts";
import { allModels } from "./schema.ts";
import type { ClassRef } from "./value.ts";
import type { World } from "./world.ts";

const methods = new WeakMap<World, Map<string, readonly ClassRef[]>>();

/** Of more models than these nobody says which is meant. */
const most = 4;

/**
 * The models that a method means when all classes that declare it go back to one: one model for each way of doing it.
 * Empty when classes that have nothing to do with each other declare it, or none.
 */
export function modelsWith(world: World, name: string): readonly ClassRef[] {
  const known = methods.get(world) ?? new Map<string, readonly ClassRef[]>();
  methods.set(world, known);
  const before = known.get(name);
  if (before !== undefined) return before;
  const tops = new Set<ClassRef>();
  const ways = new Map<ClassRef, ClassRef>();
  for (const ref of allModels(world)) {
    const found = findMember(world, ref, name, false);
    if (found?.member.function === undefined) continue;
    if (!ways.has(found.ref)) ways.set(found.ref, ref);
    const top = basesOf(world, ref).project.findLast((one) =>
      one.facts.members.some((member) => member.name === name && member.function !== undefined),
    );
    if (top !== undefined) tops.add(top);
  }
  const out = tops.size === 1 && ways.size <= most ? [...ways.values()] : [];
  known.set(name, out);
  return out;
}
