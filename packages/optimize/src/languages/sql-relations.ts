/** The tables of a FROM clause. */
import { isWord, nameAt } from "./sql-level.ts";
import type { Level } from "./sql-level.ts";

export interface Relation {
  readonly name: string;
  readonly alias: string;
}

const joining = /^(?:join|inner|left|right|full|outer|on|using|as)$/i;

/** Undefined when one of them is no plain table. Aliases are in lower case. */
export function relationsIn(from: readonly Level[]): readonly Relation[] | undefined {
  const relations: Relation[] = [];
  for (let place = 0; place < from.length; place++) {
    const before = from[place - 1];
    if (place > 0 && before?.text !== "," && !isWord(before, "join")) {
      if (isWord(from[place], "using")) return undefined;
      continue;
    }
    const { name, after } = nameAt(from, place);
    // A query, or a function, in the place of a table.
    if (name === undefined || from[after]?.inside !== undefined) return undefined;
    const next = from[isWord(from[after], "as") ? after + 1 : after];
    const isAlias = next !== undefined && (next.kind === "name" || (next.kind === "word" && !joining.test(next.text)));
    relations.push({ name: name.at(-1) ?? "", alias: (isAlias ? next.text : (name.at(-1) ?? "")).toLowerCase() });
  }
  return relations;
}
