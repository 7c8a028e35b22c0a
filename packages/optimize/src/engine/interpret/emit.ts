/** Recording effects: an operation done here, or what a summary says that a call does. */
import type { Expression } from "../../model/facts.ts";
import type { CostKind } from "../../model/formula.ts";
import { costOf, inSequence } from "../../model/formula.ts";
import type { EffectKind } from "../../model/effect.ts";
import type { LoopedOperation, Place, Step } from "../../model/project.ts";
import type { Activation, Frame, LoopFrame } from "./activation.ts";
import type { Deps } from "./deps.ts";
import { firstLocalToken, has } from "./deps.ts";
import type { Operation } from "./operation.ts";
import { forgetReads, noteWrite } from "./repeats.ts";
import type { Summary, SummaryEffect, Via } from "./summary.ts";
import type { Unit } from "./unit.ts";
import { placeOf, wordsOf } from "./unit.ts";

/** After these another process may have written anything. */
const changing: ReadonlySet<EffectKind> = new Set<EffectKind>(["http-write", "http-read", "sleep", "queue", "lock", "process"]);

const maxEffects = 160;

const costKindOf: Partial<Record<EffectKind, CostKind>> = {
  "db-read": "reads",
  "db-write": "writes",
  "cache-read": "cache",
  "cache-write": "cache",
  "http-read": "http",
  "http-write": "http",
  "file-read": "files",
  "file-write": "files",
  lock: "locks",
  queue: "jobs",
};

/** The library call `node` does `operation` now. */
export function perform(act: Activation, operation: Operation, deps: Deps, values: Deps, node: Expression): void {
  const { spec } = operation;
  if (spec.transaction !== undefined) {
    act.transaction = spec.transaction === "begin" ? act.place(node) : undefined;
    return;
  }
  const kind: CostKind | undefined =
    spec.blocking === true && operation.kind !== "db-read" && operation.kind !== "db-write" ? "blocking" : costKindOf[operation.kind];
  if (kind !== undefined && act.memo === 0) {
    if (spec.batched === true) act.gathered = inSequence(act.gathered, costOf(kind));
    else act.cost = inSequence(act.cost, costOf(kind));
  }
  record(
    act,
    {
      operation,
      deps,
      values,
      via: undefined,
      next: undefined,
      depth: 0,
      conditional: false,
      memoized: false,
      once: false,
      blurred: false,
      looped: false,
      inTransaction: false,
    },
    deps,
    values,
    undefined,
    node,
  );
}

/** A call, by `via`, of a function whose summary has `effect`; `deps` are its dependencies said in this activation's tokens. */
export function forward(act: Activation, effect: SummaryEffect, deps: Deps, values: Deps, via: Via & { readonly node: Expression }): void {
  record(act, effect, deps, values, via, via.node);
}

/** Most effects of a call are there already: the object that says it anew is made only for those who keep it. */
function said(effect: SummaryEffect, deps: Deps, values: Deps, via: Via | undefined): SummaryEffect {
  if (via === undefined) return effect;
  const { operation, conditional, memoized, once, blurred, looped, inTransaction } = effect;
  return {
    operation,
    deps,
    values,
    via,
    next: effect,
    depth: effect.depth + 1,
    conditional,
    memoized,
    once,
    blurred,
    looped,
    inTransaction,
  };
}

function record(act: Activation, effect: SummaryEffect, deps: Deps, values: Deps, via: Via | undefined, node: Expression): void {
  const { operation } = effect;
  if (act.opening > 0 && operation.kind === "connect") return;
  const conditional = effect.conditional || act.conditions.length > 0 || act.handlers > 0;
  const memoized = effect.memoized || act.memo + act.kept > 0;
  const looped = effect.looped || runsInLoop(act, deps);
  // What runs only after a failure is no cost of the ordinary way.
  if (act.loops.length > 0 && !effect.looped && act.handlers === 0) recordLoops(act, said(effect, deps, values, via), node, memoized);
  if (act.transaction !== undefined && !effect.inTransaction) recordTransaction(act, said(effect, deps, values, via), node, conditional);
  const { kind } = operation;
  if (kind !== "log") act.busy++;
  if (act.captures.some((capture) => capture.wants)) {
    const own = said(effect, deps, values, via);
    const seen = effect.conditional || act.conditions.length === 0 ? own : { ...own, conditional: true };
    for (const capture of act.captures) if (capture.wants) capture.effects.push(seen);
  }
  summarise(act, effect, deps, values, via, {
    conditional,
    memoized,
    once: effect.once || act.once > 0,
    blurred: effect.blurred || act.blurred > 0,
    looped,
  });
  if (kind === "sleep") for (const loop of act.loops) loop.facts.paced = true;
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
  const key = (slotOf(effect.operation) * 2 ** 24 + numberOf(deps)) * 4 + (conditional ? 2 : 0) + (looped ? 1 : 0);
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
    memoized,
    once,
    blurred,
    looped,
    inTransaction: effect.inTransaction || act.transaction !== undefined,
  };
  // Inlined calls between the function and the place become steps of the way.
  for (const frame of act.frames.length === 1 ? [] : inlineSteps(act, 1).reverse()) {
    if (frame.call === undefined) continue;
    chain = above(chain, { unit: frame.callUnit, fn: frame.callFn, node: frame.call });
  }
  act.effects.set(key, chain);
}

