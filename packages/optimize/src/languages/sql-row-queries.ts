/** Queries inside of a SELECT that run once for each of its rows: they aggregate, and name columns of the row around them. */
import type { RowQuery } from "../model/query-shape.ts";
import type { SqlToken } from "../model/sql-tokens.ts";
import { isWord, nameAt, outer, split } from "./sql-level.ts";
import type { Level } from "./sql-level.ts";
import { groupedInstead } from "./sql-grouped.ts";
import { relationsIn } from "./sql-relations.ts";
import type { Relation } from "./sql-relations.ts";

/** A SELECT of plain tables: where its parts are. */
export interface Select {
  readonly level: readonly Level[];
  /** Of FROM, in `level`. */
  readonly from: number;
  /** Where FROM ends. */
  readonly fromEnd: number;
  /** Where the conditions end. */
  readonly end: number;
  readonly relations: readonly Relation[];
  /** Conditions of WHERE that all hold. */
  readonly parts: readonly (readonly Level[])[];
}

/** A query inside, read. */
export interface Inner {
  readonly select: Select;
  readonly tokens: readonly SqlToken[];
  /** The bracket around it. */
  readonly bracket: Level;
  /** The call of the aggregate function: its tokens. */
  readonly aggregate: readonly SqlToken[];
  readonly pairs: readonly Pair[];
}

export interface Pair {
  readonly part: readonly Level[];
  /** As written: `i.order_id`, `order_id`. */
  readonly own: readonly Level[];
  readonly around: readonly Level[];
}

const clauses = /^(?:group|having|order|limit|offset|fetch|for|window)$/i;
const refused = /^(?:union|intersect|except|natural|cross|lateral|only|into|top|tablesample)$/i;
const aggregates = /^(?:count|sum|avg|min|max|bool_and|bool_or|every)$/i;
/** Each row of one screen costs one small query: nothing to speak of. */
const few = 100;
const deepest = 20;

export function rowQueriesIn(tokens: readonly SqlToken[], text: string): readonly RowQuery[] {
  // Most statements hold one SELECT.
  if (tokens.filter((token) => isWord(token, "select")).length < 2) return [];
  const around = selectOf(tokens);
  if (around === undefined || isGiven(around)) return [];
  const { level, from, fromEnd, end } = around;
  const listed = bracketsIn(level.slice(1, from), 0).filter(({ bracket }) => !isLimited(around) || isSortedBy(around, bracket));
  const asked = isLimited(around) ? [] : bracketsIn(level.slice(fromEnd, end), 0);
  return [...listed, ...asked].flatMap(({ bracket }) => {
    const inner = innerOf(bracket, around);
    return inner === undefined ? [] : [described(inner, around, groupedInstead(inner, around, tokens, text))];
  });
}

function described({ select, tokens, aggregate, pairs }: Inner, around: Select, rewrite: string | undefined): RowQuery {
  const [table] = select.relations;
  const keys = pairs.map((pair) => {
    const alias = pair.around[0]?.text.toLowerCase();
    return {
      column: pair.own.at(-1)?.text ?? "",
      table: around.relations.find((one) => one.alias === alias)?.name ?? "",
      of: pair.around.at(-1)?.text ?? "",
    };
  });
  return {
    table: table?.name ?? "",
    aggregate: aggregate[0]?.text.toLowerCase() ?? "",
    keys,
    bare: bareNames(tokens, select),
    ...(rewrite === undefined ? {} : { rewrite }),
  };
}

/** Undefined where something else than plain tables is read, or a part is unknown. */
export function selectOf(tokens: readonly SqlToken[]): Select | undefined {
  const level = outer(tokens).filter((token, place, all) => token.text !== ";" || place < all.length - 1);
  const isKnown =
    isWord(level[0], "select") &&
    level.every(({ kind, text }) => kind !== "hole" && text !== ";" && !(kind === "word" && refused.test(text)));
  const from = isKnown ? level.findIndex((token) => isWord(token, "from")) : -1;
  if (from < 0) return undefined;
  const at = (found: (token: Level) => boolean): number => {
    const place = level.findIndex((token, index) => index > from && found(token));
    return place < 0 ? level.length : place;
  };
  const end = at((token) => token.kind === "word" && clauses.test(token.text));
  const fromEnd = Math.min(
    end,
    at((token) => isWord(token, "where")),
  );
  const relations = relationsIn(level.slice(from + 1, fromEnd));
  if (relations === undefined || relations.length === 0) return undefined;
  return { level, from, fromEnd, end, relations, parts: split(level.slice(fromEnd + 1, end), "and") };
}

/** Brackets that hold a query which gives a value; what only asks whether there is one is made a join by the server. */
function bracketsIn(level: readonly Level[], depth: number): readonly { readonly bracket: Level }[] {
  if (depth > deepest) return [];
  return level.flatMap((token, place) => {
    if (token.inside === undefined) return [];
    const before = level[place - 1];
    if (!isWord(token.inside[0], "select")) return bracketsIn(outer(token.inside), depth + 1);
    return before?.kind === "word" && /^(?:exists|in|any|all|some|array)$/i.test(before.text) ? [] : [{ bracket: token }];
  });
}

