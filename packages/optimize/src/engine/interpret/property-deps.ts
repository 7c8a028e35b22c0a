/** What one property of a value depends on. */
import type { Deps } from "./deps.ts";
import { firstLocalToken, none, only, parameterToken, union } from "./deps.ts";
import { propertyToken } from "./property-tokens.ts";
import type { HeapObject, Value } from "./value.ts";

/** Keys of whole parameters, by their token. */
const wholeParameters: string[] = [];

/** The property of a parameter that is itself the function's own: `options.id`, and not what `options` holds beside it. */
function ofParameter(value: Value, name: string): Deps | undefined {
  const { key, deps } = value;
  if (key === undefined || deps.length !== 1) return undefined;
  const token = deps[0] as number;
  // A later parameter than those that have tokens of their own shares the last one's.
  if (token < 1 || token >= firstLocalToken || key.charCodeAt(0) !== 36) return undefined;
  if (key === (wholeParameters[token] ??= `$${token - 1}`)) return only(propertyToken(token - 1, name));
  if (token < firstLocalToken - 1) return undefined;
  const index = /^\$(\d+)$/.exec(key)?.[1];
  return index === undefined || token !== parameterToken(Number(index)) ? undefined : only(propertyToken(Number(index), name));
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
  const elements = elementsOf(argument);
  const element = elements?.[Number(name)];
  if (elements !== undefined && element !== undefined) return union(without(argument.deps, elements), element.deps);
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

/** What a rest parameter took, by position. */
function elementsOf({ what }: Value): readonly Value[] | undefined {
  const [origin] = what;
  return what.length === 1 && origin?.kind === "array" ? origin.elements : undefined;
}

/** What the object as a whole depends on: the call that gave it, the test that chose it; not what stands in its properties. */
function withoutNeighbours(deps: Deps, object: HeapObject): Deps {
  return without(deps, object.rest === undefined ? object.props.values() : [object.rest, ...object.props.values()]);
}

function without(deps: Deps, values: Iterable<Value>): Deps {
  if (deps.length === 0) return none;
  let inside = none;
  for (const value of values) inside = union(inside, value.deps);
  return inside.length === 0 ? deps : deps.filter((token) => !inside.includes(token));
}
