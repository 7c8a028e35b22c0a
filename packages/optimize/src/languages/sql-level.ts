/** One level of brackets of a statement. */
import type { SqlToken } from "../model/sql-tokens.ts";

/** One bracket is one token of the level around it; what it holds is kept beside it. */
export interface Level extends SqlToken {
  readonly inside?: readonly SqlToken[];
  /** Where its bracket opens; `at` is where it closes. */
  readonly opens?: number;
}

export function outer(tokens: readonly SqlToken[]): readonly Level[] {
  const level: Level[] = [];
  let depth = 0;
  let start = 0;
  let opens = 0;
  for (const [place, token] of tokens.entries()) {
    if (token.kind === "symbol" && token.text === "(") {
      if (depth++ > 0) continue;
      start = place + 1;
      opens = token.at;
    } else if (token.kind === "symbol" && token.text === ")") {
      if (depth > 0 && --depth === 0) level.push({ ...token, text: "()", inside: tokens.slice(start, place), opens });
    } else if (depth === 0) level.push(token);
  }
  return level;
}

export function isWord(token: SqlToken | undefined, word: string): boolean {
  return token?.kind === "word" && token.text.toLowerCase() === word;
}

/** `a`, `a.b`: its parts, and where it ends. */
export function nameAt(level: readonly Level[], start: number): { readonly name: readonly string[] | undefined; readonly after: number } {
  const name: string[] = [];
  let place = start;
  for (;;) {
    const token = level[place];
    if (token?.kind !== "word" && token?.kind !== "name") break;
    name.push(token.text);
    place++;
    if (level[place]?.text !== ".") break;
    place++;
  }
  return { name: name.length === 0 ? undefined : name, after: place };
}

/** Cut at a word; the AND of BETWEEN is none. */
export function split(tokens: readonly Level[], word: string): readonly (readonly Level[])[] {
  const parts: Level[][] = [[]];
  let between = false;
  for (const token of tokens) {
    if (isWord(token, "between")) between = true;
    if (isWord(token, word) && !(word === "and" && between)) parts.push([]);
    else {
      if (isWord(token, "and") && between) between = false;
      parts.at(-1)?.push(token);
    }
  }
  return parts.filter((part) => part.length > 0);
}

export function commas(tokens: readonly Level[]): readonly (readonly Level[])[] {
  const parts: Level[][] = [[]];
  for (const token of tokens)
    if (token.kind === "symbol" && token.text === ",") parts.push([]);
    else parts.at(-1)?.push(token);
  return parts.filter((part) => part.length > 0);
}
