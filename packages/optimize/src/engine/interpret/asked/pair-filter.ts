/** Filters of builders: `where("a", x)`, `where("a", ">", x)`, `whereIn("a", keys)`, `eq("a", x)`, and their orders. */
import type { AskedColumn, AskedSort, Comparison, QueryShape } from "../../../model/query-shape.ts";
import type { Value } from "../value.ts";
import { constantOf } from "../value.ts";
import { objectFilter } from "./object-filter.ts";

const operators: Readonly<Record<string, Comparison>> = {
  "=": "equal",
  "==": "equal",
  is: "null",
  in: "list",
  ">": "range",
  ">=": "range",
  "<": "range",
  "<=": "range",
  between: "range",
  like: "infix",
  ilike: "infix",
  "like binary": "infix",
};

/** What the member's own name says: `whereIn`, `gte`. */
const members: readonly (readonly [RegExp, Comparison])[] = [
  [/^(?:and|or)?where(?:Not\w*|Raw|Exists|Json\w*|Column|Ref)$/i, "other"],
  [/^(?:neq|not|isDistinct|contains|containedBy|overlaps|textSearch|filter|match)$/, "other"],
  [/In$|^in$/, "list"],
  [/Null$|^is$/, "null"],
  [/Between$|^(?:gte?|lte?)$/, "range"],
  [/I?Like$|^i?like$/i, "infix"],
];

export function pairFilter(member: string, args: readonly Value[]): Partial<QueryShape> {
  const [first, second, third] = args;
  if (first === undefined) return {};
  const column = textOf(first);
  if (column === undefined) {
    const whole = first.what.some((origin) => origin.kind === "object") ? objectFilter(first) : { conditions: [], either: [], open: true };
    return /^or/i.test(member) ? { either: [...whole.conditions, ...whole.either], open: whole.open } : whole;
  }
  const own = members.find(([form]) => form.test(member))?.[1];
  const operator = third === undefined ? undefined : textOf(second ?? first)?.toLowerCase();
  const value = third ?? second;
  const constant = value === undefined ? undefined : constantOf(value)?.value;
  let by = own ?? (operator === undefined ? "equal" : (operators[operator] ?? "other"));
  if (by === "equal" && constant === null) by = "null";
  if (by === "infix" && typeof constant === "string" && /^[^%_]+%$/.test(constant)) by = "prefix";
  const condition: AskedColumn = {
    column: column.replaceAll(/["`]/g, ""),
    by,
    ...(constant === undefined || constant === null ? {} : { value: constant }),
  };
  return /^or/i.test(member) ? { either: [condition] } : { conditions: [condition] };
}

function textOf(value: Value): string | undefined {
  const text = constantOf(value)?.value;
  return typeof text === "string" ? text : undefined;
}

/** `orderBy("a", "desc")`, `orderBy("a desc")`, `order("a", { ascending: false })`. */
export function pairSort(args: readonly Value[]): Partial<QueryShape> {
  const [first, second] = args;
  const text = first === undefined ? undefined : textOf(first);
  if (text === undefined) return { sortOpen: true };
  if (/\brand(?:om)?\s*\(/i.test(text)) return { random: true };
  const [, column = text, own] = /^(.*?)(?:\s+(asc|desc))?$/i.exec(text) ?? [];
  const option = second?.what.flatMap((origin) => (origin.kind === "object" ? (origin.object.props.get("ascending") ?? []) : []))[0];
  const down =
    option === undefined
      ? (own ?? (second === undefined ? "asc" : (textOf(second) ?? "asc"))).toLowerCase() === "desc"
      : constantOf(option)?.value === false;
  return { sort: [{ column: column.replaceAll(/["`]/g, ""), order: down ? "desc" : "asc" } satisfies AskedSort] };
}
