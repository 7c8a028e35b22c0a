/** Python's functions on lists. */
import type { Expression, SliceExpression } from "../../model/facts-expressions.ts";
import type { Use } from "../../model/project.ts";
import type { Activation } from "./activation.ts";
import { depsOf } from "./unknown-calls.ts";
import { sizeOf } from "./literals.ts";
import { note } from "./operation.ts";
import { evaluate } from "./expressions.ts";
import { noteSight } from "./sights.ts";
import { sliced } from "./slices.ts";
import { iterated } from "./pending.ts";
import type { Value } from "./value.ts";
import { arrayIn, arrayOf, constantOf, constantValue, scalar, unknown, unknownFrom, valueOf, wholeRows } from "./value.ts";

/** What they do with rows besides handing them on. */
const uses: Readonly<Record<string, Use>> = {
  sorted: "sort",
  enumerate: "iterate",
  zip: "iterate",
  sum: "reduce",
  min: "reduce",
  max: "reduce",
  set: "iterate",
  frozenset: "iterate",
};

/** A function by its name without the language; undefined when it is none of these. */
export function callListFunction(act: Activation, name: string, args: readonly Value[], e: Expression): Value | undefined {
  const first = args[0] === undefined ? unknown : iterated(act, args[0], e);
  const deps = depsOf(args);
  const rows = wholeRows(arrayIn(first));
  const use = uses[name];
  if (rows !== undefined && use !== undefined) note(act.world.operations.get(rows.id), use, act.place(e));
  const list = e.kind === "call" ? e.args[0]?.value : undefined;
  if (name === "sorted" && list !== undefined) noteSight(act, list.end, first);
  switch (name) {
    case "sorted":
    case "list":
    case "tuple":
    case "reversed":
    case "iter":
      return args.length === 0 ? arrayOf(unknown, { exact: 0, max: 0 }) : listed(first);
    case "set":
    case "frozenset":
      return unique(args.length === 0 ? arrayOf(unknown, { exact: 0, max: 0 }) : first);
    case "enumerate":
      return paired([scalar("number"), elementOf(first)], first, deps);
    case "zip":
      return paired(args.map(elementOf), first, deps);
    case "range": {
      const last = args.length === 1 ? constantOf(first)?.value : undefined;
      return arrayOf(scalar("number", deps), typeof last === "number" ? { exact: last, max: last } : {}, deps);
    }
    case "len":
      // What an attribute holds is used elsewhere too: nobody sees all of it from here.
      if (rows !== undefined && e.kind === "call" && e.args[0]?.value.kind === "member")
        note(act.world.operations.get(rows.id), "escape", act.place(e));
      return scalar(rows === undefined ? "number" : `length:${rows.id}`, deps);
    case "sum":
      return scalar("number", deps);
    case "min":
    case "max":
      return args.length === 1 ? elementOf(first) : unknownFrom(deps);
    default:
      return undefined;
  }
}

function elementOf(list: Value): Value {
  const array = arrayIn(list);
  return array === undefined ? unknownFrom(list.deps) : { what: array.element.what, deps: depsOf([list, array.element]) };
}

/** The same elements, in a set. */
export function unique(list: Value): Value {
  if (!list.what.some((origin) => origin.kind === "array")) return list;
  return { ...list, what: list.what.map((origin) => (origin.kind === "array" ? { ...origin, unique: true } : origin)) };
}

/** The same elements, in a list. */
function listed(list: Value): Value {
  if (!list.what.some((origin) => origin.kind === "array" && origin.unique === true)) return list;
  return { ...list, what: list.what.map((origin) => (origin.kind === "array" ? { ...origin, unique: undefined } : origin)) };
}

function paired(elements: readonly Value[], list: Value, deps: Value["deps"]): Value {
  const pair = valueOf({ kind: "array", element: unknown, elements, size: { exact: elements.length, max: elements.length } }, deps);
  const array = arrayIn(list);
  return valueOf({ kind: "array", element: pair, size: sizeOf(list), rows: array?.rows }, deps);
}

/** `rows[:10]`, `ids[i:i + n]`: a part of a list. */
export function pieceOf(act: Activation, object: Value, slice: SliceExpression, e: Expression): Value | undefined {
  const list = arrayIn(object);
  if (list === undefined) return undefined;
  const rows = wholeRows(list);
  if (rows !== undefined) note(act.world.operations.get(rows.id), "slice", act.place(e));
  const start = slice.start === undefined ? constantValue(0) : evaluate(act, slice.start);
  return sliced(list, object, slice.stop === undefined ? [start] : [start, evaluate(act, slice.stop)], "slice");
}
