/** Loops and their labels. */
import type { LoopStatement, Statement } from "../../model/facts-statements.ts";
import { variables } from "./declarations.ts";
import { expression } from "./expressions.ts";
import type { Lowering } from "./lowering.ts";
import { bindsOf, pattern } from "./patterns.ts";
import { closeScope, openScope } from "./scope.ts";
import { statement, nested, evaluate } from "./statements.ts";
import type { Node } from "./tree.ts";
import { bodyNode, must, nameOf, noNodes } from "./tree.ts";

export function labelled(c: Lowering, node: Node): void {
  const label = nameOf(must(node.label));
  const body = bodyNode(node);
  const direct = body.type === "BlockStatement" || body.type.startsWith("For") || body.type.endsWith("WhileStatement");
  if (direct) statement(c, body, label);
  else c.out.push({ kind: "block", label, body: nested(c, body), at: node.start, end: node.end });
}

export function loop(c: Lowering, node: Node, label: string | undefined): void {
  const outer = openScope(c, c.fn, false);
  const lowered = loopOf(c, node);
  closeScope(c, outer);
  c.out.push(label === undefined ? lowered : { ...lowered, label });
}

function loopOf(c: Lowering, node: Node): LoopStatement {
  const { start: at, end } = node;
  if (node.type === "ForStatement") {
    const init = node.init === null || node.init === undefined ? [] : initOf(c, node.init);
    const test = node.test === null || node.test === undefined ? undefined : expression(c, node.test);
    const update = node.update === null || node.update === undefined ? undefined : expression(c, node.update);
    const body = nested(c, bodyNode(node));
    return {
      kind: "loop",
      form: "count",
      init,
      ...(test === undefined ? undefined : { test }),
      ...(update === undefined ? undefined : { update }),
      body,
      async: false,
      at,
      end,
    };
  }
  if (node.type === "WhileStatement") {
    const test = expression(c, must(node.test));
    return { kind: "loop", form: "while", init: [], test, body: nested(c, bodyNode(node)), async: false, at, end };
  }
  if (node.type === "DoWhileStatement") {
    const body = nested(c, bodyNode(node));
    return { kind: "loop", form: "do", init: [], test: expression(c, must(node.test)), body, async: false, at, end };
  }
  const left = must(node.left);
  const iterable = expression(c, must(node.right));
  const declares = left.type === "VariableDeclaration";
  const target = declares ? pattern(c, must(must((left.declarations ?? noNodes)[0]).id), bindsOf(left.kind)) : pattern(c, left, "none");
  const form = node.type === "ForInStatement" ? "keys" : "each";
  return { kind: "loop", form, target, iterable, init: [], body: nested(c, bodyNode(node)), async: node.await === true, at, end };
}

function initOf(c: Lowering, node: Node): Statement[] {
  const before = c.out;
  const init: Statement[] = [];
  c.out = init;
  if (node.type === "VariableDeclaration") variables(c, node);
  else evaluate(c, node, node.start, node.end);
  c.out = before;
  return init;
}
