/** Types as written -> TypeRef: enough to prove a receiver, not a type checker. */
import type { TypeFacts, TypeRef } from "../../model/facts.ts";
import { fitted } from "../fitted.ts";
import { closeScope, declareType, hideType, openScope, refer } from "./scope.ts";
import { noTypes, typeSpace, TooDeep, valueSpace, maxDepth } from "./lowering.ts";
import type { Lowering } from "./lowering.ts";
import { bodyList, bodyNode, inner, keyName, must, nameOf, noNodes } from "./tree.ts";
import type { Node } from "./tree.ts";

const unknownType: TypeRef = { kind: "primitive", name: "unknown" };

/** Keyword nodes and what they are called. */
const primitives: Readonly<Record<string, string>> = {
  TSAnyKeyword: "any",
  TSStringKeyword: "string",
  TSBooleanKeyword: "boolean",
  TSNumberKeyword: "number",
  TSNeverKeyword: "never",
  TSIntrinsicKeyword: "intrinsic",
  TSUnknownKeyword: "unknown",
  TSNullKeyword: "null",
  TSUndefinedKeyword: "undefined",
  TSVoidKeyword: "void",
  TSSymbolKeyword: "symbol",
  TSObjectKeyword: "object",
  TSBigIntKeyword: "bigint",
  TSThisType: "this",
  TSTypePredicate: "boolean",
  TSTemplateLiteralType: "string",
  TSMappedType: "object",
};

/** The type of an annotation (`: T`), if there is one. */
export function annotation(c: Lowering, node: Node | null | undefined): TypeRef | undefined {
  return node === null || node === undefined ? undefined : typeRef(c, must(node.typeAnnotation));
}

/** Type arguments of a call, a base class or a reference. */
export function typeArguments(c: Lowering, node: Node | null | undefined): readonly TypeRef[] {
  return node === null || node === undefined ? noTypes : typeList(c, node.params ?? noNodes);
}

function typeList(c: Lowering, nodes: readonly Node[]): TypeRef[] {
  const out: TypeRef[] = [];
  for (const node of nodes) out.push(typeRef(c, node));
  return fitted(out);
}

/** Lowers one type. */
export function typeRef(c: Lowering, node: Node): TypeRef {
  if (++c.depth > maxDepth) throw new TooDeep(node.start);
  const type = lower(c, node);
  c.depth--;
  return type;
}

function lower(c: Lowering, node: Node): TypeRef {
  switch (node.type) {
    case "TSTypeReference":
      return named(c, must(node.typeName), node.typeArguments);
    case "TSArrayType":
      return { kind: "array", of: typeRef(c, must(node.elementType)) };
    case "TSTupleType":
      return { kind: "tuple", of: typeList(c, node.elementTypes ?? noNodes) };
    case "TSNamedTupleMember":
      return typeRef(c, must(node.elementType));
    case "TSUnionType":
      return { kind: "union", of: typeList(c, node.types ?? noNodes) };
    case "TSIntersectionType":
      return { kind: "intersection", of: typeList(c, node.types ?? noNodes) };
    case "TSTypeLiteral":
      return objectType(c, node.members ?? noNodes);
    case "TSFunctionType":
    case "TSConstructorType":
      return functionType(c, node);
    case "TSTypeQuery":
      return query(c, must(node.exprName));
    case "TSIndexedAccessType":
      return member(c, node);
    case "TSLiteralType":
      return literal(must(node.literal));
    case "TSTypeOperator":
      return node.operator === "keyof" ? { kind: "primitive", name: "string" } : typeRef(c, must(node.typeAnnotation));
    case "TSConditionalType":
      return { kind: "union", of: [typeRef(c, must(node.trueType)), typeRef(c, must(node.falseType))] };
    case "TSOptionalType":
    case "TSRestType":
    case "TSParenthesizedType":
    case "TSJSDocNullableType":
    case "TSJSDocNonNullableType":
      return typeRef(c, must(node.typeAnnotation));
    case "TSImportType":
      return imported(c, node);
    default: {
      const name = primitives[node.type];
      return name === undefined ? unknownType : { kind: "primitive", name };
    }
  }
}

/** `a.b.c` as its parts; `this` and inline imports have parts of their own. */
export function typePath(node: Node): string[] {
  const path: string[] = [];
  let at = node;
  while (at.type === "TSQualifiedName" || at.type === "TSImportTypeQualifiedName" || at.type === "MemberExpression") {
    path.push(nameOf(must(at.right ?? at.property)));
    at = must(at.left ?? at.object);
  }
  path.push(at.type === "ThisExpression" ? "this" : nameOf(at));
  return path.reverse();
}

/** A named type: an identifier, a qualified name, or the expression of a heritage clause. */
export function named(c: Lowering, name: Node, args: Node | null | undefined): TypeRef {
  if (name.type === "TSImportType") return imported(c, name);
  if (name.type === "CallExpression") return unknownType;
  const path = typePath(name);
  const type = { kind: "name" as const, path, binding: -1, args: typeArguments(c, args) };
  refer(c, type, path[0] ?? "", typeSpace);
  return type;
}

