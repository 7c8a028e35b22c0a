/**
 * Facts: what one file says, lowered to one small IR for every language.
 *
 * A language front end resolves names to bindings (scoping is a language matter) and keeps statement order,
 * tests and constant arguments (interpretation needs them). It decides nothing else: what a call reaches, what
 * a value is and what a loop costs is the engine's business. Facts are plain data: they survive JSON.
 */

/** Index into `Facts.functions`; 0 is the module body. */
export type FunctionId = number;
/** Index into `Facts.classes`. */
export type ClassId = number;
/** Index into `Facts.bindings`; -1 is a name that the file does not declare (a global of the runtime). */
export type BindingId = number;

export interface Facts {
  /** Path relative to the scanned folder, `/`-separated. */
  readonly file: string;
  readonly language: "javascript" | "python" | "template";
  /** UTF-16 offset of the start of each line; `at` and `end` of nodes are offsets into the same text. */
  readonly lines: readonly number[];
  readonly bindings: readonly Binding[];
  readonly functions: readonly FunctionFacts[];
  readonly classes: readonly ClassFacts[];
  readonly types: readonly TypeFacts[];
  readonly exports: readonly Export[];
  /** Modules that this file names with a constant specifier, each once, in source order. */
  readonly imports: readonly string[];
  /** `optimize-allow` comments, in source order. */
  readonly allows: readonly Allow[];
  /** The file speaks CommonJS: it uses `module`, `exports` or `require` without declaring them. */
  readonly commonjs: boolean;
  /** Program-wide directives such as "use server". */
  readonly directives: readonly string[];
}

/** `optimize-allow <rule> -- reason`. */
export interface Allow {
  readonly rule: string;
  readonly reason: string;
  readonly line: number;
  /** The line that it speaks of: its own when code stands before it, else the next line with code. */
  readonly target: number;
}

export interface Binding {
  readonly name: string;
  /** The function whose call creates the binding; 0 for module level. */
  readonly owner: FunctionId;
  readonly kind: "parameter" | "const" | "let" | "function" | "class" | "import" | "catch" | "type" | "module" | "implicit";
  /** For `function` and `class` bindings: what is declared. */
  readonly definition?: FunctionId | ClassId;
  /** For `import` bindings. */
  readonly from?: ImportSource;
  readonly type?: TypeRef;
}

export interface ImportSource {
  readonly specifier: string;
  /** The imported name, "default", or "*" for the namespace. */
  readonly name: string;
  readonly typeOnly: boolean;
}

export interface Export {
  /** The exported name, "default", or "*" for `export * from`. */
  readonly name: string;
  /** Exactly one of the three says what is exported. */
  readonly binding?: BindingId;
  readonly value?: Expression;
  readonly from?: ImportSource;
}

export interface FunctionFacts {
  readonly id: FunctionId;
  /** Own name, else the name of what it is assigned to, else "". */
  readonly name: string;
  readonly parent: FunctionId;
  /** Set when the function is a member of a class. */
  readonly class?: ClassId;
  readonly params: readonly Parameter[];
  readonly body: readonly Statement[];
  readonly async: boolean;
  readonly generator: boolean;
  /** `this` of the surrounding function (arrow functions, lambdas, comprehensions). */
  readonly lexicalThis: boolean;
  readonly returns?: TypeRef;
  readonly decorators: readonly Expression[];
  readonly directives: readonly string[];
  /** Bindings of outer functions (not of the module) that the body reads or writes, nested functions included. */
  readonly captures: readonly BindingId[];
  readonly at: number;
  readonly end: number;
}

export interface Parameter {
  readonly target: Pattern;
  readonly default?: Expression;
  readonly rest: boolean;
  readonly type?: TypeRef;
  readonly decorators: readonly Expression[];
}

export interface ClassFacts {
  readonly id: ClassId;
  readonly name: string;
  readonly bases: readonly Expression[];
  readonly implements: readonly TypeRef[];
  readonly members: readonly Member[];
  readonly decorators: readonly Expression[];
  readonly abstract: boolean;
  readonly parent: FunctionId;
  readonly at: number;
  readonly end: number;
}

export interface Member {
  readonly name: string;
  /** A computed name that is no constant. */
  readonly computed?: Expression;
  readonly static: boolean;
  readonly kind: "method" | "getter" | "setter" | "constructor" | "field";
  readonly abstract: boolean;
  /** Methods, accessors, constructors; fields whose value is a function have `value` instead. */
  readonly function?: FunctionId;
  readonly value?: Expression;
  readonly type?: TypeRef;
  /** A constructor parameter that declares the field: its index. */
  readonly parameter?: number;
  readonly decorators: readonly Expression[];
  readonly at: number;
}

/** An interface or type alias. */
export interface TypeFacts {
  readonly name: string;
  readonly binding: BindingId;
  readonly parameters: readonly string[];
  readonly bases: readonly TypeRef[];
  readonly type: TypeRef;
}

/** A type as written: enough to prove a receiver, not a type checker. */
export type TypeRef =
  | { readonly kind: "name"; readonly path: readonly string[]; readonly binding: BindingId; readonly args: readonly TypeRef[] }
  | { readonly kind: "array"; readonly of: TypeRef }
  | { readonly kind: "tuple"; readonly of: readonly TypeRef[] }
  | { readonly kind: "union"; readonly of: readonly TypeRef[] }
  | { readonly kind: "intersection"; readonly of: readonly TypeRef[] }
  | { readonly kind: "object"; readonly members: readonly { readonly name: string; readonly type: TypeRef; readonly optional: boolean }[] }
  | { readonly kind: "function"; readonly params: readonly TypeRef[]; readonly returns: TypeRef }
  /** `typeof a.b` */
  | { readonly kind: "typeof"; readonly path: readonly string[]; readonly binding: BindingId }
  /** `T["member"]` */
  | { readonly kind: "member"; readonly of: TypeRef; readonly name: string }
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  /** string, number, boolean, void, any, unknown ... */
  | { readonly kind: "primitive"; readonly name: string };

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
  /** Python `with`, JS `using`: the value is entered before the body and released after it. */
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
}
/** `new` for constructor calls; `tag` for tagged templates (one template argument). */
export interface CallExpression extends Node {
  readonly kind: "call";
  readonly callee: Expression;
  readonly args: readonly Argument[];
  readonly new: boolean;
  readonly tag: boolean;
  readonly optional: boolean;
  readonly types: readonly TypeRef[];
}
export interface Argument {
  readonly value: Expression;
  readonly spread: boolean;
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

/** 1-based line of an offset, by binary search in the line starts. */
export function lineAt(lines: readonly number[], offset: number): number {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}
