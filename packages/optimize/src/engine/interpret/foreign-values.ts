/** Values as another activation sees them: tokens, keys and sizes of parameters mean nothing outside of the one that made them. */
import { none } from "./deps.ts";
import { join } from "./joins.ts";
import type { HeapObject, Origin, Size, Value } from "./value.ts";

/** Deeper than this nobody looks. */
const maxDepth = 5;

/** The value without what only its own activation understands, all the way down. Functions, classes and libraries are what they were. */
export function foreign(value: Value, depth = 0): Value {
  const what = bareOrigins(value.what, depth);
  return what === value.what && value.deps.length === 0 && value.key === undefined ? value : { what, deps: none, key: undefined };
}

function bareOrigins(what: readonly Origin[], depth: number): readonly Origin[] {
  if (depth > maxDepth) return what;
  let out: Origin[] | undefined;
  for (const [i, origin] of what.entries()) {
    const seen = bareOrigin(origin, depth);
    if (seen === origin) continue;
    out ??= [...what];
    out[i] = seen;
  }
  return out ?? what;
}

function bareOrigin(origin: Origin, depth: number): Origin {
  switch (origin.kind) {
    case "promise": {
      const value = foreign(origin.value, depth + 1);
      return value === origin.value ? origin : { kind: "promise", value };
    }
    case "map": {
      const value = foreign(origin.value, depth + 1);
      const size = bareSize(origin.size);
      return value === origin.value && size === origin.size ? origin : { kind: "map", value, size };
    }
    case "array": {
      const element = foreign(origin.element, depth + 1);
      const size = bareSize(origin.size);
      const elements = origin.elements?.map((one) => foreign(one, depth + 1));
      const same = elements === undefined || elements.every((one, i) => one === origin.elements?.[i]);
      return element === origin.element && size === origin.size && same ? origin : { ...origin, element, size, elements };
    }
    case "object": {
      const object = bareObject(origin.object, depth);
      return object === origin.object ? origin : { kind: "object", object };
    }
    default:
      return origin;
  }
}

/** `$1.items` is a size of a parameter. */
function bareSize(size: Size): Size {
  return size.symbol?.startsWith("$") === true ? { ...size, symbol: undefined } : size;
}

interface Twin {
  readonly object: HeapObject;
  /** What the original held when the twin was last told. */
  readonly told: Map<string, Value>;
}

const twins = new WeakMap<HeapObject, Twin>();

/** An object that holds tokens is seen through its twin, always the same one: what others write into that stays. */
function bareObject(object: HeapObject, depth: number): HeapObject {
  if (object.persistent) return object;
  let twin = twins.get(object);
  for (const [name, value] of object.props) {
    if (twin?.told.get(name) === value) continue;
    const seen = foreign(value, depth + 1);
    if (seen === value && twin === undefined) continue;
    if (twin === undefined) {
      twin = { object: { ...object, props: new Map(object.props), readers: undefined }, told: new Map() };
      twins.set(object, twin);
    }
    const before = twin.told.has(name) ? twin.object.props.get(name) : undefined;
    twin.object.props.set(name, before === undefined ? seen : join(before, seen));
    twin.told.set(name, value);
  }
  return twin?.object ?? object;
}
