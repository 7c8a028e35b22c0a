/** Tokens, one at a time: expressions inside of f-strings are read in place, so nothing is cut into tokens ahead. */
import { Broken } from "./reading.ts";
import type { Reading } from "./reading.ts";

const keywords = new Map(
  `False None True and as assert async await break class continue def del elif else except finally for from global if import
    in is lambda nonlocal not or pass raise return try while with yield`
    .split(/\s+/)
    .map((word) => [word, word]),
);

// Classes of ASCII characters.
const word = 1;
const digit = 2;
const classes = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const char = String.fromCharCode(code);
  if (/[A-Za-z_]/.test(char)) classes[code] = word;
  else if (/\d/.test(char)) classes[code] = digit;
}

/** Longest operators first; each is its own kind. */
const operators = new Map<number, readonly string[]>();
const written =
  "**= //= >>= <<= ... ** // >> << <= >= == != <> -> := += -= *= /= %= @= &= |= ^= + - * / % @ & | ^ ~ < > ( ) [ ] { } , : . ; = ! `";
for (const one of written.split(" ")) {
  const first = one.charCodeAt(0);
  operators.set(first, [...(operators.get(first) ?? []), one]);
}

const number = /(?:0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?)[jJlL]?/y;
const prefix = /^(?:[rubft]|br|rb|fr|rf|tr|rt|ur)$/i;

function inWord(code: number): boolean {
  return code >= 128 || (classes[code] ?? 0) !== 0;
}

/** Goes to the next token. */
export function advance(r: Reading): void {
  r.before = r.end;
  if (r.dedents > 0) {
    r.dedents--;
    r.kind = "dedent";
    return;
  }
  if (r.lineStart && r.brackets === 0 && indentation(r)) return;
  const { text } = r;
  for (;;) {
    const code = text.charCodeAt(r.at);
    if (code === 32 || code === 9 || code === 12) r.at++;
    else if (code === 35) skipComment(r);
    else if (code === 10 || code === 13) {
      if (r.brackets === 0) {
        r.kind = "newline";
        r.start = r.at;
        r.end = r.at;
        r.at = nextLine(text, r.at);
        r.lineStart = true;
        return;
      }
      r.at++;
    } else if (code === 92) {
      const next = text.charCodeAt(r.at + 1);
      if (next !== 10 && next !== 13) throw unexpected(r, r.at);
      r.at = nextLine(text, r.at + 1);
    } else {
      token(r, code);
      return;
    }
  }
}

/** The kind of token that starts at `r.at`. */
function token(r: Reading, code: number): void {
  r.start = r.at;
  if (code >= 128 || classes[code] === word) {
    wordToken(r);
    return;
  }
  if (code === 34 || code === 39) {
    stringToken(r, r.at);
    return;
  }
  if (classes[code] === digit || (code === 46 && classes[r.text.charCodeAt(r.at + 1)] === digit)) {
    number.lastIndex = r.at;
    number.exec(r.text);
    r.at = Math.max(number.lastIndex, r.at + 1);
    r.end = r.at;
    r.kind = "number";
    return;
  }
  if (r.at >= r.text.length) {
    finish(r);
    return;
  }
  for (const one of operators.get(code) ?? []) {
    if (one.length > 1 && !r.text.startsWith(one, r.at)) continue;
    r.at += one.length;
    r.end = r.at;
    r.kind = one;
    if (code === 40 || code === 91 || code === 123) r.brackets++;
    else if ((code === 41 || code === 93 || code === 125) && r.brackets > 0) r.brackets--;
    return;
  }
  throw unexpected(r, r.at);
}

function wordToken(r: Reading): void {
  const { text } = r;
  let end = r.at + 1;
  while (end < text.length && inWord(text.charCodeAt(end))) end++;
  const next = text.charCodeAt(end);
  const spelled = text.slice(r.at, end);
  if ((next === 34 || next === 39) && end - r.at <= 2 && prefix.test(spelled)) {
    stringToken(r, end);
    return;
  }
  r.at = end;
  r.end = end;
  r.word = spelled;
  r.kind = keywords.get(spelled) ?? "name";
}

/** A string whose quote stands at `quote`; an f-string ends behind its opening quote and is read in place. */
function stringToken(r: Reading, quote: number): void {
  const { text } = r;
  const char = text[quote] ?? '"';
  const triple = text.startsWith(char + char, quote + 1);
  for (let i = r.start; i < quote; i++) {
    const code = text.charCodeAt(i) | 32;
    if (code !== 102 && code !== 116) continue;
    r.kind = "fstring";
    r.at = quote + (triple ? 3 : 1);
    r.end = r.at;
    return;
  }
  r.kind = "string";
  r.at = closing(r, quote + (triple ? 3 : 1), triple ? char + char + char : char);
  r.end = r.at;
}

