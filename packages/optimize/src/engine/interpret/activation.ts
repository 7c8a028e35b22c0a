/**
 * An activation is one function being interpreted for one summary, with everything that is inlined into it.
 * It owns the tokens, the stack of loops and the cost so far.
 */
import type { Guess } from "./alternatives.ts";
import type { Expression } from "../../model/facts-expressions.ts";
import type { FunctionFacts, FunctionId } from "../../model/facts.ts";
import type { Statement } from "../../model/facts-statements.ts";
import type { Cost } from "../../model/formula.ts";
import { free } from "../../model/formula.ts";
import type { Place, Through } from "../../model/project.ts";
import type { Deps } from "./deps.ts";
import { firstLocalToken, none, only } from "./deps.ts";
import type { Draft } from "./drafts.ts";
import type { Operation } from "./operation.ts";
import { Environment } from "./environment.ts";
import type { Frame, LoopFrame } from "./frames.ts";
import type { Summary, SummaryEffect } from "./summary.ts";
import type { Unit } from "./unit.ts";
import { placeOf } from "./unit.ts";
import { shownPlace } from "./written.ts";
import type { Changed, ClassRef, Value } from "./value.ts";
import { isExhausted } from "./world.ts";
import type { World } from "./world.ts";

export interface Condition {
  /** Element token when the test compares a loop's element with a constant. */
  readonly literal: number | undefined;
}

export interface Capture {
  readonly effects: SummaryEffect[];
  readonly unknown: string[];
  /** Unresolved awaited calls inside of the functions that it calls. */
  readonly inside: string[];
  deps: Deps;
  sideEffects: boolean;
  serialised: boolean;
  readonly depth: number;
  /** Effects are kept: the statement is an await whose step they describe. */
  readonly wants: boolean;
}

/** A read that was done, for finding the same read again. */
export interface DoneRead {
  readonly key: string;
  readonly effect: SummaryEffect;
  readonly place: Place;
  readonly conditions: readonly Condition[];
  readonly loops: number;
  /** What was asked, in the words of the code, when the call is written in the function itself. */
  readonly client?: string | undefined;
  /** A call on the way may mean one of several methods. */
  readonly guess?: Guess | undefined;
  /** Equal for reads of the same single row, whichever of its columns they want. */
  readonly row?: string | undefined;
  /** The transaction that it runs in. */
  readonly within?: Place | undefined;
}

export const maxFrames = 14;
export const maxSteps = 150_000;
/** When the project as a whole takes too long. */
export const maxLateSteps = 2000;

const noBounds: ReadonlyMap<string, number> = new Map();

