/**
 * A linear look at nesting and chains before the native parser: it recurses, and ends the whole process when its stack
 * does. Measured with 8 MB of stack it bears 3,000 brackets of every kind, 5,000 levels of what nests without brackets
 * (arrows, conditionals, `else if`, generics, elements), and 40,000 links of a chain; a thread has half of that stack.
 * What people and generators write stays far below the limits here.
 */
import * as characters from "./characters.ts";
import {
  classOf,
  continues,
  ends,
  expects,
  heads,
  nests,
  skipRegExp,
  skipString,
  skipTemplate,
  skipWord,
  wordFlags,
} from "./characters.ts";

const maxBrackets = 400;
/** Levels that need no bracket. */
const maxNesting = 1_500;
/** Tokens of one bracket level without an end of a statement or a comma: some 15,000 terms of a chain. */
const maxTokens = 30_000;

export interface Deep {
  readonly at: number;
  readonly message: string;
}

/** What the last token was: decides what `/` and a new line mean. */
type Last = "operator" | "operand" | "head" | "brace";
type Level = "plain" | "template" | "head";

interface Scan {
  readonly text: string;
  at: number;
  /** Open brackets, and for each what the level around it had reached. */
  readonly levels: Level[];
  readonly around: number[];
  nesting: number;
  tokens: number;
  generics: number;
  elements: number;
  last: Last;
  newLine: boolean;
  /** The last word was `if`, `for`, … */
  head: boolean;
}

/** Where a text nests too deeply for the parser, if it does. */
export function tooDeep(text: string): Deep | undefined {
  const s: Scan = {
    text,
    at: 0,
    levels: [],
    around: [],
    nesting: 0,
    tokens: 0,
    generics: 0,
    elements: 0,
    last: "operator",
    newLine: false,
    head: false,
  };
  while (s.at < text.length) {
    const code = text.charCodeAt(s.at);
    const kind = classOf(code);
    if (kind === characters.space) {
      s.at++;
      continue;
    }
    if (kind === characters.lineEnd) {
      s.newLine = true;
      s.at++;
      continue;
    }
    if (kind === characters.slash && comment(s)) continue;
    token(s, code, kind);
    s.newLine = false;
    if (s.levels.length > maxBrackets) return { at: s.at - 1, message: `brackets nest more than ${maxBrackets} deep` };
    if (++s.tokens > maxTokens) return { at: s.at - 1, message: `an expression has more than ${maxTokens} parts` };
    if (s.nesting + s.generics + s.elements > maxNesting)
      return { at: s.at - 1, message: `expressions or statements nest more than ${maxNesting} deep` };
  }
  return undefined;
}

function token(s: Scan, code: number, kind: number): void {
  switch (kind) {
    case characters.word:
      wordToken(s);
      return;
    case characters.quote: {
      // Directly behind a word it is an apostrophe in the text of an element.
      const end = s.last === "operand" && classOf(s.text.charCodeAt(s.at - 1)) === characters.word ? -1 : skipString(s.text, s.at);
      s.at = end === -1 ? s.at + 1 : end;
      s.last = "operand";
      return;
    }
    case characters.backtick:
      s.at++;
      template(s);
      return;
    case characters.opening:
      s.at++;
      open(s, code === 40 && s.head ? "head" : "plain");
      return;
    case characters.closing:
      s.at++;
      close(s, code);
      return;
    case characters.slash:
      slashToken(s);
      return;
    case characters.semicolon:
      s.at++;
      s.generics = 0;
      s.elements = 0;
      boundary(s);
      s.last = "operator";
      return;
    case characters.comma:
      s.at++;
      boundary(s);
      s.last = "operator";
      return;
    default:
      punctuationToken(s, code);
  }
}

/** Nothing of what came before on this level goes on. */
function boundary(s: Scan): void {
  s.nesting = 0;
  s.tokens = 0;
  s.head = false;
}

