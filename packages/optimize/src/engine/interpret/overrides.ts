/** Which classes lie below another one, and what they say anew. */
import type { FoundMember } from "./classes.ts";
import { memberTable } from "./classes.ts";
import type { ClassRef } from "./value.ts";
import type { World } from "./world.ts";

/** Answers by class and name. */
let overrides = new WeakMap<ClassRef, Map<string, readonly FoundMember[]>>();

/** One class turns out to extend another one: what was answered before may have missed it. */
export function noteBelow(world: World, above: ClassRef, ref: ClassRef): void {
  const list = world.subclasses.get(above);
  if (list?.includes(ref) === true) return;
  if (list === undefined) world.subclasses.set(above, [ref]);
  else list.push(ref);
  overrides = new WeakMap();
}

/** Overrides of a method in the project's subclasses. */
export function overridesOf(world: World, ref: ClassRef, name: string): readonly FoundMember[] {
  const direct = world.subclasses.get(ref);
  if (direct === undefined) return noMembers;
  let known = overrides.get(ref);
  if (known === undefined) overrides.set(ref, (known = new Map()));
  let out = known.get(name);
  if (out === undefined) known.set(name, (out = membersBelow(world, direct, name)));
  return out;
}

const noMembers: readonly FoundMember[] = [];

function membersBelow(world: World, direct: readonly ClassRef[], name: string): readonly FoundMember[] {
  const out: FoundMember[] = [];
  const todo = [...direct];
  const seen = new Set(todo);
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const member = memberTable(next, false).get(name);
    if (member?.function !== undefined || member?.value !== undefined) out.push({ ref: next, member });
    for (const below of world.subclasses.get(next) ?? []) {
      if (!seen.has(below)) {
        seen.add(below);
        todo.push(below);
      }
    }
  }
  return out.length === 0 ? noMembers : out;
}
