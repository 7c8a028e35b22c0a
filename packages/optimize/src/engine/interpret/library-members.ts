/** Members of what a library declares. */
import type { MethodSpec, TypeSpec } from "../../model/library.ts";
import type { Activation } from "./activation.ts";
import { assignedMember, definedMember } from "./extensions.ts";
import { typeOf } from "./instance-members.ts";
import { plainState } from "./row-state.ts";
import type { Origin, Value } from "./value.ts";
import { constantValue, valueOf } from "./value.ts";

/** What a member of a library type is: a method, a property of another type, or nothing. */
export function libraryMember(
  act: Activation,
  origin: Extract<Origin, { kind: "library" }>,
  name: string,
  object: Value,
): Value | undefined {
  const own = assignedMember(act.world, origin, name);
  if (own !== undefined) return own;
  let type = typeOf(origin.library, origin.type);
  for (let depth = 0; type !== undefined && depth < 6; depth++) {
    const fixed = type.fixed?.[name];
    if (fixed !== undefined) return constantValue(fixed, object.deps);
    const spec = type.members?.[name] ?? prefixMember(type, name);
    if (spec !== undefined) return specValue(origin, spec, name, origin.table);
    if (type.constants !== undefined) return constantValue(type.constants + name);
    if (type.any !== undefined && (type.extends === undefined || typeOf(origin.library, type.extends)?.members?.[name] === undefined)) {
      return specValue(origin, type.any, name, type.anyNamesTable === true ? name : origin.table);
    }
    type = type.extends === undefined ? undefined : typeOf(origin.library, type.extends);
  }
  void act;
  return definedMember(act.world, origin.library, name);
}

const prefixes = new WeakMap<TypeSpec, readonly string[]>();

/** Keys that end in "*", the longest first. */
function prefixesOf(type: TypeSpec): readonly string[] {
  let list = prefixes.get(type);
  if (list === undefined) {
    list = Object.keys(type.members ?? {})
      .filter((key) => key.endsWith("*"))
      .sort((a, b) => b.length - a.length);
    prefixes.set(type, list);
  }
  return list;
}

function prefixMember(type: TypeSpec, name: string): MethodSpec | string | undefined {
  for (const key of prefixesOf(type)) {
    const length = key.length - 1;
    // `get_next_by_date`: what the star stands for follows the underscore.
    if (key.endsWith("_*") && name.startsWith(key.slice(0, -1)) && name.length > length) return type.members?.[key];
    // `getPosts`, not `get` and not `getter`: the association's name begins with a capital.
    if (name.length > length && name.startsWith(key.slice(0, -1)) && /[A-Z]/.test(name.charAt(length))) return type.members?.[key];
  }
  return undefined;
}

function specValue(
  origin: Extract<Origin, { kind: "library" }>,
  spec: MethodSpec | string,
  name: string,
  table: string | undefined,
): Value {
  if (typeof spec === "string") {
    const rows =
      origin.library.models === undefined
        ? undefined
        : {
            model: origin.model,
            state: origin.library.types[origin.type]?.holds === undefined ? plainState : (origin.state ?? plainState),
            built: origin.built,
          };
    return valueOf({ kind: "library", library: origin.library, type: spec, table, site: origin.site, ...rows });
  }
  return valueOf({ kind: "library-method", library: origin.library, spec, receiver: origin, name });
}
