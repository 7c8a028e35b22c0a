/** Filters that are named arguments: `filter(author__name="x", sold__gte=day)`, and `Q(…)` of them. */
import type { Argument, Expression } from "../../../model/facts-expressions.ts";
import type { AskedColumn, Comparison, QueryShape } from "../../../model/query-shape.ts";
import { namedOf } from "../python.ts";
import type { Value } from "../value.ts";
import { constantOf } from "../value.ts";

const lookups: Readonly<Record<string, { readonly by: Comparison; readonly wrapped?: string }>> = {
  exact: { by: "equal" },
  iexact: { by: "equal", wrapped: "upper" },
  in: { by: "list" },
  gt: { by: "range" },
  gte: { by: "range" },
  lt: { by: "range" },
  lte: { by: "range" },
  range: { by: "range" },
  date: { by: "range", wrapped: "date" },
  year: { by: "range" },
  month: { by: "other", wrapped: "month" },
  day: { by: "other", wrapped: "day" },
  hour: { by: "other", wrapped: "hour" },
  week_day: { by: "other", wrapped: "week_day" },
  isnull: { by: "null" },
  startswith: { by: "prefix" },
  istartswith: { by: "prefix", wrapped: "upper" },
  contains: { by: "infix" },
  icontains: { by: "infix", wrapped: "upper" },
  endswith: { by: "infix" },
  iendswith: { by: "infix", wrapped: "upper" },
  regex: { by: "infix" },
  iregex: { by: "infix" },
  search: { by: "other" },
};

/** One named argument. */
export function lookup(name: string, value: Value | undefined): AskedColumn {
  const parts = name.split("__");
  let by: Comparison = "equal";
  let wrapped: string | undefined;
  while (parts.length > 1) {
    const last = parts.at(-1) ?? "";
    const known = Object.hasOwn(lookups, last) ? lookups[last] : undefined;
    if (known === undefined) break;
    by = known.by === "range" && by !== "equal" ? by : known.by;
    wrapped = known.wrapped ?? wrapped;
    parts.pop();
  }
  const constant = value === undefined ? undefined : constantOf(value)?.value;
  if (constant === null) by = "null";
  // `deleted__isnull=False`: nearly every row.
  if (by === "null" && constant === false) by = "other";
  return {
    column: parts.join("."),
    by,
    ...(constant === undefined || constant === null ? {} : { value: constant }),
    ...(wrapped === undefined ? {} : { wrapped }),
  };
}

export function keywordFilter(
  args: readonly Value[],
  given: readonly Argument[],
): Pick<QueryShape, "conditions" | "either" | "alternatives" | "open"> {
  const conditions: AskedColumn[] = [];
  const either: AskedColumn[] = [];
  let open = false;
  for (const [name, value] of namedOf(args) ?? []) {
    if (name === "**") open = true;
    else if (name !== "defaults" && name !== "create_defaults" && name !== "using") conditions.push(lookup(name, value));
  }
  for (const one of given) if (one.name === undefined) open = condition(one.spread ? undefined : one.value, conditions, either) || open;
  const choices = given.flatMap(({ name, spread, value }) => (name === undefined && !spread ? sidesOf(value) : []));
  const [only, second] = choices;
  const isWhole = only !== undefined && second === undefined && only.flat().length === either.length;
  return { conditions, either, open, ...(isWhole ? { alternatives: only } : {}) };
}

/** The sides of `Q(a=1) | Q(b=2, c=3)`, when all that they hold is known. */
function sidesOf(e: Expression): readonly (readonly (readonly AskedColumn[])[])[] {
  if (e.kind !== "binary" || e.operator !== "|") return [];
  const leaves = (one: Expression): readonly Expression[] =>
    one.kind === "binary" && one.operator === "|" ? [...leaves(one.left), ...leaves(one.right)] : [one];
  const sides = leaves(e).map((leaf) => {
    const own: AskedColumn[] = [];
    const within: AskedColumn[] = [];
    return condition(leaf, own, within) || within.length > 0 ? [] : own;
  });
  return sides.every((side) => side.length > 0) ? [sides] : [];
}

/** `Q(a=1) & Q(b=2)`, `Q(a=1) | Q(b=2)`; true when a part of it cannot be read. */
function condition(e: Expression | undefined, into: AskedColumn[], either: AskedColumn[]): boolean {
  if (e?.kind === "call") {
    const name = e.callee.kind === "name" ? e.callee.name : e.callee.kind === "member" ? e.callee.name : "";
    if (name !== "Q") return true;
    let open = false;
    for (const one of e.args) {
      if (one.name === undefined || one.name === "**") open = true;
      else
        into.push(
          lookup(one.name, one.value.kind === "literal" ? { what: [{ kind: "const", value: one.value.value }], deps: [] } : undefined),
        );
    }
    return open;
  }
  if (e?.kind === "binary" && (e.operator === "&" || e.operator === "|")) {
    const target = e.operator === "|" ? either : into;
    const left = condition(e.left, target, either);
    return condition(e.right, target, either) || left;
  }
  // `~Q(…)` leaves out some rows: no index answers it.
  if (e?.kind === "unary") return false;
  return true;
}
