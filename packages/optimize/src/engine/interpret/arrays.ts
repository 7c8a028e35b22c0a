/** Lists, maps, strings and promises: their members and methods. */
import type { Expression } from "../../model/facts.ts";
import { free } from "../../model/formula.ts";
import type { Place, Use } from "../../model/project.ts";
import type { Activation, LoopFrame } from "./activation.ts";
import { callFunctions, escapes } from "./calls.ts";
import { none, only, union } from "./deps.ts";
import { sizeOf } from "./expressions.ts";
import { runPending } from "./libraries.ts";
import { closeLoop, elementOf, openLoop, smallest } from "./loops.ts";
import { writeMember } from "./members.ts";
import type { Operation } from "./operation.ts";
import { note } from "./operation.ts";
import { choosesByColumns } from "./predicates.ts";
import { nameOf } from "./unit.ts";
import type { Origin, Size, Value } from "./value.ts";
import {
  arrayIn,
  arrayOf,
  awaited,
  constantOf,
  join,
  promiseOf,
  scalar,
  truthiness,
  undefinedValue,
  unknown,
  valueOf,
  wholeRows,
  withDeps,
} from "./value.ts";

interface Iteration {
  readonly gives: "list" | "same" | "element" | "value" | "nothing" | "flat" | "accumulated";
  readonly use: Use;
}

const iterations: Readonly<Record<string, Iteration>> = {
  map: { gives: "list", use: "iterate" },
  forEach: { gives: "nothing", use: "iterate" },
  filter: { gives: "same", use: "filter" },
  flatMap: { gives: "flat", use: "iterate" },
  some: { gives: "value", use: "reduce" },
  every: { gives: "value", use: "reduce" },
  find: { gives: "element", use: "find" },
  findIndex: { gives: "value", use: "find" },
  findLast: { gives: "element", use: "find" },
  reduce: { gives: "accumulated", use: "reduce" },
  reduceRight: { gives: "accumulated", use: "reduce" },
};

const keeps = new Set([
  "slice",
  "sort",
  "reverse",
  "concat",
  "flat",
  "toSorted",
  "toReversed",
  "splice",
  "values",
  "keys",
  "fill",
  "copyWithin",
  "toSpliced",
  "with",
]);
const adds = new Set(["push", "unshift", "add", "append", "enqueue"]);
const takes = new Set(["pop", "shift", "at", "next"]);

export function isListMethod(name: string): boolean {
  return (
    name in iterations ||
    adds.has(name) ||
    keeps.has(name) ||
    takes.has(name) ||
    name === "set" ||
    name === "get" ||
    name === "entries" ||
    name === "split" ||
    name === "join" ||
    name === "includes"
  );
}

/** Members of lists, maps and scalars. */
export function arrayMember(
  act: Activation,
  origin: Origin,
  name: string,
  object: Value,
  spot: { readonly at: number; readonly end?: number },
): Value | undefined {
  if (name === "length" || name === "size") {
    const rows = origin.kind === "array" ? wholeRows(origin) : undefined;
    if (rows !== undefined) return scalar(`length:${rows.id}`, object.deps);
    if (origin.kind === "array" && origin.size.exact !== undefined && origin.elements !== undefined)
      return { what: [{ kind: "const", value: origin.size.exact }], deps: object.deps };
    return scalar("number", object.deps);
  }
  if (origin.kind === "array" && /^\d+$/.test(name)) {
    if (wholeRows(origin) !== undefined)
      note(
        act.world.operations.get(wholeRows(origin)?.id ?? ""),
        name === "0" ? "first" : "slice",
        act.place({ at: spot.at, end: spot.end ?? spot.at }),
      );
    return origin.elements?.[Number(name)] ?? origin.element;
  }
  if (origin.kind === "array" || origin.kind === "map" || isListMethod(name))
    return isListMethod(name) || origin.kind === "map" || origin.kind === "array"
      ? valueOf({ kind: "method", receiver: object, name })
      : undefined;
  return undefined;
}

