/** What statements load by their text, and what the functions that ask for rows do with them. */
import type { Local } from "./local-place.ts";
import type { Place } from "./project.ts";

/**
 * What is done with a member that was read: it is asked whether it is empty, how long it is, or how many chosen elements it has; only its
 * first element is looked at; elements are picked by columns, as the database could; or anything else.
 */
export type MemberUse = "emptiness" | "length" | "counted" | "first" | "picked" | "value";

/** What one function does with the rows that a statement gave it, where it does nothing else with them. */
export interface RowReading extends Local {
  /** Members that are read of a row, or of each of them. */
  readonly members: ReadonlyMap<string, ReadonlySet<MemberUse>>;
  /** Where elements of a member are picked; the end of each place, in the file of the statement. */
  readonly picks: ReadonlyMap<string, ReadonlySet<number>>;
  /** Relations that the text of the statement loads whole. */
  readonly whole: ReadonlySet<string>;
  /** Relations that it loads for their rows only: no row is left out, found or sorted by them. */
  readonly loaded: ReadonlySet<string>;
  /** How many rows there are is asked. */
  readonly counts: boolean;
  /** A row is compared with another. */
  readonly compared: boolean;
  /** The statement is asked of the model itself: not of what a call made of it (`Model.unscoped()`). */
  readonly plain: boolean;
}

/** What a model joins to its rows wherever nobody says otherwise, by the names under which rows hold it; each may be missing. */
export interface DefaultScope extends Local {
  readonly model: string;
  readonly joins: readonly string[];
}

/** Related rows that a statement loads with its own, all of them, the newest first. */
export interface NestedRead extends Local {
  /** The call that runs the statement. */
  readonly call: Place;
  /** Relations from the rows of the statement on. */
  readonly path: readonly string[];
  /** The column of the related rows by which they are sorted. */
  readonly newest: string;
}
