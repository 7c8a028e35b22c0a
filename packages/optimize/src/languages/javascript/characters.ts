/** Characters, words and literals of JavaScript as a scanner without a grammar sees them. */

export const space = 1;
export const lineEnd = 2;
export const word = 3;
export const quote = 4;
export const backtick = 5;
export const opening = 6;
export const closing = 7;
export const slash = 8;
export const semicolon = 9;
export const comma = 10;
export const punctuation = 11;

const classes = new Uint8Array(128).fill(punctuation);
for (const [members, kind] of [
  [" \t\v\f\0", space],
  ["\n\r", lineEnd],
  ["'\"", quote],
  ["`", backtick],
  ["([{", opening],
  [")]}", closing],
  ["/", slash],
  [";", semicolon],
  [",", comma],
  ["abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$#\\", word],
] as const) {
  for (const character of members) classes[character.charCodeAt(0)] = kind;
}

/** Class of a UTF-16 unit; what is not ASCII belongs to words. */
export function classOf(code: number): number {
  return code < 128 ? (classes[code] ?? punctuation) : word;
}

/** Offset after the word that starts at `at`. */
export function skipWord(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && classOf(text.charCodeAt(end)) === word) end++;
  return end;
}

/** Offset after the string that starts at `at`; -1 when the line ends first (an apostrophe in the text of an element). */
export function skipString(text: string, at: number): number {
  const mark = text.charCodeAt(at);
  for (let i = at + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === mark) return i + 1;
    if (code === 92) i += text.charCodeAt(i + 1) === 13 && text.charCodeAt(i + 2) === 10 ? 2 : 1;
    else if (code === 10 || code === 13) return -1;
  }
  return -1;
}

/** Offset after the regular expression that starts at `at`; -1 when the line ends first. */
export function skipRegExp(text: string, at: number): number {
  let inClass = false;
  for (let i = at + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || code === 13) return -1;
    if (code === 92) i++;
    else if (code === 91) inClass = true;
    else if (code === 93) inClass = false;
    else if (code === 47 && !inClass) return i + 1;
  }
  return -1;
}

/** Offset after the part of a template that starts at `from`: behind the closing backtick, or behind `${`. */
export function skipTemplate(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 96) return i + 1;
    if (code === 92) i++;
    else if (code === 36 && text.charCodeAt(i + 1) === 123) return i + 2;
  }
  return text.length;
}

/** The word nests what follows it: `if`, `new`, `await`, `keyof`. */
export const nests = 1;
/** The word goes on with the statement before it: `else`, `in`, `as`. */
export const continues = 2;
/** Brackets after the word are a head that a statement follows. */
export const heads = 4;
/** A keyword that no value ends with: what follows starts a value. */
export const expects = 8;
/** The word ends what came before on its level. */
export const ends = 16;

const keywords: Readonly<Record<string, readonly (readonly [string, number])[]>> = {
  a: [
    ["await", nests | expects],
    ["as", continues | expects],
    ["asserts", nests],
  ],
  c: [
    ["case", ends | expects],
    ["catch", continues | heads],
  ],
  d: [
    ["do", nests | expects],
    ["delete", nests | expects],
    ["default", ends | expects],
  ],
  e: [
    ["else", nests | continues | expects],
    ["extends", nests | continues | expects],
  ],
  f: [
    ["for", nests | heads | expects],
    ["finally", continues],
  ],
  i: [
    ["if", nests | heads | expects],
    ["in", continues | expects],
    ["instanceof", continues | expects],
    ["infer", nests | expects],
    ["is", continues | nests | expects],
    ["implements", continues],
  ],
  k: [["keyof", nests | expects]],
  n: [["new", nests | expects]],
  o: [["of", continues | expects]],
  r: [
    ["return", expects],
    ["readonly", nests | expects],
  ],
  s: [["satisfies", continues | expects]],
  t: [
    ["typeof", nests | expects],
    ["throw", expects],
  ],
  u: [["unique", nests | expects]],
  v: [["void", nests | expects]],
  w: [
    ["while", nests | continues | heads | expects],
    ["with", nests | heads | expects],
  ],
  y: [["yield", nests | expects]],
};

const byFirst: (readonly (readonly [string, number])[] | undefined)[] = [];
for (const [first, list] of Object.entries(keywords)) byFirst[first.charCodeAt(0)] = list;

/** What a word does, as a sum of the flags above; 0 for every other word. */
export function wordFlags(text: string, start: number, end: number): number {
  if (end - start > 10) return 0;
  const list = byFirst[text.charCodeAt(start)];
  if (list === undefined) return 0;
  for (const [one, flags] of list) if (one.length === end - start && text.startsWith(one, start)) return flags;
  return 0;
}
