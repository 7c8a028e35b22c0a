/** Classes -> ClassFacts. */
import type { ClassFacts, ClassId, Member, TypeRef } from "../../model/facts.ts";
import type { Expression } from "../../model/facts-expressions.ts";
import { fitted } from "../fitted.ts";
import { expression } from "./expressions.ts";
import { decoratorsOf, defineFunction, functionValue, reserve } from "./functions.ts";
import type { Lowering } from "./lowering.ts";
import { closeScope, declareDefinition, openScope } from "./scope.ts";
import { annotation, hideParameters, named } from "./types.ts";
import { bodyList, bodyNode, inner, keyName, must, nameOf, noNodes, valueNode } from "./tree.ts";
import type { Node } from "./tree.ts";

/** Reserves the place of a class. */
export function reserveClass(c: Lowering): ClassId {
  const id = c.classes.length;
  c.classes.push(undefined);
  return id;
}

/** Lowers a class whose id is reserved; a declaration's name is declared by the surrounding block. */
export function defineClass(c: Lowering, node: Node, id: ClassId, hint: string): void {
  const decorators = decoratorsOf(c, node);
  const outer = openScope(c, c.fn, false);
  const ownName = node.id === null || node.id === undefined ? "" : nameOf(node.id);
  if (ownName !== "" && node.type === "ClassExpression") declareDefinition(c, ownName, "class", id);
  hideParameters(c, node.typeParameters);
  const bases: Expression[] = [];
  if (node.superClass !== null && node.superClass !== undefined) {
    const base = expression(c, node.superClass);
    // `extends Repository<User>`: the arguments are evidence of what the base is about.
    const args = node.superTypeArguments;
    bases.push(
      args === null || args === undefined || !plainPath(node.superClass)
        ? base
        : { kind: "cast", value: base, type: named(c, node.superClass, args), at: base.at, end: args.end },
    );
  }
  const implemented: TypeRef[] = [];
  for (const clause of node.implements ?? noNodes) implemented.push(named(c, inner(clause), clause.typeArguments));
  const members: Member[] = [];
  for (const member of bodyList(bodyNode(node))) lowerMember(c, member, id, members);
  closeScope(c, outer);
  const facts: ClassFacts = {
    id,
    name: ownName === "" ? hint : ownName,
    bases: fitted(bases),
    implements: fitted(implemented),
    members: fitted(members),
    decorators,
    abstract: node.abstract === true,
    parent: c.fn,
    at: node.start,
    end: node.end,
  };
  c.classes[id] = facts;
}

function plainPath(node: Node): boolean {
  let at = node;
  while (at.type === "MemberExpression" && at.computed !== true) at = must(at.object);
  return at.type === "Identifier";
}

function lowerMember(c: Lowering, node: Node, id: ClassId, members: Member[]): void {
  switch (node.type) {
    case "MethodDefinition":
    case "TSAbstractMethodDefinition":
      method(c, node, id, members);
      break;
    case "PropertyDefinition":
    case "AccessorProperty":
    case "TSAbstractPropertyDefinition":
    case "TSAbstractAccessorProperty":
      field(c, node, id, members);
      break;
    case "StaticBlock":
      staticBlock(c, node, id, members);
      break;
    default:
      // Index signatures say nothing about a receiver.
      break;
  }
}

function method(c: Lowering, node: Node, id: ClassId, members: Member[]): void {
  const abstract = node.type === "TSAbstractMethodDefinition";
  const value = must(valueNode(node));
  // Overload signatures have no body; the implementation follows.
  if (!abstract && (value.body === null || value.body === undefined)) return;
  const key = must(node.key);
  const name = keyName(key, node.computed === true);
  const computed = name === undefined ? expression(c, key) : undefined;
  const kind = node.kind === "get" ? "getter" : node.kind === "set" ? "setter" : node.kind === "constructor" ? "constructor" : "method";
  const decorators = decoratorsOf(c, node);
  const returns = abstract ? annotation(c, value.returnType) : undefined;
  const fn = abstract ? undefined : functionValue(c, value, { name: name ?? "", class: id, decorators, at: node.start });
  members.push({
    name: name ?? "",
    ...(computed === undefined ? undefined : { computed }),
    static: node.static === true,
    kind,
    abstract,
    ...(fn === undefined ? undefined : { function: fn }),
    ...(returns === undefined ? undefined : { type: returns }),
    decorators,
    at: node.start,
  });
  if (kind === "constructor") parameterProperties(c, value, fn, members);
}

/** `constructor(private readonly orders: Orders)` declares a field. */
function parameterProperties(c: Lowering, value: Node, fn: number | undefined, members: Member[]): void {
  const params = fn === undefined ? [] : (c.functions[fn]?.params ?? []);
  const written = (value.params ?? noNodes).filter((param) => !(param.type === "Identifier" && param.name === "this"));
  for (const [index, param] of written.entries()) {
    const lowered = params[index];
    if (param.type !== "TSParameterProperty" || lowered === undefined || lowered.target.kind !== "bind") continue;
    members.push({
      name: lowered.target.name,
      static: false,
      kind: "field",
      abstract: false,
      ...(lowered.type === undefined ? undefined : { type: lowered.type }),
      parameter: index,
      decorators: [],
      at: param.start,
    });
  }
}

function field(c: Lowering, node: Node, id: ClassId, members: Member[]): void {
  const key = must(node.key);
  const name = keyName(key, node.computed === true);
  const computed = name === undefined ? expression(c, key) : undefined;
  const decorators = decoratorsOf(c, node);
  const type = annotation(c, node.typeAnnotation);
  const init = valueNode(node);
  const value = init === null || init === undefined ? undefined : fieldValue(c, init, name ?? "", id);
  members.push({
    name: name ?? "",
    ...(computed === undefined ? undefined : { computed }),
    static: node.static === true,
    kind: "field",
    abstract: node.type.startsWith("TSAbstract"),
    ...(value === undefined ? undefined : { value }),
    ...(type === undefined ? undefined : { type }),
    decorators,
    at: node.start,
  });
}

function fieldValue(c: Lowering, node: Node, name: string, id: ClassId): Expression {
  if (node.type !== "ArrowFunctionExpression" && node.type !== "FunctionExpression") return expression(c, node, name);
  return { kind: "function", function: functionValue(c, node, { name, class: id }), at: node.start, end: node.end };
}

/** `static { … }` runs once with the class as `this`: a nameless static field whose value calls an arrow function. */
function staticBlock(c: Lowering, node: Node, id: ClassId, members: Member[]): void {
  const fn = reserve(c);
  const body: Node = { type: "BlockStatement", body: bodyList(node), start: node.start, end: node.end };
  defineFunction(c, { type: "ArrowFunctionExpression", params: [], body, start: node.start, end: node.end }, fn, {
    name: "static",
    class: id,
  });
  const callee: Expression = { kind: "function", function: fn, at: node.start, end: node.end };
  const value: Expression = {
    kind: "call",
    callee,
    args: [],
    new: false,
    tag: false,
    optional: false,
    types: [],
    at: node.start,
    end: node.end,
  };
  members.push({ name: "", static: true, kind: "field", abstract: false, value, decorators: [], at: node.start });
}
