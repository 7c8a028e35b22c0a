/** Recording effects: an operation done here, or what a summary says that a call does. */
import type { EffectKind } from "../../model/effect.ts";
import type { Expression } from "../../model/facts-expressions.ts";
import { costKindOf } from "../cost-kind.ts";
import { costOf, inSequence } from "../../model/formula.ts";
import type { Activation } from "./activation.ts";
import { bringsConnection } from "./connections.ts";
import type { Deps } from "./deps.ts";
import { none } from "./deps.ts";
import { outerTokens, slotOf, numberOf } from "./effect-slots.ts";
import { recordLoops, recordTransaction } from "./looped-operations.ts";
import type { Operation } from "./operation.ts";
import { forgetReads, noteWrite } from "./repeats.ts";
import { again, plainEffect } from "./summary.ts";
import type { SummaryEffect, Via } from "./summary.ts";
import { isSmall, relationOf, inlineSteps } from "./ways.ts";

/** After these another process may have written anything. */
const changing: ReadonlySet<EffectKind> = new Set<EffectKind>(["http-write", "http-read", "sleep", "queue", "lock", "process"]);

const maxEffects = 160;

/** The library call `node` does `operation` now. */
export function perform(act: Activation, operation: Operation, deps: Deps, values: Deps, node: Expression): void {
  const { spec } = operation;
  if (spec.transaction !== undefined) {
    act.transaction = spec.transaction === "begin" ? act.place(node) : undefined;
    return;
  }
  const kind = costKindOf(operation);
  if (kind !== undefined && act.memo === 0) {
    if (spec.pending === true) act.pending = inSequence(act.pending, costOf(kind));
    else if (spec.batched === true) act.gathered = inSequence(act.gathered, costOf(kind));
    else act.cost = inSequence(act.cost, costOf(kind));
  }
  record(act, ownEffect(act, operation, deps, values), deps, values, undefined, node);
}

/** A commit ends what runs before it: it is told where it is repeated, and costs no statement of its own. */
export function noteCommit(act: Activation, operation: Operation, node: Expression): void {
  record(act, ownEffect(act, operation, none, none), none, none, undefined, node);
}

function ownEffect(act: Activation, operation: Operation, deps: Deps, values: Deps): SummaryEffect {
  return plainEffect(operation, deps, values, act.through);
}

/** A call, by `via`, of a function whose summary has `effect`; `deps` are its dependencies said in this activation's tokens. */
export function forward(act: Activation, effect: SummaryEffect, deps: Deps, values: Deps, via: Via & { readonly node: Expression }): void {
  record(act, effect, deps, values, via, via.node);
}

/** Most effects of a call are there already: the object that says it anew is made only for those who keep it. */
function said(effect: SummaryEffect, deps: Deps, values: Deps, via: Via | undefined): SummaryEffect {
  return via === undefined ? effect : again(effect, { deps, values, via, next: effect, depth: effect.depth + 1 });
}

function record(act: Activation, effect: SummaryEffect, deps: Deps, values: Deps, via: Via | undefined, node: Expression): void {
  const { operation } = effect;
  if (act.opening > 0 && operation.kind === "connect") return;
  const conditional = effect.conditional || act.conditions.length > 0 || act.handlers > 0;
  const memoized = effect.memoized || act.memo + act.kept > 0;
  const looped = effect.looped || runsInLoop(act, deps);
  // What runs only after a failure is no cost of the ordinary way.
  if (act.loops.length > 0 && !effect.looped && !effect.rescue && act.handlers === 0)
    recordLoops(act, said(effect, deps, values, via), node, memoized);
  // The connection does not wait for what nobody waits for.
  const waited = act.floating === 0 && !effect.floating;
  if (act.transaction !== undefined && !effect.inTransaction && waited)
    recordTransaction(act, said(effect, deps, values, via), node, conditional);
  const { kind } = operation;
  if (kind !== "log") {
    act.busy++;
    if (!effect.guarded && act.guards === 0) act.failing++;
  }
  if (act.captures.some((capture) => capture.wants)) {
    const own = said(effect, deps, values, via);
    const seen = effect.conditional || act.conditions.length === 0 ? own : again(own, { conditional: true });
    for (const capture of act.captures) if (capture.wants) capture.effects.push(seen);
  }
  if (via !== undefined && operation.serial && act.captures.length > 0 && !bringsConnection(act, effect))
    for (const capture of act.captures) capture.serialised = true;
  summarise(act, effect, deps, values, via, {
    conditional,
    memoized,
    once: effect.once || act.once > 0,
    blurred: effect.blurred || act.blurred > 0,
    looped,
  });
  if (kind === "lock") act.locks++;
  if (kind === "sleep") for (const loop of act.loops) loop.facts.paced = true;
  if (operation.spec.transaction !== undefined) return;
  if (kind === "db-write") noteWrite(act, operation.table);
  else if (changing.has(kind)) forgetReads(act);
}

function runsInLoop(act: Activation, deps: Deps): boolean {
  for (const loop of act.loops) if (!isSmall(loop) && relationOf(deps, loop) === "element") return true;
  return false;
}

/** Keeps for the summary the shortest way to each kind, table and dependency. */
function summarise(
  act: Activation,
  effect: SummaryEffect,
  given: Deps,
  written: Deps,
  via: Via | undefined,
  ways: Pick<SummaryEffect, "conditional" | "memoized" | "once" | "blurred" | "looped">,
): void {
  const { conditional, memoized, once, blurred, looped } = ways;
  const deps = outerTokens(given);
  const unless = effect.unless ?? act.absent.at(-1);
  const rescue = effect.rescue || act.handlers > 0;
  const floating = effect.floating || act.floating > 0;
  const threaded = effect.threaded || act.threaded > 0;
  const limited = effect.limited || act.limits > 0;
  const guess = effect.guess ?? act.guesses.at(-1);
  const guarded = effect.guarded || act.guards > 0;
  const key =
    (slotOf(effect.operation) * 2 ** 24 + numberOf(deps)) * 512 +
    (limited ? 256 : 0) +
    (guess === undefined ? 0 : 128) +
    (guarded ? 64 : 0) +
    (threaded ? 32 : 0) +
    (unless === undefined ? 0 : 16) +
    (floating ? 8 : 0) +
    (rescue ? 4 : 0) +
    (conditional ? 2 : 0) +
    (looped ? 1 : 0);
  const before = act.effects.get(key);
  const own = via === undefined ? effect.depth : effect.depth + 1;
  if (before !== undefined && before.depth <= own + act.stepsDeep) return;
  if (before === undefined && act.effects.size >= maxEffects) return;
  let chain: SummaryEffect = {
    operation: effect.operation,
    deps,
    values: outerTokens(written),
    via,
    next: via === undefined ? effect.next : effect,
    depth: own,
    conditional,
    sure: false,
    unless,
    memoized,
    once,
    blurred,
    looped,
    inTransaction: effect.inTransaction || act.transaction !== undefined,
    rescue,
    floating,
    guarded,
    threaded,
    limited,
    guess,
    through: effect.through ?? act.through,
  };
  // Inlined calls between the function and the place become steps of the way.
  for (const frame of act.frames.length === 1 ? [] : inlineSteps(act, 1).reverse()) {
    if (frame.call === undefined) continue;
    chain = above(chain, { unit: frame.callUnit, fn: frame.callFn, node: frame.call });
  }
  act.effects.set(key, chain);
}

function above(effect: SummaryEffect, via: Via): SummaryEffect {
  return again(effect, { via, next: effect, depth: effect.depth + 1 });
}
