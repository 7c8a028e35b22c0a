/** What going through the functions of one file gives: the loops around a place, and every use of a name. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import type { BindingId, Facts, FunctionId } from "../../model/facts.ts";
import type { LoopStatement, Statement } from "../../model/facts-statements.ts";

/** A loop around a place. */
export interface Around {
  readonly node: { readonly at: number; readonly end: number };
  readonly form: LoopStatement["form"] | "callback" | "comprehension";
  readonly iterable: Expression | undefined;
  readonly statement: LoopStatement | undefined;
  /** `map`, `forEach` … for callbacks. */
  readonly method: string;
  /** What holds the element. */
  readonly targets: readonly BindingId[];
  /** Where the interpretation keeps what it knows of the list. */
  readonly key: number;
}

/** Where something stands. */
export interface Spot {
  readonly fn: FunctionId;
  readonly loops: readonly Around[];
  /** Functions around, up to the one that the loops stand in. */
  readonly statement: Statement | undefined;
}

export interface Use {
  readonly e: Expression;
  readonly parent: Expression | Statement | undefined;
  /** The parent of the parent. */
  readonly above: Expression | Statement | undefined;
  readonly spot: Spot;
}

export interface Write {
  /** Absent: nothing, or a part of something. */
  readonly value: Expression | undefined;
  readonly operator: string;
  readonly node: Expression | Statement | undefined;
  readonly spot: Spot;
  /** The variable stands for the whole value, not for a piece of it. */
  readonly whole: boolean;
}

/** Everything that a variable, or a field of a class, is used for in its file. */
export interface Uses {
  readonly reads: Use[];
  readonly writes: Write[];
}

export interface Site {
  readonly e: Expression;
  readonly parent: Expression | Statement | undefined;
  readonly spot: Spot;
}

/** One file, gone through. */
export interface FileText {
  readonly facts: Facts;
  readonly bindings: ReadonlyMap<BindingId, Uses>;
  /** By `class:field`. */
  readonly fields: ReadonlyMap<string, Uses>;
  readonly calls: readonly (Site & { readonly e: CallExpression })[];
  readonly expressions: readonly Site[];
  readonly statements: readonly { readonly s: Statement; readonly spot: Spot }[];
  /** Where a function expression stands. */
  readonly standing: ReadonlyMap<FunctionId, Site>;
}

/** `this.name` inside of a class: the class and the name. */
export function fieldKey(facts: Facts, fn: FunctionId, name: string): string | undefined {
  const owner = classOf(facts, fn);
  return owner === undefined ? undefined : `${String(owner)}:${name}`;
}

/** The class whose instance `this` is. */
export function classOf(facts: Facts, fn: FunctionId): number | undefined {
  let current = facts.functions[fn];
  for (let guard = 0; current !== undefined && guard < 32; guard++) {
    if (current.class !== undefined) return current.class;
    // Python's nested functions see `self` of the method around them.
    if (!current.lexicalThis && facts.language !== "python") return undefined;
    if (current.id === 0) return undefined;
    current = facts.functions[current.parent];
  }
  return undefined;
}
