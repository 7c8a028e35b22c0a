/** What expressions and statements consist of, in the order in which it runs. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Pattern, Statement } from "../../model/facts-statements.ts";

/** Some expression directly inside is such. `given` is handed on, so that a question about a whole tree needs no function for each of its nodes. */
function somePart<T>(e: Expression, is: (part: Expression, given: T) => boolean, given: T): boolean {
  switch (e.kind) {
    case "name":
    case "literal":
      return false;
    case "template":
    case "sequence":
      for (const part of e.values) if (is(part, given)) return true;
      return false;
    case "member":
      return is(e.object, given) || (e.computed !== undefined && is(e.computed, given));
    case "call":
      if (is(e.callee, given)) return true;
      for (const argument of e.args) if (is(argument.value, given)) return true;
      return false;
    case "object":
      for (const { computed, value } of e.properties) if ((computed !== undefined && is(computed, given)) || is(value, given)) return true;
      return false;
    case "array":
      for (const element of e.elements) if (element !== null && is(element.value, given)) return true;
      return false;
    case "await":
    case "unary":
    case "cast":
      return is(e.value, given);
    case "yield":
      return e.value !== undefined && is(e.value, given);
    case "assign":
      return somePartOf(e.target, is, given) || is(e.value, given);
    case "conditional":
      return is(e.test, given) || is(e.then, given) || is(e.else, given);
    case "logical":
    case "binary":
      return is(e.left, given) || is(e.right, given);
    case "element":
      if (typeof e.tag !== "string" && is(e.tag, given)) return true;
      for (const { value } of e.attributes) if (is(value, given)) return true;
      for (const child of e.children) if (is(child, given)) return true;
      return false;
    case "import":
      return is(e.specifier, given);
    case "slice":
      return (
        (e.start !== undefined && is(e.start, given)) ||
        (e.stop !== undefined && is(e.stop, given)) ||
        (e.step !== undefined && is(e.step, given))
      );
    default:
      return false;
  }
}

function somePartOf<T>(pattern: Pattern, is: (part: Expression, given: T) => boolean, given: T): boolean {
  switch (pattern.kind) {
    case "member":
      return is(pattern.target.object, given) || (pattern.target.computed !== undefined && is(pattern.target.computed, given));
    case "default":
      return is(pattern.value, given) || somePartOf(pattern.target, is, given);
    case "object":
      for (const { computed, target } of pattern.properties)
        if ((computed !== undefined && is(computed, given)) || somePartOf(target, is, given)) return true;
      return pattern.rest !== undefined && somePartOf(pattern.rest, is, given);
    case "array":
      for (const element of pattern.elements) if (element !== null && somePartOf(element, is, given)) return true;
      return pattern.rest !== undefined && somePartOf(pattern.rest, is, given);
    default:
      return false;
  }
}

function told(part: Expression, each: (part: Expression) => void): boolean {
  each(part);
  return false;
}

/** Calls `each` with every expression directly inside. */
export function expressionsIn(e: Expression, each: (part: Expression) => void): void {
  somePart(e, told, each);
}

/** Expressions inside a pattern: defaults, computed names, and what a member is written on. */
export function expressionsOf(pattern: Pattern, each: (part: Expression) => void): void {
  somePartOf(pattern, told, each);
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
  if (e.kind !== "comprehension") return somePart(e, someInside, wanted);
  for (const { iterable, tests } of e.clauses)
    if (someInside(iterable, wanted) || tests.some((test) => someInside(test, wanted))) return true;
  return someInside(e.value, wanted) || (e.key !== undefined && someInside(e.key, wanted));
}
