/** Lists, maps, strings and promises: their members and methods. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Use } from "../../model/project.ts";
import type { Activation } from "./activation.ts";
import { addTo } from "./additions.ts";
import { none, only, union } from "./deps.ts";
import { iterations, iterate } from "./iterations.ts";
import { join } from "./joins.ts";
import { note } from "./operation.ts";
import { runPending } from "./pending.ts";
import { setOperation } from "./python-sets.ts";
import { sliceLength, isChunk, sliced, scalarMethod, joinLists } from "./slices.ts";
import type { Origin, Value } from "./value.ts";
import {
  arrayIn,
  arrayOf,
  awaited,
  constantOf,
  constantValue,
  promiseOf,
  scalar,
  unknown,
  unknownFrom,
  valueOf,
  wholeRows,
  withDeps,
} from "./value.ts";

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
      return { what: [{ kind: "const", value: origin.size.exact }], deps: object.deps, key: undefined };
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

/** `options.get("size", 10)` of a dictionary whose entries are known: the entry, or what is named for when there is none. */
function entryOf(receiver: Value, args: readonly Value[]): Value | undefined {
  const key = constantOf(args[0] ?? unknown)?.value;
  const [origin] = receiver.what;
  if (typeof key !== "string" || receiver.what.length !== 1 || origin?.kind !== "object" || origin.object.persistent) return undefined;
  const found = origin.object.props.get(key);
  if (found !== undefined) return found;
  return origin.object.literal && origin.object.rest === undefined ? (args[1] ?? constantValue(null)) : undefined;
}

/** Runs a method of a list; undefined when it is none. */
export function callArrayMethod(act: Activation, receiver: Value, name: string, args: readonly Value[], e: Expression): Value | undefined {
  const entry = act.unit.facts.language === "python" && (name === "get" || name === "pop") ? entryOf(receiver, args) : undefined;
  if (entry !== undefined) return withDeps(entry, receiver.deps);
  const set = act.unit.facts.language === "python" && args.length === 1 ? setOperation(name, receiver, args[0] ?? unknown) : undefined;
  if (set !== undefined) return set;
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
      return sliced({ kind: "array", element: unknownFrom(receiver.deps), size: { symbol: receiver.key } }, receiver, args, name);
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
  if (keeps.has(name)) return { what: receiver.what, deps: receiver.deps, key: undefined };
  if (name === "join") return scalar("string", receiver.deps);
  if (name === "includes" || name === "has" || name === "indexOf") return scalar("boolean", union(receiver.deps, args[0]?.deps ?? none));
  return unknownFrom(union(receiver.deps, args[0]?.deps ?? none));
}

function useOf(name: string): Use {
  if (name === "slice" || name === "splice") return "slice";
  if (name === "sort" || name === "toSorted" || name === "reverse") return "sort";
  if (takes.has(name)) return "first";
  return "escape";
}

export function promiseAll(act: Activation, args: readonly Value[], e: Expression): Value {
  const list = arrayIn(args[0] ?? unknown);
  if (list === undefined) return promiseOf(unknownFrom(args[0]?.deps ?? none));
  const elements = list.elements?.map((one) => awaited(runPending(act, one, e)));
  const element =
    elements === undefined ? awaited(runPending(act, list.element, e)) : elements.length === 0 ? unknown : elements.reduce(join);
  return promiseOf({
    what: [{ kind: "array", element, elements, size: list.size, rows: undefined }],
    deps: args[0]?.deps ?? none,
    key: undefined,
  });
}
