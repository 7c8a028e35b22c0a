/** The state of one lowering: what has been found in a file so far. */
import type { BindingId, ClassFacts, Export, FunctionFacts, FunctionId, ImportSource, TypeFacts, TypeRef } from "../../model/facts.ts";
import type { CallExpression, Expression, ImportExpression } from "../../model/facts-expressions.ts";
import type { Statement } from "../../model/facts-statements.ts";
import type { Binding } from "../../model/facts.ts";

/** A binding while its file is being read: later declarations of the same name complete it. */
export interface BindingDraft {
  readonly name: string;
  readonly owner: FunctionId;
  kind: Binding["kind"];
  definition?: number;
  from?: ImportSource;
  type?: TypeRef;
}

/** A place that names something; `binding` is filled in when the scope that declares the name closes. */
export interface Reference {
  binding: BindingId;
}

/** Which names a reference may mean: values, types (and values that are types: classes, imports), or either. */
export type Space = 0 | 1 | 2;
export const valueSpace = 0;
export const typeSpace = 1;
export const eitherSpace = 2;

export interface Scope {
  readonly parent: Scope | undefined;
  readonly owner: FunctionId;
  /** `var` declarations stop here. */
  readonly hoists: boolean;
  /** First reference of the scope in `Lowering.references`. */
  readonly mark: number;
  names: Map<string, BindingId> | undefined;
  types: Map<string, BindingId> | undefined;
}

export interface Lowering {
  readonly text: string;
  readonly bindings: BindingDraft[];
  /** A hole until the function is finished: parents come before children. */
  readonly functions: (FunctionFacts | undefined)[];
  readonly parents: FunctionId[];
  readonly captures: BindingId[][];
  readonly classes: (ClassFacts | undefined)[];
  readonly types: TypeFacts[];
  readonly exports: Export[];
  readonly imports: Set<string>;
  /** Unresolved references, in four columns: a scope that declares nothing costs nothing. */
  readonly references: Reference[];
  readonly names: string[];
  readonly users: FunctionId[];
  readonly spaces: Space[];
  /** Targets of assignments to names that no scope declares yet. */
  readonly written: Set<Reference>;
  /** `require(x)` read as an import before it was known that nothing declares `require`. */
  readonly requires: { readonly reference: Reference; readonly expression: ImportExpression; readonly call: CallExpression }[];
  scope: Scope;
  fn: FunctionId;
  /** Statement list that is being written. */
  out: Statement[];
  depth: number;
}

/** Deeper trees than this are not lowered: nothing that walks Facts may overflow its stack. */
export const maxDepth = 500;

export class TooDeep extends Error {
  readonly at: number;
  constructor(at: number) {
    super("nested too deeply");
    this.at = at;
  }
}

export function createLowering(text: string): Lowering {
  return {
    text,
    bindings: [],
    functions: [],
    parents: [],
    captures: [],
    classes: [],
    types: [],
    exports: [],
    imports: new Set(),
    references: [],
    names: [],
    users: [],
    spaces: [],
    written: new Set(),
    requires: [],
    scope: { parent: undefined, owner: 0, hoists: true, mark: 0, names: undefined, types: undefined },
    fn: 0,
    out: [],
    depth: 0,
  };
}

export const noExpressions: readonly Expression[] = [];
export const noStatements: readonly Statement[] = [];
export const noTypes: readonly TypeRef[] = [];
