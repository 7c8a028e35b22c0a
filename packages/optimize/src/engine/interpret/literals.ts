/** Values that an expression makes: literals, functions, objects, lists. */
import type { ArrayExpression, LiteralExpression, ObjectExpression } from "../../model/facts-expressions.ts";
import type { Activation } from "./activation.ts";
import { MemberScan, awaitsAmong } from "./awaits.ts";
import { none, union } from "./deps.ts";
import { escapes } from "./escapes.ts";
import { evaluate } from "./expressions.ts";
import { join } from "./joins.ts";
import { propertyName } from "./names.ts";
import type { HeapObject, Value } from "./value.ts";
import { arrayIn, arrayOf, constantOf, constantValue, scalar, undefinedValue, unknown, unknownFrom, valueOf } from "./value.ts";

export function literalValue(e: LiteralExpression): Value {
  switch (e.type) {
    case "regexp":
      // What begins with something is found in a sorted index.
      return valueOf({
        kind: "scalar",
        type: /^\^[\w ]/.test(String(e.value)) && e.flags?.includes("i") !== true ? "regexp of a beginning" : "regexp",
        pattern: `/${String(e.value)}/${e.flags ?? ""}`,
      });
    case "bigint":
      return scalar(e.type);
    case "undefined":
      return undefinedValue;
    default:
      return constantValue(e.value);
  }
}

export function closure(act: Activation, id: number): Value {
  const fn = act.unit.facts.functions[id];
  if (fn === undefined) return unknown;
  // Without captured variables the function is the same wherever it is made: its summaries can be shared.
  const env = fn.captures.length === 0 ? act.unit.env : act.env;
  return valueOf({
    kind: "closure",
    unit: act.unit,
    fn: id,
    env,
    self: fn.lexicalThis ? act.self : undefined,
    home: fn.lexicalThis ? act.home : undefined,
  });
}

export function newObject(act: Activation, literal: boolean): HeapObject {
  // What module bodies make lives on and is shared; what a function makes is its own.
  const persistent = act.fn === 0 || act.unit.state === "running";
  return { id: act.world.nextId++, props: new Map(), rest: undefined, persistent, literal, readers: undefined };
}

export function objectValue(act: Activation, e: ObjectExpression): Value {
  const object = newObject(act, true);
  const self = valueOf({ kind: "object", object });
  let deps = none;
  let key: string | undefined = "{";
  const scan = new MemberScan(act, awaitsAmong(e.properties));
  for (const property of e.properties) {
    if (property.spread) {
      const value = scan.evaluate(property.value);
      escapes(act, value, property.value);
      deps = union(deps, value.deps);
      key = key !== undefined && value.key !== undefined ? `${key}...${value.key},` : undefined;
      spreadInto(object, value);
      continue;
    }
    const computed = property.name === "" && property.computed !== undefined ? evaluate(act, property.computed) : undefined;
    const name = computed === undefined ? property.name : propertyName(computed);
    // `{ [field]: 1 }` is another object for another field.
    if (computed !== undefined) deps = union(deps, computed.deps);
    const value = property.value.kind === "function" ? ownFunction(act, property.value.function, self) : scan.evaluate(property.value);
    escapes(act, value, property.value);
    deps = union(deps, value.deps);
    key =
      key !== undefined && value.key !== undefined
        ? `${key}${name ?? "?"}:${value.key},`
        : key !== undefined && constantOf(value) !== undefined
          ? `${key}${name ?? "?"}:${String(constantOf(value)?.value)},`
          : undefined;
    if (name === undefined) {
      object.rest = object.rest === undefined ? value : join(object.rest, value);
      object.literal = false;
    } else if (property.accessor === undefined) object.props.set(name, value);
    else if (property.accessor === "get") object.props.set(name, unknown);
  }
  scan.finish();
  return { what: self.what, deps, key: key !== undefined && key.length < 240 ? `${key}}` : undefined };
}

/** A method of an object literal: `this` in it is the object. */
function ownFunction(act: Activation, id: number, self: Value): Value {
  const value = closure(act, id);
  const origin = value.what[0];
  if (origin?.kind !== "closure" || act.unit.facts.functions[id]?.lexicalThis === true) return value;
  return valueOf({ ...origin, self });
}

export function spreadInto(object: HeapObject, value: Value): void {
  let known = false;
  for (const origin of value.what) {
    if (origin.kind === "object") {
      known = true;
      for (const [name, inner] of origin.object.props) object.props.set(name, inner);
      if (origin.object.rest !== undefined) object.rest = origin.object.rest;
      if (!origin.object.literal) object.literal = false;
    }
  }
  if (!known) {
    object.literal = false;
    // Spreading a namespace or row keeps what it answers.
    if (value.what.length > 0) object.rest = object.rest === undefined ? value : join(object.rest, value);
  }
}

export function arrayValue(act: Activation, e: ArrayExpression): Value {
  const elements: Value[] = [];
  let exact: number | undefined = 0;
  let deps = none;
  let element: Value | undefined;
  let key: string | undefined = "[";
  let spreadSize: Value | undefined;
  const scan = new MemberScan(act, awaitsAmong(e.elements));
  for (const item of e.elements) {
    if (item === null) continue;
    const value = scan.evaluate(item.value);
    escapes(act, value, item.value);
    deps = union(deps, value.deps);
    key = key !== undefined && value.key !== undefined ? `${key}${value.key},` : undefined;
    if (item.spread) {
      const inner = arrayIn(value);
      // One of known length adds to the others and says nothing of theirs.
      if (inner?.size.exact !== undefined) {
        if (exact !== undefined) exact += inner.size.exact;
      } else {
        exact = undefined;
        spreadSize = value;
      }
      const found = inner?.element ?? unknownFrom(value.deps);
      element = element === undefined ? found : join(element, found);
      continue;
    }
    elements.push(value);
    if (exact !== undefined) exact++;
    element = element === undefined ? value : join(element, value);
  }
  scan.finish();
  const inner = spreadSize === undefined ? undefined : arrayIn(spreadSize);
  const size = exact !== undefined ? { exact, max: exact } : inner === undefined ? { symbol: spreadSize?.key } : inner.size;
  const whole = exact !== undefined && elements.length === exact ? elements : undefined;
  return {
    what: [
      e.form === "set"
        ? { kind: "array", element: element ?? unknown, size, elements: whole, unique: true }
        : { kind: "array", element: element ?? unknown, size, elements: whole },
    ],
    deps,
    key: key !== undefined && key.length < 240 ? `${key}]` : undefined,
  };
}

export function sizeOf(value: Value): {
  readonly symbol?: string | undefined;
  readonly max?: number | undefined;
  readonly exact?: number | undefined;
} {
  for (const origin of value.what) {
    if (origin.kind === "array" || origin.kind === "map") {
      // A list that came as an argument: its size is the caller's.
      const { symbol, max, exact } = origin.size;
      const unsaid = symbol === undefined && max === undefined && exact === undefined;
      return unsaid && value.key?.startsWith("$") === true ? { symbol: value.key } : origin.size;
    }
    if (origin.kind === "object" && origin.object.literal) return { exact: origin.object.props.size, max: origin.object.props.size };
  }
  return value.key?.startsWith("$") === true ? { symbol: value.key } : {};
}

export function listOf(value: Value): Value {
  return arrayIn(value) === undefined ? arrayOf(unknownFrom(value.deps), sizeOf(value), value.deps) : value;
}