function above(effect: SummaryEffect, via: Via): SummaryEffect {
  return { ...effect, via, next: effect, depth: effect.depth + 1 };
}

const numbers = new Map<string, number>();

/** The same number for the same tokens. */
function numberOf(deps: Deps): number {
  if (deps.length < 2) return deps.length === 0 ? 0 : (deps[0] as number) + 1;
  const text = deps.join();
  let number = numbers.get(text);
  if (number === undefined) {
    number = numbers.size + firstLocalToken + 1;
    numbers.set(text, number);
  }
  return number;
}

/** Tokens of `this` and of parameters. */
function outerTokens(deps: Deps): Deps {
  return deps.length === 0 || (deps[deps.length - 1] as number) < firstLocalToken ? deps : deps.filter((token) => token < firstLocalToken);
}

const slots = new WeakMap<Operation, number>();
const slotNumbers = new Map<string, number>();

/** What two operations must share to stand for each other in a summary. */
function slotOf(operation: Operation): number {
  let slot = slots.get(operation);
  if (slot === undefined) {
    const place =
      operation.spec.blocking === true || operation.kind === "connect" || operation.spec.scan === true || operation.kind.startsWith("http")
        ? operation.id
        : operation.library;
    const text = `${operation.kind}|${operation.table ?? ""}|${place}`;
    slot = slotNumbers.get(text) ?? slotNumbers.size;
    slotNumbers.set(text, slot);
    slots.set(operation, slot);
  }
  return slot;
}

/** Frames above `depth` that are real calls. */
function inlineSteps(act: Activation, depth: number): Frame[] {
  const out: Frame[] = [];
  for (let i = depth; i < act.frames.length; i++) {
    const frame = act.frames[i] as Frame;
    if (!frame.callback && frame.call !== undefined) out.push(frame);
  }
  return out;
}

/** `visit(item)` where `visit` is a parameter: what it does is the code of whoever passed it. */
function isParameterCall(unit: Unit, node: Expression | undefined): boolean {
  if (node?.kind !== "call" || node.callee.kind !== "name" || node.callee.binding < 0) return false;
  return unit.facts.bindings[node.callee.binding]?.kind === "parameter";
}

interface Way extends Step {
  /** The step only calls what it was given. */
  readonly given: boolean;
}

/** The way from the first step on that is no mere call of a given function. */
function withoutHelpers(ways: readonly Way[]): Step[] {
  const first = ways.findIndex((way) => !way.given);
  return (first < 0 ? [] : ways.slice(first)).map(({ place, name }) => ({ place, name }));
}

function waysOf(frames: readonly Frame[]): Way[] {
  return frames.flatMap(({ call, callUnit, callFn }) => (call === undefined ? [] : [wayOf({ unit: callUnit, fn: callFn, node: call })]));
}

function viasOf(effect: SummaryEffect): Way[] {
  const out: Way[] = [];
  for (let current: SummaryEffect | undefined = effect; current !== undefined && out.length < 24; current = current.next) {
    if (current.via !== undefined) out.push(wayOf(current.via));
  }
  return out;
}

function wayOf(via: Via): Way {
  return { ...stepOf(via), given: isParameterCall(via.unit, via.node) };
}

/** The operation's own place when the way here led only through helpers; else where the interpretation is. */
function placeHere(act: Activation, effect: SummaryEffect, node: Expression): Place {
  return effect.via === undefined ? act.place(node) : effect.operation.place;
}

