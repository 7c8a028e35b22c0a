/** The state of reading one template: functions so far, names in scope, statements of the block that is being read. */
import type { Expression, NameExpression } from "../../model/facts-expressions.ts";
import type { Pattern, Statement } from "../../model/facts-statements.ts";
import type { Binding, BindingId, FunctionFacts, FunctionId, ImportSource } from "../../model/facts.ts";
import type { Piece } from "./pieces.ts";

export interface Reading {
  readonly text: string;
  readonly pieces: readonly Piece[];
  next: number;
  readonly bindings: Binding[];
  readonly functions: FunctionFacts[];
  /** Names of the file: macros and what is imported. */
  readonly names: Map<string, BindingId>;
  readonly exports: Map<string, BindingId>;
  readonly imports: Set<string>;
  /** Blocks of this template by name. */
  readonly blocks: Map<string, BindingId>;
  /** Libraries of tags that are loaded. */
  readonly loaded: string[];
  /** Where the last end of each tag stands, as an index into the pieces: a tag that has one further on stands around something. */
  readonly ends: ReadonlyMap<string, number>;
  /** The template that this one fills. */
  parent: { readonly name: Expression; readonly at: number; readonly end: number } | undefined;
  depth: number;
  frame: Frame;
}

/** The function that is being read. */
export interface Frame {
  readonly fn: FunctionId;
  readonly context: BindingId | undefined;
  readonly blocks: BindingId | undefined;
  /** The block of the template above, inside of a block. */
  readonly above: BindingId | undefined;
  readonly scopes: Map<string, BindingId>[];
  out: Statement[];
}

export interface Span {
  readonly at: number;
  readonly end: number;
}

export function bind(
  r: Reading,
  name: string,
  kind: Binding["kind"],
  owner: FunctionId,
  more: { readonly definition?: FunctionId; readonly from?: ImportSource } = {},
): BindingId {
  r.bindings.push({ name, owner, kind, ...more });
  return r.bindings.length - 1;
}

/** A name of the block, from here on. */
export function declare(r: Reading, name: string, at: number): Pattern {
  const binding = bind(r, name, "let", r.frame.fn);
  r.frame.scopes.at(-1)?.set(name, binding);
  return { kind: "bind", binding, name, at };
}

export function named(name: string, binding: BindingId, { at, end }: Span): NameExpression {
  return { kind: "name", name, binding, at, end };
}

export function member(object: Expression, name: string, { at, end }: Span): Expression {
  return { kind: "member", object, name, optional: false, at, end };
}

export function call(callee: Expression, values: readonly Expression[], { at, end }: Span): Extract<Expression, { kind: "call" }> {
  return {
    kind: "call",
    callee,
    args: values.map((value) => ({ value, spread: false })),
    new: false,
    tag: false,
    optional: false,
    types: [],
    at,
    end,
  };
}

export function text(value: string, { at, end }: Span): Expression {
  return { kind: "literal", type: "string", value, at, end };
}

/** What nothing is known of. */
export function nothing(span: Span): Expression {
  return named("", -1, span);
}

/** The binding of a name, when the template itself binds it. */
export function bindingOf(r: Reading, name: string): BindingId | undefined {
  const { scopes } = r.frame;
  for (let i = scopes.length - 1; i >= 0; i--) {
    const found = scopes[i]?.get(name);
    if (found !== undefined) return found;
  }
  return r.names.get(name);
}

/** More names than this are not handed on: a file that sets thousands would hand on all of them each time. */
const mostHanded = 60;

/** Everything that a template sees here: the context, and over it what loops and `with` bind. */
export function surroundings(r: Reading, { at, end }: Span): Expression {
  const span = { at, end };
  const seen = new Map<string, BindingId>();
  for (const scope of r.frame.scopes.toReversed())
    for (const [name, binding] of scope) {
      if (seen.size >= mostHanded) break;
      if (!seen.has(name)) seen.set(name, binding);
    }
  const { context } = r.frame;
  const properties = [
    ...(context === undefined ? [] : [{ name: "", value: named("context", context, span), spread: true }]),
    ...[...seen].map(([name, binding]) => ({ name, value: named(name, binding, span), spread: false })),
  ];
  const [only] = properties;
  // Handed on as it is: nothing was bound over it.
  if (properties.length === 1 && only?.spread === true) return only.value;
  return { kind: "object", properties, ...span };
}

/** Reads `body` as a function of its own. Its parameters are bound by name. */
export function inFunction(
  r: Reading,
  name: string,
  parameters: readonly string[],
  span: Span,
  body: (bindings: readonly BindingId[]) => Partial<Pick<Frame, "context" | "blocks" | "above">> & { readonly read: () => void },
): FunctionId {
  const id = r.functions.length;
  r.functions.push(emptyFunction(id, name));
  const bindings = parameters.map((one) => bind(r, one, "parameter", id));
  const before = r.frame;
  const { context, blocks, above, read } = body(bindings);
  const scope = new Map<string, BindingId>();
  r.frame = { fn: id, context, blocks, above, scopes: [scope], out: [] };
  // What a macro is given is a name; a context is looked into.
  if (context === undefined) for (const [i, one] of parameters.entries()) scope.set(one, bindings[i] ?? -1);
  read();
  r.functions[id] = {
    ...emptyFunction(id, name),
    params: bindings.map((binding, i) => ({
      target: { kind: "bind", binding, name: parameters[i] ?? "", at: span.at },
      rest: false,
      decorators: [],
    })),
    body: r.frame.out,
    at: span.at,
    end: Math.max(span.end, r.pieces[r.next - 1]?.end ?? span.end),
  };
  r.frame = before;
  return id;
}

export function emptyFunction(id: FunctionId, name: string): FunctionFacts {
  return {
    id,
    name,
    parent: 0,
    params: [],
    body: [],
    async: false,
    generator: false,
    lexicalThis: false,
    decorators: [],
    directives: [],
    captures: [],
    at: 0,
    end: 0,
  };
}
