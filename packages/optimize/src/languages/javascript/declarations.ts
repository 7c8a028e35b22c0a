/** Declarations of functions, classes and variables. */
import { defineClass, reserveClass } from "./classes.ts";
import { expression } from "./expressions.ts";
import { defineFunction, reserve } from "./functions.ts";
import type { Lowering } from "./lowering.ts";
import { bindsOf, pattern } from "./patterns.ts";
import { declareDefinition } from "./scope.ts";
import type { Node } from "./tree.ts";
import { must, nameOf, noNodes } from "./tree.ts";
import { annotation } from "./types.ts";

/** Declares and lowers a function declaration. */
export function functionDeclaration(c: Lowering, node: Node): void {
  if (node.declare === true || node.body === null || node.body === undefined) return;
  const id = reserve(c);
  if (node.id !== null && node.id !== undefined) declareDefinition(c, nameOf(node.id), "function", id);
  defineFunction(c, node, id, { name: "" });
}

/** Declares and lowers a class declaration. */
export function classDeclaration(c: Lowering, node: Node): void {
  if (node.declare === true) return;
  const id = reserveClass(c);
  if (node.id !== null && node.id !== undefined) declareDefinition(c, nameOf(node.id), "class", id);
  defineClass(c, node, id, "");
}

/** `const a = 1, b = 2` -> one assignment each. */
export function variables(c: Lowering, node: Node): void {
  if (node.declare === true) return;
  const binds = bindsOf(node.kind);
  for (const declarator of node.declarations ?? noNodes) {
    const id = must(declarator.id);
    const { start: at, end } = declarator;
    if (declarator.init === null || declarator.init === undefined) {
      c.out.push({ kind: "assign", target: pattern(c, id, binds), operator: "", declares: true, at, end });
      continue;
    }
    const plain = id.type === "Identifier";
    let value = expression(c, declarator.init, plain ? nameOf(id) : "");
    const target = pattern(c, id, binds);
    // A destructured value has no binding of its own that could carry its annotation.
    const type = plain ? undefined : annotation(c, id.typeAnnotation);
    if (type !== undefined) value = { kind: "cast", value, type, at: value.at, end: value.end };
    const assigned = { kind: "assign", target, value, operator: "", declares: true, at, end } as const;
    c.out.push(node.kind === "using" || node.kind === "await using" ? { ...assigned, released: true } : assigned);
  }
}
