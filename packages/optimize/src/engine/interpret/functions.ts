/** Calling the project's own functions: through a summary when the function stands alone, inlined when it closes over variables. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { FunctionFacts } from "../../model/facts.ts";
import type { Activation } from "./activation.ts";
import { yieldsPieces } from "./pieces.ts";
import { inFrame } from "./inlining.ts";
import { callSummary } from "./application.ts";
import { needsInline } from "./contexts.ts";
import type { Deps } from "./deps.ts";
import { none, only, parameterToken, union } from "./deps.ts";
import { evaluate } from "./expressions.ts";
import { isLetGo } from "./floating.ts";
import { next as falls } from "./flow.ts";
import { keepsResults } from "./kept-results.ts";
import { join, joinAll } from "./joins.ts";
import { bindPattern } from "./patterns.ts";
import { inOrder, runDecorators } from "./python.ts";
import { recordRecursion } from "./recursion.ts";
import { builtHere, isQuery } from "./row-results.ts";
import { execute } from "./statements.ts";
import { noteInlined } from "./summary.ts";
import { typedValue } from "./types.ts";
import type { Unit } from "./unit.ts";
import { functionInfo } from "./unit.ts";
import type { Origin, Value } from "./value.ts";
import {
  arrayOf,
  awaited,
  constantOf,
  constantValue,
  promiseOf,
  truthiness,
  undefinedValue,
  unknown,
  unknownFrom,
  valueOf,
  withDeps,
} from "./value.ts";
import type { World } from "./world.ts";

export type Closure = Extract<Origin, { kind: "closure" }>;

export interface CallOptions {
  /** A loop or library runs it, not the code at `node`. */
  readonly callback?: boolean;
}

export function callClosure(act: Activation, target: Closure, args: readonly Value[], node: Expression, options: CallOptions = {}): Value {
  const fn = target.unit.facts.functions[target.fn];
  if (fn === undefined) return unknown;
  const keeps = keepsResults(act.world, target.unit, fn);
  if (keeps) act.memo++;
  const value = callOrdered(act, target, fn, inOrder(act.world, fn, args), node, options);
  if (keeps) act.memo--;
  if (act.unit.facts.language !== "python") return value;
  // A method that the project adds to a query and that gives something unknown: usually the query itself.
  if (value.what.length === 0 && target.self?.what.some((origin) => isQuery(origin) && origin.draft !== undefined) === true)
    return withDeps(target.self, value.deps);
  return builtHere(act, value, node);
}

function callOrdered(
  act: Activation,
  target: Closure,
  fn: FunctionFacts,
  args: readonly Value[],
  node: Expression,
  options: CallOptions,
): Value {
  if (act.dropped === node && act.dropped !== undefined && options.callback !== true) act.droppedTo = fn;
  // Variables of another activation are settled: only what closes over ours must run inside it.
  const alone = !isTold(target) && (target.env === target.unit.env || target.env.owner !== act) && !selfNeedsInline(act, target.self);
  // A function written in the call that runs it is part of the code around it.
  const written = options.callback === true && target.unit === act.unit && fn.at >= node.at && fn.end <= node.end;
  if (alone && (act.deep || (!written && !needsInline(act, args)))) return callSummary(act, target, fn, args, node);
  if (act.frames.some((frame) => frame.fn === target.fn && frame.unit === target.unit)) {
    recordRecursion(act, target.unit, fn, args, node);
    return declaredResult(act.world, target.unit, fn, joinAll([...args]).deps);
  }
  if (act.deep) return { what: declaredResult(act.world, target.unit, fn, none).what, deps: joinAll([...args]).deps, key: undefined };
  return inline(act, target, fn, args, node, options);
}

/** A library's own function has no place of its own: what it does is done by the call. */
function isTold({ unit, self }: Closure): boolean {
  return unit.written !== undefined && self === undefined;
}

function selfNeedsInline(act: Activation, self: Value | undefined): boolean {
  return self !== undefined && self.what.length > 0 && needsInline(act, [self]);
}

export function declaredResult(world: World, unit: Unit, fn: FunctionFacts, deps: Deps): Value {
  const typed = typedValue(world, unit, fn.returns);
  const value = typed.what.length === 0 ? unknownFrom(deps) : withDeps(typed, deps);
  return fn.async ? promiseOf(value) : value;
}

