/** What declarations, parameters, loops and assignments bind. */
import type { Expression, MemberExpression } from "../../model/facts-expressions.ts";
import type { Pattern, PatternProperty } from "../../model/facts-statements.ts";
import { fitted } from "../fitted.ts";
import { expression } from "./expressions.ts";
import { maxDepth, TooDeep, valueSpace } from "./lowering.ts";
import type { BindingDraft, Lowering } from "./lowering.ts";
import { declare, declareVar, refer } from "./scope.ts";
import { annotation } from "./types.ts";
import { inner, keyName, must, nameOf, noNodes, valueNode } from "./tree.ts";
import type { Node } from "./tree.ts";

/** How names in a pattern are bound: by a declaration of a kind, as `var`, or not at all (assignment to what exists). */
export type Binds = "parameter" | "const" | "let" | "var" | "catch" | "none";

/** The way of binding that a VariableDeclaration's keyword means. */
export function bindsOf(keyword: string | undefined): Binds {
  return keyword === "var" || keyword === "let" ? keyword : "const";
}

/** Lowers a pattern. */
export function pattern(c: Lowering, node: Node, binds: Binds): Pattern {
  if (++c.depth > maxDepth) throw new TooDeep(node.start);
  const out = lower(c, node, binds);
  c.depth--;
  return out;
}

function lower(c: Lowering, node: Node, binds: Binds): Pattern {
  switch (node.type) {
    case "Identifier":
      return bind(c, node, binds);
    case "ObjectPattern":
      return object(c, node, binds);
    case "ArrayPattern":
      return array(c, node, binds);
    case "AssignmentPattern": {
      const left = must(node.left);
      const target = pattern(c, left, binds);
      return {
        kind: "default",
        target,
        value: expression(c, must(node.right), left.type === "Identifier" ? nameOf(left) : ""),
        at: node.start,
      };
    }
    case "RestElement":
      return pattern(c, must(node.argument), binds);
    case "TSParameterProperty":
      return pattern(c, must(node.parameter), binds);
    // Casts around assignment targets.
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "TSTypeAssertion":
    case "ParenthesizedExpression":
    case "ChainExpression":
      return pattern(c, inner(node), binds);
    default:
      return member(c, node);
  }
}

function member(c: Lowering, node: Node): Pattern {
  const target = expression(c, node);
  if (target.kind === "member") return { kind: "member", target, at: node.start };
  // Not an assignment target in valid code; kept so that nothing that runs is lost.
  const wrapped: MemberExpression = { kind: "member", object: target, name: "", optional: false, at: node.start, end: node.end };
  return { kind: "member", target: wrapped, at: node.start };
}

function bind(c: Lowering, node: Node, binds: Binds): Pattern {
  const name = nameOf(node);
  if (binds === "none") {
    const target = { kind: "bind" as const, binding: -1, name, at: node.start };
    refer(c, target, name, valueSpace);
    c.written.add(target);
    return target;
  }
  const binding = binds === "var" ? declareVar(c, name) : declare(c, name, binds);
  if (node.typeAnnotation !== null && node.typeAnnotation !== undefined) {
    const type = annotation(c, node.typeAnnotation);
    if (type !== undefined) (c.bindings[binding] as BindingDraft).type = type;
  }
  return { kind: "bind", binding, name, at: node.start };
}

function object(c: Lowering, node: Node, binds: Binds): Pattern {
  const properties: PatternProperty[] = [];
  let rest: Pattern | undefined;
  for (const property of node.properties ?? noNodes) {
    if (property.type === "RestElement") {
      rest = pattern(c, must(property.argument), binds);
      continue;
    }
    const key = must(property.key);
    const name = keyName(key, property.computed === true);
    const computed: Expression | undefined = name === undefined ? expression(c, key) : undefined;
    const target = pattern(c, must(valueNode(property)), binds);
    properties.push(computed === undefined ? { name: name ?? "", target } : { name: "", computed, target });
  }
  return rest === undefined
    ? { kind: "object", properties: fitted(properties), at: node.start }
    : { kind: "object", properties: fitted(properties), rest, at: node.start };
}

function array(c: Lowering, node: Node, binds: Binds): Pattern {
  const elements: (Pattern | null)[] = [];
  let rest: Pattern | undefined;
  for (const element of node.elements ?? noNodes) {
    if (element === null) elements.push(null);
    else if (element.type === "RestElement") rest = pattern(c, must(element.argument), binds);
    else elements.push(pattern(c, element, binds));
  }
  return rest === undefined
    ? { kind: "array", elements: fitted(elements), at: node.start }
    : { kind: "array", elements: fitted(elements), rest, at: node.start };
}
