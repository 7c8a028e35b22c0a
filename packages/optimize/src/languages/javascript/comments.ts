/** `optimize-allow <rule> -- reason` in line, block and JSX comments. */
import type { Allow } from "../../model/facts.ts";
import { lineAt } from "../../model/facts.ts";
import type { Comment } from "./tree.ts";

const mark = "optimize-allow";
const form = /^[\s*]*optimize-allow\s+([\w./@-]+(?:\s*,\s*[\w./@-]+)*)(?:\s+--\s*([^\n]*))?/;

/** Whether a text may hold allow comments at all; reading comments costs time that most files need not spend. */
export function mayAllow(text: string): boolean {
  return text.includes(mark);
}

/** The allow comments of a file. */
export function allowsOf(text: string, lines: readonly number[], comments: readonly Comment[]): Allow[] {
  const out: Allow[] = [];
  for (const comment of comments) {
    const found = form.exec(comment.value);
    if (found === null) continue;
    const line = lineAt(lines, comment.start);
    const target = targetOf(text, lines, comments, comment, line);
    for (const rule of (found[1] ?? "").split(",")) out.push({ rule: rule.trim(), reason: (found[2] ?? "").trim(), line, target });
  }
  return out;
}

function targetOf(text: string, lines: readonly number[], comments: readonly Comment[], comment: Comment, line: number): number {
  const before = text.slice(lines[line - 1] ?? 0, comment.start).trim();
  const inElement = before === "{" && text.slice(comment.end).trimStart().startsWith("}");
  if (before !== "" && !inElement) return line;
  const from = inElement ? text.indexOf("}", comment.end) + 1 : comment.end;
  const code = nextCode(text, comments, from);
  return code === -1 ? line : lineAt(lines, code);
}

/** Offset of the first character at or after `from` that is neither space nor in a comment; -1 at the end. */
function nextCode(text: string, comments: readonly Comment[], from: number): number {
  const space = /\s*/y;
  let at = from;
  for (;;) {
    space.lastIndex = at;
    space.exec(text);
    at = space.lastIndex;
    if (at >= text.length) return -1;
    const comment = comments.find(
      (one) =>
        one.start === at ||
        (text[at] === "{" &&
          text.slice(at + 1, one.start).trim() === "" &&
          one.start > at &&
          text.slice(one.end).trimStart().startsWith("}")),
    );
    if (comment === undefined) return at;
    at = comment.start === at ? comment.end : text.indexOf("}", comment.end) + 1;
  }
}
