/** Expressions, from the loosest to the tightest. */
import type { Expression, LiteralExpression } from "../../model/facts-expressions.ts";
import { atom } from "./atoms.ts";
import { argumentsOf, subscript } from "./calls.ts";
import { lambda } from "./functions.ts";
import { binaryChain, powerOf } from "./operators.ts";
import { toPattern } from "./patterns.ts";
import { Broken, maxDepth, noTypes } from "./reading.ts";
import type { Reading } from "./reading.ts";
import { accept, advance, expect, unexpected, is } from "./tokens.ts";

/** Goes one level deeper, or refuses to. */
export function deeper(r: Reading): void {
  if (++r.depth > maxDepth) throw new Broken(r.start, "nested too deeply to analyse", "too-deep");
}

/** A conditional expression or a lambda. */
export function expression(r: Reading): Expression {
  deeper(r);
  const out = r.kind === "lambda" ? lambda(r) : conditional(r);
  r.depth--;
  return out;
}

function conditional(r: Reading): Expression {
  const at = r.start;
  const value = binary(r, 1);
  if (r.kind !== "if") return value;
  advance(r);
  const test = binary(r, 1);
  expect(r, "else");
  const otherwise = expression(r);
  // oxlint-disable-next-line unicorn/no-thenable -- `then` is a member of the IR, and never awaited
  return { kind: "conditional", test, then: value, else: otherwise, at, end: r.before };
}

/** An expression that may be `name := value`. */
export function named(r: Reading): Expression {
  const at = r.start;
  const value = expression(r);
  if (r.kind !== ":=") return value;
  advance(r);
  const assigned = expression(r);
  return { kind: "assign", target: toPattern(r, value), value: assigned, operator: "", at, end: r.before };
}

/** `*x`, or an expression that may be `name := value`. */
function starred(r: Reading): { value: Expression; spread: boolean } {
  if (!accept(r, "*")) return { value: named(r), spread: false };
  return { value: binary(r, 5), spread: true };
}

/** Whether an expression may start with the current token. */
export function starts(r: Reading): boolean {
  switch (r.kind) {
    case "name":
    case "number":
    case "string":
    case "fstring":
    case "(":
    case "[":
    case "{":
    case "-":
    case "+":
    case "~":
    case "*":
    case "`":
    case "...":
    case "None":
    case "True":
    case "False":
    case "not":
    case "lambda":
    case "await":
    case "yield":
    case "async":
      return true;
    default:
      return false;
  }
}

/** One expression, or a tuple without brackets. */
export function expressions(r: Reading): Expression {
  if (r.kind === "yield") return yielded(r);
  const at = r.start;
  const first = starred(r);
  if (r.kind !== "," && !first.spread) return first.value;
  const elements = [first];
  while (accept(r, ",")) {
    if (!starts(r)) break;
    elements.push(starred(r));
  }
  return { kind: "array", elements, form: "tuple", at, end: r.before };
}

/** Targets of a loop, a comprehension or `del`: tighter than `in`. */
export function targets(r: Reading): Expression {
  const at = r.start;
  const first = target(r);
  if (r.kind !== "," && !first.spread) return first.value;
  const elements = [first];
  while (accept(r, ",")) {
    if (!starts(r)) break;
    elements.push(target(r));
  }
  return { kind: "array", elements, form: "tuple", at, end: r.before };
}

function target(r: Reading): { value: Expression; spread: boolean } {
  const spread = accept(r, "*");
  return { value: binary(r, 5), spread };
}

/** `yield`, `yield x`, `yield from x`. */
export function yielded(r: Reading): Expression {
  const at = r.start;
  expect(r, "yield");
  r.yields = true;
  const delegate = accept(r, "from");
  if (!delegate && !starts(r)) return { kind: "yield", delegate, at, end: r.before };
  const value = delegate ? expression(r) : expressions(r);
  return { kind: "yield", value, delegate, at, end: r.before };
}

/** Operators that bind at least as tightly as `power`. */
export function binary(r: Reading, power: number): Expression {
  const at = r.start;
  const left = r.kind === "not" ? negated(r) : unary(r);
  return powerOf(r) < power ? left : binaryChain(r, left, power, at);
}

function negated(r: Reading): Expression {
  const at = r.start;
  deeper(r);
  advance(r);
  const value = binary(r, 3);
  r.depth--;
  return { kind: "unary", operator: "!", value, at, end: r.before };
}

/** `-x`, `+x`, `~x`, `await x`, `x ** y`. */
export function unary(r: Reading): Expression {
  const at = r.start;
  const operator = r.kind;
  if (operator === "-" || operator === "+" || operator === "~") {
    deeper(r);
    advance(r);
    const value = unary(r);
    r.depth--;
    if (operator === "-" && value.kind === "literal" && value.type === "number")
      return { kind: "literal", type: "number", value: -Number(value.value), at, end: r.before };
    return { kind: "unary", operator, value, at, end: r.before };
  }
  const base = operator === "await" ? awaited(r) : primary(r);
  if (r.kind !== "**") return base;
  deeper(r);
  advance(r);
  const right = unary(r);
  r.depth--;
  return { kind: "binary", operator: "**", left: base, right, at, end: r.before };
}

function awaited(r: Reading): Expression {
  const at = r.start;
  advance(r);
  // Before 3.7 it was a name like any other.
  if (!starts(r)) return primaryOf(r, { kind: "name", name: "await", binding: -1, at, end: r.before }, at);
  const value = primary(r);
  return { kind: "await", value, at, end: r.before };
}

/** An atom with its members, subscripts and calls. */
function primary(r: Reading): Expression {
  const at = r.start;
  return primaryOf(r, atom(r), at);
}

/** Links of a chain that may nest into each other. */
const maxLinks = 300;

function primaryOf(r: Reading, first: Expression, at: number): Expression {
  let value = first;
  for (let links = 0; ; links++) {
    if (links > maxLinks) throw new Broken(r.start, "a chain is too long to analyse", "too-deep");
    if (r.kind === ".") {
      advance(r);
      // Keywords too: an older file may name a member so.
      if (!is(r, "name") && !/^[A-Za-z]/.test(r.text.slice(r.start, r.end))) throw unexpected(r, r.start);
      const name = r.word;
      advance(r);
      value = { kind: "member", object: value, name, optional: false, at, end: r.before };
    } else if (r.kind === "(") {
      const args = argumentsOf(r);
      value = isSuper(value)
        ? {
            kind: "call",
            callee: { kind: "super", at, end: value.end },
            args,
            new: false,
            tag: false,
            optional: false,
            types: noTypes,
            at,
            end: r.before,
          }
        : { kind: "call", callee: value, args, new: false, tag: false, optional: false, types: noTypes, at, end: r.before };
    } else if (r.kind === "[") value = subscript(r, value, at);
    else return value;
  }
}

function isSuper(value: Expression): boolean {
  return value.kind === "name" && value.name === "super";
}

/** `None`, `True` … */
export function constant(at: number, end: number, kind: string): LiteralExpression {
  if (kind === "None") return { kind: "literal", type: "null", value: null, at, end };
  return { kind: "literal", type: "boolean", value: kind === "True", at, end };
}
