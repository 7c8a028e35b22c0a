/** Statements in source order, and those that hold blocks of their own. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Statement } from "../../model/facts-statements.ts";
import { fitted } from "../fitted.ts";
import { classStatement } from "./classes.ts";
import { deeper, expressions, named, targets } from "./expressions.ts";
import { functionStatement } from "./functions.ts";
import { matchStatement, saysMatch } from "./match.ts";
import { toPattern } from "./patterns.ts";
import { Broken, maxDepth } from "./reading.ts";
import type { Reading } from "./reading.ts";
import { simpleStatements } from "./statements.ts";
import { accept, advance, ahead, expect, is, openBlocks, recover } from "./tokens.ts";
import { tryStatement } from "./tries.ts";
import { withStatement } from "./withs.ts";

/** Reads statements up to the end of the block or of the text. What cannot be read costs its own line. */
function statements(r: Reading): void {
  while (r.kind !== "dedent" && r.kind !== "end") {
    // A block that nothing opens: its head could not be read.
    const indented = r.kind === "indent";
    if (indented) {
      next(r);
      statements(r);
      if (r.kind === "dedent") next(r);
    } else one(r);
  }
}

/** Reads a whole text. */
export function moduleStatements(r: Reading): void {
  while (r.kind !== "end") {
    statements(r);
    // The end of a block whose start was lost with what could not be read.
    if (r.kind === "dedent") next(r);
  }
}

/** Goes to the next token, or over what is none. */
function next(r: Reading): void {
  guarded(r, r.at, () => advance(r));
}

/** Goes to the next token behind what could not be read; over what is none, as often as it takes. */
function advanced(r: Reading): boolean {
  const from = r.at;
  try {
    advance(r);
    return true;
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    recover(r, from, error.at);
    return false;
  }
}

function one(r: Reading): void {
  guarded(r, r.start, () => statement(r));
}

function guarded(r: Reading, from: number, read: () => void): void {
  const { scope, fn, out, self, yields, blocks, loops, breaks, typeOnly, depth } = r;
  const open = openBlocks(r);
  try {
    read();
  } catch (error) {
    if (!(error instanceof Broken) && !(error instanceof RangeError)) throw error;
    const broken = error instanceof Broken ? error : new Broken(from, "nested too deeply to analyse", "too-deep");
    r.broken ??= broken;
    Object.assign(r, { scope, fn, out, self, yields, blocks, loops, breaks, typeOnly, depth, hint: "" });
    recover(r, from, broken.at);
    while (!advanced(r));
    // The rest of blocks that were open where it broke off.
    while (r.kind !== "end" && openBlocks(r) > open) {
      statements(r);
      if (r.kind === "dedent") next(r);
    }
  }
}

/** `:` and a block, or statements on the same line. */
export function block(r: Reading): void {
  expect(r, ":");
  if (r.kind !== "newline") {
    simpleStatements(r);
    return;
  }
  advance(r);
  expect(r, "indent");
  statements(r);
  accept(r, "dedent");
}

/** A block as a list of its own. */
export function nested(r: Reading): Statement[] {
  const { out } = r;
  const body: Statement[] = [];
  r.out = body;
  r.blocks++;
  block(r);
  r.blocks--;
  r.out = out;
  return fitted(body);
}

function statement(r: Reading): void {
  deeper(r);
  const at = r.start;
  switch (r.kind) {
    case "newline":
      advance(r);
      break;
    case "if":
      branch(r);
      break;
    case "for":
      forStatement(r, false, at);
      break;
    case "while":
      whileStatement(r);
      break;
    case "try":
      tryStatement(r);
      break;
    case "with":
      withStatement(r, false, at);
      break;
    case "def":
      functionStatement(r, [], false, at);
      break;
    case "class":
      classStatement(r, [], at);
      break;
    case "@":
      decorated(r);
      break;
    case "async":
      asyncStatement(r, [], at);
      break;
    case "name":
      if (r.word === "match" && saysMatch(r)) matchStatement(r);
      else simpleStatements(r);
      break;
    default:
      simpleStatements(r);
  }
  r.depth--;
}

