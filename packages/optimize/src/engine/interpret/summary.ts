/** Summaries: what a call of a function does, said in its parameters. Kept by function and by what it is called with. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { FunctionId } from "../../model/facts.ts";
import type { Cost } from "../../model/formula.ts";
import { free } from "../../model/formula.ts";
import type { AwaitGroup } from "../../model/awaits.ts";
import type { LoopedOperation, RepeatedRead, Through, TransactionOperation } from "../../model/project.ts";
import type { LostUpdate, LostWork } from "../../model/lost.ts";
import type { Guess } from "./alternatives.ts";
import type { DoneRead } from "./activation.ts";
import type { Deps } from "./deps.ts";
import type { Operation } from "./operation.ts";
import type { Unit } from "./unit.ts";
import { functionInfo } from "./unit.ts";
import type { Size, Value } from "./value.ts";
import { unknown } from "./value.ts";

/** One operation that a call may run, with the next step of the shortest way to it. */
export interface SummaryEffect {
  readonly operation: Operation;
  /** Tokens of `this` and of parameters on which it depends. */
  readonly deps: Deps;
  /** Of these, what the written values (not the filter) depend on; of a read, those by which it only asks another table. */
  readonly values: Deps;
  readonly via: Via | undefined;
  readonly next: SummaryEffect | undefined;
  readonly depth: number;
  readonly conditional: boolean;
  /** Key of a parameter's member whose absence makes it happen. */
  readonly unless: string | undefined;
  /** The call that leads to it does something of its kind on every way. */
  readonly sure: boolean;
  readonly memoized: boolean;
  /** Answered once a request for the same arguments. */
  readonly once: boolean;
  /** As `once`, with a property of a parameter as argument: whether it differs from call to call cannot be told from the outside. */
  readonly blurred: boolean;
  /** Runs inside an unbounded loop below; a finding stands there already. */
  readonly looped: boolean;
  readonly inTransaction: boolean;
  /** Runs only after something failed. */
  readonly rescue: boolean;
  /** Nobody waits until it is done. */
  readonly floating: boolean;
  /** A handler on the way catches it when it fails. */
  readonly guarded: boolean;
  /** One of several methods that may be meant does it. */
  readonly guess?: Guess | undefined;
  /** Another thread does it. */
  readonly threaded: boolean;
  /** A semaphore is held while it runs. */
  readonly limited: boolean;
  /** Shown by something that runs it. */
  readonly through?: Through | undefined;
}

/** Of an operation that stands in the function itself, on every way and waited for. */
export function plainEffect(operation: Operation, deps: Deps, values: Deps, through?: Through): SummaryEffect {
  return {
    operation,
    deps,
    values,
    via: undefined,
    next: undefined,
    depth: 0,
    conditional: false,
    sure: false,
    unless: undefined,
    memoized: false,
    once: false,
    blurred: false,
    looped: false,
    inTransaction: false,
    rescue: false,
    floating: false,
    guarded: false,
    threaded: false,
    limited: false,
    guess: undefined,
    through,
  };
}

/** What is not told stays; undefined is told of `unless` alone. */
type Changes = { readonly [K in keyof SummaryEffect]?: K extends "unless" ? SummaryEffect[K] : NonNullable<SummaryEffect[K]> };

/**
 * The effect with other members. All effects are written out in one order, never copied with `...`: the engine gives each place that copies
 * a form of its own to its objects, and whoever reads objects of many forms looks each member up.
 */
export function again(effect: SummaryEffect, changes: Changes): SummaryEffect {
  return {
    operation: changes.operation ?? effect.operation,
    deps: changes.deps ?? effect.deps,
    values: changes.values ?? effect.values,
    via: changes.via ?? effect.via,
    next: changes.next ?? effect.next,
    depth: changes.depth ?? effect.depth,
    conditional: changes.conditional ?? effect.conditional,
    sure: changes.sure ?? effect.sure,
    unless: "unless" in changes ? changes.unless : effect.unless,
    memoized: changes.memoized ?? effect.memoized,
    once: changes.once ?? effect.once,
    blurred: changes.blurred ?? effect.blurred,
    looped: changes.looped ?? effect.looped,
    inTransaction: changes.inTransaction ?? effect.inTransaction,
    rescue: changes.rescue ?? effect.rescue,
    floating: changes.floating ?? effect.floating,
    guarded: changes.guarded ?? effect.guarded,
    threaded: changes.threaded ?? effect.threaded,
    limited: changes.limited ?? effect.limited,
    guess: changes.guess ?? effect.guess,
    through: changes.through ?? effect.through,
  };
}

/** A call expression that leads on. */
export interface Via {
  readonly unit: Unit;
  readonly fn: FunctionId;
  readonly node: Expression;
}

/** Whether a guess stays one is known when everything was read. */
export type Repeat = Omit<RepeatedRead, "guessed"> & { readonly guess: Guess | undefined };

