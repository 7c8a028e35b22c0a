/** Evaluating expressions: one function, one case a kind of node. */
import type { ArrayExpression, Expression, LiteralExpression, ObjectExpression } from "../../model/facts.ts";
import { either, free, inSequence, one } from "../../model/formula.ts";
import type { Activation, Condition } from "./activation.ts";
import { escapes, evaluateCall } from "./calls.ts";
import { evaluateComprehension } from "./comprehensions.ts";
import { none, union } from "./deps.ts";
import { runPending } from "./libraries.ts";
import { readMember } from "./members.ts";
import { fillsLeft, isDefault, isStore, keeping } from "./memos.ts";
import { bindingValue, moduleValue, settled } from "./modules.ts";
import { bindPattern } from "./patterns.ts";
import { note } from "./operation.ts";
import { propertyName } from "./names.ts";
import { typedValue } from "./types.ts";
import type { HeapObject, Value } from "./value.ts";
import {
  arrayIn,
  arrayOf,
  awaited,
  constantOf,
  constantValue,
  join,
  joinAll,
  promiseOf,
  scalar,
  truthiness,
  undefinedValue,
  unknown,
  valueOf,
  withDeps,
} from "./value.ts";
import { Environment } from "./environment.ts";
import { classRefOf } from "./classes.ts";

export function evaluate(act: Activation, e: Expression): Value {
  act.steps++;
  switch (e.kind) {
    case "name":
      return e.binding < 0 ? globalValue(act, e.name) : readBinding(act, e.binding);
    case "literal":
      return literalValue(e);
    case "member": {
      const object = evaluate(act, e.object);
      const computed = e.computed === undefined ? undefined : evaluate(act, e.computed);
      return readMember(act, object, e, computed);
    }
    case "call":
      return evaluateCall(act, e);
    case "await": {
      const { argument } = act;
      act.argument = 0;
      act.awaiting++;
      const value = runPending(act, evaluate(act, e.value), e);
      act.awaiting--;
      act.argument = argument;
      return awaited(value);
    }
    case "function":
      return closure(act, e.function);
    case "class":
      return valueOf({ kind: "class", ref: classRefOf(act.world, act.unit, e.class, act.env) });
    case "object":
      return objectValue(act, e);
    case "array":
      return arrayValue(act, e);
    case "conditional":
      return conditionalValue(act, e.test, e.then, e.else);
    case "logical":
      return logicalValue(act, e);
    case "assign": {
      const value =
        e.operator === "" ? evaluate(act, e.value) : keeping(act, isDefault(e.operator) && isStore(act, e.target), () => compound(act, e));
      bindPattern(act, e.target, value, false);
      return value;
    }
    case "template": {
      let deps = none;
      let text = e.strings[0] ?? "";
      let constant = true;
      const evaluated: Value[] = [];
      for (const [i, part] of e.values.entries()) {
        const value = evaluate(act, part);
        evaluated.push(value);
        escapes(act, value, part);
        deps = union(deps, value.deps);
        const known = constantOf(value);
        if (known === undefined) constant = false;
        else text += String(known.value) + (e.strings[i + 1] ?? "");
      }
      if (constant) return constantValue(text, deps);
      const start = constantOf(evaluated[0] ?? unknown)?.value;
      const prefix = (e.strings[0] ?? "") + (e.values.length > 0 && typeof start === "string" ? start + (e.strings[1] ?? "") : "");
      return prefix.startsWith(".")
        ? valueOf({ kind: "pattern", prefix, suffix: e.strings[e.strings.length - 1] ?? "" }, deps)
        : scalar("string", deps);
    }
    case "binary":
      return binaryValue(act, e.operator, evaluate(act, e.left), evaluate(act, e.right), e);
    case "unary":
      return unaryValue(act, e);
    case "cast": {
      const value = evaluate(act, e.value);
      if (value.what.length > 0 && !value.what.every((origin) => origin.kind === "row")) return value;
      const typed = typedValue(act.world, act.unit, e.type);
      return typed.what.length === 0 ? value : { what: typed.what, deps: value.deps, key: value.key };
    }
    case "sequence":
      return e.values.reduce((_, value) => evaluate(act, value), unknown);
    case "this":
      return act.self;
    case "super":
      return act.self;
    case "import": {
      const specifier = evaluate(act, e.specifier);
      const value = importValue(act, e.specifier, specifier, e.dynamic);
      return e.dynamic ? promiseOf(value) : value;
    }
    case "yield": {
      const value = e.value === undefined ? undefinedValue : evaluate(act, e.value);
      escapes(act, value, e);
      act.returns.push(value);
      for (const loop of act.loops) loop.facts.yields = true;
      return unknown;
    }
    case "element": {
      let deps = none;
      if (typeof e.tag !== "string") deps = evaluate(act, e.tag).deps;
      for (const part of [...e.attributes.map((attribute) => attribute.value), ...e.children]) {
        const value = evaluate(act, part);
        escapes(act, value, part);
        deps = union(deps, value.deps);
      }
      return { what: [], deps };
    }
    case "comprehension":
      return evaluateComprehension(act, e);
    default:
      return unknown;
  }
}

