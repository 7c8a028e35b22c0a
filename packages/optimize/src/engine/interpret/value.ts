/**
 * Values: what the interpretation says an expression is. A value is a small set of origins (empty: nothing is known),
 * the tokens that it depends on, and for lists a size. Immutable; lists and objects that the program mutates are heap objects.
 */
import type { ClassFacts, FunctionId, TypeRef } from "../../model/facts.ts";
import type { ExportSpec, Library, MethodSpec } from "../../model/library.ts";
import type { Place } from "../../model/project.ts";
import type { Deps } from "./deps.ts";
import { none, union } from "./deps.ts";
import type { Draft } from "./drafts.ts";
import type { Environment } from "./environment.ts";
import { join } from "./joins.ts";
import type { Operation } from "./operation.ts";
import type { RowState } from "./row-state.ts";
import type { Readers } from "./readers.ts";
import type { Unit } from "./unit.ts";

export interface Value {
  readonly what: readonly Origin[];
  readonly deps: Deps;
  /** Identity for "the same value again": `$0.id`, `io12.name`. */
  readonly key?: string | undefined;
}

/** Size of a list: at most `max`, or named. `rows` when its elements came from a query. */
export interface Size {
  /** Symbol, unique to its origin: `orders@12:345`, `$1.items`. */
  readonly symbol?: string | undefined;
  /** A bound known from the code: literal length, LIMIT, slice. */
  readonly max?: number | undefined;
  /** The exact length. */
  readonly exact?: number | undefined;
}

export interface ClassRef {
  readonly unit: Unit;
  readonly facts: ClassFacts;
  /** Filled by the class table: linearised project bases, the library base and its statics. */
  readonly env: Environment;
}

export interface HeapObject {
  readonly id: number;
  readonly props: Map<string, Value>;
  /** What computed writes put in; read for names that nobody writes. */
  rest: Value | undefined;
  /** Lives beyond the activation that made it: module-level objects are passed by reference. */
  readonly persistent: boolean;
  /** For literals: how many entries; undefined once a computed write or spread of something unknown happened. */
  literal: boolean;
  /** Made for one parameter and seen by nobody else: what is not there is undefined. */
  sealed?: boolean;
  /** Summaries that read a name before it was there. */
  readers: Readers<string> | undefined;
}

/** A column of a row that was read, or a variable of the module, plus or minus something. */
export type Changed =
  | { readonly kind: "row"; readonly row: string; readonly column: string; readonly operation: Operation }
  | { readonly kind: "variable"; readonly key: string; readonly waits: number };

