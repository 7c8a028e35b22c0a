/** Rows of which only this is known, that they are rows of some model: what a generic key leads to. */
import { basesOf, findMember } from "./classes.ts";
import type { ModelRelation } from "./schema.ts";
import { allModels, relationsOf } from "./schema.ts";
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

const relations = new WeakMap<World, Map<string, ModelRelation | undefined>>();

/** The relation to one row that a name means in every model that has a member of that name: all of them lead to the same table. */
export function relationOfAny(world: World, name: string): ModelRelation | undefined {
  const known = relations.get(world) ?? new Map<string, ModelRelation | undefined>();
  relations.set(world, known);
  if (known.has(name)) return known.get(name);
  const found: ModelRelation[] = [];
  let other = false;
  for (const ref of allModels(world)) {
    const relation = relationsOf(world, ref).get(name);
    if (relation !== undefined) found.push(relation);
    else if (findMember(world, ref, name, false) !== undefined) other = true;
  }
  const [first] = found;
  const same =
    !other &&
    found.every(({ many, via, target }) => !many && (via === "key" || via === "one-to-one") && target?.table === first?.target?.table);
  // Whose row it is nobody knows from the other side.
  const out = same && first?.target !== undefined ? { ...first, via: "key" as const, back: undefined } : undefined;
  known.set(name, out);
  return out;
}