/** The offset behind the closing quote. */
function closing(r: Reading, from: number, quote: string): number {
  const { text } = r;
  const first = quote.charCodeAt(0);
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 92) {
      if (text.charCodeAt(i + 1) === 13 && text.charCodeAt(i + 2) === 10) i++;
      i++;
    } else if (code === first && (quote.length === 1 || text.startsWith(quote, i))) return i + quote.length;
    else if (quote.length === 1 && (code === 10 || code === 13)) break;
  }
  throw new Broken(r.start, "a string does not end");
}

/** Goes behind the f-string that the current token opens without reading it. */
export function skipString(r: Reading): void {
  const quotes = /['"]+$/.exec(r.text.slice(r.start, r.end))?.[0] ?? '"';
  r.at = closing(r, r.end, quotes);
  r.end = r.at;
}

/** Tells of the end of the text: a last new line, then the ends of blocks. */
function finish(r: Reading): void {
  r.start = r.text.length;
  r.end = r.start;
  if (r.brackets > 0) throw new Broken(r.start, "a bracket does not close");
  if (!r.lineStart && r.kind !== "newline") {
    r.kind = "newline";
    r.lineStart = true;
    return;
  }
  r.kind = "end";
}

/** At the start of a line: whether a block starts or ends here. */
function indentation(r: Reading): boolean {
  const { text, indents } = r;
  let column = 0;
  for (;;) {
    const code = text.charCodeAt(r.at);
    if (code === 32) column++;
    else if (code === 9) column = (column + 8) & ~7;
    else if (code === 12) column = 0;
    else if (code === 35) {
      skipComment(r);
      continue;
    } else if (code === 10 || code === 13) {
      r.at = nextLine(text, r.at);
      column = 0;
      continue;
    } else break;
    r.at++;
  }
  r.lineStart = false;
  if (r.at >= text.length) {
    column = 0;
    r.lineStart = true;
  }
  r.start = r.at;
  r.end = r.at;
  const current = indents[indents.length - 1] ?? 0;
  if (column === current) return false;
  if (column > current) {
    indents.push(column);
    r.kind = "indent";
    return true;
  }
  let ended = 0;
  while (indents.length > 1 && (indents[indents.length - 1] ?? 0) > column) {
    indents.pop();
    ended++;
  }
  r.dedents = ended - 1;
  r.kind = "dedent";
  return true;
}

function skipComment(r: Reading): void {
  const start = r.at;
  const { text } = r;
  let end = start;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    if (code === 10 || code === 13) break;
    end++;
  }
  r.at = end;
  r.comments?.push({ value: text.slice(start + 1, end), start, end });
}

function nextLine(text: string, at: number): number {
  return text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
}

export function unexpected(r: Reading, at: number): Broken {
  const code = r.text.charCodeAt(at);
  const line = code === 10 || code === 13 ? "unexpected end of a line" : "a character that no source holds";
  return new Broken(at, at >= r.text.length ? "the text ends too early" : code < 32 ? line : "unexpected token");
}

/** Goes behind a token of one kind. */
export function expect(r: Reading, kind: string): void {
  if (r.kind !== kind) throw unexpected(r, r.start);
  advance(r);
}

/** Goes behind a token if it is of a kind. */
export function accept(r: Reading, kind: string): boolean {
  if (r.kind !== kind) return false;
  advance(r);
  return true;
}

/** Looks at what follows and comes back. */
export function ahead(r: Reading, look: () => boolean): boolean {
  const { at, kind, start, end, before, word, brackets, lineStart, dedents } = r;
  const indents = [...r.indents];
  const comments = r.comments?.length;
  let found = false;
  try {
    found = look();
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
  }
  Object.assign(r, { at, kind, start, end, before, word, brackets, lineStart, dedents });
  r.indents.length = 0;
  r.indents.push(...indents);
  if (r.comments !== undefined) r.comments.length = comments ?? 0;
  return found;
}

/** Blocks that are open where the current token stands. */
export function openBlocks(r: Reading): number {
  return r.indents.length + r.dedents + (r.kind === "dedent" ? 1 : 0) - (r.kind === "indent" ? 1 : 0);
}

/** After what cannot be read: the next line, or the line of the unexpected token when it is the first there. */
export function recover(r: Reading, from: number, broken: number): void {
  const { text } = r;
  let at = Math.max(broken, from);
  let line = Math.max(text.lastIndexOf("\n", at - 1), text.lastIndexOf("\r", at - 1)) + 1;
  if (line <= from || text.slice(line, at).trim() !== "" || at >= text.length) {
    while (at < text.length && text.charCodeAt(at) !== 10 && text.charCodeAt(at) !== 13) at++;
    line = at < text.length ? nextLine(text, at) : at;
  }
  r.at = line;
  r.end = line;
  r.brackets = 0;
  // Blocks that have ended are told of all the same.
  if (r.kind === "dedent") r.dedents++;
  r.lineStart = true;
  r.kind = "newline";
}

/** Whether the current token is of a kind; asked anew where the compiler still knows the kind of the token before. */
export function is(r: Reading, kind: string): boolean {
  return r.kind === kind;
}