export type Origin =
  | {
      readonly kind: "closure";
      readonly unit: Unit;
      readonly fn: FunctionId;
      readonly env: Environment;
      readonly self: Value | undefined;
      readonly home?: ClassRef | undefined;
      /** Without what its decorators put around it: the function that a decorator was given. */ readonly bare?: true;
      /** A method that so many classes override that none of them is followed. */ readonly untold?: true;
    }
  | { readonly kind: "class"; readonly ref: ClassRef }
  | {
      readonly kind: "instance";
      readonly ref: ClassRef;
      /** Made here of this very class: no method of a class below it is meant. */ readonly exact?: true | undefined;
      /** Queries, classes and switches that its constructor keeps as fields: what this instance was made with, not what others were. */
      readonly given?: Map<string, Value> | undefined;
    }
  | { readonly kind: "object"; readonly object: HeapObject }
  | {
      readonly kind: "array";
      readonly element: Value;
      readonly size: Size;
      readonly elements?: readonly Value[] | undefined;
      readonly rows?: Operation | undefined;
      readonly picked?: boolean | undefined;
      /** A piece of a longer list: never more at a time than somebody chose. */ readonly chunk?: boolean | undefined;
      /** Its elements are such pieces. */ readonly pieces?: true | undefined;
      /** What a query gave to the variable that was declared for it: neither null nor undefined. */ readonly there?: boolean | undefined;
      /** A set of Python: asking whether something is in it goes through nothing. */ readonly unique?: true | undefined;
    }
  | { readonly kind: "const"; readonly value: string | number | boolean | null | undefined }
  | {
      readonly kind: "scalar";
      readonly type: string;
      /** What was read and changed to give it. */ readonly from?: Changed;
      /** Of a regular expression: it, as it is written. */ readonly pattern?: string;
    }
  /** A text of which only the beginning and the end are known. */
  | { readonly kind: "pattern"; readonly prefix: string; readonly suffix: string }
  | {
      readonly kind: "library";
      readonly library: Library;
      readonly type: string;
      readonly table: string | undefined;
      readonly site: string;
      readonly draft?: Draft | undefined;
      /** The project's class that it belongs to. */ readonly model?: ClassRef | undefined;
      /** Of queries and rows: what is known of the rows. */ readonly state?: RowState | undefined;
      /** Of queries: the project's classes that add methods to them. */ readonly queries?: readonly ClassRef[] | undefined;
      /** Of what a relation gave: the relation that leads back, and the row that it leads to. */
      readonly owner?: { readonly name: string; readonly value: Value } | undefined;
      /** Of queries and rows: the last link of the chain that made the query. */ readonly built?: Place | undefined;
      /** Of models: conditions that cannot be seen go with whatever is asked of it. */ readonly narrowed?: true;
      /** Arguments of the call that made it. */ readonly made?: readonly Value[] | undefined;
    }
  | { readonly kind: "export"; readonly library: Library; readonly spec: ExportSpec; readonly name: string }
  | { readonly kind: "package"; readonly name: string; readonly library: Library | undefined; readonly path: string }
  | { readonly kind: "namespace"; readonly unit: Unit }
  | { readonly kind: "exports"; readonly unit: Unit }
  /** What a CommonJS module exports, seen while it was still running. */
  | { readonly kind: "commonjs"; readonly unit: Unit }
  | { readonly kind: "promise"; readonly value: Value }
  | { readonly kind: "row"; readonly table: string | undefined; readonly operation: Operation | undefined }
  | { readonly kind: "map"; readonly value: Value; readonly size: Size }
  /** Some member of an object with many, or of one below it. */
  | { readonly kind: "some"; readonly object: HeapObject }
  | { readonly kind: "typed"; readonly unit: Unit; readonly type: TypeRef }
  | { readonly kind: "builtin"; readonly name: string }
  /** A method taken as a value: `const { findMany } = prisma.user`, `ids.map(db.get)`. */
  | { readonly kind: "method"; readonly receiver: Value; readonly name: string }
  | {
      readonly kind: "library-method";
      readonly library: Library;
      readonly spec: MethodSpec;
      readonly receiver: Origin | undefined;
      readonly name: string;
    }
  /** A function that behaves like `inner`, answered from memory or run inside a transaction. */
  | {
      readonly kind: "wrapped";
      readonly inner: Value;
      readonly memoizes: boolean | "request";
      readonly transactional: boolean;
      readonly threaded?: boolean;
    }
  /** A function that behaves like `inner` with some of its arguments bound. */
  | { readonly kind: "bound"; readonly inner: Value; readonly self: Value | undefined; readonly args: readonly Value[] };

/** All values have the same fields in the same order, so that the machine knows one shape of them. */
export const unknown: Value = { what: [], deps: none, key: undefined };

/** Something of which no more is known than what it depends on. */
export function unknownFrom(deps: Deps, key?: string): Value {
  return deps.length === 0 && key === undefined ? unknown : { what: unknown.what, deps, key };
}

export function valueOf(origin: Origin, deps: Deps = none, key?: string): Value {
  return { what: [origin], deps, key };
}

export function scalar(type: string, deps: Deps = none): Value {
  return { what: [{ kind: "scalar", type }], deps, key: undefined };
}

