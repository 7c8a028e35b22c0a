/** Functions that every JavaScript runtime has. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Activation } from "./activation.ts";
import { callArrayMethod, promiseAll } from "./arrays.ts";
import { callFunctions } from "./call-targets.ts";
import { fieldsOf } from "./classes.ts";
import { escapes } from "./escapes.ts";
import { none, union } from "./deps.ts";
import { newObject, sizeOf, spreadInto } from "./literals.ts";
import { regularExpression } from "./regular-expressions.ts";
import { callNamedFunction } from "./python-builtins.ts";
import { callListFunction } from "./python-lists.ts";
import { writeObject } from "./member-writes.ts";
import { membersOf } from "./settled.ts";
import type { Origin, Size, Value } from "./value.ts";
import {
  arrayIn,
  arrayOf,
  awaited,
  constantOf,
  constantValue,
  isCount,
  newHeap,
  promiseOf,
  scalar,
  unknown,
  unknownFrom,
  valueOf,
  withDeps,
} from "./value.ts";
import { join, joinAll } from "./joins.ts";

/** The same conversion of the same value is the same value. */
function keyed(name: string, value: Value, of: Value | undefined): Value {
  return of?.key === undefined || of.key.length > 120 ? value : { ...value, key: `${name}(${of.key})` };
}

/** How many rows there are is still that when it is a text. */
function converted(name: string, type: string, of: Value | undefined): Value {
  return of !== undefined && isCount(of) ? of : keyed(name, scalar(type, of?.deps), of);
}

type Builtin = (act: Activation, args: readonly Value[], e: Expression) => Value;

const table: Readonly<Record<string, Builtin>> = {
  "Promise.all": promiseAll,
  "Promise.allSettled": (act, args, e) => promiseAll(act, args, e),
  "Promise.race": (act, args, e) => promiseAll(act, args, e),
  "Promise.any": (act, args, e) => promiseAll(act, args, e),
  "Promise.resolve": (_, args) => promiseOf(awaited(args[0] ?? unknown)),
  "Promise.reject": () => promiseOf(unknown),
  "new RegExp": (_, args, e) => regularExpression(args, e),
  "new Promise": (act, args, e) => {
    const box = newHeap(act.world, false);
    const resolve = valueOf({
      kind: "bound",
      inner: valueOf({ kind: "builtin", name: "resolve" }),
      self: undefined,
      args: [valueOf({ kind: "object", object: box })],
    });
    const before = act.settlers.length;
    for (const origin of args[0]?.what ?? []) {
      const fn = origin.kind === "closure" ? origin.unit.facts.functions[origin.fn] : undefined;
      for (const { target } of fn?.params ?? [])
        if (origin.kind === "closure" && target.kind === "bind") act.settlers.push({ unit: origin.unit, binding: target.binding });
    }
    callFunctions(act, args[0], [resolve, resolve], e);
    act.settlers.length = before;
    return promiseOf(box.props.get("value") ?? unknown);
  },
  resolve: (_, args) => {
    const origin = args[0]?.what[0];
    if (origin?.kind === "object" && args[1] !== undefined) {
      const before = origin.object.props.get("value");
      origin.object.props.set("value", before === undefined ? awaited(args[1]) : join(before, awaited(args[1])));
    }
    return unknown;
  },
  "Object.keys": (_, args) => arrayOf(scalar("string", args[0]?.deps), membersOf(args[0]), args[0]?.deps),
  "Object.values": (_, args) => arrayOf(valuesOf(args[0]), membersOf(args[0]), args[0]?.deps),
  "Object.entries": (_, args) => {
    const value = valuesOf(args[0]);
    return arrayOf(
      valueOf({ kind: "array", element: value, elements: [scalar("string", value.deps), value], size: { exact: 2, max: 2 } }, value.deps),
      membersOf(args[0]),
      args[0]?.deps,
    );
  },
  "Object.fromEntries": (_, args) => {
    const list = arrayIn(args[0] ?? unknown);
    const pair = list === undefined ? undefined : arrayIn(list.element);
    return valueOf({ kind: "map", value: pair?.elements?.[1] ?? pair?.element ?? unknown, size: list?.size ?? {} }, args[0]?.deps);
  },
  "Object.assign": (act, args) => {
    const [target = unknown, ...sources] = args;
    for (const origin of target.what) {
      for (const source of sources) {
        if (origin.kind === "object" && !origin.object.persistent) spreadInto(origin.object, source);
        else copyInto(act, origin, source);
      }
    }
    let { deps } = target;
    for (const source of sources) deps = union(deps, source.deps);
    return target.what.length > 0 ? withDeps(target, deps) : { what: joinAll(sources).what, deps, key: undefined };
  },
  "Object.freeze": (_, args) => args[0] ?? unknown,
  "Object.seal": (_, args) => args[0] ?? unknown,
  // A prototype's members are the object's; without one it is empty.
  "Object.create": (act, args) =>
    constantOf(args[0] ?? unknown)?.value === null ? valueOf({ kind: "object", object: newObject(act, false) }) : (args[0] ?? unknown),
  "Object.defineProperty": (_, args) => {
    const name = constantOf(args[1] ?? unknown)?.value;
    for (const origin of args[0]?.what ?? []) {
      if (origin.kind !== "object" || typeof name !== "string") continue;
      for (const spec of args[2]?.what ?? []) {
        const value = spec.kind === "object" ? (spec.object.props.get("value") ?? spec.object.props.get("get")) : undefined;
        if (value !== undefined) writeObject(origin.object, name, value, true);
      }
    }
    return args[0] ?? unknown;
  },
  "Array.from": (act, args, e) => {
    const [source = unknown] = args;
    const list = arrayIn(source);
    let base: Value = list === undefined ? arrayOf(unknownFrom(source.deps), lengthOf(source), source.deps) : source;
    const map = source.what.find((origin) => origin.kind === "map");
    if (map?.kind === "map")
      base = arrayOf(
        valueOf({ kind: "array", element: map.value, elements: [unknown, map.value], size: { exact: 2, max: 2 } }),
        map.size,
        source.deps,
      );
    return args[1] === undefined ? base : (callArrayMethod(act, base, "map", [args[1]], e) ?? base);
  },
  "Array.of": (_, args) =>
    valueOf({ kind: "array", element: joinAll(args), elements: args, size: { exact: args.length, max: args.length } }, joinAll(args).deps),
  "Array.isArray": (_, args) => {
    const [value = unknown] = args;
    if (value.what.length > 0 && value.what.every((origin) => origin.kind === "array")) return constantValue(true, value.deps);
    if (
      value.what.length > 0 &&
      value.what.every(
        (origin) => origin.kind === "const" || origin.kind === "scalar" || origin.kind === "object" || origin.kind === "instance",
      )
    )
      return constantValue(false, value.deps);
    return scalar("boolean", value.deps);
  },
  "new Array": (_, args) =>
    arrayOf(
      unknown,
      typeof constantOf(args[0] ?? unknown)?.value === "number"
        ? { exact: Number(constantOf(args[0] ?? unknown)?.value), max: Number(constantOf(args[0] ?? unknown)?.value) }
        : {},
      args[0]?.deps,
    ),
  "new Map": (_, args) => {
    const list = arrayIn(args[0] ?? unknown);
    const pair = list === undefined ? undefined : arrayIn(list.element);
    return valueOf(
      {
        kind: "map",
        value: pair?.elements?.[1] ?? pair?.element ?? unknownFrom(args[0]?.deps ?? none),
        size: args[0] === undefined ? { exact: 0, max: 0 } : (list?.size ?? {}),
      },
      args[0]?.deps,
    );
  },
  "new WeakMap": () => valueOf({ kind: "map", value: unknown, size: { exact: 0 } }),
  "new Set": (_, args) => {
    const list = arrayIn(args[0] ?? unknown);
    return args[0] === undefined
      ? arrayOf(unknown, { exact: 0, max: 0 })
      : list === undefined
        ? arrayOf(unknownFrom(args[0].deps), sizeOf(args[0]), args[0].deps)
        : { what: [{ ...list, elements: undefined }], deps: args[0].deps, key: args[0].key };
  },
  decodeURIComponent: (_, args) => keyed("decodeURIComponent", scalar("string", args[0]?.deps), args[0]),
  String: (_, args) => converted("String", "string", args[0]),
  Number: (_, args) => converted("Number", "number", args[0]),
  Boolean: (_, args) => scalar("boolean", args[0]?.deps),
  structuredClone: (_, args) => args[0] ?? unknown,
  "Reflect.get": (_, args) => unknownFrom(union(args[0]?.deps ?? none, args[1]?.deps ?? none)),
  "console.log": () => unknown,
};

