/** Operations that run in a loop or a transaction, as rules see them. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Place, Step } from "../../model/project.ts";
import type { Guess } from "./alternatives.ts";
import type { Activation } from "./activation.ts";
import type { Frame, LoopFrame } from "./frames.ts";
import { handedAround } from "./held-in-transactions.ts";
import { has, since } from "./deps.ts";
import { wasFilled } from "./filled.ts";
import { isKeptByRow } from "./operation.ts";
import { toldOf } from "./summary.ts";
import type { SummaryEffect, Told } from "./summary.ts";
import type { Unit } from "./unit.ts";
import { placeOf } from "./unit.ts";
import { relationOf, isSmall, withoutHelpers, waysOf, viasOf, placeHere } from "./ways.ts";

/** Recorded before it is known what the rest of the round does with its result. */
type Looped = { -readonly [K in keyof Told["looped"][number]]: Told["looped"][number][K] };

export function recordLoops(act: Activation, effect: SummaryEffect, node: Expression, memoized: boolean): void {
  for (let i = act.loops.length - 1; i >= 0; i--) {
    const loop = act.loops[i] as LoopFrame;
    const relation = relationOf(effect.deps, loop);
    // The row was there before the loop: it remembers its relation after the first round.
    if (isKeptByRow(effect.operation.spec) && since(effect.deps, loop.element).length === 0) return;
    if (isAwaited(act, loop, effect)) loop.awaited++;
    // A coroutine that nobody takes never runs.
    else if (act.unit.facts.language !== "python" || act.dropped?.at !== node.at || act.dropped.end !== node.end) loop.started++;
    const conditions = act.conditions.length > loop.conditions ? act.conditions.slice(loop.conditions) : noConditions;
    const looped: Looped = new LoopedRecord(
      {
        operation: effect.operation,
        loop: loop.facts,
        outer: i === 0 ? noLoops : act.loops.slice(0, i).map((frame) => frame.facts),
        relation,
        carried: has(effect.deps, loop.carried),
        conditional: effect.conditional || conditions.length > 0,
        partly: (effect.conditional && !effect.sure) || conditions.length > 0 || act.skips > loop.skips,
        guess: act.guesses.length > loop.guesses ? act.guesses.at(-1) : effect.guess,
        perLiteral: conditions.some((condition) => condition.literal === loop.element),
        isolated: act.tries > loop.tries,
        // Asked once a request for each argument: other elements are other arguments.
        memoized:
          wasFilled(act, loop, effect.unless) ||
          (memoized && (effect.memoized || act.memo + act.kept > loop.memo)) ||
          ((relation !== "element" || effect.blurred) && (effect.once || act.once > loop.once)),
        valuesVary: effect.operation.kind !== "db-read" && has(effect.values, loop.element),
        otherTable: effect.operation.kind === "db-read" && has(effect.values, loop.element),
        feedsWrite: false,
        inTransaction: act.transaction !== undefined || effect.operation.within === true,
        floating: effect.floating || act.floating > loop.floating,
        limited: effect.limited || act.limits > loop.limits,
        ownTransaction: act.transaction !== undefined && loop.transaction === undefined,
        callerMax: undefined,
        through:
          effect.through ?? (act.unit.facts.language === "template" ? "template" : act.through === loop.through ? undefined : act.through),
        loopSymbol: loop.facts.size.symbol,
        around: act.transaction === undefined ? handedAround(act) : undefined,
      },
      {
        effect,
        node,
        unit: act.unit,
        fn: act.fn,
        shown: act.unit.written === undefined ? undefined : act.place(node),
        steps: act.frames.slice(Math.max(startOf(act, loop), 1)),
      },
    );
    toldOf(act.summary).looped.push(looped);
    if (effect.operation.kind === "db-write") {
      for (const token of effect.deps) for (const earlier of act.written?.get(token) ?? []) earlier.feedsWrite = true;
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
  /** The place when the code there is a library's own. */
  readonly shown: Place | undefined;
  /** Frames inside the loop. */
  readonly steps: readonly Frame[];
}

type LoopedFields = Omit<Looped, "site" | "path" | "function" | "guessed"> & { readonly guess: Guess | undefined };
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
  declare partly: boolean;
  declare guess: Guess | undefined;
  declare perLiteral: boolean;
  declare isolated: boolean;
  declare memoized: boolean;
  declare valuesVary: boolean;
  declare otherTable: boolean;
  declare feedsWrite: boolean;
  declare inTransaction: boolean;
  declare ownTransaction: boolean;
  declare floating: boolean;
  declare limited: boolean;
  declare callerMax: number | undefined;
  declare through: Looped["through"];
  declare loopSymbol: string | undefined;
  declare around: readonly string[] | undefined;
  private readonly way: Way0;
  private known: readonly Step[] | undefined;

  constructor(fields: LoopedFields, way: Way0) {
    Object.assign(this, fields);
    this.way = way;
  }

  get guessed(): boolean {
    return this.guess?.open === true;
  }

  get path(): readonly Step[] {
    const frames = this.way.steps.filter((frame) => !frame.callback && frame.call !== undefined);
    return (this.known ??= withoutHelpers([...waysOf(frames), ...viasOf(this.way.effect)]));
  }

  get site(): Place {
    const { effect, unit, node, fn, shown } = this.way;
    return this.path[0]?.place ?? shown ?? (effect.via === undefined ? placeOf(unit, node, fn) : effect.operation.place);
  }

  get function(): Place["function"] {
    return this.site.function;
  }
}

export function recordTransaction(act: Activation, effect: SummaryEffect, node: Expression, conditional: boolean): void {
  const { kind } = effect.operation;
  if (kind === "log" || kind === "cpu" || kind === "lock" || act.transaction === undefined) return;
  // Statements are what a transaction is for; those of a loop make it long.
  if (kind.startsWith("db-") && !effect.looped && act.loops.length === 0) return;
  const path = withoutHelpers(viasOf(effect));
  const site = path[0]?.place ?? placeHere(act, effect, node);
  toldOf(act.summary).transactions.push({
    operation: effect.operation,
    transaction: act.transaction,
    conditional,
    site,
    path,
    function: site.function,
  });
}
