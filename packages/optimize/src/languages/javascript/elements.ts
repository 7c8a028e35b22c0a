/** JSX -> element expressions. Text children say nothing about cost and are dropped. */
import type { Expression, Property } from "../../model/facts-expressions.ts";
import { expression } from "./expressions.ts";
import type { Lowering } from "./lowering.ts";
import { inner, must, nameOf, noNodes, valueNode } from "./tree.ts";
import type { Node } from "./tree.ts";

/** Lowers a JSX element; a fragment has the tag "". */
export function element(c: Lowering, node: Node): Expression {
  const opening = node.type === "JSXElement" ? must(node.openingElement) : undefined;
  const tag = opening === undefined ? "" : tagOf(c, opening.name as Node);
  const attributes: Property[] = [];
  for (const attribute of opening?.attributes ?? noNodes) attributes.push(attributeOf(c, attribute));
  const children: Expression[] = [];
  for (const child of node.children ?? noNodes) {
    if (child.type === "JSXText") continue;
    if (child.type === "JSXExpressionContainer" && inner(child).type === "JSXEmptyExpression") continue;
    children.push(expression(c, child));
  }
  return { kind: "element", tag, attributes, children, at: node.start, end: node.end };
}

/** `div`, `my-element`, `a:b` are names of the page; `Orders`, `ui.Button`, `this.x` are values. */
function tagOf(c: Lowering, node: Node): Expression | string {
  if (node.type === "JSXNamespacedName") return attributeName(node);
  if (node.type === "JSXMemberExpression") return expression(c, node);
  const text = nameOf(node);
  if (text === "this") return { kind: "this", at: node.start, end: node.end };
  const first = text.charCodeAt(0);
  return (first >= 97 && first <= 122) || text.includes("-") ? text : expression(c, node);
}

function attributeName(node: Node): string {
  return node.type === "JSXNamespacedName" ? `${nameOf(must(node.namespace))}:${nameOf(node.name as Node)}` : nameOf(node);
}

function attributeOf(c: Lowering, node: Node): Property {
  if (node.type === "JSXSpreadAttribute") return { name: "", value: expression(c, must(node.argument)), spread: true };
  const name = attributeName(node.name as Node);
  const written = valueNode(node);
  const value: Expression =
    written === null || written === undefined
      ? { kind: "literal", type: "boolean", value: true, at: node.start, end: node.end }
      : expression(c, written, name);
  return { name, value, spread: false };
}