/** Runs a method of a list; undefined when it is none. */
export function callArrayMethod(act: Activation, receiver: Value, name: string, args: readonly Value[], e: Expression): Value | undefined {
  const list = arrayIn(receiver);
  const iteration = iterations[name];
  const hasFunction =
    args[0]?.what.some(
      (origin) =>
        origin.kind === "closure" ||
        origin.kind === "library-method" ||
        origin.kind === "bound" ||
        origin.kind === "export" ||
        origin.kind === "builtin" ||
        origin.kind === "method",
    ) === true;
  if (iteration !== undefined && (hasFunction || list !== undefined)) return iterate(act, receiver, name, iteration, args, e);
  const map = receiver.what.find((origin) => origin.kind === "map");
  if (name === "set" || adds.has(name)) return addTo(act, receiver, name, args, e);
  if (name === "get" && map?.kind === "map") return withDeps(map.value, union(receiver.deps, args[0]?.deps ?? none));
  if ((name === "slice" || name === "splice") && receiver.what.length === 0) {
    const max = name === "slice" ? sliceLength(args) : undefined;
    if (max !== undefined || isChunk(name, args))
      return sliced({ kind: "array", element: { what: [], deps: receiver.deps }, size: { symbol: receiver.key } }, receiver, args, name);
  }
  if (list === undefined && map === undefined) return scalarMethod(receiver, name, args);
  const place = act.place(e);
  const rows = wholeRows(list);
  if (rows !== undefined) note(act.world.operations.get(rows.id), useOf(name), place);
  if (name === "slice" || name === "splice") return list === undefined ? receiver : sliced(list, receiver, args, name);
  if (name === "sort" || name === "toSorted") return { what: receiver.what, deps: receiver.deps, key: receiver.key };
  if (name === "concat") return joinLists(receiver, args);
  if (name === "entries" && list !== undefined)
    return arrayOf(
      valueOf(
        { kind: "array", element: list.element, elements: [scalar("number"), list.element], size: { exact: 2, max: 2 } },
        list.element.deps,
      ),
      list.size,
      receiver.deps,
    );
  if (name === "values" && map?.kind === "map") return arrayOf(map.value, map.size, receiver.deps);
  if (takes.has(name) && list !== undefined) {
    const loop = act.loops[act.loops.length - 1];
    // Taking from a work list inside `while`: that is the loop's element.
    const token =
      loop !== undefined && (loop.facts.form === "while" || loop.facts.form === "do") && name !== "at" ? only(loop.element) : none;
    return withDeps(list.element, union(receiver.deps, token));
  }
  if (keeps.has(name)) return { what: receiver.what, deps: receiver.deps };
  if (name === "join") return scalar("string", receiver.deps);
  if (name === "includes" || name === "has" || name === "indexOf") return scalar("boolean", union(receiver.deps, args[0]?.deps ?? none));
  return { what: [], deps: union(receiver.deps, args[0]?.deps ?? none) };
}

function useOf(name: string): Use {
  if (name === "slice" || name === "splice") return "slice";
  if (name === "sort" || name === "toSorted" || name === "reverse") return "sort";
  if (takes.has(name)) return "first";
  return "escape";
}

function scalarMethod(receiver: Value, name: string, args: readonly Value[]): Value | undefined {
  if (!receiver.what.some((origin) => origin.kind === "scalar" || origin.kind === "const")) return undefined;
  let deps = receiver.deps;
  for (const arg of args) deps = union(deps, arg.deps);
  if (name === "split" || name === "match" || name === "matchAll") return arrayOf(scalar("string", deps), {}, deps);
  return scalar("string", deps);
}

/** `slice(0, 10)` bounds; `slice(i, i + n)` is a chunk of unknown but chosen size. */
function sliced(list: Extract<Origin, { kind: "array" }>, receiver: Value, args: readonly Value[], name: string): Value {
  const to = constantOf(args[1] ?? unknown)?.value;
  const max = name === "splice" ? (typeof to === "number" ? to : undefined) : sliceLength(args);
  const size: Size = max === undefined ? list.size : smallest({ symbol: list.size.symbol }, max);
  return {
    what: [{ kind: "array", element: list.element, size, rows: list.rows, picked: true, chunk: isChunk(name, args) }],
    deps: receiver.deps,
  };
}

/** `slice(i, i + n)` and `splice(0, n)` take the next piece; `slice(1)` and `slice(0, 10)` take one part for good. */
function isChunk(name: string, args: readonly Value[]): boolean {
  if (args.length < 2) return false;
  return name === "splice" || typeof constantOf(args[0] ?? unknown)?.value !== "number";
}

/** How many elements `slice` with these constants gives at most. */
function sliceLength(args: readonly Value[]): number | undefined {
  const from = constantOf(args[0] ?? unknown)?.value;
  const to = constantOf(args[1] ?? unknown)?.value;
  if (typeof from !== "number") return undefined;
  if (typeof to === "number" && from >= 0 && to >= from) return to - from;
  return from < 0 && args[1] === undefined ? -from : undefined;
}

function joinLists(receiver: Value, args: readonly Value[]): Value {
  let out = receiver;
  for (const arg of args) {
    const other = arrayIn(arg);
    if (other === undefined) {
      const list = arrayIn(out);
      out = list === undefined ? out : arrayOf(join(list.element, arg), { symbol: list.size.symbol }, union(out.deps, arg.deps));
    } else out = join(out, arg);
  }
  return out;
}

