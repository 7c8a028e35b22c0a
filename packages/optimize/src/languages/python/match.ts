/** `match` -> branches on the subject; what a pattern captures is assigned inside of its test. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Statement } from "../../model/facts-statements.ts";
import { nested } from "./blocks.ts";
import { expressions, named, starts } from "./expressions.ts";
import { casePattern, everySubject } from "./match-patterns.ts";
import { Broken, maxDepth } from "./reading.ts";
import type { Reading } from "./reading.ts";
import { bind, refer } from "./scope.ts";
import { accept, advance, ahead, expect, skipString, is } from "./tokens.ts";

/** Whether `match` starts a statement: something follows, and the line ends with a colon. */
export function saysMatch(r: Reading): boolean {
  return ahead(r, () => {
    advance(r);
    if (!starts(r)) return false;
    let last = "";
    while (r.kind !== "newline" && r.kind !== "end") {
      last = r.kind;
      if (r.kind === "fstring") skipString(r);
      advance(r);
    }
    if (last !== ":") return false;
    advance(r);
    if (!is(r, "indent")) return false;
    advance(r);
    return is(r, "name") && r.word === "case";
  });
}

interface Case {
  readonly test: Expression | undefined;
  readonly body: Statement[];
  readonly at: number;
  readonly end: number;
}

/** Reads a `match` statement. */
export function matchStatement(r: Reading): void {
  advance(r);
  const subject = subjectOf(r, expressions(r));
  expect(r, ":");
  expect(r, "newline");
  expect(r, "indent");
  const cases: Case[] = [];
  while (r.kind === "name" && r.word === "case") {
    const at = r.start;
    advance(r);
    r.blocks++;
    let test = casePattern(r, subject);
    if (accept(r, "if")) test = both(test, named(r));
    r.blocks--;
    cases.push({ test, body: nested(r), at, end: r.before });
  }
  if (!is(r, "end")) expect(r, "dedent");
  if (cases.length + r.depth > maxDepth) throw new Broken(r.start, "nested too deeply to analyse", "too-deep");
  let rest: Statement[] = [];
  for (const { test, body, at, end } of cases.reverse())
    // oxlint-disable-next-line unicorn/no-thenable -- `then` is a member of the IR, and never awaited
    rest = [{ kind: "branch", test: test ?? everySubject(at), then: body, else: rest, at, end }];
  r.out.push(...rest);
}

/** Both tests hold; a test that always holds is left out. */
export function both(left: Expression | undefined, right: Expression | undefined): Expression | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return { kind: "logical", operator: "&&", left, right, at: left.at, end: right.end };
}

/** How the subject is named anew wherever a pattern asks for it: it is evaluated once. */
function subjectOf(r: Reading, value: Expression): () => Expression {
  const { at, end } = value;
  if (value.kind === "this") return () => value;
  let name = value.kind === "name" ? value.name : "";
  if (name === "") {
    name = `match@${at}`;
    r.fresh = 0;
    const target = bind(r, name, at, at);
    r.out.push({ kind: "assign", target, value, operator: "", declares: r.fresh > 0, at, end });
  }
  return () => {
    const out = { kind: "name" as const, name, binding: -1, at, end };
    refer(r, out, name);
    return out;
  };
}
