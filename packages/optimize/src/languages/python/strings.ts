/** String literals: their values, what f-strings hold, and strings that stand side by side. */
import type { Expression } from "../../model/facts-expressions.ts";
import { deeper, expressions } from "./expressions.ts";
import { Broken } from "./reading.ts";
import type { Reading } from "./reading.ts";
import { accept, advance, unexpected } from "./tokens.ts";

/** One or more strings side by side. */
export function strings(r: Reading): Expression {
  const at = r.start;
  const parts: string[] = [""];
  const values: Expression[] = [];
  for (;;) {
    if (r.kind === "string") {
      append(parts, plainValue(r));
      advance(r);
    } else if (r.kind === "fstring") formatted(r, parts, values);
    else break;
  }
  if (values.length === 0) return { kind: "literal", type: "string", value: parts[0] ?? "", at, end: r.before };
  return { kind: "template", strings: parts, values, at, end: r.before };
}

function append(parts: string[], text: string): void {
  parts[parts.length - 1] += text;
}

/** Offsets of the content of a string token. */
export function contentOf(text: string, start: number, end: number): { readonly from: number; readonly to: number; readonly raw: boolean } {
  let from = start;
  while (text.charCodeAt(from) !== 34 && text.charCodeAt(from) !== 39) from++;
  const raw = /r/i.test(text.slice(start, from));
  const quote = text.charAt(from);
  const size = end - from >= 6 && text.startsWith(quote + quote, from + 1) ? 3 : 1;
  return { from: from + size, to: end - size, raw };
}

function plainValue(r: Reading): string {
  const { from, to, raw } = contentOf(r.text, r.start, r.end);
  const held = r.text.slice(from, to);
  return raw ? held : unescaped(held);
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", v: "\v", a: "\u0007" };

function unescaped(text: string): string {
  // Data, and nothing that anybody asks about.
  if (text.length > 100_000 || !text.includes("\\")) return text;
  return text.replaceAll(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|N\{[^}]*\}|([0-7]{1,3})|\r\n|([\s\S]))/g,
    (all, x?: string, u?: string, wide?: string, octal?: string, one?: string) => {
      const hex = x ?? u ?? wide;
      if (hex !== undefined) return character(Number.parseInt(hex, 16));
      if (octal !== undefined) return character(Number.parseInt(octal, 8));
      if (one === undefined) return all.startsWith("\\N") ? "?" : "";
      if (one === "\n" || one === "\r") return "";
      return escapes[one] ?? (one === "\\" || one === "'" || one === '"' ? one : all);
    },
  );
}

function character(code: number): string {
  return code <= 0x10_ffff ? String.fromCodePoint(code) : "?";
}

/** Reads the f-string that the current token opens; the values inside are read in place. */
function formatted(r: Reading, parts: string[], values: Expression[]): void {
  const { text } = r;
  const quotes = /(['"]+)$/.exec(text.slice(r.start, r.end))?.[1] ?? '"';
  const raw = /r/i.test(text.slice(r.start, r.end - quotes.length));
  const opened = r.start;
  let at = r.at;
  let from = at;
  const flush = (to: number): void => {
    const held = text.slice(from, to);
    append(parts, raw ? held : unescaped(held));
  };
  for (;;) {
    const code = text.charCodeAt(at);
    if (Number.isNaN(code) || (quotes.length === 1 && (code === 10 || code === 13))) throw new Broken(opened, "a string does not end");
    if (code === 92) {
      // Raw strings too: a quote behind a backslash does not end them. `\N{…}` holds no value.
      const named = !raw && text.startsWith("N{", at + 1);
      if (text.charCodeAt(at + 1) === 123) at++;
      else at = named ? Math.max(at + 2, text.indexOf("}", at) + 1) : at + (text.startsWith("\r\n", at + 1) ? 3 : 2);
    } else if (code === 123 && text.charCodeAt(at + 1) === 123) {
      flush(at + 1);
      at += 2;
      from = at;
    } else if (code === 125) {
      flush(at + 1);
      at += text.charCodeAt(at + 1) === 125 ? 2 : 1;
      from = at;
    } else if (code === 123) {
      flush(at);
      at = replacement(r, at + 1, parts, values);
      from = at;
    } else if (code === quotes.charCodeAt(0) && text.startsWith(quotes, at)) {
      flush(at);
      r.at = at + quotes.length;
      r.end = r.at;
      advance(r);
      return;
    } else at++;
  }
}

/** `{value!r:format}` behind its bracket; gives the offset behind it. */
function replacement(r: Reading, from: number, parts: string[], values: Expression[]): number {
  const { brackets } = r;
  deeper(r);
  r.at = from;
  r.brackets = brackets + 1;
  r.lineStart = false;
  advance(r);
  values.push(expressions(r));
  parts.push("");
  accept(r, "=");
  if (accept(r, "!")) advance(r);
  const end = r.kind.startsWith(":") ? format(r, r.start + 1, parts, values) : r.kind === "}" ? r.start + 1 : -1;
  if (end === -1) throw unexpected(r, r.start);
  r.depth--;
  r.brackets = brackets;
  return end;
}

/** The format behind `:`, which may hold values of its own; gives the offset behind the closing bracket. */
function format(r: Reading, from: number, parts: string[], values: Expression[]): number {
  for (let at = from; at < r.text.length; at++) {
    const code = r.text.charCodeAt(at);
    if (code === 125) return at + 1;
    if (code === 123) at = replacement(r, at + 1, parts, values) - 1;
  }
  throw new Broken(from, "a string does not end");
}
