/** Filters that are objects: `{ status: "open", at: { gt: day }, OR: […] }`, in the words of Prisma, Sequelize, TypeORM and MongoDB. */
import type { AskedColumn, Comparison, QueryShape } from "../../../model/query-shape.ts";
import type { Value } from "../value.ts";
import { constantOf } from "../value.ts";

const operators: Readonly<Record<string, Comparison>> = {
  equals: "equal",
  eq: "equal",
  is: "null",
  isnull: "null",
  in: "list",
  any: "list",
  hasSome: "other",
  has: "other",
  overlap: "other",
  contained: "other",
  gt: "range",
  gte: "range",
  lt: "range",
  lte: "range",
  between: "range",
  startsWith: "prefix",
  contains: "infix",
  endsWith: "infix",
  like: "infix",
  iLike: "infix",
  substring: "infix",
  iRegexp: "infix",
  regex: "infix",
  not: "other",
  ne: "other",
  notIn: "other",
  nin: "other",
  exists: "other",
};

/** Operators that are values of the library: `In(keys)`, `MoreThan(day)`. */
const made: Readonly<Record<string, Comparison>> = {
  In: "list",
  Any: "list",
  Equal: "equal",
  MoreThan: "range",
  MoreThanOrEqual: "range",
  LessThan: "range",
  LessThanOrEqual: "range",
  Between: "range",
  Like: "infix",
  ILike: "infix",
  IsNull: "null",
  Not: "other",
  Raw: "other",
  ArrayContains: "other",
};

interface Found {
  readonly conditions: AskedColumn[];
  readonly either: AskedColumn[];
  alternatives?: readonly (readonly AskedColumn[])[] | undefined;
  open: boolean;
}

const deepest = 5;

/** What a value that stands for a filter says; `open` when it is not all of it. */
export function objectFilter(value: Value): Pick<QueryShape, "conditions" | "either" | "alternatives" | "open"> {
  const found: Found = { conditions: [], either: [], open: false };
  read(value, "", found, found.conditions, 0);
  const { alternatives, ...rest } = found;
  return alternatives === undefined || value.what.length > 1 ? rest : { ...rest, alternatives };
}

/** One of these is enough. */
function choose(list: readonly Value[], isWhole: boolean, prefix: string, found: Found, depth: number): void {
  const isFirst = found.either.length === 0;
  const sides = list.map((one) => {
    const own: Found = { conditions: [], either: [], open: false };
    read(one, prefix, own, own.conditions, depth + 1);
    found.either.push(...own.conditions, ...own.either);
    if (own.open) found.open = true;
    return own.either.length > 0 || own.open || own.conditions.length === 0 || one.what.length > 1 ? [] : own.conditions;
  });
  found.alternatives = isWhole && isFirst && sides.length > 1 && sides.every((side) => side.length > 0) ? sides : undefined;
}

function read(value: Value, prefix: string, found: Found, into: AskedColumn[], depth: number): void {
  let known = false;
  for (const origin of value.what) {
    if (origin.kind === "const" && (origin.value === undefined || origin.value === null)) continue;
    if (origin.kind === "array") {
      // TypeORM: one of several filters; an AND of others.
      known = true;
      choose(origin.elements ?? [origin.element], origin.elements !== undefined && depth === 0, prefix, found, depth);
      continue;
    }
    if (origin.kind !== "object" || depth > deepest) continue;
    known = true;
    if (!origin.object.literal || origin.object.rest !== undefined) found.open = true;
    for (const [name, inner] of origin.object.props) entry(name, inner, prefix, found, into, depth);
  }
  if (!known && value.what.length === 0) found.open = true;
}

