/** Calls, members and arguments. */
import type { Argument, Expression } from "../../model/facts-expressions.ts";
import { fitted } from "../fitted.ts";
import { expression } from "./expressions.ts";
import type { Lowering } from "./lowering.ts";
import type { Node } from "./tree.ts";
import { keyName, must, noNodes } from "./tree.ts";
import { typeArguments } from "./types.ts";

/** Arguments of a call. */
export function args(c: Lowering, nodes: readonly Node[] | undefined): Argument[] {
  const out: Argument[] = [];
  for (const node of nodes ?? noNodes) {
    const spread = node.type === "SpreadElement";
    out.push({ value: expression(c, spread ? must(node.argument) : node), spread });
  }
  return fitted(out);
}

/** A member access on an object that is already lowered. */
export function member(c: Lowering, node: Node, base: Expression): Expression {
  const key = must(node.property);
  const constant = keyName(key, node.computed === true);
  const optional = node.optional === true;
  if (constant !== undefined) return { kind: "member", object: base, name: constant, optional, at: node.start, end: node.end };
  return { kind: "member", object: base, name: "", computed: expression(c, key), optional, at: node.start, end: node.end };
}

/** A call of a callee that is already lowered. */
export function call(c: Lowering, node: Node, callee: Expression): Expression {
  const passed = args(c, node.arguments);
  const out: Expression = {
    kind: "call",
    callee,
    args: passed,
    new: false,
    tag: false,
    optional: node.optional === true,
    types: typeArguments(c, node.typeArguments),
    at: node.start,
    end: node.end,
  };
  const first = passed[0];
  if (callee.kind !== "name" || callee.name !== "require" || first === undefined || first.spread) return out;
  const required: Expression = { kind: "import", specifier: first.value, dynamic: false, at: node.start, end: node.end };
  c.requires.push({ reference: callee, expression: required, call: out });
  return required;
}

export function imported(c: Lowering, node: Node): Expression {
  const specifier = expression(c, must(node.source));
  if (specifier.kind === "literal" && specifier.type === "string") c.imports.add(String(specifier.value));
  return { kind: "import", specifier, dynamic: true, at: node.start, end: node.end };
}
