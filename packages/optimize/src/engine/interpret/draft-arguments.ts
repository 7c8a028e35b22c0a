/** What an argument says of an operation, and whether it may be left out. */
import type { EffectSpec, Where } from "../../model/effect.ts";
import type { Expression } from "../../model/facts-expressions.ts";
import type { Activation } from "./activation.ts";
import { propertyOf } from "./classes.ts";
import type { Deps } from "./deps.ts";
import { none, union } from "./deps.ts";
import type { Asked, LibraryOrigin, Draft } from "./drafts.ts";
import { at } from "./drafts.ts";
import { namedOf } from "./python.ts";
import type { Origin, Value } from "./value.ts";
import { constantOf, truthiness, unknown } from "./value.ts";

export function isMissing(value: Value): boolean {
  const constant = constantOf(value);
  return constant !== undefined && constant.value === undefined;
}

export function constantNumber(value: Value | undefined): number | undefined {
  const constant = value === undefined ? undefined : constantOf(value)?.value;
  return typeof constant === "number" ? constant : undefined;
}

/** A statement of one or two words that opens or ends a transaction; savepoints do neither. */
export function controlOf(sql: string): EffectSpec["transaction"] {
  const words = /^\s*(begin|start\s+transaction|commit|end|rollback|abort)(?:\s+(?:work|transaction))?\s*;?\s*$/i
    .exec(sql)?.[1]
    ?.toLowerCase();
  if (words === undefined) return undefined;
  if (words === "rollback" || words === "abort") return "rollback";
  return words === "begin" || words.startsWith("start") ? "begin" : "commit";
}

export function isPlainObject(value: Value): boolean {
  return (
    value.what.length > 0 &&
    value.what.every(
      (origin) => (origin.kind === "object" && origin.object.literal && origin.object.rest === undefined) || isNothing(origin),
    )
  );
}

function isNothing(origin: Origin): boolean {
  return origin.kind === "const" && origin.value === undefined;
}

/** A time-out is there, or may be there in options that cannot be seen. */
export function mayHave(asked: Asked, where: Where): boolean {
  if (where.made === true && madeElsewhere(asked.receiver)) return true;
  const list = where.made === true ? (asked.receiver?.made ?? []) : asked.args;
  const value = list[where.arg] ?? (where.keyword === undefined ? undefined : namedOf(list)?.get(where.keyword));
  if (value === undefined) return where.or !== undefined && mayHave(asked, where.or);
  if (where.property === undefined) return !isMissing(value);
  if (value.what.length > 0 && value.what.every((origin) => origin.kind === "closure"))
    return where.or !== undefined && mayHave(asked, where.or);
  if (propertyOf(value, where.property) !== undefined) return true;
  if (value.what.some((origin) => origin.kind === "const" || origin.kind === "scalar") && value.what.length === 1) return false;
  return !isPlainObject(value) || (where.or !== undefined && mayHave(asked, where.or));
}

/** A client that came as a parameter, by injection or from a base class: nobody saw with what it was made. */
function madeElsewhere(receiver: LibraryOrigin | undefined): boolean {
  return receiver !== undefined && receiver.made === undefined && !receiver.site.startsWith("export:");
}

/** The word is among the arguments, or an option of that name is on. */
export function saysOption(asked: Asked, word: string): boolean {
  const named = namedOf(asked.args)?.get(word.toLowerCase());
  if (named !== undefined) return truthiness(named) !== false;
  return asked.args.some((arg) => {
    if (constantOf(arg)?.value?.toString().toUpperCase() === word) return true;
    const option = propertyOf(arg, word);
    return option !== undefined && truthiness(option) !== false;
  });
}

/** What the written values (not the filter) depend on. */
export function writtenDeps(spec: EffectSpec, asked: Asked): Deps {
  if (!spec.kind.endsWith("write") || spec.filter === undefined) return asked.deps;
  let out = none;
  for (const [i, arg] of asked.args.entries()) {
    const filters = spec.filter.filter((where) => where.arg === i && where.made !== true);
    if (filters.some((where) => where.property === undefined)) continue;
    if (filters.length === 0) {
      out = union(out, arg.deps);
      continue;
    }
    for (const origin of arg.what) {
      if (origin.kind !== "object") return asked.deps;
      for (const [name, value] of origin.object.props)
        if (!filters.some((where) => where.property?.split(".")[0] === name)) out = union(out, value.deps);
    }
  }
  return out;
}

/** `aggregate([…, { $out: "totals" }])`: the table that a stage writes to, "" when its name is not known. */
export function tableOfStages(value: Value | undefined): string | undefined {
  for (const origin of value?.what ?? [])
    for (const stage of origin.kind === "array" ? (origin.elements ?? [origin.element]) : []) {
      const into = propertyOf(stage, "$out") ?? propertyOf(stage, "$merge");
      const name = into === undefined ? undefined : constantOf(propertyOf(into, "into") ?? into)?.value;
      if (into !== undefined) return typeof name === "string" ? name : "";
    }
  return undefined;
}