export function readBinding(act: Activation, id: number): Value {
  const { unit } = act;
  const found = act.env.get(id, act, act);
  const value = found === undefined || found.what[0]?.kind !== "commonjs" ? found : settled(found);
  const binding = unit.facts.bindings[id];
  if (binding === undefined) return value ?? unknown;
  if (value === undefined) {
    if (binding.kind === "import" || (binding.owner === 0 && (binding.kind === "class" || binding.kind === "function")))
      return bindingValue(act.world, unit, id);
    if (binding.kind === "class" && binding.definition !== undefined)
      return valueOf({ kind: "class", ref: classRefOf(act.world, unit, binding.definition, act.env) });
    if (binding.kind === "function" && binding.definition !== undefined) {
      const made = closure(act, binding.definition);
      return made;
    }
    if (binding.kind === "module")
      return valueOf(binding.name === "exports" ? { kind: "object", object: unit.exports } : { kind: "exports", unit });
  }
  if (value !== undefined && value.what.length > 0) return value;
  if (binding.type === undefined) return value ?? unknown;
  const typed = typedValue(act.world, unit, binding.type);
  return value === undefined ? typed : { what: typed.what, deps: value.deps, key: value.key };
}

const builtins = new Set([
  "Promise",
  "Object",
  "Array",
  "JSON",
  "Math",
  "Map",
  "Set",
  "WeakMap",
  "WeakSet",
  "String",
  "Number",
  "Boolean",
  "Date",
  "RegExp",
  "Symbol",
  "Reflect",
  "Error",
  "Buffer",
  "process",
  "globalThis",
  "global",
  "window",
  "structuredClone",
  "Intl",
  "BigInt",
  "parseInt",
  "parseFloat",
  "isNaN",
  "encodeURIComponent",
  "decodeURIComponent",
  "URL",
  "URLSearchParams",
  "AbortController",
  "AbortSignal",
  "TypeError",
  "RangeError",
  "clearTimeout",
  "clearInterval",
  "import.meta",
  "new.target",
  "Proxy",
  "Iterator",
  "TextEncoder",
  "TextDecoder",
  "Uint8Array",
  "isFinite",
  "atob",
  "btoa",
  "console",
  "arguments",
  "Headers",
  "Request",
  "Response",
  "FormData",
  "Blob",
  "performance",
  "queueMicrotask",
]);

export function globalValue(act: Activation, name: string): Value {
  const known = act.world.globals.get(name);
  if (known !== undefined) return valueOf({ kind: "export", library: known.library, spec: known.spec, name });
  if (name === "undefined") return undefinedValue;
  if (name === "globalThis" || name === "global" || name === "window" || name === "self")
    return valueOf({ kind: "object", object: act.world.globalObject });
  if (name === "__dirname") return constantValue(".");
  return builtins.has(name) ? valueOf({ kind: "builtin", name }) : unknown;
}

