/** Classes that a call fixes members of: `OrderList.as_view(model=Order)` stands for instances with that model. */
import { aliasClass, fieldsOf } from "./classes.ts";
import { namedOf } from "./python.ts";
import type { ClassRef, Value } from "./value.ts";
import type { World } from "./world.ts";

const known = new WeakMap<ClassRef, Map<readonly Value[], ClassRef>>();

/** The class, or one below it whose instances have what is given by name. */
export function madeWith(world: World, ref: ClassRef, made: readonly Value[]): ClassRef {
  const named = [...(namedOf(made) ?? [])].filter(([, value]) => value.what.length > 0);
  if (named.length === 0) return ref;
  const before = known.get(ref)?.get(made);
  if (before !== undefined) return before;
  const own = aliasClass(world, ref);
  const fields = fieldsOf(world, own, false);
  for (const [name, value] of named) fields.props.set(name, value);
  const map = known.get(ref) ?? new Map<readonly Value[], ClassRef>();
  map.set(made, own);
  known.set(ref, map);
  return own;
}
