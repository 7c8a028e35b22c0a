/**
 * A SELECT whose conditions are of several tables, one of them being enough, as one SELECT for each of them. Equal are the two for the shapes that are
 * let through here, whatever the rows are: those of the first branch, and then those of the second for which the first does not hold (`IS NOT TRUE`,
 * because a condition may be NULL too), so that none is lost and none is there twice that was there once.
 */
import type { InnerColumn, SplitBranch, SplitQuery } from "../model/query-shape.ts";
import type { SqlToken } from "../model/sql-tokens.ts";
import { isWord, nameAt, outer, split } from "./sql-level.ts";
import type { Level } from "./sql-level.ts";
import type { Relation } from "./sql-relations.ts";
import { selectOf } from "./sql-row-queries.ts";
import type { Select } from "./sql-row-queries.ts";
import { sortedByOutput } from "./sql-split-order.ts";
import type { OutputOrder } from "./sql-split-order.ts";

/** These give the same each time they are asked within a statement, and give a row for a row. */
const pure =
  /^(?:coalesce|lower|upper|length|nullif|greatest|least|trim|now|concat|cast|extract|date_trunc|to_char|round|abs|floor|ceil|substring|jsonb?_build_object|jsonb?_build_array|to_jsonb?)$/i;
const opening = /^(?:in|and|or|not|where|on|between|like|ilike|any|all|some|exists|when|then|else|select|from|limit|numeric|varchar)$/i;
/** These number, lock or group the rows of the whole statement, or are hints to one server. */
const whole = /^(?:over|group|having|window|for|sql_calc_found_rows|straight_join|high_priority|rownum|filter)$/i;
const plain = /^(?:and|or|not|in|is|null|like|ilike|between|true|false|any|all|some|interval|current_date|current_timestamp)$/i;
const named = /^(?:\$\w+|:\w+|@\w+|%\(\w+\)s|\?\d+)$/;
/** A statement of more parts than this is no longer one to read. */
const mostBranches = 4;

interface Branch {
  readonly aliases: readonly string[];
  readonly parts: readonly (readonly Level[])[];
}

/** Undefined where one index, or a bitmap of several of one table, may serve it, and where the parts may give something else than the whole. */
export function splitIn(tokens: readonly SqlToken[], text: string): SplitQuery | undefined {
  if (!tokens.some((token) => isWord(token, "or"))) return undefined;
  const select = selectOf(tokens);
  if (select === undefined || !isSplittable(tokens)) return undefined;
  const found = disjunctionOf(select);
  const branches = found === undefined ? undefined : branchesOf(found.alternatives, select.relations);
  if (found === undefined || branches === undefined || branches.length < 2 || branches.length > mostBranches) return undefined;
  const order = sortedByOutput(select, text);
  if (order === undefined || (select.relations.length === 1 && order.inner === undefined)) return undefined;
  return {
    branches: branches.map((branch) => described(branch, select.relations)),
    besides: found.others.flatMap((part) => valuesGiven(part, select.relations)),
    ...(select.relations.length === 1 ? { page: order.sort } : {}),
    rewrite: rewritten(select, found.others, branches, order, text),
    ...(tokens.some(({ kind, text: sign }) => kind === "placeholder" && !named.test(sign)) ? { counted: true as const } : {}),
  };
}

/** Nothing in it depends on all of its rows together, or on how often it is asked. */
function isSplittable(tokens: readonly SqlToken[]): boolean {
  return tokens.every((token, place) => {
    if (token.kind === "hole" || (token.kind === "word" && whole.test(token.text))) return false;
    if (place > 0 && isWord(token, "select")) return false;
    if (isWord(token, "distinct") && isWord(tokens[place + 1], "on")) return false;
    if (tokens[place + 1]?.text !== "(" || (token.kind !== "word" && token.kind !== "name")) return true;
    return token.kind === "word" && (pure.test(token.text) || opening.test(token.text));
  });
}

interface Disjunction {
  readonly alternatives: readonly (readonly Level[])[];
  /** What holds besides. */
  readonly others: readonly (readonly Level[])[];
}

/** All conditions, or one bracket among those that all hold: the first whose alternatives are of several tables is asked about. */
function disjunctionOf({ level, fromEnd, end, relations }: Select): Disjunction | undefined {
  const where = unwrapped(level.slice(fromEnd + 1, end));
  const alternatives = split(where, "or");
  if (alternatives.length > 1) return { alternatives, others: [] };
  const parts = split(where, "and");
  for (const part of parts) {
    const inner = split(unwrapped(part), "or");
    if (inner.length < 2 || (branchesOf(inner, relations)?.length ?? 0) < 2) continue;
    return { alternatives: inner, others: parts.filter((one) => one !== part) };
  }
  return undefined;
}

/** `((a OR b))` is `a OR b`. */
function unwrapped(part: readonly Level[]): readonly Level[] {
  const [only, second] = part;
  return only?.inside === undefined || second !== undefined ? part : unwrapped(outer(only.inside));
}