/** Steps over a comment; false when the slash is something else. */
function comment(s: Scan): boolean {
  const next = s.text.charCodeAt(s.at + 1);
  if (next !== 47 && next !== 42) return false;
  const end = next === 47 ? s.text.indexOf("\n", s.at) : s.text.indexOf("*/", s.at + 2) + 2;
  s.at = end < s.at + 2 ? s.text.length : end;
  return true;
}

function wordToken(s: Scan): void {
  const start = s.at;
  s.at = skipWord(s.text, start);
  const flags = start > 0 && s.text.charCodeAt(start - 1) === 46 ? 0 : wordFlags(s.text, start, s.at);
  const fresh = (flags & continues) === 0 && (s.last === "brace" || (s.newLine && s.last === "operand"));
  if (fresh || (flags & ends) !== 0) boundary(s);
  if ((flags & nests) !== 0) s.nesting++;
  s.head = (flags & heads) !== 0;
  s.last = (flags & expects) === 0 ? "operand" : "operator";
}

function template(s: Scan): void {
  s.at = skipTemplate(s.text, s.at);
  if (s.text.charCodeAt(s.at - 1) === 123) open(s, "template");
  else s.last = "operand";
}

function open(s: Scan, level: Level): void {
  s.levels.push(level);
  s.around.push(s.nesting, s.tokens, s.generics, s.elements);
  boundary(s);
  s.generics = 0;
  s.elements = 0;
  s.last = "operator";
}

function close(s: Scan, code: number): void {
  s.last = code === 125 ? "brace" : "operand";
  s.head = false;
  const level = s.levels.pop();
  if (level === undefined) return;
  s.elements = s.around.pop() ?? 0;
  s.generics = s.around.pop() ?? 0;
  s.tokens = s.around.pop() ?? 0;
  s.nesting = s.around.pop() ?? 0;
  if (level === "head") s.last = "head";
  else if (level === "template" && code === 125) template(s);
}

/** `</` and `/>` end an element; else a division or a regular expression. */
function slashToken(s: Scan): void {
  const selfClosing = s.text.charCodeAt(s.at + 1) === 62;
  if (selfClosing || s.text.charCodeAt(s.at - 1) === 60) {
    if (s.elements > 0) s.elements--;
    s.tokens = 0;
    s.at += selfClosing ? 2 : 1;
    s.last = "operator";
    return;
  }
  const end = s.last === "operand" || s.last === "brace" ? -1 : skipRegExp(s.text, s.at);
  s.at = end === -1 ? s.at + 1 : end;
  s.last = end === -1 ? "operator" : "operand";
}

function punctuationToken(s: Scan, code: number): void {
  const next = s.text.charCodeAt(s.at + 1);
  const before = s.at > 0 ? s.text.charCodeAt(s.at - 1) : 32;
  const ended = s.last === "operand" || s.last === "brace";
  s.at++;
  s.head = false;
  s.last = "operator";
  switch (code) {
    case 60: // <
      if (next === 60 || next === 61) s.at++;
      else if (classOf(before) === characters.word) s.generics++;
      else if (next !== 47 && (next === 62 || classOf(next) === characters.word)) s.elements++;
      break;
    case 62: // >
      if (s.generics > 0 && next !== 61) s.generics--;
      break;
    case 61: // = => ==
      if (next === 61) s.at += s.text.charCodeAt(s.at + 1) === 61 ? 2 : 1;
      else {
        s.nesting++;
        if (next === 62) s.at++;
      }
      break;
    case 63: // ? ?. ??
      if (next === 46 || next === 63) s.at++;
      else s.nesting++;
      break;
    case 33: // ! !=
      if (next === 61) s.at += s.text.charCodeAt(s.at + 1) === 61 ? 2 : 1;
      else if (ended) s.last = "operand";
      else s.nesting++;
      break;
    case 42: // * **
      if (next === 42) {
        s.nesting++;
        s.at++;
      }
      break;
    case 43:
    case 45: // + ++ - --
      if (next === code) {
        s.at++;
        if (ended) s.last = "operand";
      }
      if (!ended) s.nesting++;
      break;
    case 58:
    case 126:
    case 64: // : ~ @
      s.nesting++;
      break;
    default:
      break;
  }
}
