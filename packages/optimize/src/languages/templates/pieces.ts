/** The pieces of a template: what is put out, what is a tag; text between them says nothing. One pass, linear. */

export interface Piece {
  readonly kind: "output" | "tag" | "comment";
  /** Offsets of what stands between the braces. */
  readonly at: number;
  readonly end: number;
}

const opener = /\{[{%#]/g;

/** Splits a text. A brace that nobody closes is text. */
export function piecesOf(text: string): Piece[] {
  const out: Piece[] = [];
  // Kinds of which a closing brace was looked for in vain: there is none further on either.
  const open = new Set<string>();
  opener.lastIndex = 0;
  for (let found = opener.exec(text); found !== null; found = opener.exec(text)) {
    const mark = text[found.index + 1] ?? "";
    const at = found.index + 2;
    const close = open.has(mark) ? -1 : text.indexOf(mark === "{" ? "}}" : `${mark}}`, at);
    if (close === -1) {
      open.add(mark);
      if (open.size === 3) break;
      continue;
    }
    opener.lastIndex = close + 2;
    const kind = mark === "{" ? "output" : mark === "%" ? "tag" : "comment";
    out.push({ kind, at, end: close });
    if (kind !== "tag") continue;
    const [, word] = /^[-+]?\s*(verbatim|raw|comment)\b/.exec(text.slice(at, at + 40)) ?? [];
    if (word === undefined) continue;
    // What stands in it is no template; an end that is missing takes the rest of the file, as it does for the real readers.
    const end = new RegExp(`\\{%[-+]?\\s*end${word}\\b`, "g");
    end.lastIndex = close;
    const last = end.exec(text);
    if (last === null) break;
    opener.lastIndex = last.index;
  }
  return out;
}

/** Index of the last piece that ends each tag, by the tag's name. */
export function endsIn(text: string, pieces: readonly Piece[]): Map<string, number> {
  const out = new Map<string, number>();
  for (const [i, { kind, at }] of pieces.entries()) {
    const name = kind === "tag" ? /^[-+]?\s{0,9}end(\w{1,60})/.exec(text.slice(at, at + 75))?.[1] : undefined;
    if (name !== undefined) out.set(name, i);
  }
  return out;
}