export function constantValue(value: string | number | boolean | null | undefined, deps: Deps = none): Value {
  return { what: [{ kind: "const", value }], deps, key: undefined };
}

/** The kind of a scalar that is there: neither null nor empty. */
export const present = "present";

export const undefinedValue: Value = constantValue(undefined);

export function arrayOf(element: Value, size: Size, deps: Deps = element.deps, rows?: Operation): Value {
  return { what: [{ kind: "array", element, size, rows }], deps, key: undefined };
}

export function promiseOf(value: Value): Value {
  const first = value.what[0];
  if (value.what.length === 1 && first?.kind === "promise") return value;
  return { what: [{ kind: "promise", value }], deps: value.deps, key: value.key };
}

/** What `await` gives; lazy builders stay what they are (the caller runs them first). */
export function awaited(value: Value): Value {
  let out: Value | undefined;
  let rest: Origin[] | undefined;
  for (const origin of value.what) {
    if (origin.kind === "promise") out = out === undefined ? origin.value : join(out, origin.value);
    else (rest ??= []).push(origin);
  }
  if (out === undefined) return value;
  const plain = rest === undefined ? out : join(out, { what: rest, deps: value.deps, key: undefined });
  return withDeps(plain, value.deps, value.key);
}

export function withDeps(value: Value, deps: Deps, key?: string): Value {
  const all = union(value.deps, deps);
  if (all === value.deps && (key === undefined || key === value.key)) return value;
  return { what: value.what, deps: all, key: key ?? value.key };
}

export function bare(value: Value): Value {
  return value.deps.length === 0 && value.key === undefined ? value : { what: value.what, deps: none, key: undefined };
}

/** The constant that the value is, when it is exactly one. */
export function constantOf(value: Value): { readonly value: string | number | boolean | null | undefined } | undefined {
  const first = value.what[0];
  return value.what.length === 1 && first?.kind === "const" ? first : undefined;
}

/** true, false, or undefined when the interpretation cannot tell. */
export function truthiness(value: Value): boolean | undefined {
  if (value.what.length === 0) return undefined;
  let result: boolean | undefined;
  for (const origin of value.what) {
    const truth = truthOf(origin);
    if (truth === undefined || (result !== undefined && result !== truth)) return undefined;
    result = truth;
  }
  return result;
}

function truthOf(origin: Origin): boolean | undefined {
  switch (origin.kind) {
    case "const":
      return Boolean(origin.value);
    case "closure":
    case "class":
    case "object":
      return true;
    case "array":
      return origin.there === true ? true : undefined;
    case "scalar":
      return origin.type === present ? true : undefined;
    default:
      return undefined;
  }
}

/** A list that may not be there after all: it is kept in something that was empty before, or joined with nothing. */
export function perhapsMissing(value: Value): Value {
  if (!value.what.some((origin) => origin.kind === "array" && origin.there === true)) return value;
  const what = value.what.map((origin) => (origin.kind === "array" ? { ...origin, there: undefined } : origin));
  return { what, deps: value.deps, key: value.key };
}

/** The query whose rows the list is, as it gave them; what was chosen from them is another list. */
export function wholeRows(list: Extract<Origin, { kind: "array" }> | undefined): Operation | undefined {
  return list?.picked === true ? undefined : list?.rows;
}

export function arrayIn(value: Value): Extract<Origin, { kind: "array" }> | undefined {
  for (const origin of value.what) if (origin.kind === "array") return origin;
  return undefined;
}

/** A fresh object of the interpretation. */
export function newHeap(counter: { nextId: number }, persistent: boolean): HeapObject {
  return { id: counter.nextId++, props: new Map(), rest: undefined, persistent, literal: false, readers: undefined };
}

/** The number of rows of a query. */
export function isCount({ what }: Value): boolean {
  const [only] = what;
  return what.length === 1 && only?.kind === "scalar" && /^(?:length|count):/u.test(only.type);
}
