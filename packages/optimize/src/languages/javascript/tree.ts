/**
 * The one accessor over oxc's syntax trees: everything else in this folder reads nodes through the shapes below.
 *
 * `Node` is as wide as the whole grammar on purpose: a switch on `type` decides which members mean something, and a
 * union of 170 exact node types would cost more than it proves. Members that mean different things on different
 * nodes (`value`, `body`, `name`) are read through the functions at the end.
 */

export interface Node {
  readonly type: string;
  /** UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  readonly abstract?: boolean;
  readonly accessibility?: string | null;
  readonly alternate?: Node | null;
  readonly argument?: Node | null;
  readonly arguments?: readonly Node[];
  readonly async?: boolean;
  readonly attributes?: readonly Node[];
  readonly await?: boolean;
  readonly block?: Node;
  readonly body?: Node | readonly Node[] | null;
  readonly callee?: Node;
  readonly cases?: readonly Node[];
  readonly checkType?: Node;
  readonly children?: readonly Node[];
  readonly computed?: boolean;
  readonly consequent?: Node | readonly Node[];
  readonly declaration?: Node | null;
  readonly declarations?: readonly Node[];
  readonly declare?: boolean;
  readonly decorators?: readonly Node[];
  readonly default?: Node | null;
  readonly delegate?: boolean;
  readonly directive?: string | null;
  readonly discriminant?: Node;
  readonly elementType?: Node;
  readonly elementTypes?: readonly Node[];
  readonly elements?: readonly (Node | null)[];
  readonly exportKind?: string;
  readonly exported?: Node | null;
  /** A node nearly everywhere; on arrow functions a flag. */
  readonly expression?: Node | boolean;
  readonly expressions?: readonly Node[];
  readonly exprName?: Node;
  readonly extends?: readonly Node[];
  readonly falseType?: Node;
  readonly finalizer?: Node | null;
  readonly generator?: boolean;
  readonly handler?: Node | null;
  readonly id?: Node | null;
  readonly implements?: readonly Node[];
  readonly importKind?: string;
  readonly imported?: Node;
  readonly indexType?: Node;
  readonly init?: Node | null;
  readonly initializer?: Node | null;
  readonly key?: Node;
  readonly kind?: string;
  readonly label?: Node | null;
  readonly left?: Node;
  readonly literal?: Node;
  readonly local?: Node;
  readonly members?: readonly Node[];
  readonly meta?: Node;
  readonly method?: boolean;
  readonly moduleReference?: Node;
  readonly name?: string | Node;
  readonly namespace?: Node;
  readonly object?: Node;
  readonly objectType?: Node;
  readonly openingElement?: Node;
  readonly operator?: string;
  readonly optional?: boolean;
  readonly param?: Node | null;
  readonly parameter?: Node;
  readonly params?: readonly Node[];
  readonly prefix?: boolean;
  readonly properties?: readonly Node[];
  readonly property?: Node;
  readonly qualifier?: Node | null;
  readonly quasi?: Node;
  readonly quasis?: readonly Node[];
  readonly regex?: { readonly pattern: string };
  readonly bigint?: string;
  readonly returnType?: Node | null;
  readonly right?: Node;
  readonly source?: Node | null;
  readonly specifiers?: readonly Node[];
  readonly static?: boolean;
  readonly superClass?: Node | null;
  readonly superTypeArguments?: Node | null;
  readonly tag?: Node;
  readonly test?: Node | null;
  readonly trueType?: Node;
  readonly typeAnnotation?: Node | null;
  readonly typeArguments?: Node | null;
  readonly typeName?: Node;
  readonly typeParameters?: Node | null;
  readonly types?: readonly Node[];
  readonly update?: Node | null;
  readonly value?: unknown;
}

export interface Comment {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

export const noNodes: readonly Node[] = [];

/** The text of an identifier. */
export function nameOf(node: Node): string {
  return node.name as string;
}

/** The child that the grammar promises. */
export function must(node: Node | null | undefined): Node {
  if (node === null || node === undefined) throw new Error("the tree lacks a child that the grammar promises");
  return node;
}

/** `expression` where it is a node. */
export function inner(node: Node): Node {
  return node.expression as Node;
}

/** `body` where it is a node. */
export function bodyNode(node: Node): Node {
  return node.body as Node;
}

/** `body` where it is a list. */
export function bodyList(node: Node): readonly Node[] {
  return node.body as readonly Node[];
}

/** `value` where it is a node or null. */
export function valueNode(node: Node): Node | null {
  return node.value as Node | null;
}

/** The name that a non-computed key, or a computed key that is a constant, spells; undefined for other computed keys. */
export function keyName(key: Node, computed: boolean): string | undefined {
  switch (key.type) {
    case "Identifier":
      return computed ? undefined : nameOf(key);
    case "PrivateIdentifier":
      return `#${nameOf(key)}`;
    case "Literal":
      return literalText(key);
    case "TemplateLiteral":
      return (key.expressions ?? noNodes).length === 0 ? templateText(must((key.quasis ?? noNodes)[0])) : undefined;
    default:
      return undefined;
  }
}

/** A literal as a property key would spell it. */
export function literalText(node: Node): string {
  if (node.regex !== undefined && node.regex !== null) return `/${node.regex.pattern}/`;
  if (node.bigint !== undefined && node.bigint !== null) return node.bigint;
  return String(node.value);
}

/** The cooked text of a template's part; raw where an escape has no meaning (tagged templates allow it). */
export function templateText(quasi: Node): string {
  const value = quasi.value as { readonly raw: string; readonly cooked: string | null };
  return value.cooked ?? value.raw;
}

/** The name of an identifier or string literal (`export { x as "a b" }`). */
export function moduleName(node: Node): string {
  return node.type === "Literal" ? String(node.value) : nameOf(node);
}
