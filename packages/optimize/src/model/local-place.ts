/** Where the text of a function says something. */
import type { FunctionInfo, Place } from "./project.ts";

export interface Local {
  readonly place: Place;
  readonly function: FunctionInfo;
}
