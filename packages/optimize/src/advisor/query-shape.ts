/** What a statement asks of each table that it names: conditions, order and columns, from PostgreSQL's own parse tree. */
import { tableNamed, type Schema, type Table } from "../model/schema.ts";
import { columnsOf, isConstant, literalOf, nameOfCall, nodeOf, parameterOf, textOf, type Tree } from "./parse-tree.ts";
import { list, resolve, sortColumn, type Condition, type OrderColumn, type Place, type Scope } from "./scope.ts";

/** One place of a table in a statement. */
export interface TableUse {
  readonly table: Table;
  /** Conditions that hold together; several lists for the arms of an OR. */
  readonly arms: readonly (readonly Condition[])[];
  readonly order: readonly OrderColumn[];
  readonly group: readonly string[];
  readonly limited: boolean;
  /** Columns that the statement names; undefined: all of them (`*`). */
  readonly columns: ReadonlySet<string> | undefined;
}

interface Reading {
  readonly schema: Schema;
  readonly places: Place[];
  /** The statement's text; places in the tree are bytes of it. */
  readonly text: Buffer;
}

/** The uses of a parsed statement; `tree` as libpg-query gives it, `sql` the text that was parsed. */
export function tableUses(tree: unknown, sql: string, schema: Schema): readonly TableUse[] {
  const reading: Reading = { schema, places: [], text: Buffer.from(sql) };
  const statements = (tree as { stmts?: { stmt?: Tree }[] }).stmts ?? [];
  for (const { stmt } of statements) readStatement(stmt, undefined, reading);
  return reading.places.map((place) => ({
    table: place.table,
    arms: place.arms.length === 0 ? [place.conditions] : place.arms.map((arm) => [...place.conditions, ...arm]),
    order: place.order,
    group: place.group,
    limited: place.limited,
    columns: place.all ? undefined : place.columns,
  }));
}

function readStatement(node: Tree | undefined, outer: Scope | undefined, reading: Reading): void {
  const select = nodeOf(node, "SelectStmt");
  if (select !== undefined) return readSelect(select, outer, reading);
  for (const kind of ["UpdateStmt", "DeleteStmt", "InsertStmt", "MergeStmt"]) {
    const write = nodeOf(node, kind);
    if (write === undefined) continue;
    readWith(write, outer, reading);
    const from = [{ RangeVar: write["relation"] }, ...list(write["fromClause"]), ...list(write["usingClause"])] as Tree[];
    const scope = kind === "InsertStmt" ? { places: [], outer } : scopeOf(from, outer, reading);
    condition(write["whereClause"] as Tree | undefined, scope, reading);
    for (const part of ["targetList", "returningList", "onConflictClause"]) mention(write[part], scope, reading);
    readStatement(write["selectStmt"] as Tree | undefined, outer, reading);
  }
}

function readSelect(select: Tree, outer: Scope | undefined, reading: Reading): void {
  readWith(select, outer, reading);
  if (select["larg"] !== undefined) {
    for (const side of ["larg", "rarg"]) readSelect(select[side] as Tree, outer, reading);
    return;
  }
  const scope = scopeOf(list(select["fromClause"]) as Tree[], outer, reading);
  condition(select["whereClause"] as Tree | undefined, scope, reading);
  for (const part of ["targetList", "havingClause", "groupClause", "sortClause", "distinctClause", "windowClause"])
    mention(select[part], scope, reading);
  const places = new Set(scope.places);
  const order = list(select["sortClause"]).map((item) => sortColumn(item as Tree, scope));
  const group = list(select["groupClause"]).map((item) => resolve(item as Tree, scope));
  for (const place of places) {
    place.limited = select["limitCount"] !== undefined;
    // An order that takes columns of two tables is no order of an index.
    if (order.length > 0 && order.every((one) => one?.place === place)) place.order = order.flatMap((one) => one?.order ?? []);
    if (group.length > 0 && group.every((one) => one?.place === place)) place.group = group.flatMap((one) => one?.column ?? []);
  }
}

