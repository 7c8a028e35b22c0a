/** The order and the page of a SELECT as they are said behind a UNION, where only what is selected has a name. */
import type { AskedSort } from "../model/query-shape.ts";
import { commas, isWord, nameAt } from "./sql-level.ts";
import type { Level } from "./sql-level.ts";
import type { Select } from "./sql-row-queries.ts";

export interface OutputOrder {
  readonly sort: readonly AskedSort[];
  /** `ORDER BY created_at DESC LIMIT 20`; "" without order and limit. */
  readonly tail: string;
  /** What each part has to give, so that the page is among it: `ORDER BY o.created_at DESC LIMIT 20`. Undefined where that is no page, or of no size that can be said. */
  readonly inner?: string;
}

const page = /^(?:limit|offset|fetch)$/i;
const modifier = /^(?:asc|desc|nulls|first|last)$/i;

interface Item {
  /** As written: `o.at` is ["o", "at"]; empty for an expression. */
  readonly name: readonly string[];
  /** The name that it has in what is given; undefined where it has none that is known. */
  readonly output: string | undefined;
  readonly star: boolean;
}

/** Undefined where something is sorted by that is not selected, or by what has the name of two things. */
export function sortedByOutput({ level, from, end, relations }: Select, text: string): OutputOrder | undefined {
  const rest = level.slice(end).filter(({ text: sign }) => sign !== ";");
  const isSorted = isWord(rest[0], "order") && isWord(rest[1], "by");
  const cut = rest.findIndex((token) => token.kind === "word" && page.test(token.text));
  const paged = cut < 0 ? [] : rest.slice(cut);
  if (!isSorted) return rest.length === paged.length ? { sort: [], tail: words(paged, text) } : undefined;
  const items = itemsOf(level.slice(isWord(level[1], "distinct") ? 2 : 1, from));
  const sort: AskedSort[] = [];
  const texts: string[] = [];
  for (const one of commas(rest.slice(2, cut < 0 ? undefined : cut))) {
    const { name, after } = nameAt(one, 0);
    const more = one.slice(after);
    const output = name === undefined ? undefined : outputOf(name, items, relations.length === 1);
    if (name === undefined || output === undefined || more.some((token) => token.kind !== "word" || !modifier.test(token.text)))
      return undefined;
    const last = one[after - 1];
    // Quoted as it was.
    const isOwn = last !== undefined && last.text === output;
    texts.push([isOwn ? text.slice(last.at, last.end) : output, words(more, text)].filter((part) => part !== "").join(" "));
    sort.push({ column: name.at(-1) ?? "", order: more.some((token) => isWord(token, "desc")) ? "desc" : "asc" });
  }
  const most = pageOf(paged);
  return {
    sort,
    tail: [`ORDER BY ${texts.join(", ")}`, words(paged, text)].filter((part) => part !== "").join(" "),
    ...(most === undefined ? {} : { inner: `${words(rest.slice(0, cut), text)} LIMIT ${most}` }),
  };
}

/** The rows up to the end of the page: `LIMIT $1`, `LIMIT 20 OFFSET 40`. */
function pageOf([limit, most, offset, skipped, ...others]: readonly Level[]): string | undefined {
  if (!isWord(limit, "limit") || most === undefined || others.length > 0) return undefined;
  if (offset === undefined) return most.kind === "number" || most.kind === "placeholder" ? most.text : undefined;
  if (!isWord(offset, "offset") || most.kind !== "number" || skipped?.kind !== "number") return undefined;
  return String(Number(most.text) + Number(skipped.text));
}

function words(tokens: readonly Level[], text: string): string {
  const [first] = tokens;
  return first === undefined ? "" : text.slice(first.opens ?? first.at, tokens.at(-1)?.end);
}

function itemsOf(selected: readonly Level[]): readonly Item[] {
  return commas(selected).map((item): Item => {
    const last = item.at(-1);
    const { name = [], after } = nameAt(item, 0);
    // `o.` and the star, or the star alone.
    if (last?.text === "*") return { name: item.length === 1 ? [] : name, output: undefined, star: true };
    if (after === item.length) return { name, output: name.at(-1), star: false };
    const isNamed = (last?.kind === "word" || last?.kind === "name") && item.length > 1 && item.at(-2)?.text !== ".";
    const isPlain = after > 0 && (after === item.length - 1 || (after === item.length - 2 && isWord(item[after], "as")));
    return { name: isNamed && isPlain ? name : [], output: isNamed ? last.text : undefined, star: false };
  });
}

/** A column of one name in what is given, which is the one that the order means. */
function outputOf(name: readonly string[], items: readonly Item[], isOne: boolean): string | undefined {
  const same = (a: string | undefined, b: string | undefined): boolean => a?.toLowerCase() === b?.toLowerCase();
  const column = name.at(-1);
  const table = name.length > 1 ? name.at(-2) : undefined;
  const isMeant = (item: Item): boolean => {
    if (item.star) return isOne || (table !== undefined && same(item.name.at(-1), table));
    if (table === undefined && same(item.output, column)) return true;
    return item.name.length > 0 && same(item.name.at(-1), column) && (isOne || (table !== undefined && same(item.name.at(-2), table)));
  };
  const found = items.filter(isMeant);
  const [first, second] = found;
  if (first === undefined || second !== undefined) return undefined;
  const output = first.star ? column : first.output;
  const isTaken = items.some((item) => item !== first && (item.star || item.output === undefined || same(item.output, output)));
  return output === undefined || isTaken ? undefined : output;
}
