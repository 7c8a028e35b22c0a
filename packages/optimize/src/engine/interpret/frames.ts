/** What an activation keeps of the loops and inlined calls around the current place. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { FunctionId } from "../../model/facts.ts";
import type { Statement } from "../../model/facts-statements.ts";
import type { Cost } from "../../model/formula.ts";
import type { Loop, Place, Through } from "../../model/project.ts";
import type { Environment } from "./environment.ts";
import type { Unit } from "./unit.ts";
import type { Value } from "./value.ts";

/** A loop being interpreted; `facts` is what rules will see and grows while the body runs. */
export interface LoopFrame {
  readonly facts: { -readonly [K in keyof Loop]: Loop[K] };
  /** Statements of its body, for loops that are statements. */
  readonly body: readonly Statement[] | undefined;
  /** Key of the list. */
  readonly listKey: string | undefined;
  readonly element: number;
  readonly carried: number;
  readonly collected: number;
  /** Frames below it at entry: steps from there on are inside the loop. */
  readonly depth: number;
  readonly conditions: number;
  readonly guesses: number;
  readonly skips: number;
  readonly tries: number;
  readonly memo: number;
  readonly once: number;
  readonly floating: number;
  readonly limits: number;
  /** What runs the loop in order to show something. */
  readonly through: Through | undefined;
  /** The transaction around the loop. */
  readonly transaction: Place | undefined;
  /** Tokens made before the loop. */
  readonly mark: number;
  /** The environment around the loop. */
  readonly outside: Environment;
  awaited: number;
  started: number;
  /** What its rounds ask for and only the first one does. */
  spared: Cost;
  /** Joined work before the loop. */
  readonly gathered: Cost;
  readonly pending: Cost;
}

/** One inlined call (depth 0: the function itself). */
export interface Frame {
  readonly unit: Unit;
  readonly fn: FunctionId;
  /** The call, seen from the frame below; undefined for the outermost and for callbacks that a loop runs. */
  readonly call: Expression | undefined;
  readonly callUnit: Unit;
  readonly callFn: FunctionId;
  readonly callback: boolean;
  /** The call (or what it is part of) is awaited. */
  readonly awaiting: boolean;
  /** `this` of the frame below. */
  readonly callSelf?: Value;
}
