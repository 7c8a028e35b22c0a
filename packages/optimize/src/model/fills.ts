/** What the text of functions says of caches that are filled. */
import type { FunctionInfo, Place } from "./project.ts";

/** A call that puts a value under a key for a time. */
export interface Fill {
  readonly place: Place;
  readonly function: FunctionInfo;
  /** The key stands in the code, the function was given it, or it is put together. */
  readonly key: "fixed" | "given" | "made";
}