function iterate(act: Activation, receiver: Value, name: string, iteration: Iteration, args: readonly Value[], e: Expression): Value {
  const list = arrayIn(receiver);
  const rows = act.world.operations.get(wholeRows(list)?.id ?? "");
  if (rows !== undefined && (iteration.use === "filter" || iteration.use === "find")) notePick(act, rows, args[0], act.place(e));
  note(rows, iteration.use, act.place(e));
  const call = e.kind === "call" ? e : undefined;
  const source = call?.callee.kind === "member" ? call.callee.object : undefined;
  const waits = callbackWaits(args[0]);
  const sequential = iteration.gives === "accumulated" || !waits;
  const before = act.cost;
  act.cost = free;
  const frame = openLoop(act, {
    node: e,
    form: "callback",
    method: name,
    list: receiver,
    words: nameOf(source),
    mode: sequential ? "sequential" : "parallel",
  });
  const element = elementOf(act, receiver, frame, receiver.deps);
  const index = scalar("number", only(frame.element));
  const { awaiting } = act;
  act.awaiting = sequential ? 1 : 0;
  const given =
    iteration.gives === "accumulated" ? [withDeps(args[1] ?? unknown, only(frame.carried)), element, index] : [element, index, receiver];
  let result = callFunctions(act, args[0], given, e);
  // A builder given back is run by whoever waits for the list.
  if (result !== undefined && iteration.gives === "list") result = runPending(act, result, e);
  act.awaiting = awaiting;
  if (iteration.gives === "value" || iteration.gives === "element") frame.facts.once = false;
  closeLoop(act, frame, before);
  return resultOf(iteration, receiver, list, result, element, frame, args);
}

function resultOf(
  iteration: Iteration,
  receiver: Value,
  list: Extract<Origin, { kind: "array" }> | undefined,
  result: Value | undefined,
  element: Value,
  frame: LoopFrame,
  args: readonly Value[],
): Value {
  const size = list?.size ?? frame.facts.size;
  // What the callback decides by is part of what it picks: `keys.filter((_, i) => types[i] === "set")`.
  const decided = (result?.deps ?? none).filter((token) => token < frame.mark);
  const deps = union(receiver.deps, decided);
  const outside = (value: Value): Value => withDeps(value, deps);
  switch (iteration.gives) {
    case "list":
      return outside(arrayOf(result ?? { what: [], deps: receiver.deps }, size));
    case "same":
      // A filtered list is still the list: its size keeps the name.
      return {
        what:
          receiver.what.length === 0
            ? [{ kind: "array", element: { what: [], deps: receiver.deps }, size: frame.facts.size }]
            : receiver.what.map((origin) =>
                origin.kind === "array"
                  ? {
                      ...origin,
                      elements: undefined,
                      picked: true,
                      size: origin.size.exact === undefined ? origin.size : { max: origin.size.exact, exact: origin.size.exact },
                    }
                  : origin,
              ),
        deps,
      };
    case "element":
      return outside(list?.element ?? { what: [], deps: receiver.deps });
    case "flat": {
      const inner = result === undefined ? undefined : arrayIn(awaited(result));
      return outside(arrayOf(inner?.element ?? element, inner?.size.symbol === undefined ? { symbol: undefined } : inner.size));
    }
    case "accumulated":
      return outside(result === undefined ? (args[1] ?? unknown) : join(result, args[1] ?? unknown));
    case "nothing":
      return undefinedValue;
    default:
      return scalar("boolean", deps);
  }
}

/** The choice among the rows has to be one that the database could make, and the only one: a list that is looked into again and again is a table in memory. */
function notePick(act: Activation, operation: Operation, predicate: Value | undefined, place: Place): void {
  const closures = predicate?.what.filter((origin) => origin.kind === "closure") ?? [];
  const plain =
    closures.length > 0 &&
    closures.every((origin) => {
      const fn = origin.unit.facts.functions[origin.fn];
      return fn !== undefined && choosesByColumns(fn);
    });
  for (let one: Operation | undefined = operation; one !== undefined; one = one.parent) {
    const others = [one.uses.get("filter"), one.uses.get("find")].some(
      (other) => other !== undefined && (other.at !== place.at || other.file !== place.file),
    );
    one.picks = plain && !others && act.loops.length === 0 && one.picks !== "code" ? "columns" : "code";
  }
}

/** The callback gives a promise: an iterating method starts all of them at once. */
export function callbackWaits(target: Value | undefined): boolean {
  for (const origin of target?.what ?? []) {
    if (origin.kind === "closure") {
      const fn = origin.unit.facts.functions[origin.fn];
      if (fn === undefined) continue;
      if (fn.async) return true;
      // `ids.map((id) => load(id))`: the body is one expression that may give a promise.
      const last = fn.body[fn.body.length - 1];
      if (last?.kind === "return" && last.value !== undefined && last.value.kind !== "literal") return true;
    } else if (origin.kind === "library-method") return origin.spec.promise === true;
  }
  return false;
}

