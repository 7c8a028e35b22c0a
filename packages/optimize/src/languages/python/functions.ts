/** Functions and lambdas -> FunctionFacts. */
import type { FunctionFacts, FunctionId, Parameter, TypeRef } from "../../model/facts.ts";
import type { Expression } from "../../model/facts-expressions.ts";
import type { Pattern, Statement } from "../../model/facts-statements.ts";
import { fitted } from "../fitted.ts";
import { block } from "./blocks.ts";
import { expression, targets } from "./expressions.ts";
import { toPatternIn } from "./patterns.ts";
import { noExpressions } from "./reading.ts";
import type { BindingDraft, ClassDraft, Reading } from "./reading.ts";
import { bindIn, closeScope, define, hideType, openScope } from "./scope.ts";
import { accept, advance, expect, unexpected, is } from "./tokens.ts";
import { annotation } from "./types.ts";

/** Reserves the place of a function: ids grow from outer to inner. */
export function reserve(r: Reading): FunctionId {
  const id = r.functions.length;
  r.functions.push(undefined);
  r.parents.push(r.fn);
  r.captures.push([]);
  return id;
}

interface Head {
  readonly name: string;
  readonly class: ClassDraft | undefined;
  readonly decorators: readonly Expression[];
  readonly async: boolean;
  /** The first parameter is the instance or class. */
  readonly bound: boolean;
  readonly at: number;
}

/** What is read between opening and closing a function's scope. */
interface Parts {
  readonly params: readonly Parameter[];
  readonly returns: TypeRef | undefined;
}

/** Opens a function, lets `read` read it, and closes it. */
function within(r: Reading, id: FunctionId, head: Head, read: (body: Statement[]) => Parts): void {
  const { fn, out, self, yields, blocks, loops, breaks, hint } = r;
  const outer = openScope(r, id, "function");
  const { scope } = r;
  const body: Statement[] = [];
  Object.assign(r, { fn: id, out: body, yields: false, blocks: 0, loops: 0, breaks: false, hint: "" });
  const parts = read(body);
  for (const name of scope.hoisted ?? []) {
    const binding = scope.names?.get(name) ?? -1;
    const target: Pattern = { kind: "bind", binding, name, at: head.at };
    body.unshift({ kind: "assign", target, operator: "", declares: true, at: head.at, end: head.at });
  }
  closeScope(r, outer);
  const facts: FunctionFacts = {
    id,
    name: head.name,
    parent: r.parents[id] ?? 0,
    ...(head.class === undefined ? undefined : { class: head.class.id }),
    params: parts.params,
    body: fitted(body),
    async: head.async,
    generator: r.yields,
    lexicalThis: head.class === undefined,
    ...(parts.returns === undefined ? undefined : { returns: parts.returns }),
    decorators: head.decorators,
    directives: [],
    captures: r.captures[id] ?? [],
    at: head.at,
    end: r.before,
  };
  r.functions[id] = facts;
  Object.assign(r, { fn, out, self, yields, blocks, loops, breaks, hint });
}

/** `def` behind its decorators and `async`; the name is bound in the current scope. */
export function functionStatement(r: Reading, decorators: readonly Expression[], isAsync: boolean, at: number): void {
  advance(r);
  if (r.kind !== "name") throw unexpected(r, r.start);
  const name = r.word;
  advance(r);
  const id = reserve(r);
  const draft = r.scope.kind === "class" ? r.scope.class : undefined;
  define(r, name, "function", id);
  const bound = draft !== undefined && (name === "__new__" || !decorators.some((one) => lastName(one) === "staticmethod"));
  within(r, id, { name, class: draft, decorators, async: isAsync, bound, at }, (body) => {
    typeParameters(r);
    expect(r, "(");
    const params = parameters(r, ")", bound);
    expect(r, ")");
    const returns = accept(r, "->") ? annotation(r).type : undefined;
    r.out = body;
    block(r);
    return { params, returns };
  });
  if (draft === undefined) return;
  draft.members.push({
    name,
    static: decorators.some(isStatic) || implicitlyStatic.has(name),
    kind: name === "__init__" ? "constructor" : accessorOf(decorators),
    abstract: decorators.some((one) => lastName(one) === "abstractmethod"),
    function: id,
    decorators,
    at,
  });
}

const implicitlyStatic: ReadonlySet<string> = new Set(["__new__", "__init_subclass__", "__class_getitem__"]);

function isStatic(decorator: Expression): boolean {
  const name = lastName(decorator);
  return name === "staticmethod" || name === "classmethod";
}