/** The calls from an effect down to its operation. */
export function pathOf(effect: SummaryEffect): Step[] {
  const out: Step[] = [];
  for (let current: SummaryEffect | undefined = effect; current !== undefined && out.length < 24; current = current.next) {
    if (current.via !== undefined) out.push(stepOf(current.via));
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

/** Recorded before it is known what the rest of the round does with its result. */
type Looped = { -readonly [K in keyof Summary["looped"][number]]: Summary["looped"][number][K] };

function recordLoops(act: Activation, effect: SummaryEffect, node: Expression, memoized: boolean): void {
  for (let i = act.loops.length - 1; i >= 0; i--) {
    const loop = act.loops[i] as LoopFrame;
    const relation = relationOf(effect.deps, loop);
    if (isAwaited(act, loop, effect)) loop.awaited++;
    else loop.started++;
    const conditions = act.conditions.length > loop.conditions ? act.conditions.slice(loop.conditions) : noConditions;
    const looped: Looped = new LoopedRecord(
      {
        operation: effect.operation,
        loop: loop.facts,
        outer: i === 0 ? noLoops : act.loops.slice(0, i).map((frame) => frame.facts),
        relation,
        carried: has(effect.deps, loop.carried),
        conditional: effect.conditional || conditions.length > 0,
        perLiteral: conditions.some((condition) => condition.literal === loop.element),
        isolated: act.tries > loop.tries,
        // Asked once a request for each argument: other elements are other arguments.
        memoized:
          (memoized && (effect.memoized || act.memo + act.kept > loop.memo)) ||
          ((relation !== "element" || effect.blurred) && (effect.once || act.once > loop.once)),
        valuesVary: has(effect.values, loop.element),
        feedsWrite: false,
        inTransaction: act.transaction !== undefined || effect.operation.within === true,
        ownTransaction: act.transaction !== undefined && loop.transaction === undefined,
        callerMax: undefined,
        loopSymbol: loop.facts.size.symbol,
      },
      { effect, node, unit: act.unit, fn: act.fn, steps: act.frames.slice(Math.max(startOf(act, loop), 1)) },
    );
    act.summary.looped.push(looped);
    if (effect.operation.kind === "db-write") {
      for (const token of effect.deps) for (const earlier of act.written.get(token) ?? []) earlier.feedsWrite = true;
      act.fresh.push(looped);
    }
    if (relation === "element" && !isSmall(loop)) return;
  }
}

function isWrittenIn(frame: Frame, place: Place): boolean {
  const fn = frame.unit.facts.functions[frame.fn];
  return fn !== undefined && frame.unit.facts.file === place.file && fn.at >= place.at && fn.end <= place.end;
}

/** First frame that is inside the loop and is the user's own code: a callback's, not that of the function which calls it. */
function startOf(act: Activation, loop: LoopFrame): number {
  let start = loop.depth;
  for (let i = loop.depth; i < act.frames.length; i++) {
    const frame = act.frames[i] as Frame;
    // The loop's own callback, and callbacks that are written inside the loop; those of functions further down are theirs.
    if (frame.callback && (i === loop.depth || isWrittenIn(frame, loop.facts.place))) start = i + 1;
  }
  return start;
}

function isAwaited(act: Activation, loop: LoopFrame, effect: SummaryEffect): boolean {
  const start = startOf(act, loop);
  return (start < act.frames.length ? (act.frames[start] as Frame).awaiting : act.awaiting > 0) || effect.operation.spec.blocking === true;
}

interface Way0 {
  readonly effect: SummaryEffect;
  readonly node: Expression;
  readonly unit: Unit;
  readonly fn: number;
  /** Frames inside the loop. */
  readonly steps: readonly Frame[];
}

type LoopedFields = Omit<Looped, "site" | "path" | "function">;
const noConditions: readonly never[] = [];
const noLoops: readonly never[] = [];

/** A looped operation whose place and way are worked out when somebody asks: most are never asked. */
class LoopedRecord implements Looped {
  declare operation: Looped["operation"];
  declare loop: Looped["loop"];
  declare outer: Looped["outer"];
  declare relation: Looped["relation"];
  declare carried: boolean;
  declare conditional: boolean;
  declare perLiteral: boolean;
  declare isolated: boolean;
  declare memoized: boolean;
  declare valuesVary: boolean;
  declare feedsWrite: boolean;
  declare inTransaction: boolean;
  declare ownTransaction: boolean;
  declare callerMax: number | undefined;
  declare loopSymbol: string | undefined;
  private readonly way: Way0;
  private known: readonly Step[] | undefined;

  constructor(fields: LoopedFields, way: Way0) {
    Object.assign(this, fields);
    this.way = way;
  }

  get path(): readonly Step[] {
    const frames = this.way.steps.filter((frame) => !frame.callback && frame.call !== undefined);
    return (this.known ??= withoutHelpers([...waysOf(frames), ...viasOf(this.way.effect)]));
  }

  get site(): Place {
    const { effect, unit, node, fn } = this.way;
    return this.path[0]?.place ?? (effect.via === undefined ? placeOf(unit, node, fn) : effect.operation.place);
  }

  get function(): Place["function"] {
    return this.site.function;
  }
}

function recordTransaction(act: Activation, effect: SummaryEffect, node: Expression, conditional: boolean): void {
  const { kind } = effect.operation;
  if (kind.startsWith("db-") || kind === "log" || kind === "cpu" || kind === "lock" || act.transaction === undefined) return;
  const path = withoutHelpers(viasOf(effect));
  const site = path[0]?.place ?? placeHere(act, effect, node);
  act.summary.transactions.push({
    operation: effect.operation,
    transaction: act.transaction,
    conditional,
    site,
    path,
    function: site.function,
  });
}