/** Alternatives of the same tables stay together where there are several tables: a server reads one table by several indexes at once. */
function branchesOf(alternatives: readonly (readonly Level[])[], relations: readonly Relation[]): readonly Branch[] | undefined {
  const branches = new Map<string, { aliases: readonly string[]; parts: (readonly Level[])[] }>();
  const isOne = relations.length === 1;
  for (const part of alternatives) {
    const names = namesIn(part, relations);
    if (names === undefined || names.aliases.length === 0) return undefined;
    const key = isOne ? names.columns.join() : names.aliases.join();
    const known = branches.get(key);
    if (known === undefined) branches.set(key, { aliases: names.aliases, parts: [part] });
    else known.parts.push(part);
  }
  return [...branches.values()];
}

/** Tables and columns that a condition names; undefined when one may be of any table, or is none that can be told. */
function namesIn(
  part: readonly Level[],
  relations: readonly Relation[],
): { readonly aliases: readonly string[]; readonly columns: readonly string[] } | undefined {
  const aliases = new Set<string>();
  const columns = new Set<string>();
  const flat = flattened(part);
  for (const [place, token] of flat.entries()) {
    if (token.kind !== "word" && token.kind !== "name") continue;
    const before = flat[place - 1]?.text;
    if (before === "." || before === "::" || flat[place + 1]?.text === "(") continue;
    if (token.kind === "word" && plain.test(token.text)) continue;
    const isQualified = flat[place + 1]?.text === ".";
    const only = relations.length === 1 ? relations[0]?.alias : undefined;
    const alias = isQualified ? token.text.toLowerCase() : only;
    if (alias === undefined || !relations.some((one) => one.alias === alias)) return undefined;
    aliases.add(alias);
    columns.add((isQualified ? (flat[place + 2]?.text ?? "") : token.text).toLowerCase());
  }
  return { aliases: [...aliases].sort(), columns: [...columns].sort() };
}

function flattened(part: readonly Level[]): readonly SqlToken[] {
  return part.flatMap((token): readonly SqlToken[] =>
    token.inside === undefined ? [token] : [{ ...token, text: "(" }, ...token.inside, { ...token, text: ")" }],
  );
}

function described({ aliases, parts }: Branch, relations: readonly Relation[]): SplitBranch {
  return {
    tables: aliases.map((alias) => tableOf(alias, relations)),
    alternatives: parts.map((part) => valuesGiven(part, relations)),
  };
}

function tableOf(alias: string | undefined, relations: readonly Relation[]): string {
  return relations.find((one) => one.alias === alias)?.name ?? "";
}

function valuesGiven(part: readonly Level[], relations: readonly Relation[]): readonly InnerColumn[] {
  return split(unwrapped(part), "and").flatMap((one) => {
    const column = valueGiven(unwrapped(one));
    if (column === undefined) return [];
    const alias = column.length > 1 ? column.at(-2)?.toLowerCase() : relations[0]?.alias;
    return [{ table: tableOf(alias, relations), column: column.at(-1) ?? "" }];
  });
}

/** The column that a condition gives a value, or one of several. */
function valueGiven(part: readonly Level[]): readonly string[] | undefined {
  const { name, after } = nameAt(part, 0);
  const isValue = (token: Level | undefined): boolean => token !== undefined && /^(?:placeholder|string|number)$/.test(token.kind);
  if (isValue(part[0]) && part[1]?.text === "=") return nameAt(part, 2).name;
  if (name === undefined) return undefined;
  const value = part[after + 1];
  if (part[after]?.text === "=") return isValue(value) || isWord(value, "any") ? name : undefined;
  return isWord(part[after], "in") && value?.inside !== undefined ? name : undefined;
}

function rewritten(
  { level, from, fromEnd }: Select,
  others: readonly (readonly Level[])[],
  branches: readonly Branch[],
  { tail, inner }: OutputOrder,
  text: string,
): string {
  const startOf = (token: Level | undefined): number => token?.opens ?? token?.at ?? 0;
  const words = (list: readonly Level[]): string => text.slice(startOf(list[0]), list.at(-1)?.end ?? 0);
  const isDistinct = isWord(level[1], "distinct");
  const head = `${words(level.slice(0, from))} ${words(level.slice(from, fromEnd))}`;
  const either = (parts: readonly (readonly Level[])[]): string => parts.map(words).join(" OR ");
  return (
    branches
      .map(({ parts }, place) => {
        const before = branches.slice(0, place).flatMap((one) => one.parts);
        const conditions = [
          ...others.map(words),
          parts.length === 1 ? either(parts) : `(${either(parts)})`,
          ...(isDistinct || before.length === 0 ? [] : [`(${either(before)}) IS NOT TRUE`]),
        ];
        const one = `${head} WHERE ${conditions.join(" AND ")}`;
        return inner === undefined ? one : `(${one} ${inner})`;
      })
      // What DISTINCT takes together, UNION does.
      .join(isDistinct ? " UNION " : " UNION ALL ") + (tail === "" ? "" : ` ${tail}`)
  );
}
