/** One summary a function and context, interpreted once. */
import type { FunctionFacts } from "../../model/facts.ts";
import { symbolTerm, times } from "../../model/formula.ts";
import { Activation as NewActivation, maxLateSteps, maxSteps } from "./activation.ts";
import { contained } from "./contained.ts";
import { isBusy } from "./busy.ts";
import { argumentsKey, contextual } from "./contexts.ts";
import { runDependencies, withDependencies } from "./dependencies.ts";
import type { Around } from "./root.ts";
import { showAnswer } from "./shown.ts";
import { none, only, parameterToken, thisToken } from "./deps.ts";
import type { Closure } from "./functions.ts";
import { declaredResult, bindParameters, run, resultOf } from "./functions.ts";
import type { Summary } from "./summary.ts";
import { createSummary, empty, noteInlined } from "./summary.ts";

import type { Unit } from "./unit.ts";
import type { Value } from "./value.ts";
import { undefinedValue, unknown } from "./value.ts";
import type { World } from "./world.ts";
import { release } from "./release.ts";
import { fail, isExhausted } from "./world.ts";
import { shownFunctions } from "./written.ts";

/** So many ways of calling a function are always told apart; more only while all of them together stay cheap (wrappers, singletons). */
const freeContexts = 12;
const maxContexts = 3000;
const tooManyWays = "its functions call each other in too many ways to follow each; what they do is known in general only";
const maxContextSteps = 120_000;
/** Of a function of Python that did nothing in any of them and gave nothing to do it with: there, options are named arguments and no objects that are handed on. */
const maxQuietSteps = 6000;

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
    if (
      args !== undefined &&
      (count >= maxContexts || (count >= freeContexts && steps > stepsFor(world, target.unit, name)) || (late && count > 0))
    ) {
      args = args.map(() => unknown);
      key = `${name}|${argumentsKey(target, fn, undefined)}`;
      known = world.summaries.get(key);
    } else world.contexts.set(name, count + 1);
  }
  if (known !== undefined) return known;
  const summary = createSummary(key, target.unit, target.fn, declaredResult(world, target.unit, fn, none));
  summary.dirty = world.isLast;
  world.summaries.set(key, summary);
  if (world.stack.length > 64) {
    // Too deep for the machine's stack: done again from here in the next round.
    summary.dirty = true;
    summary.done = true;
    return summary;
  }
  interpret(world, summary, target, fn, args);
  return summary;
}

/** What the round before knew is asked for until there is something better. */
function forgetBefore(world: World, { key }: Summary): void {
  const before = world.previous.get(key);
  if (before === undefined) return;
  empty(before);
  world.previous.delete(key);
}

function stepsFor(world: World, unit: Unit, name: string): number {
  return unit.facts.language !== "python" || world.busy.has(name) ? maxContextSteps : maxQuietSteps;
}

const noOrigins: Value["what"] = [];

function parameterOf(index: number, what: Value["what"]): Value {
  return { what, deps: only(parameterToken(index)), key: `$${index}` };
}

/** Interprets one function on its own. */
export function interpret(
  world: World,
  summary: Summary,
  target: Closure,
  fn: FunctionFacts,
  args: readonly Value[] | undefined,
  handler = false,
  around: Around = {},
): void {
  const self: Value =
    target.self === undefined ? unknown : { what: contextual(target.self, only(thisToken)).what, deps: only(thisToken), key: "$this" };
  const act = new NewActivation(world, summary, target.unit, target.fn, target.env, self);
  act.home = target.home;
  act.handler = handler;
  act.entered = handler;
  summary.ran = true;
  if (target.unit.written !== undefined) for (const id of shownFunctions(world, target.self)) noteInlined(summary, id);
  // A rest parameter takes what comes after the others.
  const count = fn.params.at(-1)?.rest === true && args !== undefined ? Math.max(fn.params.length - 1, args.length) : fn.params.length;
  const values: Value[] = [];
  for (let i = 0; i < count; i++) {
    const given = args?.[i];
    if (args !== undefined && given === undefined) values.push(undefinedValue);
    else if (given === undefined || given.what.length === 0) values.push(parameterOf(i, noOrigins));
    else values.push(parameterOf(i, contextual(given, only(parameterToken(i))).what));
  }
  if (args !== undefined) for (let i = count; i < args.length; i++) values.push(parameterOf(i, noOrigins));
  contained(world, target.unit, summary, () => {
    if (around.dependencies !== undefined) runDependencies(act, target.unit, around.dependencies, fn);
    const given = handler && target.unit.facts.language === "python" ? withDependencies(act, target.unit, fn, values) : values;
    bindParameters(act, fn, given, args !== undefined);
    run(act, fn);
    if (around.answer !== undefined) showAnswer(act, around.answer, fn);
  });
  if (act.effects.size > 0) summary.effects = [...act.effects.values()];
  summary.returns = resultOf(world, target.unit, fn, act.returns);
  if (act.asks.length > 0) summary.asks = act.asks;
  const fills = act.filled === undefined ? [] : [...act.filled].filter((key) => key.startsWith("$"));
  if (fills.length > 0) summary.fills = fills;
  if (act.reads.length > 0) summary.knows = act.reads.filter((read) => read.conditions.length === 0 && read.loops === 0).slice(0, 8);
  summary.cost = summary.recursive
    ? times(act.cost, symbolTerm(`calls of ${fn.name === "" ? "itself" : fn.name}@${target.unit.index}:${fn.at}`))
    : act.cost;
  summary.gathered = act.gathered;
  summary.pending = act.pending;
  summary.done = true;
  forgetBefore(world, summary);
  release(act, target.env);
  world.steps += act.steps;
  const name = `${target.unit.index}:${target.fn}`;
  if (target.unit.facts.language === "python" && isBusy(summary)) world.busy.add(name);
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
