/** Small sources with what an analysis must find in them. */
import type { EffectKind } from "../../src/model/effect.ts";
import { effectKinds } from "../../src/model/effect.ts";

const flags = ["list", "bulk", "batched", "blocking"] as const;

export interface Expected {
  readonly kind: EffectKind;
  readonly table?: string;
  readonly list: boolean;
  readonly bulk: boolean;
  readonly batched: boolean;
  readonly blocking: boolean;
  readonly line: number;
}

export interface Fixture {
  readonly title: string;
  readonly code: string;
  /** In the order of lines; every other effect on rows, keys, hosts or files is wrong. */
  readonly expect: readonly Expected[];
}

/**
 * Fixtures from sources by title. `//> db-read user list` (in Python `#> …`) at the end of a line expects one operation on that line:
 * kind, table, flags; `-` for no table; several are parted by commas.
 */
export function fixtures(sources: Readonly<Record<string, string>>): readonly Fixture[] {
  return Object.entries(sources).map(([title, text]) => {
    const lines = text.replace(/^\n/, "").split("\n");
    const expect = lines.flatMap((line, index) => {
      const mark = /(?:\/\/|#)>(.*)$/.exec(line);
      return mark === null ? [] : (mark[1] ?? "").split(",").map((words) => expected(words.trim(), index + 1));
    });
    return { title, code: lines.map((line) => line.replace(/\s*(?:\/\/|#)>.*$/, "")).join("\n"), expect };
  });
}

function expected(words: string, line: number): Expected {
  const [kind, table, ...given] = words.split(/\s+/);
  const known = effectKinds.find((one) => one === kind);
  const stranger = given.find((flag) => !flags.some((one) => one === flag));
  if (known === undefined || stranger !== undefined) throw new Error(`No such expectation: "${words}"`);
  return {
    kind: known,
    ...(table === undefined || table === "-" ? {} : { table }),
    list: given.includes("list"),
    bulk: given.includes("bulk"),
    batched: given.includes("batched"),
    blocking: given.includes("blocking"),
    line,
  };
}
