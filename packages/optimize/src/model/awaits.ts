/** Awaits that follow each other, as rules see them. */
import type { Cost } from "./formula.ts";
import type { FunctionInfo, Operation, Place } from "./project.ts";

/** Awaits that follow each other in one block without control flow between them. */
export interface AwaitGroup {
  readonly function: FunctionInfo;
  /** The function is an expression without a name: what is given to a call. */
  readonly unnamed: boolean;
  readonly steps: readonly AwaitStep[];
  /** Elements of one `Promise.all([await a, await b])`. */
  readonly insidePromiseAll: boolean;
}

export interface AwaitStep {
  readonly place: Place;
  /** What is awaited, as written. */
  readonly name: string;
  readonly reads: readonly Operation[];
  /** Writes that always happen, and those that happen only on some paths. */
  readonly writes: readonly Operation[];
  readonly conditionalWrites: readonly Operation[];
  /** Calls in it that could not be resolved and are awaited. */
  readonly unknown: readonly string[];
  /** Unresolved awaited calls inside of the functions that it calls. */
  readonly unknownInside: readonly string[];
  /** Indexes of earlier steps of the group whose results it needs. */
  readonly needs: readonly number[];
  /** Its result is bound or used (a read awaited for nothing is awaited for its throw). */
  readonly used: boolean;
  /** Something that a later statement observes besides the result (module state written, `this` written, an argument mutated). */
  readonly sideEffects: boolean;
  /** Runs on a transaction handle or another connection that serialises. */
  readonly serialised: boolean;
  /** Number of reads by formula, printed. */
  readonly cost: Cost;
}