function decorated(r: Reading): void {
  const decorators: Expression[] = [];
  while (accept(r, "@")) {
    decorators.push(named(r));
    while (accept(r, "newline"));
  }
  const at = r.start;
  if (r.kind === "class") classStatement(r, decorators, at);
  else if (r.kind === "def") functionStatement(r, decorators, false, at);
  else asyncStatement(r, decorators, at);
}

function asyncStatement(r: Reading, decorators: readonly Expression[], at: number): void {
  // Before 3.7 it was a name like any other.
  const keyword = ahead(r, () => {
    advance(r);
    return r.kind === "def" || r.kind === "for" || r.kind === "with";
  });
  if (!keyword) {
    simpleStatements(r);
    return;
  }
  advance(r);
  if (r.kind === "def") functionStatement(r, decorators, true, at);
  else if (r.kind === "for") forStatement(r, true, at);
  else withStatement(r, true, at);
}

/** `if … elif … else` without recursion over the chain. */
function branch(r: Reading): void {
  const parts: { test: Expression; body: Statement[]; at: number }[] = [];
  const { typeOnly } = r;
  let last: Statement[] = [];
  let at = r.start;
  while (r.kind === "if" || r.kind === "elif") {
    at = r.start;
    advance(r);
    const test = named(r);
    r.typeOnly = typeOnly || ((test.kind === "name" || test.kind === "member") && test.name === "TYPE_CHECKING");
    parts.push({ test, body: nested(r), at });
    r.typeOnly = typeOnly;
    if (is(r, "else")) {
      advance(r);
      last = nested(r);
      break;
    }
    if (r.kind !== "elif") break;
  }
  if (parts.length + r.depth > maxDepth) throw new Broken(at, "nested too deeply to analyse", "too-deep");
  const end = r.before;
  for (const part of parts.reverse())
    // oxlint-disable-next-line unicorn/no-thenable -- `then` is a member of the IR, and never awaited
    last = [{ kind: "branch", test: part.test, then: part.body, else: last, at: part.at, end }];
  r.out.push(...last);
}

function looped(r: Reading): { body: Statement[]; breaks: boolean } {
  const { breaks } = r;
  r.breaks = false;
  r.loops++;
  const body = nested(r);
  r.loops--;
  const left = r.breaks;
  r.breaks = breaks;
  return { body, breaks: left };
}

function forStatement(r: Reading, isAsync: boolean, at: number): void {
  advance(r);
  r.blocks++;
  const target = toPattern(r, targets(r));
  r.blocks--;
  expect(r, "in");
  const iterable = expressions(r);
  const { body, breaks } = looped(r);
  r.out.push({ kind: "loop", form: "each", target, iterable, init: [], body, async: isAsync, at, end: r.before });
  afterLoop(r, breaks);
}

function whileStatement(r: Reading): void {
  const at = r.start;
  advance(r);
  const test = named(r);
  const { body, breaks } = looped(r);
  r.out.push({ kind: "loop", form: "while", init: [], test, body, async: false, at, end: r.before });
  afterLoop(r, breaks);
}

/** `else` of a loop is done unless the loop was left by `break`. */
function afterLoop(r: Reading, breaks: boolean): void {
  const at = r.start;
  if (!accept(r, "else")) return;
  const body = nested(r);
  if (!breaks) r.out.push(...body);
  // oxlint-disable-next-line unicorn/no-thenable -- `then` is a member of the IR, and never awaited
  else r.out.push({ kind: "branch", test: unnamed(at), then: body, else: [], at, end: r.before });
}

/** Something that the source does not name. */
export function unnamed(at: number): Expression {
  return { kind: "name", name: "", binding: -1, at, end: at };
}
