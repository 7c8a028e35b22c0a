/** Expressions of Facts. */
import type { Pattern } from "./facts-statements.ts";
import type { BindingId, TypeRef, FunctionId, ClassId } from "./facts.ts";

interface Node {
  readonly at: number;
  readonly end: number;
}

export interface NameExpression extends Node {
  readonly kind: "name";
  readonly name: string;
  readonly binding: BindingId;
}
/** `value` of a regular expression is its source; of a big integer its digits. */
export interface LiteralExpression extends Node {
  readonly kind: "literal";
  readonly type: "string" | "number" | "boolean" | "null" | "undefined" | "regexp" | "bigint";
  readonly value: string | number | boolean | null;
  /** Of a regular expression that has some: "gi". */
  readonly flags?: string;
}
/** `strings` has one more entry than `values`. */
export interface TemplateExpression extends Node {
  readonly kind: "template";
  readonly strings: readonly string[];
  readonly values: readonly Expression[];
}
/** `name` is "" when `computed` is set and no constant. */
export interface MemberExpression extends Node {
  readonly kind: "member";
  readonly object: Expression;
  readonly name: string;
  readonly computed?: Expression;
  readonly optional: boolean;
  /** Python's `a["b"]`: an item, not the attribute `a.b`. JavaScript does not tell them apart. */
  readonly subscript?: boolean;
}
/** `new` for constructor calls; `tag` for tagged templates (one template argument). */
export interface CallExpression extends Node {
  readonly kind: "call";
  readonly callee: Expression;
  readonly args: readonly Argument[];
  readonly new: boolean;
  readonly tag: boolean;
  readonly optional: boolean;
  /** Called only when it can be called: templates say `order.total` of fields and methods alike. */
  readonly auto?: boolean;
  readonly types: readonly TypeRef[];
}
export interface Argument {
  readonly value: Expression;
  readonly spread: boolean;
  /** The keyword of `f(name=value)`; "**" with `spread` for `f(**value)`. */
  readonly name?: string;
}
export interface FunctionExpression extends Node {
  readonly kind: "function";
  readonly function: FunctionId;
}
export interface ClassExpression extends Node {
  readonly kind: "class";
  readonly class: ClassId;
}
export interface ObjectExpression extends Node {
  readonly kind: "object";
  readonly properties: readonly Property[];
}
export interface ArrayExpression extends Node {
  readonly kind: "array";
  readonly elements: readonly (Argument | null)[];
  readonly form: "array" | "tuple" | "set";
}
export interface AwaitExpression extends Node {
  readonly kind: "await";
  readonly value: Expression;
}
export interface YieldExpression extends Node {
  readonly kind: "yield";
  readonly value?: Expression;
  readonly delegate: boolean;
}
/** An assignment in the place of an expression; its value is the assigned value. */
export interface AssignExpression extends Node {
  readonly kind: "assign";
  readonly target: Pattern;
  readonly value: Expression;
  readonly operator: string;
}
export interface ConditionalExpression extends Node {
  readonly kind: "conditional";
  readonly test: Expression;
  readonly then: Expression;
  readonly else: Expression;
}
export interface LogicalExpression extends Node {
  readonly kind: "logical";
  readonly operator: "&&" | "||" | "??";
  readonly left: Expression;
  readonly right: Expression;
}
export interface BinaryExpression extends Node {
  readonly kind: "binary";
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
}
/** `!`, `-`, `typeof`, `delete`, `void`, and `++`/`--` (which also write their operand). */
export interface UnaryExpression extends Node {
  readonly kind: "unary";
  readonly operator: string;
  readonly value: Expression;
}
export interface SequenceExpression extends Node {
  readonly kind: "sequence";
  readonly values: readonly Expression[];
}
/** JSX and template elements. */
export interface ElementExpression extends Node {
  readonly kind: "element";
  readonly tag: Expression | string;
  readonly attributes: readonly Property[];
  readonly children: readonly Expression[];
}
export interface ThisExpression extends Node {
  readonly kind: "this" | "super";
  /** As the language says it, when that is another word: `self`. */
  readonly word?: string;
}
/** `require(x)`, `import(x)` (wrapped in a promise when `dynamic`). */
export interface ImportExpression extends Node {
  readonly kind: "import";
  readonly specifier: Expression;
  readonly dynamic: boolean;
}
/** Comprehensions and generator expressions: clauses nest from left to right. */
export interface ComprehensionExpression extends Node {
  readonly kind: "comprehension";
  readonly form: "list" | "set" | "dict" | "generator";
  readonly clauses: readonly {
    readonly target: Pattern;
    readonly iterable: Expression;
    readonly tests: readonly Expression[];
    readonly async: boolean;
  }[];
  readonly value: Expression;
  readonly key?: Expression;
}
/** Python's `[start:stop:step]`, as what a member is computed from: it bounds how much is read. */
export interface SliceExpression extends Node {
  readonly kind: "slice";
  readonly start?: Expression;
  readonly stop?: Expression;
  readonly step?: Expression;
}
/** `x as T`, `satisfies`, `x!`: the value is `value`; the type is evidence of what it is. */
export interface CastExpression extends Node {
  readonly kind: "cast";
  readonly value: Expression;
  readonly type: TypeRef;
}

export type Expression =
  | NameExpression
  | LiteralExpression
  | TemplateExpression
  | MemberExpression
  | CallExpression
  | FunctionExpression
  | ClassExpression
  | ObjectExpression
  | ArrayExpression
  | AwaitExpression
  | YieldExpression
  | AssignExpression
  | ConditionalExpression
  | LogicalExpression
  | BinaryExpression
  | UnaryExpression
  | SequenceExpression
  | ElementExpression
  | ThisExpression
  | ImportExpression
  | ComprehensionExpression
  | SliceExpression
  | CastExpression;

export interface Property {
  /** "" when computed or spread. */
  readonly name: string;
  readonly computed?: Expression;
  readonly value: Expression;
  readonly spread: boolean;
  /** `get x() {}` / `set x(v) {}` in an object literal. */
  readonly accessor?: "get" | "set";
}
