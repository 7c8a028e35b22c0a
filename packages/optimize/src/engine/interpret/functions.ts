/** Calling the project's own functions: through a summary when the function stands alone, inlined when it closes over variables. */
import type { Expression, FunctionFacts } from "../../model/facts.ts";
import type { Cost, Polynomial } from "../../model/formula.ts";
import { constant, inSequence, perhaps, substituteCost, symbolTerm, times } from "../../model/formula.ts";
import type { Activation } from "./activation.ts";
import { Activation as NewActivation, inFrame, maxLateSteps, maxSteps, release } from "./activation.ts";
import { argumentsKey, contextual, needsInline } from "./contexts.ts";
import type { Deps } from "./deps.ts";
import { firstLocalToken, none, only, parameterToken, thisToken, union } from "./deps.ts";
import { escapes } from "./calls.ts";
import { forward } from "./emit.ts";
import { evaluate } from "./expressions.ts";
import { sizeOf } from "./expressions.ts";
import { changes } from "./mutations.ts";
import { bindPattern } from "./patterns.ts";
import { recordRecursion } from "./recursion.ts";
import { askedKey, keyFor, noteAsks, noteKnown, noteRead } from "./repeats.ts";
import { execute, next as falls } from "./statements.ts";
import { flowOf } from "./operation.ts";
import type { Operation } from "./operation.ts";
import type { Summary } from "./summary.ts";
import { createSummary } from "./summary.ts";
import { typedValue } from "./types.ts";
import type { Unit } from "./unit.ts";
import { functionInfo, nameOf } from "./unit.ts";
import type { Origin, Size, Value } from "./value.ts";
import {
  arrayOf,
  awaited,
  constantOf,
  constantValue,
  join,
  joinAll,
  promiseOf,
  truthiness,
  undefinedValue,
  unknown,
  valueOf,
  withDeps,
} from "./value.ts";
import { readPlain } from "./types.ts";
import { contained } from "./contained.ts";
import { fail, isExhausted } from "./world.ts";
import type { World } from "./world.ts";

type Closure = Extract<Origin, { kind: "closure" }>;
/** So many ways of calling a function are always told apart; more only while all of them together stay cheap (wrappers, singletons). */
const freeContexts = 12;
const maxContexts = 3000;
const tooManyWays = "its functions call each other in too many ways to follow each; what they do is known in general only";
const maxContextSteps = 120_000;

export interface CallOptions {
  /** A loop or library runs it, not the code at `node`. */
  readonly callback?: boolean;
}

export function callClosure(act: Activation, target: Closure, args: readonly Value[], node: Expression, options: CallOptions = {}): Value {
  const fn = target.unit.facts.functions[target.fn];
  if (fn === undefined) return unknown;
  // Variables of another activation are settled: only what closes over ours must run inside it.
  const alone = (target.env === target.unit.env || target.env.owner !== act) && !selfNeedsInline(act, target.self);
  // A function written in the call that runs it is part of the code around it.
  const written = options.callback === true && target.unit === act.unit && fn.at >= node.at && fn.end <= node.end;
  if (alone && (act.deep || (!written && !needsInline(act, args)))) return callSummary(act, target, fn, args, node);
  if (act.frames.some((frame) => frame.fn === target.fn && frame.unit === target.unit)) {
    recordRecursion(act, target.unit, fn, args, node);
    return declaredResult(act.world, target.unit, fn, joinAll([...args]).deps);
  }
  if (act.deep) return { what: declaredResult(act.world, target.unit, fn, none).what, deps: joinAll([...args]).deps };
  return inline(act, target, fn, args, node, options);
}

function selfNeedsInline(act: Activation, self: Value | undefined): boolean {
  return self !== undefined && needsInline(act, [self]);
}

function declaredResult(world: World, unit: Unit, fn: FunctionFacts, deps: Deps): Value {
  const typed = typedValue(world, unit, fn.returns);
  const value = typed.what.length === 0 ? { what: [], deps } : withDeps(typed, deps);
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
  act.summary.executed.add(functionInfo(target.unit, target.fn).id);
  const outcomes = inFrame(act, target, options.callback === true ? undefined : node, options.callback === true, () => {
    bindParameters(act, fn, args, true);
    run(act, fn);
  });
  return resultOf(act.world, target.unit, fn, outcomes);
}

/** Executes the body; falling off the end returns undefined. */
function run(act: Activation, fn: FunctionFacts): void {
  const flow = execute(act, fn.body);
  if ((flow & falls) !== 0) act.returns.push(undefinedValue);
}

function isNullish(value: unknown): boolean {
  return value === null || value === undefined;
}

