/** What gets lost: changes that somebody else overwrites, and work that nobody hears of again. */
import type { FunctionInfo, Operation, Place } from "./project.ts";

/** A value that was read, changed by the code and written back: what somebody else wrote in between is overwritten. */
export interface LostUpdate {
  /** row: a column of a row, by two statements; variable: a variable of the module, with an await between. */
  readonly kind: "row" | "variable";
  /** The column, or the variable. */
  readonly name: string;
  readonly table: string | undefined;
  readonly read: Place | undefined;
  readonly write: Place;
  readonly function: FunctionInfo;
  readonly operation: Operation | undefined;
}

/** Work that is started and let go: nobody waits for it, and nobody hears when it fails. */
export interface LostWork {
  /** task: started, its handle dropped; coroutine: called and never run; promise: started, and no failure of it is handled. */
  readonly kind: "task" | "coroutine" | "promise";
  readonly place: Place;
  readonly function: FunctionInfo;
  /** What is called, as written. */
  readonly name: string;
  /** The handle has a name that nothing asks for again. */
  readonly named: boolean;
}