/** `list.push(x)`, `set.add(x)`, `map.set(k, v)`: the receiver holds one more; in a loop it collects. */
function addTo(act: Activation, receiver: Value, name: string, args: readonly Value[], e: Expression): Value | undefined {
  const target = e.kind === "call" && e.callee.kind === "member" ? e.callee.object : undefined;
  const isMap = name === "set";
  if (isMap && !receiver.what.some((origin) => origin.kind === "map")) return undefined;
  let added = isMap ? (args[1] ?? unknown) : (args[0] ?? unknown);
  escapes(act, added, e);
  let size: Size | undefined;
  for (const loop of act.loops) {
    if (!madeBefore(act, target, loop)) continue;
    if (added.deps.includes(loop.element))
      added = {
        what: added.what,
        deps: union(
          added.deps.filter((token) => token !== loop.element),
          only(loop.collected),
        ),
      };
    size ??= loop.facts.size;
  }
  const list = arrayIn(receiver);
  const map = receiver.what.find((origin) => origin.kind === "map");
  const grown: Origin =
    isMap && map?.kind === "map"
      ? { kind: "map", value: map.size.exact === 0 ? added : join(map.value, added), size: size ?? { symbol: map.size.symbol } }
      : {
          kind: "array",
          element: list === undefined || list.size.exact === 0 ? added : join(list.element, added),
          size: grownSize(list?.size, size),
        };
  const value: Value = {
    what: [grown],
    deps: union(receiver.deps, union(added.deps, isMap ? collectedKey(act, args[0], target) : none)),
    key: undefined,
  };
  if (target?.kind === "name" && target.binding >= 0) act.env.assign(target.binding, value, act);
  else if (target?.kind === "member" && target.name !== "") {
    const object = receiver;
    void object;
    writeMember(act, ownerOf(act, target), target, undefined, value);
  }
  return value;
}

function collectedKey(act: Activation, key: Value | undefined, target: Expression | undefined): readonly number[] {
  let deps = key?.deps ?? none;
  for (const loop of act.loops)
    if (madeBefore(act, target, loop) && deps.includes(loop.element))
      deps = union(
        deps.filter((token) => token !== loop.element),
        only(loop.collected),
      );
  return deps;
}

function grownSize(before: Size | undefined, loop: Size | undefined): Size {
  if (loop !== undefined) return before?.symbol === undefined || before.exact === 0 ? loop : before;
  if (before?.exact !== undefined) return { exact: before.exact + 1, max: before.exact + 1 };
  return before ?? {};
}

import { evaluate } from "./expressions.ts";
function ownerOf(act: Activation, target: Extract<Expression, { kind: "member" }>): Value {
  const { cost } = act;
  const value =
    target.object.kind === "name" || target.object.kind === "this" || target.object.kind === "member"
      ? evaluate(act, target.object)
      : unknown;
  act.cost = cost;
  return value;
}

/** The collection was there before the loop began. */
function madeBefore(act: Activation, target: Expression | undefined, loop: LoopFrame): boolean {
  if (target === undefined) return false;
  if (target.kind === "member") return madeBefore(act, target.object, loop) || target.object.kind === "this";
  if (target.kind !== "name" || target.binding < 0) return false;
  const value = act.env.get(target.binding, act);
  if (value === undefined) return true;
  return !value.deps.some((token) => token >= loop.mark) && declaredOutside(act, target.binding, loop);
}

function declaredOutside(act: Activation, binding: number, loop: LoopFrame): boolean {
  const fn = act.unit.facts.functions[act.unit.facts.bindings[binding]?.owner ?? 0];
  const { place } = loop.facts;
  if (act.unit.facts.file !== place.file || fn === undefined) return true;
  // Declared by a function that lies inside the loop, or by a statement of its body.
  if (fn.at > place.at && fn.end <= place.end) return false;
  return !act.env.declaredInside(binding, loop);
}

export function promiseAll(act: Activation, args: readonly Value[], e: Expression): Value {
  const list = arrayIn(args[0] ?? unknown);
  if (list === undefined) return promiseOf({ what: [], deps: args[0]?.deps ?? none });
  const elements = list.elements?.map((one) => awaited(runPending(act, one, e)));
  const element =
    elements === undefined ? awaited(runPending(act, list.element, e)) : elements.length === 0 ? unknown : elements.reduce(join);
  return promiseOf({ what: [{ kind: "array", element, elements, size: list.size, rows: undefined }], deps: args[0]?.deps ?? none });
}

void truthiness;
void sizeOf;
