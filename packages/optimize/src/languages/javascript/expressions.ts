/** Expressions. One switch, each IR node made once. */
import type { Expression, LiteralExpression } from "../../model/facts-expressions.ts";
import { call, member, args, imported } from "./calls.ts";
import { longBinary, longChain, longText } from "./chains.ts";
import { defineClass, reserveClass } from "./classes.ts";
import { object, array, template, templateParts, list } from "./composites.ts";
import { element } from "./elements.ts";
import { functionValue } from "./functions.ts";
import type { Lowering } from "./lowering.ts";
import { maxDepth, TooDeep, valueSpace } from "./lowering.ts";
import { assignment, binary, unary } from "./operators.ts";
import { refer } from "./scope.ts";
import type { Node } from "./tree.ts";
import { inner, literalText, must, nameOf } from "./tree.ts";
import { typeArguments, typeRef } from "./types.ts";

/** Lowers an expression; `hint` names a function or class that has no name of its own. */
export function expression(c: Lowering, node: Node, hint = ""): Expression {
  if (++c.depth > maxDepth) throw new TooDeep(node.start);
  const out = lower(c, node, hint);
  c.depth--;
  return out;
}

function lower(c: Lowering, node: Node, hint: string): Expression {
  switch (node.type) {
    case "Identifier":
    case "JSXIdentifier":
      return name(c, nameOf(node), node);
    case "Literal":
      return literal(c, node);
    case "MemberExpression":
    case "CallExpression":
      return node.end - node.start > longText
        ? longChain(c, node)
        : node.type === "CallExpression"
          ? call(c, node, expression(c, must(node.callee)))
          : member(c, node, expression(c, must(node.object)));
    case "NewExpression":
      return {
        kind: "call",
        callee: expression(c, must(node.callee)),
        args: args(c, node.arguments),
        new: true,
        tag: false,
        optional: false,
        types: typeArguments(c, node.typeArguments),
        at: node.start,
        end: node.end,
      };
    case "ChainExpression":
    case "ParenthesizedExpression":
      return expression(c, inner(node), hint);
    case "ArrowFunctionExpression":
    case "FunctionExpression":
      return { kind: "function", function: functionValue(c, node, { name: hint }), at: node.start, end: node.end };
    case "ClassExpression": {
      const id = reserveClass(c);
      defineClass(c, node, id, hint);
      return { kind: "class", class: id, at: node.start, end: node.end };
    }
    case "ObjectExpression":
      return object(c, node);
    case "ArrayExpression":
      return array(c, node);
    case "TemplateLiteral":
      return template(c, node);
    case "TaggedTemplateExpression":
      return {
        kind: "call",
        callee: expression(c, must(node.tag)),
        args: [{ value: templateParts(c, must(node.quasi)), spread: false }],
        new: false,
        tag: true,
        optional: false,
        types: typeArguments(c, node.typeArguments),
        at: node.start,
        end: node.end,
      };
    case "AwaitExpression":
      return { kind: "await", value: expression(c, must(node.argument)), at: node.start, end: node.end };
    case "YieldExpression":
      return yields(c, node);
    case "AssignmentExpression":
      return assignment(c, node);
    case "ConditionalExpression":
      // oxlint-disable-next-line unicorn/no-thenable -- `then` is a member of the IR, and never awaited
      return {
        kind: "conditional",
        test: expression(c, must(node.test)),
        then: expression(c, must(node.consequent as Node), hint),
        else: expression(c, must(node.alternate), hint),
        at: node.start,
        end: node.end,
      };
    case "LogicalExpression":
    case "BinaryExpression":
      return node.end - node.start > longText
        ? longBinary(c, node)
        : binary(node, expression(c, must(node.left)), expression(c, must(node.right), node.type === "LogicalExpression" ? hint : ""));
    case "PrivateIdentifier":
      return { kind: "literal", type: "string", value: `#${nameOf(node)}`, at: node.start, end: node.end };
    case "UnaryExpression":
      return unary(c, node);
    case "UpdateExpression":
      return { kind: "unary", operator: node.operator ?? "++", value: expression(c, must(node.argument)), at: node.start, end: node.end };
    case "SequenceExpression":
      return { kind: "sequence", values: list(c, node.expressions), at: node.start, end: node.end };
    case "ThisExpression":
      return { kind: "this", at: node.start, end: node.end };
    case "Super":
      return { kind: "super", at: node.start, end: node.end };
    case "ImportExpression":
      return imported(c, node);
    case "MetaProperty":
      return {
        kind: "name",
        name: `${nameOf(must(node.meta))}.${nameOf(must(node.property))}`,
        binding: -1,
        at: node.start,
        end: node.end,
      };
    case "JSXElement":
    case "JSXFragment":
      return element(c, node);
    case "JSXMemberExpression":
      return {
        kind: "member",
        object: expression(c, must(node.object)),
        name: nameOf(must(node.property)),
        optional: false,
        at: node.start,
        end: node.end,
      };
    case "JSXExpressionContainer":
    case "JSXSpreadChild":
    case "TSInstantiationExpression":
    case "TSNonNullExpression":
      return expression(c, inner(node), hint);
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSTypeAssertion":
      return cast(c, node, hint);
    default:
      // What the grammar does not promise here still keeps its place.
      return { kind: "name", name: "", binding: -1, at: node.start, end: node.end };
  }
}

/** `as const` says nothing about what a value is. */
function cast(c: Lowering, node: Node, hint: string): Expression {
  const value = expression(c, inner(node), hint);
  const type = must(node.typeAnnotation);
  if (type.type === "TSTypeReference" && must(type.typeName).type === "Identifier" && nameOf(must(type.typeName)) === "const") return value;
  return { kind: "cast", value, type: typeRef(c, type), at: node.start, end: node.end };
}

/** A name that is read. */
export function name(c: Lowering, text: string, node: Node): Expression {
  if (text === "undefined") return { kind: "literal", type: "undefined", value: null, at: node.start, end: node.end };
  const out = { kind: "name" as const, name: text, binding: -1, at: node.start, end: node.end };
  refer(c, out, text, valueSpace);
  return out;
}

function literal(c: Lowering, node: Node): LiteralExpression {
  const { start: at, end } = node;
  const value = node.value;
  switch (typeof value) {
    case "string":
      return { kind: "literal", type: "string", value, at, end };
    case "number":
      // JSON has no infinity; `1e999` is as large as a number can say.
      return { kind: "literal", type: "number", value: Number.isFinite(value) ? value : Number.MAX_VALUE, at, end };
    case "boolean":
      return { kind: "literal", type: "boolean", value, at, end };
    default:
      if (node.regex !== null && node.regex !== undefined) {
        // The lazy tree gives the pattern alone; both leave the flags at the end of the text.
        const flags = /[a-z]*$/.exec(c.text.slice(at, end))?.[0] ?? "";
        return { kind: "literal", type: "regexp", value: node.regex.pattern, ...(flags === "" ? {} : { flags }), at, end };
      }
      if (node.bigint !== null && node.bigint !== undefined) return { kind: "literal", type: "bigint", value: literalText(node), at, end };
      return { kind: "literal", type: "null", value: null, at, end };
  }
}

function yields(c: Lowering, node: Node): Expression {
  const delegate = node.delegate === true;
  if (node.argument === null || node.argument === undefined) return { kind: "yield", delegate, at: node.start, end: node.end };
  return { kind: "yield", value: expression(c, node.argument), delegate, at: node.start, end: node.end };
}