/** `whereIn(key, keys)`, `where(key, "in", keys)`, `where(inArray(key, keys))`, `filter(key__in=keys)`. */
export function saysList(asked: Asked, filters: boolean): boolean {
  if (/[a-z]In$/.test(asked.member)) return true;
  const separator = asked.receiver?.library.models?.separator;
  if (separator !== undefined && asked.member !== "exclude")
    for (const name of namedOf(asked.args)?.keys() ?? []) if (name.endsWith(`${separator}in`)) return true;
  if (!filters) return false;
  if (constantOf(asked.args[1] ?? unknown)?.value === "in") return true;
  return (
    asked.e.kind === "call" &&
    asked.e.args.some(({ value }) => value.kind === "call" && value.callee.kind === "name" && value.callee.name === "inArray")
  );
}

/** A filter by many keys: one statement for many rows. */
export function hasList(value: Value | undefined, depth: number): boolean {
  if (value === undefined || depth > 3) return false;
  for (const origin of value.what) {
    if (origin.kind === "array" && depth > 0) return true;
    if (origin.kind === "object") {
      for (const [name, inner] of origin.object.props)
        if (/^(_|\$)?(in|inArray|any)$/i.test(name) || hasList(inner, depth + 1)) return true;
      if (origin.object.rest !== undefined && hasList(origin.object.rest, depth + 1)) return true;
    }
  }
  return false;
}

/** The builder is written where it runs; one that a variable held runs where it is awaited, unless many are awaited together. */
export function isSaidHere(act: Activation, draft: Draft, e: Expression): boolean {
  const fn = act.unit.facts.functions[act.fn];
  if (draft.file !== act.unit.facts.file || draft.at < (fn?.at ?? 0) || draft.end > (fn?.end ?? Infinity)) return false;
  if (draft.at >= e.at && draft.end <= e.end) return true;
  return e.kind === "call" && e.callee.kind === "member" && e.callee.object.kind === "name" && e.callee.object.name === "Promise";
}

/** As `depsOfAll`, without columns whose names are not known (`filter(**{name: value})`): they differ as tables do. */
export function depsOfFilters(args: readonly Value[]): Deps {
  let out = none;
  for (const arg of args) out = union(out, arg.deps);
  for (const [name, arg] of namedOf(args) ?? []) if (name !== "**") out = union(out, arg.deps);
  return out;
}

/** What any of the arguments depends on. */
export function depsOfAll(args: readonly Value[]): Deps {
  let out = none;
  for (const arg of args) out = union(out, arg.deps);
  for (const arg of namedOf(args)?.values() ?? []) out = union(out, arg.deps);
  return out;
}

/** Relations that an argument names: `{ author: true }`, `["author"]`, `"author"`, `[{ model: User, as: "author" }]`. */
export function relationNames(value: Value): string[] {
  return value.what.flatMap((origin): string[] => {
    if (origin.kind === "const" && typeof origin.value === "string") return [origin.value];
    if (origin.kind === "array") return (origin.elements ?? [origin.element]).flatMap(relationNames);
    if (origin.kind !== "object") return [];
    const { props } = origin.object;
    const named = constantOf(props.get("as") ?? props.get("association") ?? unknown)?.value;
    if (typeof named === "string") return [named];
    return props.has("model") ? [] : [...props].flatMap(([name, one]) => (constantOf(one)?.value === false ? [] : [name]));
  });
}

/** Columns by their names in the code: `["id"]`, `{ id: true }`, what a write sets; undefined where one of them is not known. */
export function columnNames(value: Value): readonly string[] | undefined {
  const [origin, other] = value.what;
  if (origin === undefined || other !== undefined) return undefined;
  if (origin.kind === "const") return typeof origin.value === "string" && /^\w+$/.test(origin.value) ? [origin.value] : undefined;
  if (origin.kind === "array") {
    const names = origin.elements?.map(columnNames);
    return names === undefined || names.includes(undefined) ? undefined : names.flatMap((one) => one ?? []);
  }
  if (origin.kind !== "object" || origin.object.rest !== undefined || !origin.object.literal) return undefined;
  return [...origin.object.props].flatMap(([name, one]) => (constantOf(one)?.value === false ? [] : [name]));
}

/** One place may run the queries of several callers, or read a relation of the rows of each: they are as many operations. */
export function rowsAskedFor(act: Activation, { builtAt, relationPath }: Draft, node: { readonly at: number }): string {
  const elsewhere = builtAt !== undefined && (builtAt.at !== node.at || builtAt.file !== act.unit.facts.file);
  return `${relationPath === undefined ? "" : `.${relationPath}`}${elsewhere ? `<${builtAt.file}:${String(builtAt.at)}` : ""}`;
}

/** The value is one text. */
export function textOf(value: Value | undefined): string | undefined {
  const text = value === undefined ? undefined : constantOf(value)?.value;
  return typeof text === "string" ? text : undefined;
}

/** The columns that are named after one more call. */
export function columnsAfter({ chooses, columns }: Draft, asked: Asked, wheres: readonly Where[] = []): readonly string[] | undefined {
  const [where, other] = wheres.filter((one) => at(asked, one) !== undefined);
  const value = where === undefined ? undefined : at(asked, where);
  if (where === undefined || value === undefined) return columns;
  // Those that are left out say nothing of the others.
  const names = other === undefined && where.property !== "omit" ? columnNames(value) : undefined;
  // A second list is added to the first.
  return names === undefined || (chooses === true && columns === undefined) ? undefined : [...(columns ?? []), ...names];
}

export function places(asked: Asked, wheres: readonly Where[] | undefined): Value[] {
  return (wheres ?? []).flatMap((where) => at(asked, where) ?? []);
}
