/**
 * Values that a program's own statements name are no secret of the data: `state = 'open'`. For them an export without values keeps what the planner needs:
 * how often such a value is there, and how many rows match such a pattern, told by made-up values that match as the real ones do.
 */
import { sqlTokens } from "../../model/sql-tokens.ts";
import { arrayItems, arrayText } from "./array-text.ts";

export interface NamedValues {
  readonly values: ReadonlySet<string>;
  /** Patterns of LIKE, each with what a value that matches it may look like. */
  readonly patterns: readonly { readonly like: RegExp; readonly example: string; readonly isPrefix: boolean }[];
}

export function namedValues(statements: readonly string[]): NamedValues {
  const values = new Set<string>();
  const patterns = new Map<string, NamedValues["patterns"][number]>();
  for (const sql of statements) {
    const tokens = sqlTokens(sql);
    for (const [place, { kind, text }] of tokens.entries()) {
      if (kind !== "string") continue;
      const before = tokens[place - 1]?.text.toLowerCase() ?? "";
      if (before !== "like" && before !== "ilike") values.add(text);
      else patterns.set(`${before} ${text}`, patternOf(text, before === "ilike"));
    }
  }
  return { values, patterns: [...patterns.values()] };
}

function patternOf(text: string, anyCase: boolean): NamedValues["patterns"][number] {
  const source = text
    .replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
    .replaceAll("%", ".*")
    .replaceAll("_", ".");
  return {
    like: new RegExp(`^${source}$`, anyCase ? "is" : "s"),
    example: text.replaceAll("%", "").replaceAll("_", "x"),
    isPrefix: !text.startsWith("%"),
  };
}

interface Known {
  readonly commonValues?: string | undefined;
  readonly commonFrequencies?: readonly number[] | undefined;
  readonly histogram?: string | undefined;
}

/** What is kept of a text column: its common values that are named, and bounds that are made up. */
export function keptOf(column: Known, named: NamedValues): { commonValues?: string; commonFrequencies?: number[]; histogram?: string } {
  // char(n) is padded with blanks that no statement writes.
  const values = arrayItems(column.commonValues ?? "{}");
  const frequencies = column.commonFrequencies ?? [];
  const kept = values.flatMap((value, place) => (named.values.has(value.trimEnd()) ? [{ value, frequency: frequencies[place] ?? 0 }] : []));
  const histogram = madeUp(arrayItems(column.histogram ?? "{}"), values, frequencies, named);
  return {
    ...(kept.length === 0
      ? {}
      : { commonValues: arrayText(kept.map(({ value }) => value)), commonFrequencies: kept.map(({ frequency }) => frequency) }),
    ...(histogram === undefined ? {} : { histogram }),
  };
}

const bounds = 101;

/** A hundred and one values, as many of which match each pattern as rows do; undefined when no pattern meets the column. */
function madeUp(
  histogram: readonly string[],
  common: readonly string[],
  frequencies: readonly number[],
  named: NamedValues,
): string | undefined {
  const mass = frequencies.reduce((sum, one) => sum + one, 0);
  const rows = [
    ...common.map((value, place) => ({ value, weight: frequencies[place] ?? 0 })),
    ...histogram.map((value) => ({ value, weight: Math.max(0, 1 - mass) / Math.max(1, histogram.length) })),
  ];
  const shares = new Map<string, number>();
  for (const { value, weight } of rows) {
    const example = exampleOf(value, named);
    shares.set(example, (shares.get(example) ?? 0) + weight);
  }
  if (shares.size < 2 && shares.has(other)) return undefined;
  const total = [...shares.values()].reduce((sum, one) => sum + one, 0);
  const made = [...shares].flatMap(([example, share]) =>
    Array.from<string>({ length: Math.round((share / total) * bounds) }).fill(example),
  );
  return made.length < 2 ? undefined : arrayText(made.toSorted());
}

const other = "-";

function exampleOf(value: string, { patterns }: NamedValues): string {
  const matched = patterns.filter(({ like }) => like.test(value)).toSorted((a, b) => Number(b.isPrefix) - Number(a.isPrefix));
  return matched.length === 0 ? other : matched.map(({ example }) => example).join(" ");
}
