/**
 * Long chains without recursion: `a + b + …` and `x.a().b()…` of thousands of links are common in generated code.
 * What comes out is bounded too: whoever walks Facts recursively meets no deeper tree than people write.
 */
import type { Expression } from "../../model/facts-expressions.ts";
import { binary } from "./operators.ts";
import { call, member } from "./calls.ts";
import { expression } from "./expressions.ts";
import type { Lowering } from "./lowering.ts";
import { declare } from "./scope.ts";
import { inner, must } from "./tree.ts";
import type { Node } from "./tree.ts";

/** A chain needs two characters a link, so that a shorter text holds fewer than 200 links and recursion is safe. */
export const longText = 400;
/** Longer binary chains become balanced trees. */
const flatOperands = 32;
/** Links of a member chain before the value so far gets a name of its own. */
const maxLinks = 100;

/** A binary expression with a long left side. */
export function longBinary(c: Lowering, node: Node): Expression {
  const spine: Node[] = [];
  let at = node;
  while (at.type === "BinaryExpression" || at.type === "LogicalExpression") {
    spine.push(at);
    at = must(at.left);
  }
  let left = expression(c, at);
  if (spine.length <= flatOperands) {
    for (let i = spine.length - 1; i >= 0; i--) {
      const link = spine[i] as Node;
      left = binary(link, left, expression(c, must(link.right)));
    }
    return left;
  }
  const operands: Expression[] = [left];
  const links: Node[] = [];
  for (let i = spine.length - 1; i >= 0; i--) {
    const link = spine[i] as Node;
    links.push(link);
    operands.push(expression(c, must(link.right)));
  }
  return balanced(operands, links, 0, operands.length);
}

/** Operands in source order as a tree of logarithmic depth; `links[i]` joins operands i and i+1. */
function balanced(operands: readonly Expression[], links: readonly Node[], from: number, to: number): Expression {
  if (to - from === 1) return operands[from] as Expression;
  const middle = (from + to) >> 1;
  const left = balanced(operands, links, from, middle);
  const right = balanced(operands, links, middle, to);
  const joined = binary(links[middle - 1] as Node, left, right);
  return { ...joined, at: left.at, end: right.end };
}

/** A member or call expression with a long object or callee. */
export function longChain(c: Lowering, node: Node): Expression {
  const spine: Node[] = [];
  let at = node;
  for (;;) {
    if (at.type === "CallExpression") {
      spine.push(at);
      at = must(at.callee);
    } else if (at.type === "MemberExpression") {
      spine.push(at);
      at = must(at.object);
    } else if (at.type === "ChainExpression" || at.type === "TSNonNullExpression" || at.type === "ParenthesizedExpression") at = inner(at);
    else break;
  }
  let value = expression(c, at);
  let links = 0;
  for (let i = spine.length - 1; i >= 0; i--) {
    const link = spine[i] as Node;
    // Not between a member and its call: the receiver belongs to the call.
    if (++links > maxLinks && !(link.type === "CallExpression" && value.kind === "member")) {
      value = named(c, value);
      links = 0;
    }
    value = link.type === "CallExpression" ? call(c, link, value) : member(c, link, value);
  }
  return value;
}

/** Gives a value a name: `const = value` before the current statement. */
function named(c: Lowering, value: Expression): Expression {
  const { at, end } = value;
  const name = `chain@${end}`;
  const binding = declare(c, name, "const");
  c.out.push({ kind: "assign", target: { kind: "bind", binding, name, at }, value, operator: "", declares: true, at, end });
  return { kind: "name", name, binding, at, end };
}
