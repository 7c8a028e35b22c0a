/** Routers in fields: what a base class makes in its constructor, each class below it has for itself. */
import type { TypeSpec } from "../../model/library.ts";
import type { ClassRef, Origin, Value } from "./value.ts";

/** The field of a class above `ref`, as an instance of `ref` has it. */
export function ownRouters(value: Value, ref: ClassRef): Value {
  if (!value.what.some(isRouter)) return value;
  const owner = `@${String(ref.unit.index)}:${String(ref.facts.id)}`;
  return { ...value, what: value.what.map((origin) => (isRouter(origin) ? { ...origin, site: `${origin.site}${owner}` } : origin)) };
}

/** What else can be hung below: where it was made matters, because routes are named by it. */
export function isRouter(origin: Origin): origin is Extract<Origin, { kind: "library" }> {
  const type = origin.kind === "library" ? origin.library.types[origin.type] : undefined;
  return type !== undefined && mounts(type);
}

const known = new WeakMap<TypeSpec, boolean>();

/** Something can be hung below it. */
function mounts(type: TypeSpec): boolean {
  let found = known.get(type);
  if (found === undefined)
    known.set(
      type,
      (found = Object.values(type.members ?? {}).some((member) => typeof member !== "string" && member.registers?.kind === "mount")),
    );
  return found;
}