function inline(
  act: Activation,
  target: Closure,
  fn: FunctionFacts,
  args: readonly Value[],
  node: Expression,
  options: CallOptions,
): Value {
  noteInlined(act.summary, functionInfo(target.unit, target.fn).id);
  const floats = options.callback !== true && isLetGo(act, target, fn, args, node);
  if (floats) act.floating++;
  const outcomes = inFrame(act, target, options.callback === true ? undefined : node, options.callback === true, () => {
    bindParameters(act, fn, args, true);
    run(act, fn);
  });
  if (floats) act.floating--;
  return resultOf(act.world, target.unit, fn, outcomes);
}

/** Executes the body; falling off the end returns undefined. */
export function run(act: Activation, fn: FunctionFacts): void {
  runDecorators(act);
  const flow = execute(act, fn.body);
  if ((flow & falls) !== 0) act.returns.push(undefinedValue);
}

function isNullish(value: unknown): boolean {
  return value === null || value === undefined;
}

export function resultOf(world: World, unit: Unit, fn: FunctionFacts, outcomes: readonly Value[]): Value {
  if (fn.generator) {
    const list = arrayOf(
      joinAll(
        outcomes.filter((value) => constantOf(value)?.value !== undefined || value.what.length === 0 || constantOf(value) === undefined),
      ),
      {},
    );
    return yieldsPieces(fn) ? { ...list, what: list.what.map((one) => (one.kind === "array" ? { ...one, pieces: true } : one)) } : list;
  }
  const real =
    outcomes.length === 1
      ? outcomes
      : outcomes.filter((value) => !(constantOf(value) !== undefined && isNullish(constantOf(value)?.value)));
  let value = joinAll(real.length === 0 ? outcomes : real);
  // Nothing is one of the answers: a test of the result is not decided by the others.
  if (real.length > 0 && real.length < outcomes.length && truthiness(value) !== undefined) value = join(value, constantValue(null));
  if (value.what.length === 0 && fn.returns !== undefined) {
    const typed = awaited(typedValue(world, unit, fn.returns));
    if (typed.what.length > 0) value = { what: typed.what, deps: value.deps, key: value.key };
  }
  return fn.async ? promiseOf(awaited(value)) : value;
}

function seal(value: Value): void {
  for (const origin of value.what) if (origin.kind === "object" && !origin.object.persistent) origin.object.sealed = true;
}

/** `called`: missing arguments are undefined (a root's are unknown). */
export function bindParameters(act: Activation, fn: FunctionFacts, args: readonly Value[], called: boolean): void {
  for (let i = 0; i < fn.params.length; i++) {
    const parameter = fn.params[i] as FunctionFacts["params"][number];
    // In Python more may stand behind it, and the names that are left are one dictionary: the arguments were put in order before.
    if (parameter.rest && (parameter.keyword === "rest" || i < fn.params.length - 1)) {
      bindPattern(act, parameter.target, args[i] ?? unknown, true);
      continue;
    }
    if (parameter.rest) {
      const rest = args.slice(i);
      const list = called
        ? valueOf(
            { kind: "array", element: joinAll(rest), size: { exact: rest.length, max: rest.length }, elements: rest },
            joinAll(rest).deps,
          )
        : arrayOf(unknown, { symbol: `$${i}` }, only(parameterToken(i)));
      bindPattern(act, parameter.target, list, true);
      continue;
    }
    let value = args[i] ?? (called ? undefinedValue : unknown);
    const missing = constantOf(value) !== undefined && constantOf(value)?.value === undefined;
    if (parameter.default !== undefined && (missing || value.what.length === 0)) {
      const fallback = evaluate(act, parameter.default);
      if (parameter.default.kind === "object") seal(fallback);
      value = missing
        ? fallback
        : { what: fallback.what.filter((origin) => origin.kind !== "const"), deps: union(value.deps, fallback.deps), key: value.key };
    }
    if (value.what.length === 0 && parameter.type !== undefined) {
      const typed = typedValue(act.world, act.unit, parameter.type);
      if (typed.what.length > 0) value = { what: typed.what, deps: value.deps, key: value.key };
    }
    bindPattern(act, parameter.target, value, true);
  }
}
