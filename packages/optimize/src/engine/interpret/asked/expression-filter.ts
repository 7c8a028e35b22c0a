/** Filters that are expressions: `where(and(eq(users.id, id), gt(users.at, day)))` of Drizzle, `where(User.id == id, User.at > day)` of SQLAlchemy. */
import type { Expression } from "../../../model/facts-expressions.ts";
import type { AskedColumn, AskedSort, Comparison, QueryShape } from "../../../model/query-shape.ts";

const functions: Readonly<Record<string, Comparison>> = {
  eq: "equal",
  inArray: "list",
  in_: "list",
  gt: "range",
  gte: "range",
  lt: "range",
  lte: "range",
  between: "range",
  isNull: "null",
  is_: "null",
  like: "infix",
  ilike: "infix",
  contains: "infix",
  icontains: "infix",
  endswith: "infix",
  startswith: "prefix",
  ne: "other",
  notInArray: "other",
  isNotNull: "other",
  is_not: "other",
  isnot: "other",
  not_in: "other",
  notin_: "other",
  exists: "other",
};
const comparisons: Readonly<Record<string, Comparison>> = {
  "==": "equal",
  "===": "equal",
  ">": "range",
  ">=": "range",
  "<": "range",
  "<=": "range",
  "!=": "other",
};

export function expressionFilter(args: readonly Expression[]): Pick<QueryShape, "conditions" | "either" | "open"> {
  const found = { conditions: [] as AskedColumn[], either: [] as AskedColumn[], open: false };
  for (const arg of args) read(arg, found.conditions, found, 0);
  return found;
}

function read(e: Expression, into: AskedColumn[], found: { either: AskedColumn[]; open: boolean }, depth: number): void {
  if (depth > 8) found.open = true;
  else if (e.kind === "cast") read(e.value, into, found, depth + 1);
  else if (e.kind === "literal") return;
  else if (e.kind === "binary") binary(e, into, found, depth);
  else if (e.kind === "unary") return;
  else if (e.kind === "call") call(e, into, found, depth);
  else found.open = true;
}

function binary(
  e: Extract<Expression, { kind: "binary" }>,
  into: AskedColumn[],
  found: { either: AskedColumn[]; open: boolean },
  depth: number,
): void {
  if (e.operator === "&" || e.operator === "|") {
    const target = e.operator === "|" ? found.either : into;
    read(e.left, target, found, depth + 1);
    read(e.right, target, found, depth + 1);
    return;
  }
  const by = Object.hasOwn(comparisons, e.operator) ? comparisons[e.operator] : undefined;
  const asked = by === undefined ? undefined : (compared(e.left, e.right, by) ?? compared(e.right, e.left, by));
  if (asked === undefined) found.open = true;
  else into.push(asked);
}

function call(
  e: Extract<Expression, { kind: "call" }>,
  into: AskedColumn[],
  found: { either: AskedColumn[]; open: boolean },
  depth: number,
): void {
  const name = e.callee.kind === "name" || e.callee.kind === "member" ? e.callee.name : "";
  const args = e.args.map((one) => one.value);
  if (name === "and" || name === "and_" || name === "or" || name === "or_") {
    const target = name.startsWith("or") ? found.either : into;
    for (const arg of args) read(arg, target, found, depth + 1);
    return;
  }
  const by = Object.hasOwn(functions, name) ? functions[name] : undefined;
  // `eq(column, value)` as well as `column.in_(values)`.
  const isMethod = e.callee.kind === "member" && columnOf(e.callee.object) !== undefined;
  const left = isMethod && e.callee.kind === "member" ? e.callee.object : args[0];
  const right = isMethod ? args[0] : args[1];
  const asked = by === undefined || left === undefined ? undefined : compared(left, right, by);
  if (asked === undefined) found.open = true;
  else into.push(asked);
}

function compared(left: Expression, right: Expression | undefined, by: Comparison): AskedColumn | undefined {
  const column = columnOf(left);
  if (column === undefined) {
    // `func.lower(User.email) == x`
    const inner = left.kind === "call" ? left.args[0]?.value : undefined;
    const name = inner === undefined ? undefined : columnOf(inner);
    const wrapped =
      left.kind === "call" && left.callee.kind === "member"
        ? left.callee.name
        : left.kind === "call" && left.callee.kind === "name"
          ? left.callee.name
          : undefined;
    return name === undefined || wrapped === undefined ? undefined : { column: name, by, wrapped };
  }
  const value = right?.kind === "literal" && right.type !== "regexp" ? right.value : undefined;
  const pattern = by === "infix" && typeof value === "string" && /^[^%_]+%$/.test(value);
  return { column, by: value === null ? "null" : pattern ? "prefix" : by, ...(value === undefined || value === null ? {} : { value }) };
}

/** `users.id`, `User.id`, `schema.users.id`: the last name. */
function columnOf(e: Expression): string | undefined {
  if (e.kind === "cast") return columnOf(e.value);
  return e.kind === "member" && e.computed === undefined && (e.object.kind === "name" || e.object.kind === "member") ? e.name : undefined;
}

/** `desc(users.at)`, `User.at.desc()`, `users.at`. */
export function expressionSort(args: readonly Expression[]): Partial<QueryShape> {
  const sort: AskedSort[] = [];
  for (const arg of args) {
    const one = orderOf(arg);
    if (one === "random") return { random: true };
    if (one === undefined) return { sort: [], sortOpen: true };
    sort.push(one);
  }
  return { sort, sortOpen: false };
}

function orderOf(e: Expression): AskedSort | "random" | undefined {
  if (e.kind === "cast") return orderOf(e.value);
  const plain = columnOf(e);
  if (plain !== undefined) return { column: plain, order: "asc" };
  if (e.kind !== "call") return undefined;
  const name = e.callee.kind === "name" || e.callee.kind === "member" ? e.callee.name : "";
  if (/^rand(?:om)?$/.test(name)) return "random";
  if (name !== "desc" && name !== "asc") return undefined;
  const inner = e.callee.kind === "member" && e.args.length === 0 ? e.callee.object : e.args[0]?.value;
  const column = inner === undefined ? undefined : columnOf(inner);
  return column === undefined ? undefined : { column, order: name };
}