function resultOf(world: World, unit: Unit, fn: FunctionFacts, outcomes: readonly Value[]): Value {
  if (fn.generator) {
    const list = arrayOf(
      joinAll(
        outcomes.filter((value) => constantOf(value)?.value !== undefined || value.what.length === 0 || constantOf(value) === undefined),
      ),
      {},
    );
    return list;
  }
  const real = outcomes.filter((value) => !(outcomes.length > 1 && constantOf(value) !== undefined && isNullish(constantOf(value)?.value)));
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
  for (const [i, parameter] of fn.params.entries()) {
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

/** The summary of a function for these arguments; made now if it is not there. */
export function summaryOf(world: World, target: Closure, fn: FunctionFacts, args: readonly Value[] | undefined): Summary {
  const name = `${target.unit.index}:${target.fn}`;
  let key = `${name}|${argumentsKey(target, fn, args)}`;
  let known = world.summaries.get(key);
  if (known === undefined) {
    const count = world.contexts.get(name) ?? 0;
    const steps = world.contextSteps.get(name) ?? 0;
    const late = isExhausted(world);
    if (late && count > 0) fail(world, target.unit.facts.file, "too-large", tooManyWays);
    if (args !== undefined && (count >= maxContexts || (count >= freeContexts && steps > maxContextSteps) || (late && count > 0))) {
      args = args.map(() => unknown);
      key = `${name}|${argumentsKey(target, fn, undefined)}`;
      known = world.summaries.get(key);
    } else world.contexts.set(name, count + 1);
  }
  if (known !== undefined) return known;
  const summary = createSummary(key, target.unit, target.fn, declaredResult(world, target.unit, fn, none));
  world.summaries.set(key, summary);
  if (world.stack.length > 90) {
    // Too deep for the machine's stack: done again from here in the next round.
    summary.dirty = true;
    summary.done = true;
    return summary;
  }
  interpret(world, summary, target, fn, args);
  return summary;
}

/** Interprets one function on its own. */
export function interpret(
  world: World,
  summary: Summary,
  target: Closure,
  fn: FunctionFacts,
  args: readonly Value[] | undefined,
  handler = false,
): void {
  const self: Value =
    target.self === undefined ? unknown : { what: contextual(target.self, only(thisToken)).what, deps: only(thisToken), key: "$this" };
  const act = new NewActivation(world, summary, target.unit, target.fn, target.env, self);
  act.home = target.home;
  act.handler = handler;
  summary.executed.add(functionInfo(target.unit, target.fn).id);
  // A rest parameter takes what comes after the others.
  const count = fn.params.at(-1)?.rest === true && args !== undefined ? Math.max(fn.params.length - 1, args.length) : fn.params.length;
  const values = Array.from({ length: count }, (_, i) => {
    const deps = only(parameterToken(i));
    const given = args?.[i];
    if (args !== undefined && given === undefined) return undefinedValue;
    if (given === undefined || given.what.length === 0) return { what: [], deps, key: `$${i}` };
    const seen = contextual(given, deps);
    return { what: seen.what, deps, key: `$${i}` };
  });
  if (args !== undefined) for (let i = count; i < args.length; i++) values.push({ what: [], deps: only(parameterToken(i)), key: `$${i}` });
  contained(world, target.unit, summary, () => {
    bindParameters(act, fn, values, args !== undefined);
    run(act, fn);
  });
  summary.effects = [...act.effects.values()];
  summary.returns = resultOf(world, target.unit, fn, act.returns);
  summary.asks = act.asks;
  summary.knows = act.reads.filter((read) => read.conditions.length === 0 && read.loops === 0).slice(0, 8);
  summary.cost = summary.recursive
    ? times(act.cost, symbolTerm(`calls of ${fn.name === "" ? "itself" : fn.name}@${target.unit.index}:${fn.at}`))
    : act.cost;
  summary.gathered = act.gathered;
  summary.done = true;
  release(act, target.env);
  world.steps += act.steps;
  const name = `${target.unit.index}:${target.fn}`;
  world.contextSteps.set(name, (world.contextSteps.get(name) ?? 0) + act.steps);
  if (act.steps > maxLateSteps && isExhausted(world)) fail(world, target.unit.facts.file, "too-large", tooManyWays);
  if (act.steps > maxSteps)
    fail(
      world,
      target.unit.facts.file,
      "too-large",
      `interpretation of ${fn.name === "" ? "a function" : fn.name} stopped after 150,000 steps; what follows in it was not seen`,
    );
}

function callSummary(act: Activation, target: Closure, fn: FunctionFacts, args: readonly Value[], node: Expression): Value {
  const summary = summaryOf(act.world, target, fn, args);
  summary.callers.add(act.summary);
  if (!summary.done) {
    // A cycle: what the round before knew is the best there is; the next round repairs it.
    if (summary === act.summary) recordRecursion(act, target.unit, fn, args, node);
    const before = act.world.previous.get(summary.key);
    if (before === undefined || summary === act.summary) {
      if (summary !== act.summary) act.summary.waits.add(summary);
      return declaredResult(act.world, target.unit, fn, joinAll([...args]).deps);
    }
    return apply(act, before, target, fn, args, node);
  }
  return apply(act, summary, target, fn, args, node);
}

/** Says a summary's effects, cost and result in the caller's terms. */
function apply(act: Activation, summary: Summary, target: Closure, fn: FunctionFacts, args: readonly Value[], node: Expression): Value {
  const self = target.self ?? unknown;
  const mapDeps = (deps: Deps): Deps => {
    if (deps.length === 0) return none;
    let out = none;
    for (const token of deps) {
      if (token === thisToken) out = union(out, self.deps);
      else if (token < firstLocalToken) out = union(out, args[token - 1]?.deps ?? none);
    }
    return out;
  };
  const sizeAt = (symbol: string): Size | undefined => sizeOfSymbol(act, symbol, args, self, node);
  for (const [i, arg] of args.entries()) {
    noteArgument(act, summary, i, arg);
    escapes(act, arg, node);
  }
  const { read, waits } = traitsOf(summary);
  if (read !== undefined && act.memo + act.kept === 0 && act.handlers === 0)
    noteRead(
      act,
      askedKey(summary.key, [self, ...args]),
      { ...read, via: { unit: act.unit, fn: act.fn, node }, next: read, depth: read.depth + 1 },
      node,
    );
  const keyAt = (key: string | undefined): string | undefined => keyFor(key, self, args);
  noteAsks(act, summary.asks, keyAt, node);
  const via = { unit: act.unit, fn: act.fn, node };
  const partial = args.some(isPartOfParameter);
  for (const effect of summary.effects) {
    // Whether one property differs from call to call is not said by what the whole parameter depends on.
    const blurred = partial && effect.once && !effect.blurred && effect.deps.some((token) => isPartOfParameter(args[token - 1]));
    forward(act, blurred ? { ...effect, blurred } : effect, mapDeps(effect.deps), mapDeps(effect.values), via);
  }
  noteKnown(act, summary.knows, keyAt, node);
  if (act.memo === 0) {
    const said = (cost: Cost): Cost => substituteCost(cost, (symbol) => polynomialOf(symbol, sizeAt));
    act.cost = inSequence(act.cost, said(summary.cost));
    act.gathered = inSequence(act.gathered, said(summary.gathered));
  }
  for (const name of summary.unknown) {
    act.summary.unknown.add(name);
    if (act.awaiting > 0) {
      act.busy++;
      for (const capture of act.captures) capture.inside.push(name);
    }
  }
  if (summary.writesState) {
    act.summary.writesState = true;
    for (const capture of act.captures) capture.sideEffects = true;
  }
  for (const token of summary.mutates) {
    const changed = token === thisToken ? self : args[token - 1];
    if (changed !== undefined) changes(act, changed, token !== thisToken && isMade(node, token - 1) ? "call of its own" : "call");
  }
  const { operations } = act.world;
  const site = `${act.unit.index}:${node.at}`;
  const flowAt = (id: string): Operation | undefined => {
    const operation = operations.get(id);
    return operation === undefined ? undefined : flowOf(operations, operation, site);
  };
  const mapped = translate(summary.returns, { mapDeps, sizeAt, keyAt, flowAt }, 0);
  if (!waits) return withDeps(mapped, none, mapped.key ?? callKey(target, args));
  const token = act.result();
  return withDeps(mapped, token, `io${String(token[0])}`);
}

/** The argument is written in the call: nobody else has it. */
function isMade(node: Expression, index: number): boolean {
  const kind = node.kind === "call" ? node.args[index]?.value.kind : undefined;
  return kind === "object" || kind === "array";
}

interface Traits {
  /** The first read that every call does. */
  readonly read: Summary["effects"][number] | undefined;
  /** Does anything whose result is more than what it was called with. */
  readonly waits: boolean;
}

const traits = new WeakMap<Summary["effects"], Traits>();

function traitsOf({ effects }: Summary): Traits {
  let known = traits.get(effects);
  if (known === undefined) {
    known = {
      read: effects.find((effect) => effect.operation.kind === "db-read" && !effect.conditional),
      waits: effects.some((effect) => !effect.operation.kind.startsWith("log") && effect.operation.kind !== "connect"),
    };
    traits.set(effects, known);
  }
  return known;
}

/** `options.id` of a parameter `options`. */
export function isPartOfParameter(value: Value | undefined): boolean {
  return value?.key?.startsWith("$") === true && value.key.includes(".");
}

function callKey(target: Closure, args: readonly Value[]): string | undefined {
  const keys = args.map((arg) => arg.key ?? (constantOf(arg) === undefined ? undefined : String(constantOf(arg)?.value)));
  return keys.includes(undefined) ? undefined : `f${target.unit.index}:${target.fn}(${keys.join()})`.slice(0, 240);
}

function noteArgument(act: Activation, summary: Summary, i: number, arg: Value): void {
  const size = sizeOf(arg);
  const before = summary.argSizes.get(i);
  const own = arg.key?.startsWith("$") === true ? undefined : (size.exact ?? size.max);
  if (own === undefined) summary.argSizes.set(i, "unknown");
  else if (before !== "unknown") summary.argSizes.set(i, { max: Math.max(before?.max ?? 0, own) });
  void act;
}

function polynomialOf(symbol: string, sizeAt: (symbol: string) => Size | undefined): Polynomial | undefined {
  if (!symbol.startsWith("$")) return undefined;
  const size = sizeAt(symbol);
  if (size?.exact !== undefined) return constant(size.exact);
  return size?.symbol === undefined ? undefined : symbolTerm(size.symbol);
}

/** `$1.items` at this call: the size of the second argument's `items`. */
function sizeOfSymbol(act: Activation, symbol: string, args: readonly Value[], self: Value, node: Expression): Size | undefined {
  const [head = "", ...path] = symbol.split(".");
  const argument = head === "$this" ? self : args[Number(head.slice(1))];
  if (argument === undefined) return { exact: 0 };
  let value = argument;
  for (const name of path) {
    const key = value.key === undefined ? undefined : `${value.key}.${name}`;
    const inner = readPlain(act.world, value, name);
    value = { what: inner.what, deps: value.deps, key: inner.key ?? key };
  }
  const size = sizeOf(value);
  if (size.exact !== undefined || size.symbol !== undefined) return size;
  const call = node.kind === "call" ? node : undefined;
  const name = path[path.length - 1] ?? nameOf(call?.args[Number(head.slice(1))]?.value);
  return { symbol: `${name === "" ? "elements" : name}@${act.unit.index}:${node.at}` };
}

/** How the callee's parameters read in the caller. */
interface Terms {
  readonly mapDeps: (deps: Deps) => Deps;
  readonly sizeAt: (symbol: string) => Size | undefined;
  readonly keyAt: (key: string | undefined) => string | undefined;
  /** An operation, by its id, as this caller uses its result. */
  readonly flowAt: (id: string) => Operation | undefined;
}

/** A value of the callee in the caller's tokens and sizes. */
function translate(value: Value, terms: Terms, depth: number): Value {
  const { mapDeps, sizeAt, keyAt } = terms;
  const deps = mapDeps(value.deps);
  if (value.what.length === 0) return deps.length === 0 ? unknown : { what: [], deps };
  if (depth > 4) return { what: value.what, deps };
  const what = value.what.map((origin): Origin => {
    switch (origin.kind) {
      case "promise":
        return { kind: "promise", value: translate(origin.value, terms, depth + 1) };
      case "array": {
        const { symbol } = origin.size;
        const size = symbol?.startsWith("$") === true ? (sizeAt(symbol) ?? {}) : origin.size;
        const element = translate(origin.element, terms, depth + 1);
        return {
          kind: "array",
          element,
          size,
          rows: origin.rows === undefined ? undefined : (terms.flowAt(origin.rows.id) ?? origin.rows),
          picked: origin.picked,
          chunk: origin.chunk,
          elements: origin.elements?.map((one) => translate(one, terms, depth + 1)),
        };
      }
      case "map":
        return {
          kind: "map",
          value: translate(origin.value, terms, depth + 1),
          size: origin.size.symbol?.startsWith("$") === true ? (sizeAt(origin.size.symbol) ?? {}) : origin.size,
        };
      case "object": {
        if (origin.object.persistent) return origin;
        const props = new Map([...origin.object.props].map(([name, inner]) => [name, translate(inner, terms, depth + 1)]));
        return { kind: "object", object: { ...origin.object, props, readers: undefined } };
      }
      case "row":
        return origin.operation === undefined ? origin : { ...origin, operation: terms.flowAt(origin.operation.id) ?? origin.operation };
      case "scalar": {
        const cut = origin.type.indexOf(":");
        const flow = cut < 0 ? undefined : terms.flowAt(origin.type.slice(cut + 1));
        return flow === undefined ? origin : { kind: "scalar", type: `${origin.type.slice(0, cut)}:${flow.id}` };
      }
      case "library":
        return origin.draft === undefined
          ? origin
          : {
              ...origin,
              draft: {
                ...origin.draft,
                asked: keyAt(origin.draft.asked),
                deps: mapDeps(origin.draft.deps),
                values: mapDeps(origin.draft.values),
              },
            };
      default:
        return origin;
    }
  });
  return { what, deps };
}

void perhaps;
