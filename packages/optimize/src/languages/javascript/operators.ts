/** Assignments, binary and unary operators. */
import type { Expression } from "../../model/facts-expressions.ts";
import { expression } from "./expressions.ts";
import type { Lowering } from "./lowering.ts";
import { pattern } from "./patterns.ts";
import type { Node } from "./tree.ts";
import { keyName, must, nameOf } from "./tree.ts";

export function assignment(c: Lowering, node: Node): Expression {
  const left = must(node.left);
  const value = expression(c, must(node.right), targetName(left));
  const target = pattern(c, left, "none");
  return { kind: "assign", target, value, operator: (node.operator ?? "=").slice(0, -1), at: node.start, end: node.end };
}

/** The name that an assignment gives to a nameless function: `User.getX = async function () {}` is "getX". */
export function targetName(node: Node): string {
  if (node.type === "Identifier") return nameOf(node);
  if (node.type === "MemberExpression") return keyName(must(node.property), node.computed === true) ?? "";
  return "";
}

/** A binary or logical expression whose sides are already lowered. */
export function binary(node: Node, left: Expression, right: Expression): Expression {
  const operator = node.operator ?? "";
  if (operator === "&&" || operator === "||" || operator === "??")
    return { kind: "logical", operator, left, right, at: node.start, end: node.end };
  return { kind: "binary", operator, left, right, at: node.start, end: node.end };
}

export function unary(c: Lowering, node: Node): Expression {
  const { start: at, end } = node;
  const value = expression(c, must(node.argument));
  if (value.kind === "literal") {
    if (node.operator === "void") return { kind: "literal", type: "undefined", value: null, at, end };
    if (node.operator === "-" && value.type === "number") return { kind: "literal", type: "number", value: -Number(value.value), at, end };
  }
  return { kind: "unary", operator: node.operator ?? "", value, at, end };
}