/** `a.b.c`, `a.b.c()` -> "c". */
function lastName(e: Expression): string {
  if (e.kind === "call") return lastName(e.callee);
  return e.kind === "name" || e.kind === "member" ? e.name : "";
}

function accessorOf(decorators: readonly Expression[]): "getter" | "setter" | "method" {
  for (const one of decorators) {
    const name = lastName(one);
    if (name === "property" || name === "cached_property" || name === "abstractproperty" || name === "hybrid_property") return "getter";
    if (one.kind === "member" && name === "setter") return "setter";
  }
  return "method";
}

/** `lambda a, b=1: value`. */
export function lambda(r: Reading): Expression {
  const at = r.start;
  const id = reserve(r);
  const { hint: name } = r;
  within(r, id, { name, class: undefined, decorators: noExpressions, async: false, bound: false, at }, (body) => {
    advance(r);
    const params = parameters(r, ":", false);
    expect(r, ":");
    const value = expression(r);
    body.push({ kind: "return", value, at: value.at, end: value.end });
    return { params, returns: undefined };
  });
  r.hint = "";
  return { kind: "function", function: id, at, end: r.before };
}

/** `[T: Bound, *Ts, **P = Default]`: names that stand for nothing outside. */
export function typeParameters(r: Reading): string[] {
  const names: string[] = [];
  if (!accept(r, "[")) return names;
  while (r.kind !== "]") {
    if (!accept(r, "*")) accept(r, "**");
    if (r.kind !== "name") throw unexpected(r, r.start);
    names.push(r.word);
    hideType(r, r.word);
    advance(r);
    if (accept(r, ":")) annotation(r);
    if (accept(r, "=")) annotation(r);
    if (!accept(r, ",")) break;
  }
  expect(r, "]");
  return names;
}

function parameters(r: Reading, close: string, bound: boolean): Parameter[] {
  const out: Parameter[] = [];
  const typed = close === ")";
  let keywordOnly = false;
  let first = bound;
  while (r.kind !== close) {
    if (r.kind === "*" || r.kind === "**") {
      const form = r.kind;
      advance(r);
      if (form === "*" && (is(r, ",") || r.kind === close)) keywordOnly = true;
      else out.push(parameter(r, typed, true, form === "**" ? "rest" : undefined));
      if (form === "*") keywordOnly = true;
    } else if (!accept(r, "/")) {
      if (first && r.kind === "name") instance(r, typed);
      else out.push(parameter(r, typed, false, keywordOnly ? "only" : undefined));
    }
    first = false;
    if (!accept(r, ",")) break;
  }
  return fitted(out);
}

/** The first parameter of a method is the instance or class: `this` in Facts, no parameter. */
function instance(r: Reading, typed: boolean): void {
  r.self = r.word;
  advance(r);
  if (typed && accept(r, ":")) annotation(r);
  if (accept(r, "=")) expression(r);
}

function parameter(r: Reading, typed: boolean, rest: boolean, keyword: "only" | "rest" | undefined): Parameter {
  const target = parameterTarget(r);
  const hint = target.kind === "bind" ? target.name : "";
  const written = typed && r.kind === ":" ? annotated(r, rest) : undefined;
  if (written !== undefined && target.kind === "bind") (r.bindings[target.binding] as BindingDraft).type = written.type;
  let value: Expression | undefined;
  if (accept(r, "=")) {
    r.hint = r.kind === "lambda" ? hint : "";
    value = expression(r);
  }
  return {
    target,
    ...(value === undefined ? undefined : { default: value }),
    rest,
    ...(keyword === undefined ? undefined : { keyword }),
    ...(written === undefined ? undefined : { type: written.type }),
    decorators: written?.notes ?? noExpressions,
  };
}

function annotated(r: Reading, rest: boolean): ReturnType<typeof annotation> {
  advance(r);
  // `*args: *Ts`
  if (rest) accept(r, "*");
  return annotation(r);
}

function parameterTarget(r: Reading): Pattern {
  // Python 2: a tuple in place of a parameter.
  if (r.kind === "(") {
    advance(r);
    const value = targets(r);
    expect(r, ")");
    return toPatternIn(r, value, r.scope);
  }
  if (r.kind !== "name") throw unexpected(r, r.start);
  const target = bindIn(r, r.scope, r.word, r.start, r.end);
  if (target.kind === "bind") (r.bindings[target.binding] as BindingDraft).kind = "parameter";
  advance(r);
  return target;
}