function lengthOf(source: Value): Size {
  for (const origin of source.what) {
    if (origin.kind !== "object") continue;
    const length = origin.object.props.get("length");
    const exact = length === undefined ? undefined : constantOf(length)?.value;
    if (typeof exact === "number") return { exact, max: exact };
    return { symbol: length?.key };
  }
  return sizeOf(source);
}

function valuesOf(value: Value | undefined): Value {
  if (value === undefined) return unknown;
  let out: Value | undefined;
  for (const origin of value.what) {
    const found =
      origin.kind === "object"
        ? [...origin.object.props.values(), ...(origin.object.rest === undefined ? [] : [origin.object.rest])]
        : origin.kind === "map"
          ? [origin.value]
          : origin.kind === "array"
            ? [origin.element]
            : [];
    for (const one of found) out = out === undefined ? one : join(out, one);
  }
  return withDeps(out ?? unknown, value.deps);
}

/** `Object.assign(User, methods)`: named writes, so that readers are told. */
function copyInto(act: Activation, origin: Origin, source: Value): void {
  const object =
    origin.kind === "object"
      ? origin.object
      : origin.kind === "class" || origin.kind === "instance"
        ? fieldsOf(act.world, origin.ref, origin.kind === "class")
        : undefined;
  if (object === undefined) return;
  for (const from of source.what) {
    if (from.kind === "object") for (const [name, value] of from.object.props) writeObject(object, name, value, true);
    else if (from.kind === "namespace")
      for (const one of from.unit.facts.exports)
        if (one.binding !== undefined) writeObject(object, one.name, withDeps(exported(act, from, one.name), none), true);
  }
}

import { exportedValue } from "./modules.ts";
function exported(act: Activation, origin: Extract<Origin, { kind: "namespace" }>, name: string): Value {
  return exportedValue(act.world, origin.unit, name) ?? unknown;
}

export function callBuiltin(act: Activation, name: string, args: readonly Value[], e: Expression): Value {
  if (name.startsWith("python:"))
    return callNamedFunction(act, name.slice(7), args, e) ?? callListFunction(act, name.slice(7), args, e) ?? unknown;
  const known = Object.hasOwn(table, name) ? table[name] : undefined;
  if (known !== undefined) return known(act, args, e);
  let deps = none;
  for (const arg of args) {
    deps = union(deps, arg.deps);
    escapes(act, arg, e);
  }
  return unknownFrom(deps);
}
