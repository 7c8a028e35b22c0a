/** Python's functions that read members by name, and that make texts. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Activation } from "./activation.ts";
import { callArrayMethod } from "./arrays.ts";
import { basesOf, findMember } from "./classes.ts";
import { union } from "./deps.ts";
import { callClosure } from "./functions.ts";
import { join } from "./joins.ts";
import { readNamed } from "./members.ts";
import { propertyNames } from "./names.ts";
import { iterated } from "./pending.ts";
import { namedOf } from "./python.ts";
import { noteAssigned, noteChanged } from "./relation-step.ts";
import { askRows } from "./row-uses.ts";
import { depsOf } from "./unknown-calls.ts";
import type { ClassRef, Origin, Value } from "./value.ts";
import type { World } from "./world.ts";
import { arrayIn, constantValue, isCount, newHeap, scalar, unknown, unknownFrom, valueOf, withDeps } from "./value.ts";

/** A function by its name without the language; undefined when it is none of these. */
export function callNamedFunction(act: Activation, name: string, args: readonly Value[], e: Expression): Value | undefined {
  const [first = unknown, second = unknown] = args;
  switch (name) {
    case "getattr":
      return attribute(act, first, second, args[2], e);
    case "hasattr":
      return scalar("boolean", attribute(act, first, second, undefined, e).deps);
    case "isinstance":
      return instanceTest(act.world, first, second);
    case "setattr":
      for (const one of propertyNames(second) ?? []) noteAssigned(act, first, one);
      for (const one of first.what) if (one.kind === "library") noteChanged(act, one, first, e);
      return unknown;
    case "str":
    case "repr":
    case "format":
      return textOf(act, first, e);
    case "bool":
    case "any":
    case "all":
      askRows(act, first, e);
      return scalar("boolean", depsOf(args));
    case "dict":
      return dictionary(act, args, e);
    case "map":
    case "filter":
      return args.length < 2 ? unknownFrom(depsOf(args)) : callArrayMethod(act, iterated(act, second, e), name, [first], e);
    case "next": {
      const list = arrayIn(iterated(act, first, e));
      return list === undefined ? unknownFrom(first.deps) : withDeps(list.element, first.deps);
    }
    default:
      return undefined;
  }
}

/** `isinstance(row, Model)`, where every class that the value may be of is known, and the value is there. */
function instanceTest(world: World, value: Value, types: Value): Value {
  const deps = union(value.deps, types.deps);
  const wanted = (arrayIn(types)?.elements ?? [types]).flatMap(({ what }): (Origin | undefined)[] =>
    what.length === 0 ? [undefined] : [...what],
  );
  const answers = value.what.map((origin) => isOneOf(world, origin, wanted));
  const [answer] = answers;
  const clear = answer !== undefined && answers.every((one) => one === answer);
  return clear ? constantValue(answer, deps) : scalar("boolean", deps);
}

function isOneOf(world: World, origin: Origin, wanted: readonly (Origin | undefined)[]): boolean | undefined {
  const ref =
    origin.kind === "instance" ? origin.ref : origin.kind === "library" && origin.state?.stored === true ? origin.model : undefined;
  if (ref === undefined) return undefined;
  const classes = wanted.map((one) => (one?.kind === "class" ? one.ref : undefined));
  const above = basesOf(world, ref).project;
  if (classes.some((one) => one !== undefined && above.includes(one))) return true;
  return classes.every((one) => one !== undefined && isApart(world, ref, one)) ? false : undefined;
}

/** Nothing is of both classes, unless a class below has both above it. */
function isApart(world: World, ref: ClassRef, other: ClassRef): boolean {
  return !basesOf(world, other).project.includes(ref) && (world.subclasses.get(ref) ?? []).length === 0;
}

function attribute(act: Activation, object: Value, name: Value, otherwise: Value | undefined, e: Expression): Value {
  const names = propertyNames(name);
  const deps = union(object.deps, name.deps);
  if (names === undefined) return unknownFrom(deps);
  let out: Value | undefined;
  for (const one of names) {
    const value = readNamed(act, object, one, e);
    out = out === undefined ? value : join(out, value);
  }
  const found = out ?? unknown;
  return withDeps(found.what.length === 0 && otherwise !== undefined ? join(found, otherwise) : found, deps, found.key);
}

function dictionary(act: Activation, args: readonly Value[], e: Expression): Value {
  const named = namedOf(args);
  const deps = depsOf(args);
  if (args.length === 0) {
    const object = newHeap(act.world, false);
    for (const [name, value] of named ?? []) object.props.set(name, value);
    object.literal = true;
    return valueOf({ kind: "object", object }, deps);
  }
  const first = iterated(act, args[0] ?? unknown, e);
  const list = arrayIn(first);
  const pair = list === undefined ? undefined : arrayIn(list.element);
  if (list === undefined) return args[0] ?? unknown;
  return valueOf({ kind: "map", value: pair?.elements?.[1] ?? unknownFrom(list.element.deps), size: list.size }, deps);
}

/** `str(row)`, `f"{row}"`: what the class says of how its rows read is run. */
export function textOf(act: Activation, value: Value, e: Expression): Value {
  const { through } = act;
  act.through ??= "text";
  for (const origin of value.what) {
    const ref =
      origin.kind === "instance" ? origin.ref : origin.kind === "library" && origin.state !== undefined ? origin.model : undefined;
    const found =
      ref === undefined ? undefined : (findMember(act.world, ref, "__str__", false) ?? findMember(act.world, ref, "__repr__", false));
    if (found?.member.function === undefined) continue;
    const self: Value = { what: [origin], deps: value.deps, key: value.key };
    callClosure(
      act,
      { kind: "closure", unit: found.ref.unit, fn: found.member.function, env: found.ref.env, self, home: found.ref },
      [],
      e,
    );
  }
  act.through = through;
  return isCount(value) ? value : scalar("string", value.deps);
}
