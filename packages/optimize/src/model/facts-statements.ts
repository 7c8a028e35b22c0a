/** Statements of Facts, and the patterns that they bind. */
import type { Expression, MemberExpression } from "./facts-expressions.ts";
import type { BindingId } from "./facts.ts";

/** What an assignment, parameter or loop target binds. */
export type Pattern =
  | { readonly kind: "bind"; readonly binding: BindingId; readonly name: string; readonly at: number }
  | { readonly kind: "object"; readonly properties: readonly PatternProperty[]; readonly rest?: Pattern; readonly at: number }
  | { readonly kind: "array"; readonly elements: readonly (Pattern | null)[]; readonly rest?: Pattern; readonly at: number }
  | { readonly kind: "default"; readonly target: Pattern; readonly value: Expression; readonly at: number }
  /** `a.b = …`, `a[i] = …` */
  | { readonly kind: "member"; readonly target: MemberExpression; readonly at: number };

export interface PatternProperty {
  /** Empty when computed. */
  readonly name: string;
  readonly computed?: Expression;
  readonly target: Pattern;
}

export type Statement =
  | { readonly kind: "expression"; readonly value: Expression; readonly at: number; readonly end: number }
  /** Declarations too; `value` is absent in `let x;`. `operator` is "" for plain `=`, else "+", "??", … */
  | {
      readonly kind: "assign";
      readonly target: Pattern;
      readonly value?: Expression;
      readonly operator: string;
      readonly declares: boolean;
      /** `using`: the value is released at the end of the block. */
      readonly released?: true;
      readonly at: number;
      readonly end: number;
    }
  | { readonly kind: "return"; readonly value?: Expression; readonly at: number; readonly end: number }
  | { readonly kind: "throw"; readonly value?: Expression; readonly at: number; readonly end: number }
  | {
      readonly kind: "branch";
      readonly test: Expression;
      readonly then: readonly Statement[];
      readonly else: readonly Statement[];
      readonly at: number;
      readonly end: number;
    }
  | {
      readonly kind: "switch";
      readonly subject: Expression;
      readonly cases: readonly SwitchCase[];
      readonly at: number;
      readonly end: number;
    }
  | LoopStatement
  | {
      readonly kind: "try";
      readonly body: readonly Statement[];
      readonly param?: Pattern;
      readonly handler?: readonly Statement[];
      readonly finalizer?: readonly Statement[];
      readonly at: number;
      readonly end: number;
    }
  /** Python `with`: the value is entered before the body and released after it. */
  | {
      readonly kind: "with";
      readonly items: readonly { readonly value: Expression; readonly target?: Pattern }[];
      readonly async: boolean;
      readonly body: readonly Statement[];
      readonly at: number;
      readonly end: number;
    }
  | { readonly kind: "break" | "continue"; readonly label?: string; readonly at: number; readonly end: number }
  | { readonly kind: "block"; readonly label?: string; readonly body: readonly Statement[]; readonly at: number; readonly end: number };

export interface SwitchCase {
  /** Absent for `default`. */
  readonly test?: Expression;
  readonly body: readonly Statement[];
  readonly at: number;
}

export interface LoopStatement {
  readonly kind: "loop";
  /** each: over elements; keys: over property names; count: init/test/update; while, until-first (do … while). */
  readonly form: "each" | "keys" | "count" | "while" | "do";
  readonly target?: Pattern;
  readonly iterable?: Expression;
  readonly init: readonly Statement[];
  readonly test?: Expression;
  readonly update?: Expression;
  readonly body: readonly Statement[];
  /** `for await`, `async for`. */
  readonly async: boolean;
  readonly label?: string;
  readonly at: number;
  readonly end: number;
}
