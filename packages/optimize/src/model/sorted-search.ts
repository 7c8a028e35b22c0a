/** What the text of functions says of lists in order. */
import type { LocalList, LocalLoop } from "./local.ts";
import type { FunctionInfo, Place } from "./project.ts";

/** A list that was put in order before a loop is gone through in each round for where a value lies in it. */
export interface SortedSearch {
  readonly place: Place;
  readonly function: FunctionInfo;
  readonly method: string;
  readonly list: LocalList;
  readonly loop: LocalLoop;
  /** What the order goes by; "" for the elements themselves. */
  readonly member: string;
}
