/**
 * Facts: what one file says, lowered to one small IR for every language.
 *
 * A language front end resolves names to bindings (scoping is a language matter) and keeps statement order,
 * tests and constant arguments (interpretation needs them). It decides nothing else: what a call reaches, what
 * a value is and what a loop costs is the engine's business. Facts are plain data: they survive JSON.
 */
import type { Argument, Expression } from "./facts-expressions.ts";
import type { Statement, Pattern } from "./facts-statements.ts";

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
  /** Python's `__all__`: what `import *` takes. Without it: all names that do not start with an underscore. */
  readonly all?: readonly string[];
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
  /** Python: given by keyword only; `rest` takes the keywords that are left (`**kwargs`). */
  readonly keyword?: "only" | "rest";
  readonly type?: TypeRef;
  readonly decorators: readonly Expression[];
}

export interface ClassFacts {
  readonly id: ClassId;
  readonly name: string;
  readonly bases: readonly Expression[];
  /** Python: `class A(B, metaclass=M, table=True)`. */
  readonly keywords?: readonly Argument[];
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
  /** What `Annotated[T, …]` says besides the type. */
  readonly notes?: readonly Expression[];
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
