/** The suggestions document: sections are added and never written over, so that what people note under them stays. */

/** How much of the document changed. */
export interface Merged {
  readonly text: string;
  readonly added: number;
  readonly gone: number;
  readonly back: number;
  readonly kept: number;
}

const head = [
  "# Performance suggestions",
  "",
  "Written by `optimize suggestions`, which adds to this file and changes nothing that is there: notes, ticks and the order of sections stay.",
  "",
].join("\n");

const mark = (id: string): string => `<!-- optimize:${id} -->`;
const marks = /^<!-- optimize:([0-9a-f]{8,64}) -->[ \t]*$/gm;
const gone = "*No longer found.*";
const back = "*Found again.*";

/** Adds what is new at the end; says at the end of a section that its finding is gone, or back. The line breaks of the document are kept. */
export function mergeSuggestions(before: string | undefined, found: ReadonlyMap<string, readonly string[]>): Merged {
  const eol = before?.includes("\r\n") === true ? "\r\n" : "\n";
  const parts = partsOf(before ?? head);
  const counts = { added: 0, gone: 0, back: 0, kept: 0 };
  const known = new Set<string>();
  let text = parts.intro;
  for (const { id, body } of parts.sections) {
    // A section that somebody copied is theirs.
    if (known.has(id)) {
      text += body;
      continue;
    }
    known.add(id);
    const wasGone = body.lastIndexOf(gone) > body.lastIndexOf(back);
    const isGone = !found.has(id);
    counts.kept += isGone ? 0 : 1;
    if (isGone === wasGone) {
      text += body;
      continue;
    }
    if (isGone) counts.gone++;
    else counts.back++;
    text += `${body.trimEnd()}${eol}${eol}${isGone ? gone : back}${eol}${eol}`;
  }
  for (const [id, lines] of found) {
    if (known.has(id)) continue;
    counts.added++;
    text = text.trimEnd() === "" ? "" : `${text.trimEnd()}${eol}${eol}`;
    text += [mark(id), "", ...lines, ""].join(eol);
  }
  return { text: text.endsWith("\n") ? text : `${text}${eol}`, ...counts };
}

function partsOf(text: string): { readonly intro: string; readonly sections: readonly { readonly id: string; readonly body: string }[] } {
  const starts = [...text.matchAll(marks)].map((match) => ({ id: match[1] ?? "", at: match.index }));
  return {
    intro: text.slice(0, starts[0]?.at ?? text.length),
    sections: starts.map(({ id, at }, index) => ({ id, body: text.slice(at, starts[index + 1]?.at ?? text.length) })),
  };
}