/** The rows around are chosen by a value that the program is given: they may be few. */
function isGiven({ level, from, end }: Select): boolean {
  const part = level.slice(from, end);
  return part.some((token, place) => {
    const next = part[place + 1];
    if (token.text === "=") return part[place - 1]?.kind === "placeholder" || next?.kind === "placeholder" || isWord(next, "any");
    if (token.inside === undefined || !(isWord(part[place - 1], "in") || isWord(part[place - 1], "exists"))) {
      // A bracket of conditions may hold such a one.
      return token.inside?.some((one) => one.kind === "placeholder" || one.kind === "hole") === true && !isWord(token.inside[0], "select");
    }
    return token.inside.some((one) => one.kind === "placeholder" || one.kind === "hole");
  });
}

function isLimited({ level, end }: Select): boolean {
  const place = level.findIndex((token, index) => index >= end && (isWord(token, "limit") || isWord(token, "fetch")));
  if (place < 0) return false;
  const value = level.slice(place + 1).find(({ kind }) => kind !== "word" && kind !== "symbol");
  const last = level[place + 2]?.text === "," ? level[place + 3] : value;
  return last?.kind !== "number" || Number(last.text) <= few;
}

/** Before the first rows are known, all of them are computed. */
function isSortedBy({ level, end }: Select, bracket: Level): boolean {
  const place = level.indexOf(bracket);
  const alias = place < 0 ? undefined : level[isWord(level[place + 1], "as") ? place + 2 : place + 1];
  const order = level.findIndex((token, index) => index >= end && isWord(token, "order"));
  if (alias === undefined || order < 0 || (alias.kind !== "word" && alias.kind !== "name")) return false;
  return level.slice(order).some((token) => token.text.toLowerCase() === alias.text.toLowerCase());
}

function innerOf(bracket: Level, around: Select): Inner | undefined {
  const tokens = bracket.inside ?? [];
  const select = selectOf(tokens);
  if (select === undefined || tokens.some(({ kind }) => kind === "hole")) return undefined;
  const aggregate = aggregateIn(tokens, select);
  if (aggregate === undefined) return undefined;
  if (select.level.some((token) => isWord(token, "or"))) return undefined;
  const pairs = select.parts.flatMap((part): readonly Pair[] => {
    const pair = pairOf(part, select, around);
    return pair === undefined ? [] : [pair];
  });
  return pairs.length === 0 ? undefined : { select, tokens, bracket, aggregate, pairs };
}

/** The only aggregate function of what is selected; what stands behind OVER aggregates no rows away. */
function aggregateIn(tokens: readonly SqlToken[], { level, from }: Select): readonly SqlToken[] | undefined {
  const selected = tokens.filter(({ at }) => at < (level[from]?.at ?? 0));
  const places = [...selected.keys()].filter(
    (place) => selected[place]?.kind === "word" && aggregates.test(selected[place].text) && selected[place + 1]?.text === "(",
  );
  const [place, other] = places;
  if (place === undefined || other !== undefined || selected.some((token) => isWord(token, "over"))) return undefined;
  const filter = isWord(selected[closing(selected, place + 1) + 1], "filter");
  const end = closing(selected, filter ? closing(selected, place + 1) + 2 : place + 1);
  return selected.slice(place, end + 1);
}

function closing(tokens: readonly SqlToken[], start: number): number {
  let depth = 0;
  for (let place = start; place < tokens.length; place++) {
    if (tokens[place]?.text === "(") depth++;
    else if (tokens[place]?.text === ")" && --depth === 0) return place;
  }
  return tokens.length - 1;
}

/** `own.column = around.column`, either way round. */
function pairOf(part: readonly Level[], select: Select, around: Select): Pair | undefined {
  const left = nameAt(part, 0).after;
  const right = nameAt(part, left + 1).after;
  if (left === 0 || part[left]?.text !== "=" || right !== part.length || right === left + 1) return undefined;
  const sides = [part.slice(0, left), part.slice(left + 1)] as const;
  const is = (name: readonly Level[], relations: readonly Relation[]): boolean =>
    name.length === 3 && relations.some(({ alias }) => alias === name[0]?.text.toLowerCase());
  for (const [own, other] of [sides, [sides[1], sides[0]] as const]) {
    const isOwn = is(own, select.relations) || (own.length === 1 && !/^(?:true|false|null)$/i.test(own[0]?.text ?? ""));
    if (isOwn && is(other, around.relations) && !is(other, select.relations)) return { part, own, around: other };
  }
  return undefined;
}

const spoken =
  /^(?:select|from|where|and|or|not|in|is|null|like|ilike|between|true|false|as|on|join|inner|left|right|full|outer|distinct|filter|case|when|then|else|end|interval|asc|desc)$/i;

/** Names of columns without their table. */
function bareNames(tokens: readonly SqlToken[], { level, from, fromEnd, relations }: Select): readonly string[] {
  const [start, end] = [level[from]?.at ?? 0, level[fromEnd - 1]?.end ?? 0];
  const tables = new Set(relations.flatMap(({ name, alias }) => [name.toLowerCase(), alias]));
  return tokens.flatMap((token, place) => {
    const isName = token.kind === "name" || (token.kind === "word" && !spoken.test(token.text));
    if (!isName || tokens[place - 1]?.text === "." || tokens[place - 1]?.text === "::") return [];
    if (token.at > start && token.at < end && tables.has(token.text.toLowerCase())) return [];
    const next = tokens[place + 1]?.text;
    return next === "." || next === "(" ? [] : [token.text];
  });
}
