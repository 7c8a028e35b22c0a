/** Words of a tag: names, numbers, texts and signs, with their offsets in the file. */

export interface Word {
  readonly kind: "name" | "number" | "text" | "sign" | "end";
  readonly value: string;
  readonly at: number;
  readonly end: number;
  /** White space stands before it. */
  readonly spaced: boolean;
}

const form =
  /\s*(?:([\p{L}_][\p{L}\p{N}_]*)|(\d+(?:\.\d+)?)|("(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*')|(==|!=|<=|>=|\/\/|\*\*|[-+*/%~|.,:()[\]{}=<>!@&^?;$\\`]|[^\s]))/uy;

/** The words between two offsets. White space control (`{%- -%}`) is left out. */
export function wordsOf(text: string, at: number, end: number): Word[] {
  let from = at;
  let to = end;
  if (text[from] === "-" || text[from] === "+") from++;
  if (to > from && (text[to - 1] === "-" || text[to - 1] === "+")) to--;
  const inside = text.slice(from, to);
  const out: Word[] = [];
  form.lastIndex = 0;
  while (form.lastIndex < inside.length) {
    const begun = form.lastIndex;
    const found = form.exec(inside);
    if (found === null) break;
    const value = found[1] ?? found[2] ?? found[3] ?? found[4] ?? "";
    const stop = form.lastIndex;
    const kind = found[1] !== undefined ? "name" : found[2] !== undefined ? "number" : found[3] !== undefined ? "text" : "sign";
    out.push({ kind, value, at: from + stop - value.length, end: from + stop, spaced: stop - value.length > begun });
  }
  return out;
}

/** The text that a quoted word says. */
export function unquoted(word: Word): string {
  return word.value.slice(1, -1).replaceAll(/\\(.)/g, "$1");
}
