/** What expressions and statements consist of, in the order in which it runs. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Pattern, Statement } from "../../model/facts-statements.ts";

/** Calls `each` with every expression directly inside. */
export function expressionsIn(e: Expression, each: (part: Expression) => void): void {
  switch (e.kind) {
    case "template":
    case "sequence":
      for (const part of e.values) each(part);
      return;
    case "member":
      each(e.object);
      if (e.computed !== undefined) each(e.computed);
      return;
    case "call":
      each(e.callee);
      for (const argument of e.args) each(argument.value);
      return;
    case "object":
      for (const { computed, value } of e.properties) {
        if (computed !== undefined) each(computed);
        each(value);
      }
      return;
    case "array":
      for (const element of e.elements) if (element !== null) each(element.value);
      return;
    case "await":
    case "unary":
    case "cast":
      return each(e.value);
    case "yield":
      if (e.value !== undefined) each(e.value);
      return;
    case "assign":
      expressionsOf(e.target, each);
      return each(e.value);
    case "conditional":
      each(e.test);
      each(e.then);
      return each(e.else);
    case "logical":
    case "binary":
      each(e.left);
      return each(e.right);
    case "element":
      if (typeof e.tag !== "string") each(e.tag);
      for (const { value } of e.attributes) each(value);
      for (const child of e.children) each(child);
      return;
    case "import":
      return each(e.specifier);
    case "slice":
      for (const part of [e.start, e.stop, e.step]) if (part !== undefined) each(part);
      return;
    default:
      return;
  }
}

/** Expressions inside a pattern: defaults, computed names, and what a member is written on. */
export function expressionsOf(pattern: Pattern, each: (part: Expression) => void): void {
  switch (pattern.kind) {
    case "member":
      each(pattern.target.object);
      if (pattern.target.computed !== undefined) each(pattern.target.computed);
      return;
    case "default":
      each(pattern.value);
      return expressionsOf(pattern.target, each);
    case "object":
      for (const { computed, target } of pattern.properties) {
        if (computed !== undefined) each(computed);
        expressionsOf(target, each);
      }
      if (pattern.rest !== undefined) expressionsOf(pattern.rest, each);
      return;
    case "array":
      for (const element of pattern.elements) if (element !== null) expressionsOf(element, each);
      if (pattern.rest !== undefined) expressionsOf(pattern.rest, each);
      return;
    default:
      return;
  }
}

/** Bindings that a pattern gives a value to. */
export function boundBy(pattern: Pattern | undefined, into: number[] = []): number[] {
  if (pattern === undefined) return into;
  if (pattern.kind === "bind") into.push(pattern.binding);
  else if (pattern.kind === "default") boundBy(pattern.target, into);
  else if (pattern.kind === "object") {
    for (const { target } of pattern.properties) boundBy(target, into);
    boundBy(pattern.rest, into);
  } else if (pattern.kind === "array") {
    for (const element of pattern.elements) if (element !== null) boundBy(element, into);
    boundBy(pattern.rest, into);
  }
  return into;
}

/** Blocks of statements directly inside. */
export function blocksOf(s: Statement): readonly (readonly Statement[])[] {
  switch (s.kind) {
    case "branch":
      return [s.then, s.else];
    case "switch":
      return s.cases.map((one) => one.body);
    case "loop":
      return [s.init, s.body];
    case "try":
      return [s.body, s.handler ?? [], s.finalizer ?? []];
    case "with":
    case "block":
      return [s.body];
    default:
      return [];
  }
}

/** Some expression inside is such; functions inside are not entered. */
export function someInside(e: Expression, wanted: (part: Expression) => boolean): boolean {
  if (wanted(e)) return true;
  let found = false;
  if (e.kind === "comprehension") {
    const parts = [...e.clauses.flatMap((clause) => [clause.iterable, ...clause.tests]), e.value, ...(e.key === undefined ? [] : [e.key])];
    return parts.some((part) => someInside(part, wanted));
  }
  expressionsIn(e, (part) => {
    if (!found && someInside(part, wanted)) found = true;
  });
  return found;
}
