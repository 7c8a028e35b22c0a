/** Functions of every form -> FunctionFacts. */
import type { ClassId, FunctionFacts, FunctionId, Parameter, TypeRef } from "../../model/facts.ts";
import type { Expression } from "../../model/facts-expressions.ts";
import type { Pattern, Statement } from "../../model/facts-statements.ts";
import { fitted } from "../fitted.ts";
import { expression } from "./expressions.ts";
import { noExpressions } from "./lowering.ts";
import type { Lowering } from "./lowering.ts";
import { pattern } from "./patterns.ts";
import { closeScope, declareDefinition, openScope } from "./scope.ts";
import { directivesOf, statements } from "./statements.ts";
import { annotation, hideParameters } from "./types.ts";
import { bodyList, bodyNode, inner, must, nameOf, noNodes } from "./tree.ts";
import type { Node } from "./tree.ts";

/** Lowers a list of decorators. */
export function decoratorsOf(c: Lowering, node: Node): readonly Expression[] {
  const decorators = node.decorators;
  if (decorators === undefined || decorators === null || decorators.length === 0) return noExpressions;
  const out: Expression[] = [];
  for (const decorator of decorators) out.push(expression(c, inner(decorator)));
  return fitted(out);
}

/** Reserves the place of a function: ids grow from outer to inner. */
export function reserve(c: Lowering): FunctionId {
  const id = c.functions.length;
  c.functions.push(undefined);
  c.parents.push(c.fn);
  c.captures.push([]);
  return id;
}

/** What the place of a function in the source adds to it. */
export interface Place {
  /** Name of what the function is assigned to. */
  readonly name: string;
  readonly class?: ClassId;
  readonly decorators?: readonly Expression[];
  /** Offset of a member's key, where its function is said to start. */
  readonly at?: number;
}

/** Lowers a function whose id is reserved; a declaration's name is declared by the surrounding block. */
export function defineFunction(c: Lowering, node: Node, id: FunctionId, place: Place): void {
  const arrow = node.type === "ArrowFunctionExpression";
  const ownName = node.id === null || node.id === undefined ? "" : nameOf(node.id);
  const outer = c.scope;
  // The own name of a function expression lives between the surrounding scope and the function's.
  if (ownName !== "" && node.type === "FunctionExpression") {
    openScope(c, c.fn, false);
    declareDefinition(c, ownName, "function", id);
  }
  const named = c.scope;
  const { fn, out } = c;
  openScope(c, id, true);
  c.fn = id;
  const body: Statement[] = [];
  c.out = body;
  hideParameters(c, node.typeParameters);
  const params = parameters(c, node.params ?? noNodes);
  const returns = annotation(c, node.returnType);
  const directives = lowerBody(c, node, body);
  closeScope(c, named);
  if (named !== outer) closeScope(c, outer);
  c.fn = fn;
  c.out = out;
  c.functions[id] = facts(c, node, id, place, {
    name: ownName === "" ? place.name : ownName,
    params,
    returns,
    body: fitted(body),
    directives,
    arrow,
  });
}

interface Parts {
  readonly name: string;
  readonly params: readonly Parameter[];
  readonly returns: TypeRef | undefined;
  readonly body: readonly Statement[];
  readonly directives: readonly string[];
  readonly arrow: boolean;
}

function facts(c: Lowering, node: Node, id: FunctionId, place: Place, parts: Parts): FunctionFacts {
  return {
    id,
    name: parts.name,
    parent: c.parents[id] ?? 0,
    ...(place.class === undefined ? undefined : { class: place.class }),
    params: parts.params,
    body: parts.body,
    async: node.async === true,
    generator: node.generator === true,
    lexicalThis: parts.arrow,
    ...(parts.returns === undefined ? undefined : { returns: parts.returns }),
    decorators: place.decorators ?? noExpressions,
    directives: parts.directives,
    captures: c.captures[id] ?? [],
    at: place.at ?? node.start,
    end: node.end,
  };
}

function lowerBody(c: Lowering, node: Node, body: Statement[]): readonly string[] {
  const block = bodyNode(node);
  if (block.type !== "BlockStatement" && block.type !== "FunctionBody") {
    const value = expression(c, block);
    body.push({ kind: "return", value, at: block.start, end: block.end });
    return [];
  }
  const list = bodyList(block);
  const directives = directivesOf(list);
  statements(c, list);
  return directives;
}

/** Lowers a function expression, arrow function or method value that stands in an expression. */
export function functionValue(c: Lowering, node: Node, place: Place): FunctionId {
  const id = reserve(c);
  defineFunction(c, node, id, place);
  return id;
}

function parameters(c: Lowering, nodes: readonly Node[]): Parameter[] {
  const out: Parameter[] = [];
  for (const node of nodes) {
    // `this: T` is a type, not a parameter.
    if (node.type === "Identifier" && node.name === "this") continue;
    out.push(parameter(c, node));
  }
  return fitted(out);
}

function parameter(c: Lowering, node: Node): Parameter {
  const decorators = decoratorsOf(c, node);
  const written = node.type === "TSParameterProperty" ? must(node.parameter) : node;
  const rest = written.type === "RestElement";
  const withDefault = written.type === "AssignmentPattern";
  const target = withDefault ? must(written.left) : rest ? must(written.argument) : written;
  const lowered = pattern(c, target, "parameter");
  const type =
    lowered.kind === "bind" && !rest ? c.bindings[lowered.binding]?.type : annotation(c, target.typeAnnotation ?? written.typeAnnotation);
  if (rest && type !== undefined && lowered.kind === "bind") {
    const draft = c.bindings[lowered.binding];
    if (draft !== undefined) draft.type = type;
  }
  const value = withDefault ? expression(c, must(written.right), target.type === "Identifier" ? nameOf(target) : "") : undefined;
  return {
    target: atName(c, lowered, written),
    ...(value === undefined ? undefined : { default: value }),
    rest,
    ...(type === undefined ? undefined : { type }),
    decorators: decorators.length === 0 && written !== node ? decoratorsOf(c, written) : decorators,
  };
}

/** A decorated optional parameter starts at its decorator in plain trees; its name stands behind. */
function atName(c: Lowering, target: Pattern, node: Node): Pattern {
  if (target.kind !== "bind" || c.text.charCodeAt(target.at) !== 64) return target;
  const last = (node.decorators ?? noNodes).at(-1);
  return { ...target, at: c.text.indexOf(target.name, last?.end ?? target.at) };
}