function entry(name: string, inner: Value, prefix: string, found: Found, into: AskedColumn[], depth: number): void {
  const word = name.replace(/^[$_]+/, "");
  if (/^(?:and|or|not|nor)$/i.test(word) && (name !== word || /^[A-Z]+$/.test(word))) {
    const list = inner.what.flatMap((origin) => (origin.kind === "array" ? (origin.elements ?? [origin.element]) : []));
    if (/^or$/i.test(word) && list.length > 0) {
      const isWhole = into === found.conditions && inner.what.every((origin) => origin.kind === "array" && origin.elements !== undefined);
      choose(list, isWhole && inner.what.length === 1, prefix, found, depth);
      return;
    }
    const target = /^and$/i.test(word) ? into : /^or$/i.test(word) ? found.either : undefined;
    if (target !== undefined) for (const one of list.length === 0 ? [inner] : list) read(one, prefix, found, target, depth + 1);
    if (target === found.either) found.alternatives = undefined;
    return;
  }
  const column = columnName(name, prefix);
  if (column === undefined) found.open = true;
  else compare(column, inner, found, into, depth);
}

/** Sequelize writes a column of a joined table as `$user.name$`. */
function columnName(name: string, prefix: string): string | undefined {
  const joined = /^\$(.+)\$$/.exec(name)?.[1];
  if (joined !== undefined) return joined;
  return name.startsWith("$") || name === "" ? undefined : prefix === "" ? name : `${prefix}.${name}`;
}

function compare(column: string, value: Value, found: Found, into: AskedColumn[], depth: number): void {
  const constant = constantOf(value);
  if (constant !== undefined) {
    if (constant.value === undefined) return;
    into.push(constant.value === null ? { column, by: "null" } : { column, by: "equal", value: constant.value });
    return;
  }
  let by: Comparison | undefined;
  for (const origin of value.what) {
    if (origin.kind === "array") by = "list";
    else if (origin.kind === "object") {
      objectComparison(column, origin.object.props, found, into, depth);
      if (origin.object.rest !== undefined || origin.object.props.size === 0) by = "other";
      else return;
    } else if (origin.kind === "scalar" && origin.type.startsWith("regexp")) by = origin.type === "regexp" ? "infix" : "prefix";
    else if (origin.kind === "library" && Object.hasOwn(made, origin.type)) by = made[origin.type];
  }
  into.push({ column, by: by ?? "equal" });
}

/** Operators of one column, or conditions on a related table: `{ gt: 1 }`, `{ team: { slug } }`. */
function objectComparison(column: string, props: ReadonlyMap<string, Value>, found: Found, into: AskedColumn[], depth: number): void {
  const insensitive = constantOf(props.get("mode") ?? { what: [], deps: [] })?.value === "insensitive";
  for (const [name, inner] of props) {
    if (name === "mode" || name === "$options") continue;
    const word = name.replace(/^\$/, "");
    if (/^(?:some|every|none|isNot)$/.test(word) || (word === "is" && inner.what.some((origin) => origin.kind === "object"))) {
      if (depth < deepest) read(inner, column, found, into, depth + 1);
      continue;
    }
    const by = Object.hasOwn(operators, word) ? operators[word] : undefined;
    if (by === undefined) {
      // No operator: a relation, a compound key of Prisma (`{ a_b: { a, b } }`), or a field of a document.
      const compound = column.includes("_") && column.split("_").includes(name);
      compare(compound ? name : `${column}.${name}`, inner, found, into, depth + 1);
      continue;
    }
    const constant = constantOf(inner);
    if (constant?.value === undefined && constant !== undefined) continue;
    const isNull = constant?.value === null;
    const text = by === "infix" && typeof constant?.value === "string" ? constant.value : "";
    const beginning =
      inner.what.length > 0 && inner.what.every((origin) => origin.kind === "scalar" && origin.type === "regexp of a beginning");
    const anchored = word === "regex" && !props.has("$options") && (/^\^[\w ]/.test(text) || beginning);
    const pattern = by === "infix" && (anchored || (/^[^%_]+%$/.test(text) && /like$/i.test(word)));
    into.push({
      column,
      by: isNull ? (by === "other" ? "other" : "null") : pattern ? "prefix" : by,
      ...(constant?.value === undefined || isNull ? {} : { value: constant.value }),
      ...(insensitive ? { wrapped: "insensitive" } : {}),
    });
  }
}
