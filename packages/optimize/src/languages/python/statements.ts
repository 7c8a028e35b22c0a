/** Statements of one line. */
import type { Expression } from "../../model/facts-expressions.ts";
import { assigned, assignments, augmented } from "./assignments.ts";
import { expression, expressions, starts, targets, yielded } from "./expressions.ts";
import { fromStatement, importStatement } from "./modules.ts";
import { noTypes } from "./reading.ts";
import type { Reading } from "./reading.ts";
import { closeScope, hideType, makeGlobal, makeOuter, openScope } from "./scope.ts";
import { accept, advance, ahead, unexpected, is } from "./tokens.ts";
import { typeParameters } from "./functions.ts";
import { declareType } from "./type-aliases.ts";
import { annotation } from "./types.ts";

/** Statements that semicolons part, up to the end of the line. */
export function simpleStatements(r: Reading): void {
  for (;;) {
    simple(r);
    if (!accept(r, ";")) break;
    if (r.kind === "newline") break;
  }
  if (r.kind === "end") return;
  if (r.kind !== "newline") throw unexpected(r, r.start);
  advance(r);
}

function simple(r: Reading): void {
  const at = r.start;
  switch (r.kind) {
    case "pass":
      advance(r);
      break;
    case "break":
    case "continue": {
      const { kind } = r;
      if (kind === "break") r.breaks = true;
      advance(r);
      r.out.push({ kind, at, end: r.before });
      break;
    }
    case "return": {
      advance(r);
      const value = starts(r) ? expressions(r) : undefined;
      r.out.push(value === undefined ? { kind: "return", at, end: r.before } : { kind: "return", value, at, end: r.before });
      break;
    }
    case "raise":
      raise(r, at);
      break;
    case "import":
      importStatement(r);
      break;
    case "from":
      fromStatement(r);
      break;
    case "del":
      deletion(r, at);
      break;
    case "assert":
      assertion(r, at);
      break;
    case "global":
    case "nonlocal":
      outside(r);
      break;
    case "name":
      if (r.word === "type" && saysType(r)) typeStatement(r);
      else if ((r.word === "print" || r.word === "exec") && saysPython2(r)) printed(r, at);
      else evaluated(r, at);
      break;
    default:
      evaluated(r, at);
  }
}

/** An expression for its effect, or an assignment. */
function evaluated(r: Reading, at: number): void {
  const value = r.kind === "yield" ? yielded(r) : expressions(r);
  if (r.kind === "=") assignments(r, value, at);
  else if (r.kind === ":") assigned(r, value, at);
  else if (r.kind.endsWith("=") && r.kind !== "==" && r.kind !== "!=") augmented(r, value, at);
  // A text for its own sake is documentation.
  else if (value.kind !== "literal") r.out.push({ kind: "expression", value, at, end: r.before });
}

function raise(r: Reading, at: number): void {
  advance(r);
  if (!starts(r)) {
    r.out.push({ kind: "throw", at, end: r.before });
    return;
  }
  let value = expressions(r);
  if (accept(r, "from")) {
    const cause = expression(r);
    value = { kind: "sequence", values: [cause, value], at: value.at, end: value.end };
  }
  r.out.push({ kind: "throw", value, at, end: r.before });
}

function deletion(r: Reading, at: number): void {
  advance(r);
  const value = targets(r);
  const all = value.kind === "array" ? value.elements.flatMap((one) => (one === null ? [] : [one.value])) : [value];
  for (const one of all)
    r.out.push({
      kind: "expression",
      value: { kind: "unary", operator: "delete", value: one, at, end: one.end },
      at,
      end: one.end,
    });
}

/** `assert test, message` throws unless the test holds. */
function assertion(r: Reading, at: number): void {
  advance(r);
  const test = expression(r);
  const value: Expression | undefined = accept(r, ",") ? expression(r) : undefined;
  const end = r.before;
  r.out.push({
    kind: "branch",
    test: { kind: "unary", operator: "!", value: test, at: test.at, end: test.end },
    // oxlint-disable-next-line unicorn/no-thenable -- `then` is a member of the IR, and never awaited
    then: [value === undefined ? { kind: "throw", at, end } : { kind: "throw", value, at, end }],
    else: [],
    at,
    end,
  });
}

function outside(r: Reading): void {
  const declare = r.kind === "global" ? makeGlobal : makeOuter;
  do {
    advance(r);
    if (r.kind !== "name") throw unexpected(r, r.start);
    declare(r, r.word);
    advance(r);
  } while (is(r, ","));
}

/** Whether `type` starts an alias and is no name. */
function saysType(r: Reading): boolean {
  return ahead(r, () => {
    advance(r);
    if (r.kind !== "name") return false;
    advance(r);
    return is(r, "=") || is(r, "[");
  });
}

/** `type Name[T] = …`. */
function typeStatement(r: Reading): void {
  advance(r);
  const name = r.word;
  advance(r);
  const binding = declareType(r, name);
  const outer = openScope(r, r.fn, "comprehension");
  const parameters = typeParameters(r);
  for (const one of parameters) hideType(r, one);
  if (r.kind !== "=") throw unexpected(r, r.start);
  advance(r);
  const { type, notes } = annotation(r);
  closeScope(r, outer);
  r.types.push({ name, binding, parameters, bases: noTypes, type, ...(notes.length === 0 ? undefined : { notes }) });
}

/** Whether `print` or `exec` is the statement that it was in Python 2. */
function saysPython2(r: Reading): boolean {
  return ahead(r, () => {
    advance(r);
    if (r.kind !== "not") return printable.has(r.kind);
    advance(r);
    return !is(r, "in");
  });
}

const printable: ReadonlySet<string> = new Set("name string fstring number ` { None True False lambda ~".split(" "));

function printed(r: Reading, at: number): void {
  r.old = true;
  const callee: Expression = { kind: "name", name: r.word, binding: -1, at, end: r.end };
  advance(r);
  const value = expressions(r);
  if (accept(r, "in")) expressions(r);
  const end = r.before;
  const call: Expression = {
    kind: "call",
    callee,
    args: [{ value, spread: false }],
    new: false,
    tag: false,
    optional: false,
    types: noTypes,
    at,
    end,
  };
  r.out.push({ kind: "expression", value: call, at, end });
}
