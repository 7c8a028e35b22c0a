/** Shape and fingerprint of SQL: what joins a statement in the code with the same one in a log, a trace or the statistics of a database. */
import { shortHash } from "./hash.ts";
import { sqlHole, sqlTokens } from "./sql-tokens.ts";
import type { SqlToken } from "./sql-tokens.ts";

/** Words before an opening bracket that is no call's. */
const beforeBracket = new Set([
  "in",
  "values",
  "and",
  "or",
  "not",
  "where",
  "on",
  "from",
  "join",
  "select",
  "exists",
  "as",
  "using",
  "over",
  "then",
  "when",
  "else",
  "by",
  "having",
  "any",
  "all",
  "some",
  "union",
  "except",
  "intersect",
  "with",
  "distinct",
  "set",
  "returning",
  "limit",
  "offset",
  "filter",
  "within",
  "into",
  "conflict",
  "key",
  "default",
  "check",
  "materialized",
  "lateral",
  "is",
  "like",
  "between",
]);

/** Words after which NULL is part of the grammar and no value. */
const beforeNull = new Set(["is", "not", "set", "default", "on"]);

/**
 * The statement with its values taken out: literals, placeholders and unknown template parts become `?`, lists of them one `?`, repeated rows one row;
 * words in lower case, names without needless quotes, one blank between tokens, no comments, no closing semicolon.
 */
export function shapeOf(sql: string): string {
  const words = joinChains(sqlTokens(sql)).map(shapeToken);
  const kept: string[] = [];
  for (const [index, word] of words.entries()) {
    const before = kept.at(-1);
    // A sign in front of a value belongs to the value.
    if (
      (word === "-" || word === "+") &&
      words[index + 1] === "?" &&
      (before === undefined || /^(?:[=<>(,+*/-]|<>|!=|<=|>=|\|\|)$/u.test(before) || beforeBracket.has(before))
    )
      continue;
    if (word === "null" && !(before !== undefined && beforeNull.has(before))) kept.push("?");
    else kept.push(word);
  }
  while (kept.at(-1) === ";") kept.pop();
  return collapse(write(kept));
}

/** 16 hex characters that are equal for statements of equal shape. */
export function fingerprintOf(sql: string): string {
  return shortHash(shapeOf(sql), 16);
}

/** A hole glued to a word is one name with an unknown part: `events_${year}`. */
function joinChains(tokens: readonly SqlToken[]): readonly SqlToken[] {
  const joined: SqlToken[] = [];
  for (const token of tokens) {
    const before = joined.at(-1);
    const named = (item: SqlToken): boolean => item.kind === "word" || item.kind === "number";
    if (
      before !== undefined &&
      token.glued &&
      ((token.kind === "hole" && before.kind === "word") || (before.kind === "hole" && named(token)))
    )
      joined[joined.length - 1] = { ...token, kind: "hole", at: before.at };
    else joined.push(token);
  }
  return joined;
}

function shapeToken(token: SqlToken): string {
  switch (token.kind) {
    case "string":
    case "number":
    case "placeholder":
    case "hole":
      return "?";
    case "name":
      return /^[a-z_][a-z0-9_]*$/u.test(token.text) ? token.text : `"${token.text.replaceAll(sqlHole, "?")}"`;
    case "word": {
      const word = token.text.toLowerCase();
      return word === "true" || word === "false" ? "?" : word;
    }
    case "symbol":
      return token.text === "!=" ? "<>" : token.text === "..." ? "?" : token.text;
  }
}

function write(words: readonly string[]): string {
  let text = "";
  let last = "";
  for (const word of words) {
    const isCall = (word === "(" || word === "[") && /[\p{L}\p{N}_"$?\])]$/u.test(last) && !beforeBracket.has(last) && last !== "?";
    const tight = last === "" || isCall || word === "::" || /^[,).\];]$/u.test(word) || /^(?:[(.[]|::)$/u.test(last);
    text += tight ? word : ` ${word}`;
    last = word;
  }
  return text;
}

function collapse(text: string): string {
  return text
    .replaceAll(/\b(in|values) \?(?= |$)/gu, "$1 (?)")
    .replaceAll(/\b(in|any|all|some) \(\?(?:, \?)+\)/gu, "$1 (?)")
    .replaceAll(/\[\?(?:, \?)+\]/gu, "[?]")
    .replaceAll(/\bin \((\([^()]*\))(?:, \1)+\)/gu, "in ($1)")
    .replaceAll(/\bvalues (\((?:[^()]|\([^()]*\))*\))(?:, \1)+/gu, "values $1");
}