function readWith(node: Tree, outer: Scope | undefined, reading: Reading): void {
  const clause = node["withClause"] as Tree | undefined;
  for (const item of list(clause?.["ctes"]))
    readStatement(nodeOf(item, "CommonTableExpr")?.["ctequery"] as Tree | undefined, outer, reading);
}

function scopeOf(from: readonly Tree[], outer: Scope | undefined, reading: Reading): Scope {
  const places: Place[] = [];
  const scope: Scope = { places, outer };
  const conditions: Tree[] = [];
  const visit = (item: Tree | undefined): void => {
    const range = nodeOf(item, "RangeVar");
    const join = nodeOf(item, "JoinExpr");
    const subselect = nodeOf(item, "RangeSubselect");
    if (range !== undefined) addPlace(range, places, reading);
    if (subselect !== undefined)
      readStatement(subselect["subquery"] as Tree | undefined, subselect["lateral"] === true ? scope : outer, reading);
    if (join === undefined) return;
    visit(join["larg"] as Tree | undefined);
    visit(join["rarg"] as Tree | undefined);
    if (join["quals"] !== undefined) conditions.push(join["quals"] as Tree);
  };
  for (const item of from) visit(item);
  for (const one of conditions) condition(one, scope, reading);
  return scope;
}

function addPlace(range: Tree, places: Place[], reading: Reading): void {
  const name = textOf(range, "relname");
  const table = tableNamed(reading.schema, name);
  if (table === undefined) return;
  const alias = (range["alias"] as Tree | undefined)?.["aliasname"];
  const place: Place = {
    table,
    alias: typeof alias === "string" ? alias : name,
    conditions: [],
    arms: [],
    order: [],
    group: [],
    limited: false,
    columns: new Set(),
    all: false,
  };
  places.push(place);
  reading.places.push(place);
}

/** Conditions that hold together go to their tables; the arms of an OR stand beside each other. */
function condition(node: Tree | undefined, scope: Scope, reading: Reading): void {
  if (node === undefined) return;
  mention(node, scope, reading);
  collect(node, scope, reading, (place, found) => place.conditions.push(found));
}

function collect(node: Tree, scope: Scope, reading: Reading, add: (place: Place, found: Condition) => void): void {
  const bool = nodeOf(node, "BoolExpr");
  if (bool?.["boolop"] === "AND_EXPR") {
    for (const one of list(bool["args"])) collect(one as Tree, scope, reading, add);
    return;
  }
  if (bool?.["boolop"] === "OR_EXPR") {
    for (const one of list(bool["args"])) {
      const arms = new Map<Place, Condition[]>();
      collect(one as Tree, scope, reading, (place, found) => arms.set(place, [...(arms.get(place) ?? []), found]));
      for (const [place, arm] of arms) place.arms.push(arm);
    }
    return;
  }
  for (const [place, found] of conditionsOf(node, scope, reading)) add(place, found);
}

const rangeOperators = new Set(["<", ">", "<=", ">="]);

function conditionsOf(node: Tree, scope: Scope, reading: Reading): (readonly [Place, Condition])[] {
  const test = nodeOf(node, "NullTest");
  if (test !== undefined) {
    const found = resolve(test["arg"] as Tree, scope);
    return found === undefined || test["nulltesttype"] !== "IS_NULL" ? [] : [[found.place, { kind: "null", column: found.column }]];
  }
  const bare = resolve(node, scope);
  if (bare !== undefined) return [[bare.place, { kind: "equal", column: bare.column, literal: "true" }]];
  const expression = nodeOf(node, "A_Expr");
  if (expression === undefined) return inSubquery(node, scope);
  const [left, right] = [expression["lexpr"] as Tree | undefined, expression["rexpr"] as Tree | undefined];
  const operator = nameOfCall(expression["name"]);
  const kind = kindOf(textOf(expression, "kind"), operator, right);
  if (kind === undefined || left === undefined || right === undefined) return [];
  const sides: (readonly [Place, Condition])[] = [];
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const row = nodeOf(one, "RowExpr");
    // (a, b) < (1, 2) is a range over a, then b.
    const first = row === undefined ? one : (list(row["args"])[0] as Tree);
    const subject = subjectOf(first, scope, reading);
    if (subject === undefined || (kind !== "equal" && kind !== "range" && one === right)) continue;
    const literal = kind === "equal" && isConstant(other) ? literalOf(other) : undefined;
    const parameter = parameterOf(other);
    sides.push([
      subject.place,
      { kind, ...subject.of, ...(literal === undefined ? {} : { literal }), ...(parameter === undefined ? {} : { parameter }) },
    ]);
  }
  return sides;
}

