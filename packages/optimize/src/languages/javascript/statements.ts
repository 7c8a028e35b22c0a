/** Statements, in source order. Plain blocks dissolve: their names are already resolved. */
import type { Expression, LoopStatement, Statement, SwitchCase } from "../../model/facts.ts";
import { defineClass, reserveClass } from "./classes.ts";
import { expression, targetName } from "./expressions.ts";
import { defineFunction, reserve } from "./functions.ts";
import { maxDepth, TooDeep } from "./lowering.ts";
import type { Lowering } from "./lowering.ts";
import { moduleStatement } from "./modules.ts";
import { enumeration, namespace } from "./namespaces.ts";
import { bindsOf, pattern } from "./patterns.ts";
import { closeScope, declareDefinition, openScope } from "./scope.ts";
import { annotation, typeDeclaration } from "./types.ts";
import { bodyList, bodyNode, inner, must, nameOf, noNodes } from "./tree.ts";
import type { Node } from "./tree.ts";

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
function nested(c: Lowering, node: Node): Statement[] {
  const before = c.out;
  const body: Statement[] = [];
  c.out = body;
  const outer = openScope(c, c.fn, false);
  if (node.type === "BlockStatement") statements(c, bodyList(node));
  else statement(c, node);
  closeScope(c, outer);
  c.out = before;
  return body;
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

/** An expression for its effect: assignments are statements of their own, a comma separates statements. */
function evaluate(c: Lowering, node: Node, at: number, end: number): void {
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
    c.out.push({ kind: "assign", target, value, operator: "", declares: true, at, end });
  }
}

function optional(c: Lowering, kind: "return" | "throw", node: Node): Statement {
  if (node.argument === null || node.argument === undefined) return { kind, at: node.start, end: node.end };
  return { kind, value: expression(c, node.argument), at: node.start, end: node.end };
}

/** `if … else if …` without recursion over the chain. */
function branch(c: Lowering, node: Node): void {
  const tests: { test: Expression; body: Statement[]; node: Node }[] = [];
  let at = node;
  let last: Statement[] = [];
  for (;;) {
    const test = expression(c, must(at.test));
    tests.push({ test, body: nested(c, at.consequent as Node), node: at });
    const alternate = at.alternate;
    if (alternate === null || alternate === undefined) break;
    if (alternate.type !== "IfStatement") {
      last = nested(c, alternate);
      break;
    }
    at = alternate;
  }
  if (tests.length + c.depth > maxDepth) throw new TooDeep(node.start);
  for (let i = tests.length - 1; i >= 0; i--) {
    const part = tests[i];
    // oxlint-disable-next-line unicorn/no-thenable -- `then` is a member of the IR, and never awaited
    if (part !== undefined)
      last = [{ kind: "branch", test: part.test, then: part.body, else: last, at: part.node.start, end: part.node.end }];
  }
  c.out.push(...last);
}

function labelled(c: Lowering, node: Node): void {
  const label = nameOf(must(node.label));
  const body = bodyNode(node);
  const direct = body.type === "BlockStatement" || body.type.startsWith("For") || body.type.endsWith("WhileStatement");
  if (direct) statement(c, body, label);
  else c.out.push({ kind: "block", label, body: nested(c, body), at: node.start, end: node.end });
}

function loop(c: Lowering, node: Node, label: string | undefined): void {
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

function switches(c: Lowering, node: Node): void {
  const subject = expression(c, must(node.discriminant));
  const outer = openScope(c, c.fn, false);
  const before = c.out;
  const cases: SwitchCase[] = [];
  for (const one of node.cases ?? noNodes) {
    const body: Statement[] = [];
    c.out = before;
    const test = one.test === null || one.test === undefined ? undefined : expression(c, one.test);
    c.out = body;
    statements(c, one.consequent as readonly Node[]);
    cases.push(test === undefined ? { body, at: one.start } : { test, body, at: one.start });
  }
  c.out = before;
  closeScope(c, outer);
  c.out.push({ kind: "switch", subject, cases, at: node.start, end: node.end });
}

function tries(c: Lowering, node: Node): void {
  const body = nested(c, must(node.block));
  const clause = node.handler;
  const outer = openScope(c, c.fn, false);
  const param =
    clause === null || clause === undefined || clause.param === null || clause.param === undefined
      ? undefined
      : pattern(c, clause.param, "catch");
  const handler = clause === null || clause === undefined ? undefined : nested(c, bodyNode(clause));
  closeScope(c, outer);
  const finalizer = node.finalizer === null || node.finalizer === undefined ? undefined : nested(c, node.finalizer);
  c.out.push({
    kind: "try",
    body,
    ...(param === undefined ? undefined : { param }),
    ...(handler === undefined ? undefined : { handler }),
    ...(finalizer === undefined ? undefined : { finalizer }),
    at: node.start,
    end: node.end,
  });
}
