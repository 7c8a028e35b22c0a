/** Statements, in source order. Plain blocks dissolve: their names are already resolved. */
import type { Statement } from "../../model/facts-statements.ts";
import { fitted } from "../fitted.ts";
import { branch, switches, tries } from "./branches.ts";
import { variables, functionDeclaration, classDeclaration } from "./declarations.ts";
import { expression } from "./expressions.ts";
import { loop, labelled } from "./loops.ts";
import type { Lowering } from "./lowering.ts";
import { maxDepth, TooDeep } from "./lowering.ts";
import { moduleStatement } from "./modules.ts";
import { enumeration, namespace } from "./namespaces.ts";
import { targetName } from "./operators.ts";
import { pattern } from "./patterns.ts";
import { closeScope, openScope } from "./scope.ts";
import type { Node } from "./tree.ts";
import { bodyList, bodyNode, inner, must, nameOf, noNodes } from "./tree.ts";
import { typeDeclaration } from "./types.ts";

/** Lowers statements to the end of the list that is being written. */
export function statements(c: Lowering, nodes: readonly Node[]): void {
  for (const node of nodes) statement(c, node);
}

/** Directives ("use server") at the head of a body. */
export function directivesOf(nodes: readonly Node[]): readonly string[] {
  const found: string[] = [];
  for (const node of nodes) {
    if (typeof node.directive !== "string") break;
    found.push(node.directive);
  }
  return found;
}

/** A statement or block as a list of its own, in a scope of its own. */
export function nested(c: Lowering, node: Node): Statement[] {
  const before = c.out;
  const body: Statement[] = [];
  c.out = body;
  const outer = openScope(c, c.fn, false);
  if (node.type === "BlockStatement") statements(c, bodyList(node));
  else statement(c, node);
  closeScope(c, outer);
  c.out = before;
  return fitted(body);
}

/** Lowers one statement to the end of the list that is being written. */
export function statement(c: Lowering, node: Node, label?: string): void {
  if (++c.depth > maxDepth) throw new TooDeep(node.start);
  lower(c, node, label);
  c.depth--;
}

function lower(c: Lowering, node: Node, label: string | undefined): void {
  const { start: at, end } = node;
  switch (node.type) {
    case "ExpressionStatement":
      if (typeof node.directive !== "string") evaluate(c, inner(node), at, end);
      break;
    case "VariableDeclaration":
      variables(c, node);
      break;
    case "FunctionDeclaration":
      functionDeclaration(c, node);
      break;
    case "ClassDeclaration":
      classDeclaration(c, node);
      break;
    case "ReturnStatement":
      c.out.push(optional(c, "return", node));
      break;
    case "ThrowStatement":
      c.out.push(optional(c, "throw", node));
      break;
    case "IfStatement":
      branch(c, node);
      break;
    case "BlockStatement":
      if (label !== undefined) c.out.push({ kind: "block", label, body: nested(c, node), at, end });
      else {
        const outer = openScope(c, c.fn, false);
        statements(c, bodyList(node));
        closeScope(c, outer);
      }
      break;
    case "ForStatement":
    case "ForInStatement":
    case "ForOfStatement":
    case "WhileStatement":
    case "DoWhileStatement":
      loop(c, node, label);
      break;
    case "SwitchStatement":
      switches(c, node);
      break;
    case "TryStatement":
      tries(c, node);
      break;
    case "BreakStatement":
    case "ContinueStatement": {
      const kind = node.type === "BreakStatement" ? "break" : "continue";
      c.out.push(node.label === null || node.label === undefined ? { kind, at, end } : { kind, label: nameOf(node.label), at, end });
      break;
    }
    case "LabeledStatement":
      labelled(c, node);
      break;
    case "WithStatement":
      c.out.push({
        kind: "with",
        items: [{ value: expression(c, must(node.object)) }],
        async: false,
        body: nested(c, bodyNode(node)),
        at,
        end,
      });
      break;
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
      typeDeclaration(c, node);
      break;
    case "TSEnumDeclaration":
      enumeration(c, node);
      break;
    case "TSModuleDeclaration":
    case "TSNamespaceDeclaration":
      namespace(c, node);
      break;
    case "EmptyStatement":
    case "DebuggerStatement":
    case "TSDeclareFunction":
    case "TSGlobalDeclaration":
    case "TSExternalModuleDeclaration":
      break;
    default:
      moduleStatement(c, node);
  }
}

/** An expression for its effect: assignments are statements of their own, a comma separates statements. */
export function evaluate(c: Lowering, node: Node, at: number, end: number): void {
  if (node.type === "AssignmentExpression") {
    const left = must(node.left);
    const value = expression(c, must(node.right), targetName(left));
    const target = pattern(c, left, "none");
    c.out.push({ kind: "assign", target, value, operator: (node.operator ?? "=").slice(0, -1), declares: false, at, end });
  } else if (node.type === "SequenceExpression") {
    for (const part of node.expressions ?? noNodes) evaluate(c, part, part.start, part.end);
  } else {
    const value = expression(c, node);
    c.out.push({ kind: "expression", value, at, end });
  }
}

function optional(c: Lowering, kind: "return" | "throw", node: Node): Statement {
  if (node.argument === null || node.argument === undefined) return { kind, at: node.start, end: node.end };
  return { kind, value: expression(c, node.argument), at: node.start, end: node.end };
}