/** `x IN (SELECT …)`: x is looked up for each row, or the rows for each x. */
function inSubquery(node: Tree, scope: Scope): (readonly [Place, Condition])[] {
  const link = nodeOf(node, "SubLink");
  const found = link === undefined || link["testexpr"] === undefined ? undefined : resolve(link["testexpr"] as Tree, scope);
  return found === undefined ? [] : [[found.place, { kind: "equal", column: found.column }]];
}

function kindOf(form: string, operator: string, right: Tree | undefined): Condition["kind"] | undefined {
  if (form === "AEXPR_IN" || form === "AEXPR_OP_ANY") return operator === "=" ? "equal" : undefined;
  if (form === "AEXPR_BETWEEN") return "range";
  if (form === "AEXPR_LIKE" || form === "AEXPR_ILIKE") {
    if (operator.startsWith("!")) return undefined;
    const pattern = right === undefined ? undefined : literalOf(right);
    return form === "AEXPR_LIKE" && pattern !== undefined && /^'[^%_]/.test(pattern) ? "prefix" : "like";
  }
  if (form !== "AEXPR_OP") return undefined;
  return operator === "=" ? "equal" : rangeOperators.has(operator) ? "range" : undefined;
}

interface Subject {
  readonly place: Place;
  readonly of: { readonly column: string } | { readonly expression: string };
}

/** A column, or a call of functions on columns of one table with constants. */
function subjectOf(node: Tree, scope: Scope, reading: Reading): Subject | undefined {
  const column = resolve(node, scope);
  if (column !== undefined) return { place: column.place, of: { column: column.column } };
  const call = nodeOf(node, "FuncCall");
  if (call === undefined) return undefined;
  const found = columnsOf(call).map((one) => resolve(one, scope));
  const place = found[0]?.place;
  if (place === undefined || found.some((one) => one?.place !== place)) return undefined;
  const text = callText(reading.text, Number(call["location"] ?? 0));
  if (text === undefined) return undefined;
  return { place, of: { expression: text.replaceAll(new RegExp(String.raw`\b${place.alias.replaceAll(/\W/g, "")}\.`, "g"), "") } };
}

/** The text of a call from its place to its closing bracket. */
function callText(text: Buffer, at: number): string | undefined {
  const rest = text.subarray(at, at + 400).toString();
  let depth = 0;
  for (const match of rest.matchAll(/'(?:[^']|'')*'|[()]/g)) {
    if (match[0] === "(") depth++;
    if (match[0] === ")" && --depth === 0) return rest.slice(0, match.index + 1);
  }
  return undefined;
}

/** Every column that is named anywhere, and subqueries, which have scopes of their own. */
function mention(value: unknown, scope: Scope, reading: Reading): void {
  if (Array.isArray(value)) for (const one of value) mention(one, scope, reading);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return;
  const node = value as Tree;
  const select = nodeOf(node, "SelectStmt");
  if (select !== undefined) return readSelect(select, scope, reading);
  const reference = nodeOf(node, "ColumnRef");
  if (reference !== undefined) {
    const fields = list(reference["fields"]);
    if (nodeOf(fields.at(-1), "A_Star") === undefined) {
      const found = resolve(node, scope);
      found?.place.columns.add(found.column);
    } else {
      const alias = fields.length > 1 ? nodeOf(fields[0], "String")?.["sval"] : undefined;
      for (const place of scope.places) if (alias === undefined || place.alias === alias) place.all = true;
    }
    return;
  }
  for (const child of Object.values(node)) mention(child, scope, reading);
}
