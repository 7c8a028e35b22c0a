/** What one SELECT, UPDATE or DELETE asks of its tables: conditions, order and offset of the outermost level, by its tokens. */
import type { AskedColumn, AskedSort, Comparison, QueryShape } from "../model/query-shape.ts";
import { sqlTokens } from "../model/sql-tokens.ts";
import type { SqlToken } from "../model/sql-tokens.ts";
import { commas, isWord, nameAt, outer, split } from "./sql-level.ts";
import type { Level } from "./sql-level.ts";
import { sqlTraps } from "./sql-traps.ts";

/** Words that end the conditions of a statement. */
const ends = new Set([
  "group",
  "having",
  "order",
  "limit",
  "offset",
  "returning",
  "window",
  "union",
  "intersect",
  "except",
  "fetch",
  "for",
]);
const clauses = new Set([...ends, "where", "on", "join", "set", "from", "left", "right", "inner", "cross", "full", "using"]);

/** The shape; columns of an alias are written with their table: `orders.status`. Undefined when there is nothing to say. */
export function sqlShape(text: string): QueryShape | undefined {
  const tokens = sqlTokens(text);
  const level = outer(tokens);
  if (level.some((token) => isWord(token, "union") || isWord(token, "intersect") || isWord(token, "except"))) return undefined;
  const aliases = aliasesIn(level);
  const found = { conditions: [] as AskedColumn[], either: [] as AskedColumn[], open: false };
  const where = level.findIndex((token) => isWord(token, "where"));
  if (where >= 0) {
    const rest = level.slice(where + 1);
    const end = rest.findIndex((token) => token.kind === "word" && ends.has(token.text.toLowerCase()));
    conditions(end < 0 ? rest : rest.slice(0, end), found.conditions, found, aliases);
  }
  // A hole among the clauses may be anything.
  if (level.some((token, place) => token.kind === "hole" && (where < 0 || !isValue(level[place - 1])))) found.open = true;
  // Rows of a query inside FROM are no rows of the table.
  if (
    level.some(
      (token, place) =>
        token.inside !== undefined &&
        (isWord(level[place - 1], "from") || isWord(level[place - 1], "join") || isWord(level[place - 1], "lateral")),
    )
  )
    found.open = true;
  const sort = sortIn(level, aliases);
  const offset = offsetIn(level);
  const traps = sqlTraps(tokens, text);
  if (where < 0 && sort === undefined && offset === undefined && traps === undefined) return undefined;
  return { ...found, sort: [], sortOpen: false, ...traps, ...sort, ...(offset === undefined ? {} : { offset }) };
}

function isValue(before: SqlToken | undefined): boolean {
  return (
    before?.kind === "symbol" ||
    isWord(before, "in") ||
    isWord(before, "like") ||
    isWord(before, "ilike") ||
    isWord(before, "and") ||
    isWord(before, "between") ||
    isWord(before, "limit") ||
    isWord(before, "offset") ||
    isWord(before, "any")
  );
}

/** Alias to table; the first table stands for columns without one. */
function aliasesIn(level: readonly Level[]): ReadonlyMap<string, string> {
  const aliases = new Map<string, string>();
  let first: string | undefined;
  for (const [place, token] of level.entries()) {
    if (!(isWord(token, "from") || isWord(token, "join") || isWord(token, "update"))) continue;
    let next = place + 1;
    for (;;) {
      const { name, after } = nameAt(level, next);
      if (name === undefined) break;
      next = after;
      if (isWord(level[next], "as")) next++;
      const alias = level[next];
      const table = name.at(-1) ?? "";
      first ??= table;
      aliases.set(table.toLowerCase(), table);
      if (alias !== undefined && (alias.kind === "name" || (alias.kind === "word" && !clauses.has(alias.text.toLowerCase())))) {
        aliases.set(alias.text.toLowerCase(), table);
        next++;
      }
      if (level[next]?.text !== ",") break;
      next++;
    }
  }
  if (first !== undefined) aliases.set("", first);
  return aliases;
}

interface Found {
  readonly either: AskedColumn[];
  open: boolean;
}

function conditions(tokens: readonly Level[], into: AskedColumn[], found: Found, aliases: ReadonlyMap<string, string>): void {
  const parts = split(tokens, "or");
  if (parts.length > 1) {
    for (const part of parts) conditions(part, found.either, found, aliases);
    return;
  }
  for (const part of split(tokens, "and")) one(part, into, found, aliases);
}

const operators: Readonly<Record<string, Comparison>> = {
  "=": "equal",
  "<": "range",
  ">": "range",
  "<=": "range",
  ">=": "range",
  between: "range",
  in: "list",
  like: "infix",
  ilike: "infix",
  is: "null",
  "~": "infix",
  "~*": "infix",
  "@@": "other",
  "@>": "other",
};

