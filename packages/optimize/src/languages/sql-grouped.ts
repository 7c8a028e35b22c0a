/**
 * A query that runs for each row, as one grouped query that is joined. Equal are the two only for the shapes that are let through here: the
 * grouped query gives one row for a key at most, so that the join neither multiplies nor loses rows, and NULL where a key has no rows.
 */
import type { SqlToken } from "../model/sql-tokens.ts";
import { commas, isWord } from "./sql-level.ts";
import type { Level } from "./sql-level.ts";
import type { Inner, Select } from "./sql-row-queries.ts";

const table = "grouped";
/** Names that the statement must not have already. */
const ours = /^(?:grouped|row_value|row_key(?:_\d+)?)$/i;
/** These give the same for the same values, whenever they are asked, and fail for none. */
const pure = /^(?:coalesce|lower|upper|length|nullif|greatest|least|trim|now)$/i;
const opening = /^(?:in|and|or|not|where|filter|on|distinct|when|then|else|between|like|ilike)$/i;
/** Of rows that no row around asks for, the grouped query computes too: what may fail there must not be in it. */
const failing = /^(?:\/|%|::|->|->>|#>|#>>|\[)$/;
/** A placeholder that is counted by its place may not be moved. */
const named = /^(?:\$\w+|:\w+|@\w+|%\(\w+\)s|\?\d+)$/;

export function groupedInstead(
  { select, tokens, bracket, aggregate, pairs }: Inner,
  around: Select,
  all: readonly SqlToken[],
  text: string,
): string | undefined {
  const insideText = (list: readonly SqlToken[]): string => text.slice(startOf(list[0]), list.at(-1)?.end ?? 0);
  if (!canMove(tokens, aggregate) || !isPlain(select) || !takesJoin(around, bracket, all)) return undefined;
  const others = select.parts.filter((part) => !pairs.some((pair) => pair.part === part));
  const selected = tokens.filter(({ at }) => at < (select.level[select.from]?.at ?? 0)).slice(1);
  const rest = selected.filter((token) => !aggregate.includes(token));
  if (!isConstant(rest)) return undefined;
  // Only the conditions that tie the two may name the row around.
  const outside = new Set(around.relations.map(({ alias }) => alias));
  for (const { alias } of select.relations) outside.delete(alias);
  const tying = new Set<number>(pairs.flatMap(({ part }) => part.map(({ at }) => at)));
  const names = (token: SqlToken, place: number): boolean =>
    outside.has(token.text.toLowerCase()) && tokens[place + 1]?.text === "." && !tying.has(token.at);
  if (tokens.some(names)) return undefined;

  const value = isWord(aggregate[0], "count") ? `COALESCE(${table}.row_value, 0)` : `${table}.row_value`;
  const [firstSelected] = selected;
  const before = text.slice(startOf(firstSelected), startOf(aggregate[0]));
  const after = text.slice(aggregate.at(-1)?.end ?? 0, selected.at(-1)?.end ?? 0);
  const replaced = rest.length === 0 ? value : `(${before}${value}${after})`;
  const keys = pairs.map(({ own }) => insideText(own));
  const key = (place: number): string => (pairs.length === 1 ? "row_key" : `row_key_${place + 1}`);
  const from = insideText(select.level.slice(select.from, select.fromEnd));
  const grouped = [
    `SELECT ${keys.map((name, place) => `${name} AS ${key(place)}`).join(", ")}, ${insideText(aggregate)} AS row_value`,
    from,
    ...(others.length === 0 ? [] : [`WHERE ${others.map(insideText).join(" AND ")}`]),
    `GROUP BY ${keys.join(", ")}`,
  ].join(" ");
  const on = pairs.map((pair, place) => `${table}.${key(place)} = ${insideText(pair.around)}`).join(" AND ");
  const join = ` LEFT JOIN (${grouped}) AS ${table} ON ${on}`;
  // The end of the last token of FROM: comments may stand behind it.
  const place = around.level[around.fromEnd - 1]?.end ?? text.length;
  const opens = bracket.opens ?? 0;
  return place < opens
    ? text.slice(0, place) + join + text.slice(place, opens) + replaced + text.slice(bracket.end)
    : text.slice(0, opens) + replaced + text.slice(bracket.end, place) + join + text.slice(place);
}

function startOf(token: Level | undefined): number {
  return token?.opens ?? token?.at ?? 0;
}

/** What it computes is the same wherever it stands. */
function canMove(tokens: readonly SqlToken[], aggregate: readonly SqlToken[]): boolean {
  const end = aggregate.at(-1)?.at ?? 0;
  return tokens.every((token, place) => {
    if (place > 0 && isWord(token, "select")) return false;
    if (token.kind === "placeholder") return named.test(token.text);
    // Behind the aggregate and before FROM it stays where it is.
    if (token.kind === "symbol" && failing.test(token.text))
      return token.at > end && !tokens.slice(0, place).some((one) => isWord(one, "from"));
    if (token.kind !== "word" || tokens[place + 1]?.text !== "(" || token.text === aggregate[0]?.text) return true;
    return pure.test(token.text) || opening.test(token.text);
  });
}

/** One row for the whole of it: no clause behind the conditions, nothing before what is selected. */
function isPlain({ level, end }: Select): boolean {
  return end === level.length && !isWord(level[1], "distinct") && !isWord(level[1], "all");
}

/** One more table joined to the statement around changes none of its parts. */
function takesJoin({ level, from, fromEnd, end, relations }: Select, bracket: Level, all: readonly SqlToken[]): boolean {
  if (level.some((token, place) => place >= end && /^(?:group|having|window|for)$/i.test(token.text))) return false;
  if (level.slice(from, fromEnd).some(({ text }) => text === ",")) return false;
  // `SELECT *` would give its columns too.
  if (level.some((token, place) => place < from && token.text === "*" && level[place - 1]?.text !== "." && isListEnd(level[place + 1])))
    return false;
  if (all.some(({ text }) => ours.test(text))) return false;
  if (bracket.at > (level[from]?.at ?? 0)) return relations.length > 0;
  // Without a name, the column would get another one.
  const item =
    commas(level.slice(1, from)).find((one) => startOf(one[0]) <= startOf(bracket) && bracket.end <= (one.at(-1)?.end ?? 0)) ?? [];
  const [before, name] = item.slice(-2);
  return (name?.kind === "word" || name?.kind === "name") && (isWord(before, "as") || before === bracket);
}

function isListEnd(after: Level | undefined): boolean {
  return isWord(after, "from") || after?.text === ",";
}

/** What stands around the aggregate names no column. */
function isConstant(rest: readonly SqlToken[]): boolean {
  return rest.every(
    (token, place) =>
      token.kind === "symbol" ||
      token.kind === "number" ||
      token.kind === "string" ||
      isWord(token, "coalesce") ||
      rest[place - 1]?.text === "::",
  );
}
