/** The way from an entry to an operation: calls, conditions, places. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { LoopedOperation, Place, Step } from "../../model/project.ts";
import type { Activation } from "./activation.ts";
import type { Frame, LoopFrame } from "./frames.ts";
import type { Deps } from "./deps.ts";
import { has } from "./deps.ts";
import type { SummaryEffect, Via } from "./summary.ts";
import type { Unit } from "./unit.ts";
import { placeOf, wordsOf } from "./unit.ts";

/** Frames above `depth` that are real calls. */
export function inlineSteps(act: Activation, depth: number): Frame[] {
  const out: Frame[] = [];
  for (let i = depth; i < act.frames.length; i++) {
    const frame = act.frames[i] as Frame;
    if (!frame.callback && frame.call !== undefined) out.push(frame);
  }
  return out;
}

/** `visit(item)` where `visit` is a parameter: what it does is the code of whoever passed it. */
function isParameterCall(unit: Unit, node: Expression | undefined): boolean {
  const called = node?.kind === "call" ? node.callee : node;
  if (called?.kind !== "name" || called.binding < 0) return false;
  return unit.facts.bindings[called.binding]?.kind === "parameter";
}

interface Way extends Step {
  /** The step only calls what it was given. */
  readonly given: boolean;
}

/** The way from the first step on that is no mere call of a given function. */
export function withoutHelpers(ways: readonly Way[]): Step[] {
  const first = ways.findIndex((way) => !way.given);
  return (first < 0 ? [] : ways.slice(first)).map(({ place, name }) => ({ place, name }));
}

export function waysOf(frames: readonly Frame[]): Way[] {
  return frames.flatMap(({ call, callUnit, callFn }) =>
    call === undefined || callUnit.written !== undefined ? [] : [wayOf({ unit: callUnit, fn: callFn, node: call })],
  );
}

export function viasOf(effect: SummaryEffect): Way[] {
  const out: Way[] = [];
  for (let current: SummaryEffect | undefined = effect; current !== undefined && out.length < 24; current = current.next) {
    if (current.via !== undefined && current.via.unit.written === undefined) out.push(wayOf(current.via));
  }
  return out;
}

function wayOf(via: Via): Way {
  const { place, name } = stepOf(via);
  return { place, name, given: isParameterCall(via.unit, via.node) };
}

/** The operation's own place when the way here led only through helpers; else where the interpretation is. */
export function placeHere(act: Activation, effect: SummaryEffect, node: Expression): Place {
  return effect.via === undefined ? act.place(node) : effect.operation.place;
}

/** The calls from an effect down to its operation. */
export function pathOf(effect: SummaryEffect): Step[] {
  const out: Step[] = [];
  for (let current: SummaryEffect | undefined = effect; current !== undefined && out.length < 24; current = current.next) {
    if (current.via !== undefined && current.via.unit.written === undefined) out.push(stepOf(current.via));
  }
  return out;
}

function stepOf(via: Via): Step {
  return { place: placeOf(via.unit, via.node, via.fn), name: wordsOf(via.node.kind === "call" ? via.node.callee : via.node) };
}

export function relationOf(deps: Deps, loop: LoopFrame): LoopedOperation["relation"] {
  if (has(deps, loop.element)) return "element";
  if (has(deps, loop.collected)) return "collected";
  return has(deps, loop.carried) ? "carried" : "invariant";
}

export function isSmall(loop: LoopFrame): boolean {
  const { size, rows } = loop.facts;
  const most = size.exact ?? size.max;
  return most !== undefined && most <= (rows === undefined ? 10 : 5);
}
