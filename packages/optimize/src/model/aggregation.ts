/** What the text of functions says of values that are computed from whole lists. */
import type { LocalList, LocalLoop } from "./local.ts";
import type { FunctionInfo, Place } from "./project.ts";

/** A sum or extreme of a list that is the same in all rounds of the loop that computes it. */
export interface Aggregation {
  readonly place: Place;
  readonly function: FunctionInfo;
  /** "sum", "reduce", "Math.max" */
  readonly name: string;
  readonly list: LocalList;
  readonly loop: LocalLoop;
}
