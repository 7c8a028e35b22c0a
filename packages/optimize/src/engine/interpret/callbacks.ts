/** Functions given to library calls: when they run, how often, with what. */
import { free } from "../../model/formula.ts";
import type { CallbackSpec, MethodSpec } from "../../model/library.ts";
import type { Loop } from "../../model/project.ts";
import type { Activation } from "./activation.ts";
import { callbackWaits, givenByName } from "./iterations.ts";
import { callFunctions } from "./call-targets.ts";
import { later } from "./escapes.ts";
import { propertyOf } from "./classes.ts";
import { none } from "./deps.ts";
import { at } from "./drafts.ts";
import { runPending } from "./pending.ts";
import { closeLoop, elementOf, openLoop } from "./loops.ts";
import { resultValue } from "./results.ts";
import type { ResultContext } from "./results.ts";
import { nameOf } from "./unit.ts";
import type { Value } from "./value.ts";
import { arrayOf, awaited, constantOf, scalar, unknown, withDeps } from "./value.ts";
import { letGoOf } from "./floating.ts";
import { join } from "./joins.ts";

/** Runs the functions among the arguments; gives what they gave, undefined when there was none. */
export function runCallbacks(act: Activation, spec: MethodSpec, context: ResultContext): Value | undefined {
  return letGoOf(act, spec, context.e, () => runGiven(act, spec, context));
}

function runGiven(act: Activation, spec: MethodSpec, context: ResultContext): Value | undefined {
  let result: Value | undefined;
  const declared = spec.callbacks ?? [];
  for (const callback of declared) {
    const given = callback.property === undefined ? context.args[callback.arg] : propertyOf(context.args[callback.arg], callback.property);
    if (given === undefined) continue;
    for (const target of functionsIn(given, 0)) {
      if (callback.thread === true) act.threaded++;
      const value = runCallback(act, spec, callback, target, context);
      if (callback.thread === true) act.threaded--;
      if (value !== undefined) result = result === undefined ? value : join(result, value);
    }
  }
  if (declared.length === 0 && spec.registers === undefined && spec.holds !== true) {
    for (const arg of context.args) for (const one of arg.what) if (one.kind === "closure") later(act, one, context.e);
  }
  return result;
}

export function hasCallback(spec: MethodSpec, args: readonly Value[]): boolean {
  return (spec.callbacks ?? []).some((callback) => {
    const given = callback.property === undefined ? args[callback.arg] : propertyOf(args[callback.arg], callback.property);
    return given !== undefined && functionsIn(given, 0).length > 0;
  });
}

/** A function, or each function of a list or object of functions. */
function functionsIn(value: Value, depth: number): Value[] {
  if (
    value.what.some(
      (origin) =>
        origin.kind === "closure" ||
        origin.kind === "bound" ||
        origin.kind === "library-method" ||
        origin.kind === "method" ||
        origin.kind === "builtin" ||
        origin.kind === "export" ||
        origin.kind === "library",
    )
  )
    return [value];
  if (depth > 1) return [];
  const out: Value[] = [];
  for (const origin of value.what) {
    if (origin.kind === "array") for (const one of origin.elements ?? [origin.element]) out.push(...functionsIn(one, depth + 1));
    else if (origin.kind === "object") for (const one of origin.object.props.values()) out.push(...functionsIn(one, depth + 1));
  }
  return out;
}

