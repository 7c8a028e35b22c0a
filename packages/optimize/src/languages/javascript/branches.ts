/** Statements that choose: `if`, `switch`, `try`. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Statement, SwitchCase } from "../../model/facts-statements.ts";
import { fitted } from "../fitted.ts";
import { expression } from "./expressions.ts";
import type { Lowering } from "./lowering.ts";
import { maxDepth, TooDeep } from "./lowering.ts";
import { pattern } from "./patterns.ts";
import { closeScope, openScope } from "./scope.ts";
import { nested, statements } from "./statements.ts";
import type { Node } from "./tree.ts";
import { bodyNode, must, noNodes } from "./tree.ts";

/** `if … else if …` without recursion over the chain. */
export function branch(c: Lowering, node: Node): void {
  const tests: { test: Expression; body: Statement[]; node: Node }[] = [];
  let at = node;
  let last: Statement[] = [];
  for (;;) {
    const test = expression(c, must(at.test));
    tests.push({ test, body: nested(c, at.consequent as Node), node: at });
    const alternate = at.alternate;
    if (alternate === null || alternate === undefined) break;
    if (alternate.type !== "IfStatement") {
      last = nested(c, alternate);
      break;
    }
    at = alternate;
  }
  if (tests.length + c.depth > maxDepth) throw new TooDeep(node.start);
  for (let i = tests.length - 1; i >= 0; i--) {
    const part = tests[i];
    // oxlint-disable-next-line unicorn/no-thenable -- `then` is a member of the IR, and never awaited
    if (part !== undefined)
      last = [{ kind: "branch", test: part.test, then: part.body, else: last, at: part.node.start, end: part.node.end }];
  }
  c.out.push(...last);
}

export function switches(c: Lowering, node: Node): void {
  const subject = expression(c, must(node.discriminant));
  const outer = openScope(c, c.fn, false);
  const before = c.out;
  const cases: SwitchCase[] = [];
  for (const one of node.cases ?? noNodes) {
    const body: Statement[] = [];
    c.out = before;
    const test = one.test === null || one.test === undefined ? undefined : expression(c, one.test);
    c.out = body;
    statements(c, one.consequent as readonly Node[]);
    cases.push(test === undefined ? { body: fitted(body), at: one.start } : { test, body: fitted(body), at: one.start });
  }
  c.out = before;
  closeScope(c, outer);
  c.out.push({ kind: "switch", subject, cases: fitted(cases), at: node.start, end: node.end });
}

export function tries(c: Lowering, node: Node): void {
  const body = nested(c, must(node.block));
  const clause = node.handler;
  const outer = openScope(c, c.fn, false);
  const param =
    clause === null || clause === undefined || clause.param === null || clause.param === undefined
      ? undefined
      : pattern(c, clause.param, "catch");
  const handler = clause === null || clause === undefined ? undefined : nested(c, bodyNode(clause));
  closeScope(c, outer);
  const finalizer = node.finalizer === null || node.finalizer === undefined ? undefined : nested(c, node.finalizer);
  c.out.push({
    kind: "try",
    body,
    ...(param === undefined ? undefined : { param }),
    ...(handler === undefined ? undefined : { handler }),
    ...(finalizer === undefined ? undefined : { finalizer }),
    at: node.start,
    end: node.end,
  });
}