function one(part: readonly Level[], into: AskedColumn[], found: Found, aliases: ReadonlyMap<string, string>): void {
  const [first] = part;
  if (first?.inside !== undefined && part.length === 1) {
    conditions(outer(first.inside), into, found, aliases);
    return;
  }
  const left = operand(part, 0, aliases);
  if (left === undefined) {
    // `$1 = column`, `1 = 1`
    const turned = part.findIndex((token) => token.kind === "symbol" && (token.text === "=" || token.text === ">" || token.text === "<"));
    const right = turned > 0 ? operand(part, turned + 1, aliases) : undefined;
    if (right !== undefined) into.push({ column: right.column, by: part[turned]?.text === "=" ? "equal" : "range" });
    else if (part.some((token) => token.kind === "hole")) found.open = true;
    return;
  }
  const { column, wrapped, after } = left;
  const operator = part[after];
  const isNot = isWord(operator, "not") || operator?.text === "<>" || operator?.text === "!=";
  const word = (isWord(operator, "not") ? part[after + 1] : operator)?.text.toLowerCase() ?? "";
  let by: Comparison = isNot ? "other" : (operators[word] ?? (operator === undefined ? "equal" : "other"));
  const value = part[after + 1];
  if (word === "is") by = isWord(value, "null") ? "null" : isWord(value, "not") ? "other" : "equal";
  if (by === "equal" && isWord(value, "any")) by = "list";
  const constant =
    value?.kind === "string" || value?.kind === "number" || (value?.kind === "word" && /^(?:true|false)$/i.test(value.text))
      ? constantOf(value)
      : operator === undefined
        ? true
        : undefined;
  if (by === "infix" && typeof constant === "string" && /^[^%_]+%$/.test(constant)) by = "prefix";
  // `a.id = b.a_id` joins.
  if (by === "equal" && operand(part, after + 1, aliases) !== undefined && constant === undefined) return;
  into.push({ column, by, ...(constant === undefined ? {} : { value: constant }), ...(wrapped === undefined ? {} : { wrapped }) });
}

function constantOf(token: SqlToken): string | number | boolean {
  if (token.kind === "number") return Number(token.text);
  return token.kind === "word" ? token.text.toLowerCase() === "true" : token.text;
}

const words = /^(?:true|false|null|current_timestamp|current_date|now|exists|not|case|interval|select|any|all)$/i;

/** A column, or a function of one: `lower(email)`, `created_at::date`. */
function operand(
  part: readonly Level[],
  start: number,
  aliases: ReadonlyMap<string, string>,
): { readonly column: string; readonly wrapped?: string; readonly after: number } | undefined {
  const { name, after } = nameAt(part, start);
  if (name === undefined || (name.length === 1 && words.test(name[0] ?? "") && part[start]?.kind === "word")) return undefined;
  const inside = part[after]?.inside;
  if (inside !== undefined && part[after]?.text === "()") {
    const level = outer(inside);
    const inner = level.flatMap((_, place) =>
      place === 0 || (!["word", "name"].includes(level[place - 1]?.kind ?? "") && level[place - 1]?.text !== ".")
        ? (operand(level, place, aliases) ?? [])
        : [],
    )[0];
    return inner === undefined ? undefined : { column: inner.column, wrapped: (name.at(-1) ?? "").toLowerCase(), after: after + 1 };
  }
  const column = columnName(name, aliases);
  if (part[after]?.text === "::") {
    const cast = nameAt(part, after + 1);
    return { column, ...(cast.name === undefined ? {} : { wrapped: `::${cast.name.at(-1) ?? ""}` }), after: cast.after };
  }
  return { column, after };
}

function columnName(name: readonly string[], aliases: ReadonlyMap<string, string>): string {
  const table = name.length > 1 ? aliases.get((name.at(-2) ?? "").toLowerCase()) : undefined;
  const column = name.at(-1) ?? "";
  return table === undefined || table === aliases.get("") ? column : `${table}.${column}`;
}

function sortIn(level: readonly Level[], aliases: ReadonlyMap<string, string>): Partial<QueryShape> | undefined {
  const place = level.findIndex((token, at) => isWord(token, "order") && isWord(level[at + 1], "by"));
  if (place < 0) return undefined;
  const rest = level.slice(place + 2);
  const end = rest.findIndex((token) => token.kind === "word" && /^(?:limit|offset|fetch|for)$/i.test(token.text));
  const sort: AskedSort[] = [];
  for (const item of commas(end < 0 ? rest : rest.slice(0, end))) {
    if (item.some((token) => token.kind === "word" && /^rand(?:om)?$/i.test(token.text))) return { random: true };
    const left = operand(item, 0, aliases);
    if (left === undefined || left.wrapped !== undefined) return { sort: [], sortOpen: true };
    sort.push({ column: left.column, order: item.slice(left.after).some((token) => isWord(token, "desc")) ? "desc" : "asc" });
  }
  return sort.length > 0 ? { sort } : undefined;
}

function offsetIn(level: readonly Level[]): number | "given" | undefined {
  const place = level.findIndex((token) => isWord(token, "offset"));
  const value = place < 0 ? undefined : level[place + 1];
  if (value === undefined) return undefined;
  return value.kind === "number" ? Number(value.text) : "given";
}