function runCallback(act: Activation, spec: MethodSpec, callback: CallbackSpec, target: Value, context: ResultContext): Value | undefined {
  const { e } = context;
  const parameters = (element: Value): Value[] =>
    (callback.params ?? ["element"]).map((param) => {
      if (param === "element") return element;
      if (param === "chunk") return arrayOf(element, {});
      if (param === "index") return scalar("number", element.deps);
      return withDeps(
        resultValue(act, param, { ...context, operation: context.operation, results: undefined, draft: undefined }),
        element.deps,
      );
    });
  switch (callback.runs) {
    case "later":
      for (const one of target.what) if (one.kind === "closure") later(act, one, e);
      return undefined;
    case "transaction": {
      const before = act.transaction;
      act.transaction = before ?? act.place(e);
      const value = waiting(act, () => callFunctions(act, target, parameters(unknown), e));
      act.transaction = before;
      return value === undefined ? undefined : awaited(value);
    }
    case "batches":
      // What a loader is made with runs once for many keys; chunks of a stream come one after the other.
      if (context.method.startsWith("new ")) return callFunctions(act, target, parameters(unknown), e);
      return runEach(act, spec, callback, target, context, parameters);
    case "cached": {
      act.memo++;
      const value = callFunctions(act, target, parameters(unknown), e);
      act.memo--;
      return value;
    }
    case "each":
      return runEach(act, spec, callback, target, context, parameters);
    default: {
      // A limiter inside a loop decides how many of its rounds run at once.
      const loop = act.loops[act.loops.length - 1];
      if (spec.concurrency !== undefined && loop !== undefined && isLimiting(spec, context)) loop.facts.mode = "limited";
      const value = waiting(act, () => {
        const given = callFunctions(act, target, parameters(unknown), e);
        return given === undefined || spec.promise !== true ? given : runPending(act, given, e);
      });
      return value === undefined ? undefined : awaited(value);
    }
  }
}

/** The library waits for its callback. */
function waiting<T>(act: Activation, body: () => T): T {
  const { awaiting } = act;
  act.awaiting = Math.max(1, awaiting);
  const out = body();
  act.awaiting = awaiting;
  return out;
}

function runEach(
  act: Activation,
  spec: MethodSpec,
  callback: CallbackSpec,
  target: Value,
  context: ResultContext,
  parameters: (element: Value) => Value[],
): Value | undefined {
  const { e, args, receiver } = context;
  const list = callback.over === undefined ? undefined : callback.over < 0 ? receiver : args[callback.over];
  const source = list === undefined ? undefined : awaited(list);
  const before = act.cost;
  act.cost = free;
  const call = e.kind === "call" ? e : undefined;
  const words = nameOf(
    callback.over === undefined || callback.over < 0
      ? call?.callee.kind === "member"
        ? call.callee.object
        : undefined
      : call?.args[callback.over]?.value,
  );
  // A synchronous helper starts each callback and goes on, as a list's own methods do.
  const mode = spec.concurrency === undefined && spec.promise !== true && callbackWaits(target) ? "parallel" : modeOf(spec, context);
  const frame = openLoop(act, {
    node: e,
    form: "callback",
    method: context.method,
    list: source,
    words,
    mode,
    chunks: callback.runs === "batches",
  });
  const element = elementOf(act, source, frame, source?.deps ?? none);
  const { awaiting } = act;
  act.awaiting = mode === "sequential" ? 1 : 0;
  const given = callFunctions(act, target, parameters(element), givenByName(call?.args[callback.arg]?.value) ?? e);
  // Builders that the callback gives back are run by whoever waits for them.
  const value = given === undefined ? undefined : runPending(act, given, e);
  act.awaiting = awaiting;
  closeLoop(act, frame, before);
  return value === undefined ? undefined : awaited(value);
}

/** One callback a call, and the limiter holds it back. */
function isLimiting(spec: MethodSpec, context: ResultContext): boolean {
  return spec.concurrency === "limited" || (typeof spec.concurrency === "object" && modeOf(spec, context) !== "parallel");
}

export function modeOf(spec: MethodSpec, context: ResultContext): Loop["mode"] {
  const { concurrency } = spec;
  if (concurrency === "one" || concurrency === undefined) return "sequential";
  if (concurrency === "all") return "parallel";
  if (concurrency === "limited") return "limited";
  const value = at({ args: context.args, receiver: context.origin }, concurrency);
  const constant = value === undefined ? undefined : constantOf(value);
  if (constant?.value === 1) return "sequential";
  return value === undefined || (constant !== undefined && (constant.value === undefined || constant.value === Infinity))
    ? "parallel"
    : "limited";
}
