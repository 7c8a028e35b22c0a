/** TypeScript's enums and namespaces: constants that hold an object. */
import type { Expression, Property } from "../../model/facts-expressions.ts";
import type { Statement } from "../../model/facts-statements.ts";
import { expression, name } from "./expressions.ts";
import { maxDepth, TooDeep } from "./lowering.ts";
import type { Lowering } from "./lowering.ts";
import { declaredNames } from "./modules.ts";
import { closeScope, declare, openScope } from "./scope.ts";
import { statement } from "./statements.ts";
import { bodyList, bodyNode, keyName, must, nameOf, noNodes } from "./tree.ts";
import type { Node } from "./tree.ts";

/** `enum E { A, B = "b" }` -> `const E = { A: 0, B: "b" }`. */
export function enumeration(c: Lowering, node: Node): void {
  if (node.declare === true) return;
  const properties: Property[] = [];
  let next: number | undefined = 0;
  for (const member of bodyNode(node).members ?? noNodes) {
    const key = keyName(must(member.id), member.computed === true) ?? "";
    const { start: at, end } = member;
    let value: Expression;
    if (member.initializer !== null && member.initializer !== undefined) {
      value = expression(c, member.initializer);
      next = value.kind === "literal" && typeof value.value === "number" ? value.value + 1 : undefined;
    } else {
      value =
        next === undefined
          ? { kind: "literal", type: "undefined", value: null, at, end }
          : { kind: "literal", type: "number", value: next, at, end };
      if (next !== undefined) next++;
    }
    properties.push({ name: key, value, spread: false });
  }
  holds(c, must(node.id), properties, node);
}

/** `namespace N { export const x = 1 }` -> the body in place, then `const N = { x }`. */
export function namespace(c: Lowering, node: Node): void {
  const id = node.id;
  if (
    node.declare === true ||
    node.kind === "global" ||
    id === null ||
    id === undefined ||
    id.type === "Literal" ||
    node.body === null ||
    node.body === undefined
  )
    return;
  const path: Node[] = [];
  let at = id;
  while (at.type === "TSQualifiedName") {
    path.unshift(must(at.right));
    at = must(at.left);
  }
  const outer = openScope(c, c.fn, false);
  const exported: Property[] = [];
  let body = bodyNode(node);
  // `namespace A.B`: one node with a qualified name in plain trees, nodes in each other in the buffer.
  for (; body.type === "TSModuleDeclaration"; body = bodyNode(body)) path.push(must(body.id));
  if (path.length + c.depth > maxDepth) throw new TooDeep(node.start);
  if (body.type === "TSModuleBlock") {
    for (const one of bodyList(body)) {
      const declaration = one.type === "ExportNamedDeclaration" ? one.declaration : undefined;
      if (declaration === null || declaration === undefined) {
        if (one.type !== "ExportNamedDeclaration") statement(c, one);
        continue;
      }
      statement(c, declaration);
      if (declaration.type === "TSInterfaceDeclaration" || declaration.type === "TSTypeAliasDeclaration") continue;
      for (const text of declaredNames(declaration)) exported.push({ name: text, value: name(c, text, declaration), spread: false });
    }
  }
  let properties = exported;
  for (const part of path.reverse())
    properties = [{ name: nameOf(part), value: { kind: "object", properties, at: node.start, end: node.end }, spread: false }];
  closeScope(c, outer);
  if (properties.length > 0) holds(c, at, properties, node);
}

/** Declares the constant; where the name exists (merged declarations), its members are set on what is there. */
function holds(c: Lowering, id: Node, properties: readonly Property[], node: Node): void {
  const text = nameOf(id);
  const { start: at, end } = node;
  const merged = c.scope.names?.has(text) === true;
  const binding = declare(c, text, "const");
  if (!merged) {
    c.out.push({
      kind: "assign",
      target: { kind: "bind", binding, name: text, at: id.start },
      value: { kind: "object", properties, at, end },
      operator: "",
      declares: true,
      at,
      end,
    });
    return;
  }
  for (const property of properties) {
    const target: Statement = {
      kind: "assign",
      operator: "",
      declares: false,
      value: property.value,
      at,
      end,
      target: {
        kind: "member",
        at,
        target: { kind: "member", object: { kind: "name", name: text, binding, at, end }, name: property.name, optional: false, at, end },
      },
    };
    c.out.push(target);
  }
}
