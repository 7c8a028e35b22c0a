/** What the text of functions says of lists that are filled from something long and then only gone through. */
import type { FunctionInfo, Place } from "./project.ts";

/** A list that a loop fills, and that is gone through once, or written out, after it. */
export interface Gathering {
  /** Where an element is added. */
  readonly place: Place;
  readonly function: FunctionInfo;
  readonly name: string;
  readonly loop: Place;
  /** each: the elements of something come one by one; pages: until there are no more. */
  readonly source: "each" | "pages";
  /** What the loop goes over. */
  readonly over: Place | undefined;
  /** They come from an asynchronous iterator. */
  readonly waits: boolean;
  /** Where it is gone through or written. */
  readonly use: Place;
  readonly used: "walked" | "written";
}