export class Activation {
  readonly world: World;
  readonly summary: Summary;
  unit: Unit;
  fn: FunctionId;
  env: Environment;
  self: Value;
  home: ClassRef | undefined;
  frames: Frame[];
  readonly loops: LoopFrame[] = [];
  conditions: Condition[] = [];
  /** Calls around the current place of which it is not known which method they mean. */
  readonly guesses: Guess[] = [];
  /** Keys of members that were found missing around the current place: `order.customer ?? (await …)`. */
  absent: readonly string[] = [];
  /** Members that a loop gave to the elements of a list, by the key of the list. */
  filled: Set<string> | undefined;
  /** The most elements that lists have here, by the key of the list. */
  bounds = noBounds;
  /** Rounds of loops that put the program together around the current place: a class that is made in one is another one in the next. */
  wiring = "";
  /** Depth of functions around the current place that something unseen calls, nobody knows how often. */
  unseen = 0;
  /** Statements before the current place that may have ended the round of a loop. */
  skips = 0;
  /** Depth of try blocks, handlers, transactions and memoised callbacks around the current place. */
  tries = 0;
  handlers = 0;
  memo = 0;
  /** Depth of places that fill a store of the program's own; unlike `memo` they count in formulas, as work that may happen. */
  kept = 0;
  /** Of these, such whose result is kept in one place for all callers. */
  shared = 0;
  /** Depth of functions that answer once a request for the same arguments, and calls of such so far. */
  once = 0;
  blurred = 0;
  answered: Set<string> | undefined;
  /** Relations that were touched, or given a value, by the key of their row: they are there from then on. */
  touched: Set<string> | undefined;
  /** What accessors that remember computed, by the key of their row and their name. */
  computed: Map<string, Value> | undefined;
  /** Queries that went where their rows may be used. */
  handedOut: Set<Draft> | undefined;
  /** Queries that ran, with what they read: they keep their rows. */
  evaluated: Map<Draft, Operation> | undefined;
  transaction: Place | undefined;
  /** Depth of constructors of clients around the current place: what they open is the client's own connection. */
  opening = 0;
  awaiting = 0;
  /** Depth of arguments around the current place, since the innermost await. */
  argument = 0;
  /** Depth of \`Promise.race\` around the current place: something else may end the wait. */
  raced = 0;
  /** What is only handed to `sum`. */
  summed: Expression | undefined;
  /** What runs the current place in order to show something. */
  through: Through | undefined = undefined;
  /** The function below the decorator that is being evaluated. */
  decorated: Value | undefined = undefined;
  /** Parameters of promise executors around the current place: what calls them is waited for with the promise. */
  readonly settlers: { readonly unit: Unit; readonly binding: number }[] = [];
  /** The call whose promise the statement lets go, and the depth of such calls around the current place. */
  letGo: Expression | undefined;
  floating = 0;
  /** Reads by the key of their result, rows by their key whose column was changed from what was read, awaits and locks so far. */
  lastRun: Operation | undefined;
  rowReads: Map<string, Operation> | undefined;
  changedRows: Map<string, { readonly changed: Extract<Changed, { kind: "row" }>; readonly place: Place }> | undefined;
  waits = 0;
  locks = 0;
  /** The call whose result the statement drops, and the function that it turned out to call. */
  dropped: Expression | undefined;
  /** The call whose result goes into a variable that nothing reads. */
  unread: Expression | undefined;
  droppedTo: FunctionFacts | undefined;
  /** Depth of calls around the current place that another thread runs. */
  threaded = 0;
  /** Semaphores that are held around the current place. */
  limits = 0;
  /** Depth of tries around the current place whose handler keeps what failed, and effects so far that none of them catches. */
  guards = 0;
  failing = 0;
  cost: Cost = free;
  /** What the arms of the branch just executed cost that left, with all before them; undefined when none did, or nothing else is known. */
  leaving: Cost | undefined;
  /** Work that is joined: elements of a parallel loop ask for it together, so that only loops whose rounds wait multiply it. */
  gathered: Cost = free;
  /** Writes that a unit of work keeps until it is flushed. */
  pending: Cost = free;
  /** Try statements that are left from inside unless something fails. */
  retried: Set<Statement> | undefined;
  returns: Value[] = [];
  effects = new Map<number, SummaryEffect>();
  captures: Capture[] = [];
  /** Effects other than log lines, and unresolved awaited calls, so far. */
  busy = 0;
  /** Inlined calls that are steps of a way (callbacks are not). */
  stepsDeep = 0;
  reads: DoneRead[] = [];
  /** Of these, what the function asks before anything may have changed. */
  readonly asks: DoneRead[] = [];
  changed = false;
  /** Tokens of results of reads, in order. */
  io: Set<number> | undefined;
  /** Those that are lists without a bound: all rows of a query, a file. */
  long: Set<number> | undefined;
  /** Writes in loops by the token of their result, and those whose result has no token yet. */
  written: Map<number, { feedsWrite: boolean }[]> | undefined;
  fresh: { feedsWrite: boolean }[] = [];
  /** This function is an entry: its early returns with an error are no result. */
  handler = false;
  /** As before, inside of functions that are inlined in it too. */
  entered = false;
  steps = 0;
  private nextToken = firstLocalToken;

  constructor(world: World, summary: Summary, unit: Unit, fn: FunctionId, env: Environment | undefined, self: Value) {
    this.world = world;
    this.summary = summary;
    this.unit = unit;
    this.fn = fn;
    this.env = new Environment(env, this);
    this.self = self;
    this.frames = [{ unit, fn, call: undefined, callUnit: unit, callFn: fn, callback: false, awaiting: false }];
  }

  token(): number {
    return this.nextToken++;
  }

  get mark(): number {
    return this.nextToken;
  }

  /** A token for the result of a read. */
  result(): Deps {
    const token = this.token();
    (this.io ??= new Set()).add(token);
    if (this.fresh.length > 0) {
      (this.written ??= new Map()).set(token, this.fresh);
      this.fresh = [];
    }
    return only(token);
  }

  place(node: { readonly at: number; readonly end: number }): Place {
    return this.unit.written === undefined ? placeOf(this.unit, node, this.fn) : shownPlace(this, node);
  }

  get frame(): Frame {
    return this.frames[this.frames.length - 1] as Frame;
  }

  get deep(): boolean {
    return this.frames.length >= maxFrames || this.steps > (isExhausted(this.world) ? maxLateSteps : maxSteps);
  }
}

export function createCapture(act: Activation, wants: boolean): Capture {
  return { effects: [], unknown: [], inside: [], deps: none, sideEffects: false, serialised: false, depth: act.frames.length, wants };
}
