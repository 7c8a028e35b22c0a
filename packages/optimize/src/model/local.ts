/** What the text of single functions says of lists, listeners, timers …: known without following calls, proven by what interpretation met there. */
import type { FunctionInfo, Place } from "./project.ts";

/** A loop around a place. */
export interface LocalLoop {
  readonly place: Place;
  readonly form: "each" | "keys" | "count" | "while" | "do" | "callback" | "comprehension";
  /** What it goes over, in the words of the code. */
  readonly words: string;
  /** At most so many rounds. */
  readonly max: number | undefined;
  /** The code alone decides how many rounds there are. */
  readonly fixed: boolean;
  /** How often it runs is decided by what was read or sent. */
  readonly data: boolean;
  /** A round waits for something: what it computes besides is small. */
  readonly waits: boolean;
}

/** A list as it is used at a place. */
export interface LocalList {
  readonly words: string;
  /** It is proven to be a list, and not a text, set or map. */
  readonly proven: boolean;
  readonly max: number | undefined;
  readonly fixed: boolean;
  /** How long it is is decided by what was read or sent. */
  readonly data: boolean;
  /** The loop itself adds to it. */
  readonly grows: boolean;
}

interface Local {
  readonly place: Place;
  readonly function: FunctionInfo;
}

/** All elements of a list that no round changes are gone through in a loop, to find one. */
export interface Lookup extends Local {
  /** "includes", "find", "in", "for". */
  readonly method: string;
  readonly list: LocalList;
  readonly loop: LocalLoop;
  /** Elements are compared by a member of theirs, as a join of two lists does. */
  readonly keyed: boolean;
}

/** What was gathered so far is copied whole in each round of a loop. */
export interface Copying extends Local {
  readonly form: "spread" | "concat" | "assign" | "plus" | "sum";
  readonly what: "list" | "object" | "text";
  readonly name: string;
  readonly loop: LocalLoop | undefined;
  /** What is put together is kept in a field or a variable of another function: the runtime cannot add to it in place. */
  readonly kept: boolean;
}

/** An element is taken from, or put at, the front of a list that a loop works off. */
export interface FrontMove extends Local {
  readonly method: string;
  readonly list: LocalList;
  readonly loop: LocalLoop;
}

/** A list is sorted in each round. */
export interface Sorting extends Local {
  readonly list: LocalList;
  readonly loop: LocalLoop;
  readonly method: string;
}

/** Every file's, in order. */
export interface Locals {
  readonly lookups: readonly Lookup[];
  readonly copies: readonly Copying[];
  readonly fronts: readonly FrontMove[];
  readonly sortings: readonly Sorting[];
}
