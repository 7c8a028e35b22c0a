/** Reading libpg-query's trees: every node is an object with one member, which names its kind. */

export type Tree = Readonly<Record<string, unknown>>;

export function nodeOf(node: unknown, kind: string): Tree | undefined {
  const inner = typeof node === "object" && node !== null ? (node as Tree)[kind] : undefined;
  return typeof inner === "object" && inner !== null ? (inner as Tree) : undefined;
}

/** The name of an operator or function: its last part. */
export function nameOfCall(names: unknown): string {
  const last: unknown = Array.isArray(names) ? names.at(-1) : undefined;
  const name = nodeOf(last, "String")?.["sval"];
  return typeof name === "string" ? name : "";
}

/** Column references below a node, subqueries not looked into. */
export function columnsOf(value: unknown): Tree[] {
  if (Array.isArray(value)) return value.flatMap(columnsOf);
  if (typeof value !== "object" || value === null) return [];
  const node = value as Tree;
  if (nodeOf(node, "ColumnRef") !== undefined) return [node];
  if (nodeOf(node, "SelectStmt") !== undefined) return [];
  return Object.values(node).flatMap(columnsOf);
}

/** A text member of a node; "" when it has none. */
export function textOf(node: Tree, name: string): string {
  const value = node[name];
  return typeof value === "string" ? value : "";
}

export function isConstant(node: Tree): boolean {
  return nodeOf(node, "A_Const") !== undefined;
}

/** The SQL of a constant; undefined for what is none, and for NULL. */
export function literalOf(node: Tree): string | undefined {
  const constant = nodeOf(node, "A_Const");
  if (constant === undefined) return undefined;
  const text = nodeOf(constant, "sval")?.["sval"];
  if (typeof text === "string") return `'${text.replaceAll("'", "''")}'`;
  const whole = nodeOf(constant, "ival");
  if (whole !== undefined) return String(Number(whole["ival"] ?? 0));
  const decimal = nodeOf(constant, "fval")?.["fval"];
  if (typeof decimal === "string") return decimal;
  const truth = nodeOf(constant, "boolval");
  return truth === undefined ? undefined : String(truth["boolval"] === true);
}

/** The number of a placeholder, below a cast or as the first of a list too. */
export function parameterOf(node: Tree): number | undefined {
  const cast = nodeOf(node, "TypeCast");
  if (cast !== undefined) return parameterOf(cast["arg"] as Tree);
  const items = nodeOf(node, "List")?.["items"] ?? nodeOf(node, "RowExpr")?.["args"];
  if (Array.isArray(items)) return parameterOf(items[0] as Tree);
  const number = nodeOf(node, "ParamRef")?.["number"];
  return typeof number === "number" ? number : undefined;
}
