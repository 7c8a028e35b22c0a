/** Methods of lists that call a function for each element. */
import type { Expression } from "../../model/facts-expressions.ts";
import { free } from "../../model/formula.ts";
import type { FunctionFacts } from "../../model/facts.ts";
import type { Use } from "../../model/project.ts";
import type { Activation } from "./activation.ts";
import type { LoopFrame } from "./frames.ts";
import { callFunctions } from "./call-targets.ts";
import { none, only, union } from "./deps.ts";
import { join, joinAll } from "./joins.ts";
import { closeLoop, elementOf, openLoop } from "./loops.ts";
import { note } from "./operation.ts";
import { runPending } from "./pending.ts";
import { choosesByColumns } from "./predicates.ts";
import { isSum } from "./row-loops.ts";
import { notePick } from "./row-picks.ts";
import { nameOf } from "./unit.ts";
import type { Origin, Size, Value } from "./value.ts";
import {
  arrayIn,
  arrayOf,
  awaited,
  constantOf,
  constantValue,
  scalar,
  undefinedValue,
  unknown,
  unknownFrom,
  valueOf,
  wholeRows,
  withDeps,
} from "./value.ts";
import { bodyOf, wiredElements, inRound } from "./wiring.ts";

interface Iteration {
  readonly gives: "list" | "same" | "element" | "value" | "nothing" | "flat" | "accumulated";
  readonly use: Use;
}

export const iterations: Readonly<Record<string, Iteration>> = {
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

export function iterate(
  act: Activation,
  receiver: Value,
  name: string,
  iteration: Iteration,
  args: readonly Value[],
  e: Expression,
): Value {
  const list = arrayIn(receiver);
  const wired = name === "forEach" || name === "map" ? wiredElements(act, receiver, () => bodyOf(args[0])) : undefined;
  if (wired !== undefined) return wireAll(act, receiver, name, wired, args, e);
  const rows = act.world.operations.get(wholeRows(list)?.id ?? "");
  if (rows !== undefined && (iteration.use === "filter" || iteration.use === "find"))
    notePick(act, rows, everyBody(args[0], choosesByColumns), act.place(e));
  const sums = iteration.gives === "accumulated" && addsUp(args);
  note(rows, sums ? "add" : iteration.use, act.place(e));
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
    source,
    sight: call?.callee.end,
    mode: sequential ? "sequential" : "parallel",
  });
  const element = elementOf(act, receiver, frame, receiver.deps);
  const index = scalar("number", only(frame.element));
  const { awaiting } = act;
  act.awaiting = sequential ? 1 : 0;
  const given =
    iteration.gives === "accumulated" ? [withDeps(args[1] ?? unknown, only(frame.carried)), element, index] : [element, index, receiver];
  let result = callFunctions(act, args[0], given, givenByName(call?.args[0]?.value) ?? e);
  // A builder given back is run by whoever waits for the list.
  if (result !== undefined && iteration.gives === "list") result = runPending(act, result, e);
  act.awaiting = awaiting;
  if (iteration.gives === "value" || iteration.gives === "element") frame.facts.once = false;
  closeLoop(act, frame, before);
  return resultOf(iteration, receiver, list, result, element, frame, args);
}

/** Each of the elements in turn. */
function wireAll(act: Activation, list: Value, name: string, elements: readonly Value[], [fn]: readonly Value[], e: Expression): Value {
  const size = { exact: elements.length, max: elements.length };
  const results = elements.map((element, i) =>
    inRound(act, i, () => callFunctions(act, fn, [element, constantValue(i), list], e) ?? unknown),
  );
  if (name === "forEach") return undefinedValue;
  const whole = joinAll(results);
  return valueOf({ kind: "array", element: whole, size, elements: results }, whole.deps);
}

/** A function that is passed by its name is what is called; its place is where the name stands. */
export function givenByName(argument: Expression | undefined): Expression | undefined {
  return argument?.kind === "name" || argument?.kind === "member" ? argument : undefined;
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
      return outside(arrayOf(result ?? unknownFrom(receiver.deps), size));
    case "same":
      // A filtered list is still the list: its size keeps the name.
      return {
        what:
          receiver.what.length === 0
            ? [{ kind: "array", element: unknownFrom(receiver.deps), size: frame.facts.size }]
            : receiver.what.map((origin) =>
                origin.kind === "array"
                  ? {
                      ...origin,
                      elements: undefined,
                      picked: true,
                      size: keptSize(origin.size, frame.facts.size),
                    }
                  : origin,
              ),
        deps,
      };
    case "element":
      return outside(list?.element ?? unknownFrom(receiver.deps));
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

/** What is left of a list is still the list; one whose size is its caller's keeps that name. */
function keptSize(size: Size, seen: Size): Size {
  if (size.exact !== undefined) return { max: size.exact, exact: size.exact };
  return size.symbol === undefined && size.max === undefined && seen.symbol?.startsWith("$") === true ? { symbol: seen.symbol } : size;
}

function everyBody(callback: Value | undefined, holds: (fn: FunctionFacts) => boolean): boolean {
  const closures = callback?.what.filter((origin) => origin.kind === "closure") ?? [];
  return (
    closures.length > 0 &&
    closures.every((origin) => {
      const fn = origin.unit.facts.functions[origin.fn];
      return fn !== undefined && holds(fn);
    })
  );
}

/** From a number on: what is added to a text is put behind it. */
function addsUp([callback, start]: readonly Value[]): boolean {
  const isNumber = start !== undefined && typeof constantOf(start)?.value === "number";
  return (
    isNumber &&
    everyBody(callback, ({ params, body }) =>
      isSum(
        params.map(({ target }) => target),
        body,
      ),
    )
  );
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
