/** What one property of a value depends on. */
import type { Deps } from "./deps.ts";
import { none, only, parameterToken, union } from "./deps.ts";
import { propertyToken } from "./property-tokens.ts";
import type { HeapObject, Value } from "./value.ts";

const wholeParameter = /^\$(\d+)$/;

/** The property of a parameter that is itself the function's own: `options.id`, and not what `options` holds beside it. */
function ofParameter(value: Value, name: string): Deps | undefined {
  const index = value.key === undefined ? undefined : wholeParameter.exec(value.key)?.[1];
  if (index === undefined || value.deps.length !== 1 || value.deps[0] !== parameterToken(Number(index))) return undefined;
  return only(propertyToken(Number(index), name));
}

/** The tokens of reading `name` of `value`, beside those of what is found there. */
export function depsOfReading(value: Value, name: string): Deps {
  const own = ofParameter(value, name);
  if (own !== undefined) return own;
  const object = literalOf(value);
  return object?.props.has(name) === true ? withoutNeighbours(value.deps, object) : value.deps;
}

/** The tokens of an argument's property, as a callee uses it. */
export function depsOfArgument(argument: Value | undefined, name: string): Deps {
  if (argument === undefined) return none;
  const own = ofParameter(argument, name);
  if (own !== undefined) return own;
  const object = literalOf(argument);
  const property = object?.props.get(name);
  if (object === undefined || (property === undefined && object.rest !== undefined)) return argument.deps;
  return union(withoutNeighbours(argument.deps, object), property?.deps ?? none);
}

/** An object that was written here and whose properties are all known by name. */
function literalOf(value: Value): HeapObject | undefined {
  const [origin] = value.what;
  return value.what.length === 1 && origin?.kind === "object" && origin.object.literal && !origin.object.persistent
    ? origin.object
    : undefined;
}

/** What the object as a whole depends on: the call that gave it, the test that chose it; not what stands in its properties. */
function withoutNeighbours(deps: Deps, object: HeapObject): Deps {
  if (deps.length === 0) return none;
  let inside = object.rest?.deps ?? none;
  for (const property of object.props.values()) inside = union(inside, property.deps);
  return inside.length === 0 ? deps : deps.filter((token) => !inside.includes(token));
}