export interface Summary {
  readonly key: string;
  readonly unit: Unit;
  readonly fn: FunctionId;
  returns: Value;
  effects: readonly SummaryEffect[];
  cost: Cost;
  /** Joined work: elements of a parallel loop ask for it together. */
  gathered: Cost;
  /** What is still to be flushed when it returns. */
  pending: Cost;
  unknown: Set<string> | undefined;
  /** Writes module state, or fields of an object that others have too. */
  writesState: boolean;
  /** Tokens of `this` and of parameters whose content it changes. */
  mutates: Deps;
  /** Tokens of parameters whose promises it waits for while it holds a semaphore. */
  limits: Deps;
  /** Members that it gives to the elements of lists among its parameters: "$0.total". */
  fills?: readonly string[];
  /** Looks at who asks. */
  asksAccount: boolean;
  /** Throws on some path by itself: calling it for nothing is a guard. */
  throws: boolean;
  /** Reads before anything was written, and reads whose answers still hold at the end. */
  asks: readonly DoneRead[];
  knows: readonly DoneRead[];
  /** Most have one. */
  callers: Summary | Set<Summary> | undefined;
  /** Of the callers, those that only call it inside a transaction, or inside functions that others run: those around each such call. */
  sheltered: Map<Summary, (readonly string[])[]> | undefined;
  dirty: boolean;
  done: boolean;
  /** Calls itself with something derived from what it read. */
  recursive: boolean;
  /** Joined sizes that callers pass, by parameter ("1") and by member of one ("1.items"); of functions that go over one, where it can matter. */
  argSizes: Map<string, Size | "unknown"> | undefined;
  /** Parameters to which some call gives what was read or sent, a bit each; of the others, from whose parameters it comes. */
  givenData: number;
  /** As before, of anything that was read or sent, however short. */
  givenRead: number;
  /** … and those that some caller gives as many elements as a table has. */
  givenLong: number;
  given: Map<number, Map<Summary, number>> | undefined;
  /** Absent while there is nothing to report: of most functions. */
  told: Told | undefined;
  /** Its own body was executed; the bodies of functions that were inlined in it, by FunctionInfo id. */
  ran: boolean;
  inlined: Set<string> | undefined;
  /** Functions further out in the same cycle, of which nothing was known yet. */
  waits: Set<Summary> | undefined;
}

/** What only a report asks for. */
export interface Told {
  readonly looped: (LoopedOperation & { readonly loopSymbol: string | undefined; readonly around?: readonly string[] | undefined })[];
  readonly awaits: AwaitGroup[];
  readonly transactions: TransactionOperation[];
  readonly repeats: Repeat[];
  readonly lost: LostWork[];
  readonly updates: LostUpdate[];
}

/** Where a summary keeps what a report asks for. */
export function toldOf(summary: Summary): Told {
  return (summary.told ??= { looped: [], awaits: [], transactions: [], repeats: [], lost: [], updates: [] });
}

/** `around`: empty inside a transaction, else the functions around the call that others were given to run. */
export function addCaller(summary: Summary, caller: Summary, around: readonly string[] | undefined): void {
  const { callers } = summary;
  const known = callers instanceof Set ? callers.has(caller) : callers === caller;
  if (around === undefined) summary.sheltered?.delete(caller);
  else if (!known) (summary.sheltered ??= new Map()).set(caller, around.length === 0 ? [] : [around]);
  else if (around.length > 0) summary.sheltered?.get(caller)?.push(around);
  if (callers === undefined) summary.callers = caller;
  else if (callers instanceof Set) callers.add(caller);
  else if (!known) summary.callers = new Set([callers, caller]);
}

export function callersOf({ callers }: Summary): Iterable<Summary> {
  return callers === undefined ? nothing : callers instanceof Set ? callers : [callers];
}

export function dropCallers(summary: Summary, gone: ReadonlySet<Summary>): void {
  const { callers, sheltered } = summary;
  for (const caller of sheltered?.keys() ?? []) if (gone.has(caller)) sheltered?.delete(caller);
  if (callers instanceof Set) {
    for (const caller of callers) if (gone.has(caller)) callers.delete(caller);
  } else if (callers !== undefined && gone.has(callers)) summary.callers = undefined;
}

/** Shared by all summaries that have none: most do nothing. */
const nothing: readonly never[] = [];

export function createSummary(key: string, unit: Unit, fn: FunctionId, returns: Value): Summary {
  return {
    key,
    unit,
    fn,
    returns,
    effects: nothing,
    cost: free,
    gathered: free,
    pending: free,
    unknown: undefined,
    writesState: false,
    mutates: nothing,
    limits: nothing,
    asksAccount: false,
    throws: false,
    asks: nothing,
    knows: nothing,
    callers: undefined,
    sheltered: undefined,
    dirty: false,
    done: false,
    recursive: false,
    argSizes: undefined,
    givenData: 0,
    givenRead: 0,
    givenLong: 0,
    given: undefined,
    told: undefined,
    ran: false,
    inlined: undefined,
    waits: undefined,
  };
}

/** Ids of the functions whose bodies were executed in it. */
export function executedIn({ ran, unit, fn, inlined }: Summary): readonly string[] {
  const own = ran ? [functionInfo(unit, fn).id] : [];
  return inlined === undefined ? own : [...own, ...inlined];
}

export function addExecuted({ ran, unit, fn, inlined }: Summary, into: Set<string>): void {
  if (ran) into.add(functionInfo(unit, fn).id);
  if (inlined !== undefined) for (const id of inlined) into.add(id);
}

/** Takes note of another function, or class, whose body was executed in it. */
export function noteInlined(summary: Summary, id: string): void {
  (summary.inlined ??= new Set()).add(id);
}

/** Lets go of what only a report asks for: the summary will be made again, and until then only cycles ask what it says. */
export function strip(summary: Summary): void {
  summary.told = undefined;
}

/** Nobody asks any more; readers' lists still hold the summary itself. */
export function empty(summary: Summary): void {
  summary.effects = nothing;
  summary.returns = unknown;
  summary.cost = free;
  summary.gathered = free;
  summary.pending = free;
  summary.asks = nothing;
  summary.knows = nothing;
  summary.callers = undefined;
  summary.sheltered = undefined;
  summary.waits = undefined;
  summary.inlined = undefined;
  summary.argSizes = undefined;
}
