/** SQL cut into tokens: enough for every dialect, wrong for none that matters; comments and blanks are dropped. */

export interface SqlToken {
  /** name: quoted identifier, `text` without its quotes; hole: an unknown part of a template; symbol: operators and punctuation. */
  readonly kind: "word" | "name" | "string" | "number" | "placeholder" | "hole" | "symbol";
  readonly text: string;
  readonly at: number;
  readonly end: number;
  /** Nothing stands between it and the token before. */
  readonly glued: boolean;
}

/** Stands for an unknown part of a template: `joinTemplate` puts it between the constant ones. Never part of real SQL. */
export const sqlHole = "\ufffc";

/** The text of a template with its unknown parts marked. */
export function joinTemplate(strings: readonly string[]): string {
  return strings.join(sqlHole);
}

const words = /[\p{L}_][\p{L}\p{N}_$]*/uy;
const numbers = /(?:0x[\da-f]+|(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)/iuy;
const placeholders =
  /\$\d+(?::[a-z]+)?|\$\/[^/\s]+\/|\$\{[^}\s]*\}|\$\([\w.]+\)|:[\p{L}_][\p{L}\p{N}_]*|@[\p{L}_][\p{L}\p{N}_]*|\$[\p{L}_][\p{L}\p{N}_]*|%s|%\([\w]+\)s|\{\w+:[^{}\n]*\}|\?\d+|\?\??/uy;
const dollarQuote = /\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy;
const symbols = /::|:=|<=>|<>|!=|<=|>=|\|\||->>|->|#>>|#>|@>|<@|@@|&&|!~\*|!~|~\*|=>|\.\.\.|[^\s]/uy;

/** Cuts a statement into tokens. Unclosed quotes and comments end with the text. */
export function sqlTokens(sql: string): readonly SqlToken[] {
  const tokens: SqlToken[] = [];
  let at = 0;
  let lastEnd = -1;
  while (at < sql.length) {
    const skipped = skipBlank(sql, at);
    if (skipped > at) {
      at = skipped;
      continue;
    }
    const token = readToken(sql, at, tokens.at(-1));
    tokens.push({ ...token, at, glued: at === lastEnd });
    at = token.end;
    lastEnd = at;
  }
  return tokens;
}

function skipBlank(sql: string, at: number): number {
  const character = sql[at] as string;
  if (/\s/u.test(character)) return at + 1;
  const lineEnd = (): number => {
    const end = sql.indexOf("\n", at);
    return end < 0 ? sql.length : end + 1;
  };
  if (sql.startsWith("--", at)) return lineEnd();
  // MySQL's `# comment`; `#>` and `#>>` are operators of PostgreSQL.
  if (character === "#" && /^#(?:\s|$)/u.test(sql.slice(at, at + 2))) return lineEnd();
  if (!sql.startsWith("/*", at)) return at;
  let depth = 0;
  for (let place = at; place < sql.length; place++) {
    if (sql.startsWith("/*", place)) {
      depth++;
      place++;
    } else if (sql.startsWith("*/", place)) {
      place++;
      if (--depth === 0) return place + 1;
    }
  }
  return sql.length;
}

type Raw = Pick<SqlToken, "kind" | "text" | "end">;

function readToken(sql: string, at: number, before: SqlToken | undefined): Raw {
  const character = sql[at] as string;
  if (character === sqlHole) return { kind: "hole", text: sqlHole, end: at + 1 };
  if (character === "'") return quoted(sql, at, "'", "string");
  if (character === '"') return quoted(sql, at, '"', "name");
  if (character === "`") return quoted(sql, at, "`", "name");
  const glued = before !== undefined && before.end === at;
  if (character === "[" && !(glued && (before.kind === "word" || before.kind === "name" || before.text === "]" || before.text === ")"))) {
    const name = /^\[([\p{L}_][\p{L}\p{N}_ $]*)\]/u.exec(sql.slice(at, at + 130));
    if (name !== null) return { kind: "name", text: name[1] as string, end: at + name[0].length };
  }
  if (character === "$") {
    const tag = match(dollarQuote, sql, at);
    const close = tag === undefined ? -1 : sql.indexOf(tag, at + tag.length);
    if (tag !== undefined && close >= 0) return { kind: "string", text: sql.slice(at + tag.length, close), end: close + tag.length };
  }
  const word = match(words, sql, at);
  if (word !== undefined) {
    // E'…', N'…', x'…': the letter belongs to the string.
    if (/^[bexnu]$/iu.test(word) && sql[at + 1] === "'") return quoted(sql, at + 1, "'", "string");
    return { kind: "word", text: word, end: at + word.length };
  }
  const number = match(numbers, sql, at);
  if (number !== undefined) return { kind: "number", text: number, end: at + number.length };
  // PostgreSQL's `?|` and `?&` stand behind an operand.
  if (/^\?[|&](?![|&])/u.test(sql.slice(at, at + 3)) && (before?.kind === "word" || before?.kind === "name" || before?.text === ")"))
    return { kind: "symbol", text: sql.slice(at, at + 2), end: at + 2 };
  const symbol = match(symbols, sql, at) as string;
  if (symbol !== "::" && symbol !== ":=" && symbol !== "@>" && symbol !== "@@") {
    const placeholder = match(placeholders, sql, at);
    if (placeholder !== undefined) return { kind: "placeholder", text: placeholder, end: at + placeholder.length };
  }
  return { kind: "symbol", text: symbol, end: at + symbol.length };
}

function match(expression: RegExp, sql: string, at: number): string | undefined {
  expression.lastIndex = at;
  return expression.exec(sql)?.[0];
}

function quoted(sql: string, at: number, quote: string, kind: "string" | "name"): Raw {
  let text = "";
  let place = at + 1;
  while (place < sql.length) {
    const character = sql[place] as string;
    if (character === "\\" && quote === "'" && place + 1 < sql.length) {
      text += sql.slice(place, place + 2);
      place += 2;
    } else if (character !== quote) {
      text += character;
      place++;
    } else if (sql[place + 1] === quote) {
      text += quote;
      place += 2;
    } else return { kind, text, end: place + 1 };
  }
  return { kind, text, end: sql.length };
}