function query(c: Lowering, name: Node): TypeRef {
  if (name.type === "TSImportType") return imported(c, name);
  const path = typePath(name);
  const type = { kind: "typeof" as const, path, binding: -1 };
  // A type captures nothing at run time: it refers as if from the module.
  const user = c.fn;
  c.fn = 0;
  refer(c, type, path[0] ?? "", valueSpace);
  c.fn = user;
  return type;
}

/** `import("m").A.B`: as if `A` had been imported under a name of its own. */
function imported(c: Lowering, node: Node): TypeRef {
  const source = must(node.source);
  const specifier = source.type === "TSLiteralType" ? must(source.literal).value : source.value;
  const path = node.qualifier === null || node.qualifier === undefined ? ["*"] : typePath(node.qualifier);
  const name = path[0] ?? "*";
  const binding = c.bindings.length;
  c.bindings.push({
    name: `import("${String(specifier)}").${name}`,
    owner: 0,
    kind: "import",
    from: { specifier: String(specifier), name, typeOnly: true },
  });
  return { kind: "name", path, binding, args: typeArguments(c, node.typeArguments) };
}

function functionType(c: Lowering, node: Node): TypeRef {
  const outer = openScope(c, c.scope.owner, false);
  hideParameters(c, node.typeParameters);
  const params: TypeRef[] = [];
  for (const param of node.params ?? noNodes) {
    if (param.type === "Identifier" && param.name === "this") continue;
    const written = param.type === "TSParameterProperty" ? must(param.parameter) : param;
    params.push(annotation(c, written.typeAnnotation) ?? unknownType);
  }
  const returns = annotation(c, node.returnType) ?? unknownType;
  closeScope(c, outer);
  return { kind: "function", params, returns };
}

function member(c: Lowering, node: Node): TypeRef {
  const of = typeRef(c, must(node.objectType));
  const index = must(node.indexType);
  if (index.type === "TSLiteralType") {
    const name = keyName(must(index.literal), true);
    if (name !== undefined) return { kind: "member", of, name };
  }
  // `T[number]`: an element.
  return { kind: "member", of, name: index.type === "TSNumberKeyword" ? "number" : "" };
}

function literal(node: Node): TypeRef {
  if (node.type === "UnaryExpression") return { kind: "literal", value: -Number(must(node.argument).value) };
  if (node.type === "TemplateLiteral") return { kind: "literal", value: keyName(node, true) ?? "" };
  const value = node.value;
  const plain = typeof value === "string" || typeof value === "number" || typeof value === "boolean" || value === null;
  return { kind: "literal", value: plain ? value : typeof node.bigint === "string" ? node.bigint : "" };
}

type ObjectMember = Extract<TypeRef, { kind: "object" }>["members"][number];

function objectType(c: Lowering, nodes: readonly Node[]): TypeRef {
  const members: ObjectMember[] = [];
  for (const node of nodes) {
    if (node.type === "TSCallSignatureDeclaration" && nodes.length === 1) return functionType(c, node);
    if (node.type !== "TSPropertySignature" && node.type !== "TSMethodSignature") continue;
    const name = keyName(must(node.key), node.computed === true);
    if (name === undefined) continue;
    const type = node.type === "TSMethodSignature" && node.kind === "method" ? functionType(c, node) : accessorType(c, node);
    members.push({ name, type, optional: node.optional === true });
  }
  return { kind: "object", members: fitted(members) };
}

function accessorType(c: Lowering, node: Node): TypeRef {
  return annotation(c, node.typeAnnotation ?? node.returnType) ?? unknownType;
}

/** Declares type parameters in the current scope: they hide outer types and stand for nothing. Gives their names. */
export function hideParameters(c: Lowering, node: Node | null | undefined): string[] {
  const names: string[] = [];
  if (node === null || node === undefined) return names;
  for (const parameter of node.params ?? noNodes) {
    const name = typeof parameter.name === "string" ? parameter.name : nameOf(must(parameter.name));
    hideType(c, name);
    names.push(name);
  }
  return fitted(names);
}

/** `interface X extends Y {}` and `type X = …` -> TypeFacts. Gives the binding. */
export function typeDeclaration(c: Lowering, node: Node): number {
  const name = nameOf(must(node.id));
  const binding = declareType(c, name);
  const outer = openScope(c, c.scope.owner, false);
  const parameters = hideParameters(c, node.typeParameters);
  const bases: TypeRef[] = [];
  for (const base of node.extends ?? noNodes) bases.push(named(c, inner(base), base.typeArguments));
  const type = node.type === "TSInterfaceDeclaration" ? objectType(c, bodyList(bodyNode(node))) : typeRef(c, must(node.typeAnnotation));
  closeScope(c, outer);
  const facts: TypeFacts = { name, binding, parameters, bases: fitted(bases), type };
  c.types.push(facts);
  return binding;
}