export function literalValue(e: LiteralExpression): Value {
  switch (e.type) {
    case "regexp":
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

function objectValue(act: Activation, e: ObjectExpression): Value {
  const object = newObject(act, true);
  const self = valueOf({ kind: "object", object });
  let deps = none;
  let key: string | undefined = "{";
  for (const property of e.properties) {
    if (property.spread) {
      const value = evaluate(act, property.value);
      escapes(act, value, property.value);
      deps = union(deps, value.deps);
      key = key !== undefined && value.key !== undefined ? `${key}...${value.key},` : undefined;
      spreadInto(object, value);
      continue;
    }
    const name = property.name === "" && property.computed !== undefined ? propertyName(evaluate(act, property.computed)) : property.name;
    const value = property.value.kind === "function" ? ownFunction(act, property.value.function, self) : evaluate(act, property.value);
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

function arrayValue(act: Activation, e: ArrayExpression): Value {
  const elements: Value[] = [];
  let exact: number | undefined = 0;
  let deps = none;
  let element: Value | undefined;
  let key: string | undefined = "[";
  let spreadSize: Value | undefined;
  for (const item of e.elements) {
    if (item === null) continue;
    const value = evaluate(act, item.value);
    escapes(act, value, item.value);
    deps = union(deps, value.deps);
    key = key !== undefined && value.key !== undefined ? `${key}${value.key},` : undefined;
    if (item.spread) {
      const inner = arrayIn(value);
      if (inner?.size.exact !== undefined && exact !== undefined) exact += inner.size.exact;
      else {
        exact = undefined;
        spreadSize = value;
      }
      const found = inner?.element ?? { what: [], deps: value.deps };
      element = element === undefined ? found : join(element, found);
      continue;
    }
    elements.push(value);
    if (exact !== undefined) exact++;
    element = element === undefined ? value : join(element, value);
  }
  const inner = spreadSize === undefined ? undefined : arrayIn(spreadSize);
  const size = exact !== undefined ? { exact, max: exact } : inner === undefined ? { symbol: spreadSize?.key } : inner.size;
  const whole = exact !== undefined && elements.length === exact ? elements : undefined;
  return {
    what: [{ kind: "array", element: element ?? unknown, size, elements: whole }],
    deps,
    key: key !== undefined && key.length < 240 ? `${key}]` : undefined,
  };
}

/** The condition that a test sets for what depends on it. */
export function conditionOf(act: Activation, test: Expression): Condition {
  if (test.kind === "binary" && (test.operator === "===" || test.operator === "==")) {
    const left = test.left.kind === "literal" ? test.right : test.left;
    const constant = test.left.kind === "literal" ? test.left : test.right;
    if (constant.kind === "literal" && (left.kind === "name" || left.kind === "member")) {
      const deps = left.kind === "name" && left.binding >= 0 ? act.env.get(left.binding, act)?.deps : undefined;
      if (deps !== undefined) for (const loop of act.loops) if (deps.includes(loop.element)) return { literal: loop.element };
    }
  }
  return { literal: undefined };
}

function conditionalValue(act: Activation, test: Expression, then: Expression, otherwise: Expression): Value {
  const value = evaluateTest(act, test);
  const truth = truthiness(value);
  if (truth === true) return withDeps(evaluate(act, then), value.deps);
  if (truth === false) return withDeps(evaluate(act, otherwise), value.deps);
  const [first, second] = inArms(
    act,
    conditionOf(act, test),
    () => evaluate(act, then),
    () => evaluate(act, otherwise),
  );
  const out = join(first, second);
  // The tests of enclosing conditionals belong to the dependence.
  return withDeps(out, value.deps);
}

/** Evaluates two alternatives, each in its own overlay, and joins bindings and costs. */
export function inArms<A, B>(act: Activation, condition: Condition, then: () => A, otherwise: () => B): [A, B] {
  const { env, cost, reads } = act;
  act.conditions = [...act.conditions, condition];
  act.cost = free;
  act.env = new Environment(env, act);
  const thenEnv = act.env;
  act.reads = [...reads];
  const first = then();
  const thenCost = act.cost;
  act.cost = free;
  act.env = new Environment(env, act);
  const elseEnv = act.env;
  act.reads = [...reads];
  const second = otherwise();
  const elseCost = act.cost;
  act.conditions = act.conditions.slice(0, -1);
  act.env = env;
  act.reads = reads;
  if (thenEnv.values.size > 0 || elseEnv.values.size > 0) env.merge(thenEnv, elseEnv);
  act.cost = inSequence(cost, either(thenCost, elseCost));
  return [first, second];
}

function logicalValue(act: Activation, e: Extract<Expression, { kind: "logical" }>): Value {
  const left = e.operator === "??" ? evaluate(act, e.left) : evaluateTest(act, e.left);
  const truth = truthiness(left);
  if (e.operator === "&&") {
    if (truth === false) return left;
    if (truth === true) return withDeps(evaluate(act, e.right), left.deps);
    const [right] = inArms(
      act,
      conditionOf(act, e.left),
      () => evaluate(act, e.right),
      () => undefined,
    );
    return withDeps(right, left.deps);
  }
  if (truth === true) return left;
  const constant = constantOf(left);
  const fills = fillsLeft(act, e);
  if (truth === false || (constant !== undefined && (constant.value === null || constant.value === undefined)))
    return withDeps(
      keeping(act, fills, () => evaluate(act, e.right)),
      left.deps,
    );
  const [right] = inArms(
    act,
    { literal: undefined },
    () => keeping(act, fills, () => evaluate(act, e.right)),
    () => undefined,
  );
  const out = join(left, right);
  return { what: out.what, deps: out.deps, key: left.key };
}

/** A test: list lengths and rows tested for truth are uses that rules ask about. */
export function evaluateTest(act: Activation, test: Expression): Value {
  const value = evaluate(act, test);
  noteTruth(act, value, test);
  return value;
}

function noteTruth(act: Activation, value: Value, node: Expression): void {
  for (const origin of value.what) {
    if (origin.kind === "scalar" && origin.type.startsWith("count:"))
      note(act.world.operations.get(origin.type.slice(6)), "truth", act.place(node));
    if (origin.kind === "scalar" && origin.type.startsWith("length:"))
      note(act.world.operations.get(origin.type.slice(7)), "truth", act.place(node));
    if (origin.kind === "row") note(origin.operation, "truth", act.place(node));
  }
}

const comparisons = new Set(["===", "!==", "==", "!=", ">", "<", ">=", "<="]);

/** Characters of a text that is put together: twice itself, again and again, would fill the memory. */
const longestText = 1_000_000;

function binaryValue(act: Activation, operator: string, left: Value, right: Value, e: Extract<Expression, { kind: "binary" }>): Value {
  const deps = union(left.deps, right.deps);
  if (comparisons.has(operator)) {
    const a = constantOf(left);
    const b = constantOf(right);
    noteComparison(act, left, b?.value, operator, e);
    noteComparison(act, right, a?.value, operator, e);
    if (a !== undefined && b !== undefined) {
      if (operator === "===" || operator === "==") return constantValue(a.value === b.value, deps);
      if (operator === "!==" || operator === "!=") return constantValue(a.value !== b.value, deps);
    }
    return scalar("boolean", deps);
  }
  escapes(act, left, e.left);
  escapes(act, right, e.right);
  const a = constantOf(left)?.value;
  const b = constantOf(right)?.value;
  if (operator === "+") {
    if (typeof a === "string" && typeof b === "string" && a.length + b.length <= longestText) return constantValue(a + b, deps);
    if (typeof a === "number" && typeof b === "number") return constantValue(a + b, deps);
    const pattern = patternOf(left, right);
    if (pattern !== undefined) return valueOf(pattern, deps);
    return scalar(typeof a === "string" || typeof b === "string" ? "string" : "number", deps);
  }
  if (typeof a === "number" && typeof b === "number") {
    if (operator === "*") return constantValue(a * b, deps);
    if (operator === "-") return constantValue(a - b, deps);
  }
  if (operator === "in" || operator === "instanceof") return scalar("boolean", deps);
  return scalar("number", deps);
}

/** `"./models/" + name + ".js"`: what is known of a path. */
export function patternOf(left: Value, right: Value): Extract<Value["what"][number], { kind: "pattern" }> | undefined {
  const first = left.what[0];
  const last = constantOf(right)?.value;
  const suffix = typeof last === "string" ? last : "";
  if (first?.kind === "pattern") return { kind: "pattern", prefix: first.prefix, suffix };
  if (first?.kind === "const" && typeof first.value === "string" && first.value.startsWith("."))
    return { kind: "pattern", prefix: first.value, suffix: "" };
  return undefined;
}

function noteComparison(act: Activation, value: Value, other: unknown, operator: string, node: Expression): void {
  for (const origin of value.what) {
    if (origin.kind !== "scalar") continue;
    const id = origin.type.startsWith("count:")
      ? origin.type.slice(6)
      : origin.type.startsWith("length:")
        ? origin.type.slice(7)
        : undefined;
    if (id === undefined) continue;
    const zero = (other === 0 && operator !== ">=") || (other === 1 && (operator === ">=" || operator === "<"));
    note(act.world.operations.get(id), zero ? "zero-comparison" : "length", act.place(node));
  }
}

function unaryValue(act: Activation, e: Extract<Expression, { kind: "unary" }>): Value {
  if (e.operator === "++" || e.operator === "--") {
    const value = evaluate(act, e.value);
    const next = scalar("number", value.deps);
    if (e.value.kind === "name" && e.value.binding >= 0) act.env.assign(e.value.binding, next, act);
    return next;
  }
  if (e.operator === "!") {
    const value = evaluateTest(act, e.value);
    const truth = truthiness(value);
    return truth === undefined ? scalar("boolean", value.deps) : constantValue(!truth, value.deps);
  }
  const value = evaluate(act, e.value);
  if (e.operator === "typeof") return scalar("string", value.deps);
  if (e.operator === "void") return undefinedValue;
  if (e.operator === "-") {
    const constant = constantOf(value)?.value;
    if (typeof constant === "number") return constantValue(-constant);
  }
  return scalar(e.operator === "delete" ? "boolean" : "number", value.deps);
}

function compound(act: Activation, e: Extract<Expression, { kind: "assign" }>): Value {
  const before =
    e.target.kind === "bind" ? readBinding(act, e.target.binding) : e.target.kind === "member" ? evaluate(act, e.target.target) : unknown;
  return applyOperator(act, e.operator, before, e.value);
}

/** `a op= b`. */
export function applyOperator(act: Activation, operator: string, before: Value, right: Expression): Value {
  if (operator === "??" || operator === "||" || operator === "&&") {
    const [value] = inArms(
      act,
      { literal: undefined },
      () => evaluate(act, right),
      () => undefined,
    );
    return join(before, value);
  }
  const value = evaluate(act, right);
  return { what: [{ kind: "scalar", type: operator === "+" ? "string" : "number" }], deps: union(before.deps, value.deps) };
}

function importValue(act: Activation, node: Expression, specifier: Value, dynamic: boolean): Value {
  const constants = specifier.what.flatMap((origin) => (origin.kind === "const" && typeof origin.value === "string" ? [origin.value] : []));
  if (constants.length > 0) return joinAll(constants.map((text) => moduleValue(act.world, act.unit, text, !dynamic)));
  void node;
  // A path with a known head names one of the files beside each other.
  const pattern = specifier.what.find((origin) => origin.kind === "pattern");
  if (pattern?.kind !== "pattern") return unknown;
  const found = act.world.resolvePattern(act.unit, pattern.prefix, pattern.suffix);
  return joinAll(found.map((unit) => moduleValueOf(act, unit)));
}

import { unitValue } from "./modules.ts";
function moduleValueOf(act: Activation, unit: Activation["unit"]): Value {
  return unitValue(act.world, unit, true);
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
  return arrayIn(value) === undefined ? arrayOf({ what: [], deps: value.deps }, sizeOf(value), value.deps) : value;
}

void one;
