/** Forms of a statement that rarely do what they look like: NOT IN of a query, tables that nothing joins, queries for each row, and OR of several tables. */
import type { InnerColumn, QueryShape } from "../model/query-shape.ts";
import type { SqlToken } from "../model/sql-tokens.ts";
import { isWord, nameAt, outer } from "./sql-level.ts";
import type { Level } from "./sql-level.ts";
import { relationsIn } from "./sql-relations.ts";
import { rowQueriesIn } from "./sql-row-queries.ts";
import { splitIn } from "./sql-split.ts";

export function sqlTraps(
  tokens: readonly SqlToken[],
  text: string,
): Pick<QueryShape, "notIn" | "unjoined" | "rowQueries" | "split"> | undefined {
  const notIn = excluded(tokens);
  const unjoined = apart(outer(tokens));
  const rowQueries = rowQueriesIn(tokens, text);
  const split = splitIn(tokens, text);
  if (notIn.length === 0 && unjoined === undefined && rowQueries.length === 0 && split === undefined) return undefined;
  return {
    ...(notIn.length === 0 ? {} : { notIn }),
    ...(unjoined === undefined ? {} : { unjoined }),
    ...(rowQueries.length === 0 ? {} : { rowQueries }),
    ...(split === undefined ? {} : { split }),
  };
}

/** `x NOT IN (SELECT column FROM table …)`, wherever it stands. */
function excluded(tokens: readonly SqlToken[]): readonly InnerColumn[] {
  const found: InnerColumn[] = [];
  for (const [place, token] of tokens.entries()) {
    if (!isWord(token, "not") || !isWord(tokens[place + 1], "in") || tokens[place + 2]?.text !== "(") continue;
    const inner = innerColumn(outer(tokens.slice(place + 2))[0]?.inside ?? []);
    if (inner !== undefined) found.push(inner);
  }
  return found;
}

function innerColumn(tokens: readonly SqlToken[]): InnerColumn | undefined {
  const level = outer(tokens);
  if (!isWord(level[0], "select") || level.some((token) => token.kind === "hole")) return undefined;
  const selected = nameAt(level, isWord(level[1], "distinct") ? 2 : 1);
  if (selected.name === undefined || !isWord(level[selected.after], "from")) return undefined;
  const from = nameAt(level, selected.after + 1);
  const rest = level.slice(from.after);
  // Of several tables it is not known whose column it is.
  if (from.name === undefined || rest.some((token) => isWord(token, "join") || token.text === ",")) return undefined;
  const column = selected.name.at(-1) ?? "";
  // Asked away.
  const isKnown = rest.some(
    (token, place) =>
      token.text === column && isWord(rest[place + 1], "is") && isWord(rest[place + 2], "not") && isWord(rest[place + 3], "null"),
  );
  return isKnown ? undefined : { table: from.name.at(-1) ?? "", column };
}

const ends = /^(?:where|group|having|order|limit|offset|fetch|for|window|returning)$/i;
/** Tables that are multiplied on purpose, or whose columns cannot be told apart. */
const open = /^(?:cross|natural|lateral|only|union|intersect|except|with|unnest)$/i;

/** Tables that no condition ties to the first one; undefined when all are tied, or when that cannot be told. */
function apart(level: readonly Level[]): readonly string[] | undefined {
  if (!isWord(level[0], "select") || level.some((token) => token.kind === "hole" || (token.kind === "word" && open.test(token.text))))
    return undefined;
  const start = level.findIndex((token) => isWord(token, "from"));
  if (start < 0) return undefined;
  const length = level.slice(start + 1).findIndex((token) => token.kind === "word" && ends.test(token.text));
  const end = length < 0 ? level.length : start + 1 + length;
  const relations = relationsIn(level.slice(start + 1, end));
  if (relations === undefined || relations.length < 2) return undefined;
  const groups = new Map(relations.map(({ alias }) => [alias, alias]));
  const rootOf = (alias: string): string => {
    const next = groups.get(alias) ?? alias;
    return next === alias ? alias : rootOf(next);
  };
  const pinned = new Set<string>();
  for (const part of partsOf(level, start, end)) {
    const named = aliasesIn(part, groups);
    if (named === undefined) return undefined;
    const [first, ...others] = named;
    for (const other of others) groups.set(rootOf(other), rootOf(first as string));
    if (first !== undefined && others.length === 0 && part.some((token) => token.text === "=")) pinned.add(first);
  }
  const roots = [...new Set(relations.map(({ alias }) => rootOf(alias)))];
  // One row of each by its key is no product.
  const many = roots.filter((root) => !relations.some(({ alias }) => rootOf(alias) === root && pinned.has(alias)));
  if (roots.length < 2 || many.length < 2) return undefined;
  return many.map((root) => relations.find(({ alias }) => rootOf(alias) === root)?.name ?? root);
}

/** Conditions that all hold, of ON and WHERE. */
function partsOf(level: readonly Level[], start: number, end: number): readonly (readonly Level[])[] {
  const parts: Level[][] = [];
  let current: Level[] | undefined;
  const stop = level.findIndex(
    (token, place) => place >= end && token.kind === "word" && /^(?:group|having|order|limit|offset|fetch|for|window)$/i.test(token.text),
  );
  for (const token of level.slice(start, stop < 0 ? level.length : stop)) {
    if (isWord(token, "on") || isWord(token, "where") || isWord(token, "and")) parts.push((current = []));
    else if (isWord(token, "join") || isWord(token, "left") || isWord(token, "inner") || token.text === ",") current = undefined;
    else current?.push(token);
  }
  return parts;
}

/** Tables whose columns a condition names; undefined when it names one without its table. */
function aliasesIn(part: readonly Level[], aliases: ReadonlyMap<string, string>): readonly string[] | undefined {
  const found = new Set<string>();
  const flat = part.flatMap((token): readonly SqlToken[] => token.inside ?? [token]);
  for (const [place, token] of flat.entries()) {
    if (token.kind !== "word" && token.kind !== "name") continue;
    if (flat[place - 1]?.text === "." || flat[place + 1]?.text === "(") continue;
    if (flat[place + 1]?.text !== ".") {
      if (
        token.kind === "name" ||
        !/^(?:and|or|not|in|is|null|like|ilike|between|true|false|any|all|exists|interval|now)$/i.test(token.text)
      )
        return undefined;
      continue;
    }
    const alias = token.text.toLowerCase();
    if (!aliases.has(alias)) return undefined;
    found.add(alias);
  }
  return [...found];
}
