/** Comments of SQL and of Prisma schemas, for what people allow there. */
import type { Allow } from "../../model/facts.ts";
import { lineStarts } from "../javascript/lines.ts";
import { allowsOf, mayAllow } from "../javascript/comments.ts";
import type { Comment } from "../javascript/tree.ts";

/** The allow comments of a text of SQL, or of a `.prisma` file. */
export function allowsInSchema({ file, text }: { readonly file: string; readonly text: string }): readonly Allow[] {
  if (!mayAllow(text)) return [];
  return allowsOf(text, lineStarts(text), file.endsWith(".prisma") ? prismaComments(text) : sqlComments(text));
}

function prismaComments(text: string): readonly Comment[] {
  const comments: Comment[] = [];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') at = endOf(text, at, '"', true);
    else if (text.startsWith("//", at)) {
      const end = lineEnd(text, at);
      comments.push({ start: at, end, value: text.slice(at, end).replace(/^\/+/, "") });
      at = end;
    }
  }
  return comments;
}

function sqlComments(text: string): readonly Comment[] {
  const comments: Comment[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === "'" || character === '"') at = endOf(text, at, character, false);
    else if (text.startsWith("--", at)) {
      const end = lineEnd(text, at);
      comments.push({ start: at, end, value: text.slice(at + 2, end) });
      at = end;
    } else if (text.startsWith("/*", at)) {
      const close = text.indexOf("*/", at + 2);
      const end = close === -1 ? text.length : close + 2;
      comments.push({ start: at, end, value: text.slice(at + 2, close === -1 ? text.length : close) });
      at = end - 1;
    }
  }
  return comments;
}

/** Offset of the quote that closes the one at `at`; strings of Prisma end with their line. */
function endOf(text: string, at: number, quote: string, inLine: boolean): number {
  for (let end = at + 1; end < text.length; end++) {
    if (inLine && text[end] === "\\") end++;
    else if (text[end] === quote || (inLine && text[end] === "\n")) return end;
  }
  return text.length;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end === -1 ? text.length : end;
}
