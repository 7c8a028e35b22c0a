/** Python's dictionaries: what going over them gives. */
import { join } from "./joins.ts";
import { writeObject } from "./member-writes.ts";
import { entriesIn, namedOf } from "./python.ts";
import type { Origin, Size, Value } from "./value.ts";
import { arrayOf, constantOf, constantValue, scalar, unknown, valueOf, withDeps } from "./value.ts";

/** `given.update(more)`, `given.setdefault("size", 10)`: it holds what the call names; from here on nobody knows what else is in it. */
export function takesMore(receiver: Value, name: string, args: readonly Value[]): void {
  if (name !== "update" && name !== "setdefault") return;
  const key = constantOf(args[0] ?? unknown)?.value;
  const entries: [string, Value][] =
    name === "update"
      ? [...entriesIn(args[0] ?? unknown), ...(namedOf(args) ?? [])]
      : typeof key === "string"
        ? [[key, args[1] ?? constantValue(null)]]
        : [];
  for (const origin of receiver.what) {
    if (origin.kind !== "object") continue;
    for (const [entry, value] of entries) if (entry !== "**") writeObject(origin.object, entry, value, true);
    origin.object.literal = false;
  }
}

type Held = Extract<Origin, { kind: "map" | "object" }>;

/** `d.items()`, `d.values()`, `d.keys()`; undefined when the receiver is no dictionary, or something of that name was put into it. */
export function callDictionary(receiver: Value, name: string): Value | undefined {
  if (name !== "items" && name !== "values" && name !== "keys") return undefined;
  const held = receiver.what.filter((origin) => isDictionary(origin, name));
  const [first] = held;
  if (first === undefined) return undefined;
  const size = sizeOfDictionary(first);
  const key = scalar("string", receiver.deps);
  if (name === "keys") return arrayOf(key, size, receiver.deps);
  let value: Value | undefined;
  for (const origin of held) for (const one of valuesIn(origin)) value = value === undefined ? one : join(value, one);
  const element = withDeps(value ?? unknown, receiver.deps);
  if (name === "values") return arrayOf(element, size, receiver.deps);
  const pair = valueOf({ kind: "array", element: unknown, elements: [key, element], size: { exact: 2, max: 2 } }, element.deps);
  return arrayOf(pair, size, receiver.deps);
}

function isDictionary(origin: Origin, name: string): origin is Held {
  return origin.kind === "map" || (origin.kind === "object" && !origin.object.props.has(name));
}

function valuesIn(origin: Held): readonly Value[] {
  if (origin.kind === "map") return [origin.value];
  const { props, rest } = origin.object;
  return rest === undefined ? [...props.values()] : [...props.values(), rest];
}

/** What is written out and never added to has as many entries as are written. */
function sizeOfDictionary(origin: Held): Size {
  if (origin.kind === "map") return origin.size;
  const { props, rest, literal, persistent } = origin.object;
  return literal && !persistent && rest === undefined && props.size > 0 ? { exact: props.size, max: props.size } : {};
}
