/** Telling SQL from English: "Select a file from the list" parses as SQL, and is none. */
import { sqlTokens } from "../model/sql-tokens.ts";
import type { SqlToken } from "../model/sql-tokens.ts";
import { isWord } from "./sql-tables.ts";

const firstWord =
  /^(?:\s|\(|;|--[^\n]*\n|\/\*[\s\S]*?\*\/)*(select|insert|update|delete|with|merge|replace|create|alter|drop|truncate|explain|start|begin)\b/iu;

/** Words that sentences are made of and names of tables and columns are not. */
const english = new Set([
  "a",
  "an",
  "the",
  "your",
  "my",
  "our",
  "their",
  "its",
  "this",
  "that",
  "these",
  "those",
  "one",
  "any",
  "some",
  "each",
  "every",
  "it",
  "them",
  "to",
  "with",
  "for",
  "which",
  "below",
  "above",
  "here",
  "more",
  "at",
  "least",
  "another",
  "multiple",
  "new",
  "you",
  "want",
  "please",
  "will",
  "be",
  "of",
]);

/** Whether a literal is SQL beyond reasonable doubt, judged without a parser. Cheap for text that is not. */
export function looksLikeSql(text: string): boolean {
  const verb = firstWord.exec(text.length > 2000 ? text.slice(0, 2000) : text)?.[1];
  if (verb === undefined || text.length < 8) return false;
  // A sentence begins with one capital; people write SQL in one case.
  const sentence = verb[0] !== verb[0]?.toLowerCase() && verb.slice(1) === verb.slice(1).toLowerCase();
  const tokens = sqlTokens(text.length > 4000 ? text.slice(0, 4000) : text).filter((token) => token.text !== ";");
  const start = tokens.findIndex((token) => token.text !== "(");
  const test = tests[verb.toLowerCase()];
  if (test === undefined || start < 0) return false;
  const upper = verb === verb.toUpperCase();
  return test({ tokens: tokens.slice(start), certain: upper && !sentence, strict: sentence });
}

interface Candidate {
  readonly tokens: readonly SqlToken[];
  /** Keywords are in upper case. */
  readonly certain: boolean;
  readonly strict: boolean;
}

const tests: Readonly<Record<string, (candidate: Candidate) => boolean>> = {
  select: isSelect,
  insert: ({ tokens }) => {
    const into = tokens.findIndex((token) => isWord(token, "into"));
    const after = into < 0 || into > 4 ? -1 : afterName(tokens, into + 1);
    const next = tokens[after];
    return (
      next !== undefined &&
      (next.text === "(" || next.kind === "hole" || ["values", "select", "set", "default", "with", "as"].some((word) => isWord(next, word)))
    );
  },
  replace: ({ tokens }) =>
    isWord(tokens[1], "into") && ["(", "values", "select", "set"].includes(tokens[afterName(tokens, 2)]?.text.toLowerCase() ?? ""),
  merge: ({ tokens }) =>
    isWord(tokens[1], "into") && tokens.some((token) => isWord(token, "using")) && tokens.some((token) => isWord(token, "matched")),
  update: ({ tokens }) => {
    const set = tokens.findIndex((token) => isWord(token, "set"));
    return (
      set >= 2 &&
      set <= 9 &&
      (isName(tokens[1]) || tokens[1]?.kind === "hole") &&
      !isEnglish(tokens[1]) &&
      tokens.slice(set).some((token) => token.text === "=" || token.kind === "hole")
    );
  },
  delete: ({ tokens, certain, strict }) => {
    if (!isWord(tokens[1], "from") || !(isName(tokens[2]) || tokens[2]?.kind === "hole") || isSentence(tokens, 2)) return false;
    if (isWord(tokens[2], "where")) return false;
    const next = tokens[afterName(tokens, 2)];
    if (next === undefined) return certain;
    const rest = tokens.slice(3);
    return (
      (["where", "using", "returning", "as", "limit"].some((word) => isWord(next, word)) ||
        (isName(next) && !isSentence(tokens, tokens.indexOf(next))) ||
        next.kind === "hole") &&
      (certain || hasSign(rest)) &&
      (!strict || hasSign(rest))
    );
  },
  with: ({ tokens }) => {
    const at = isWord(tokens[1], "recursive") ? 2 : 1;
    if (!isName(tokens[at])) return false;
    return (
      tokens
        .slice(at + 1)
        .some(
          (token, index, rest) =>
            isWord(token, "as") &&
            (rest[index + 1]?.text === "(" ||
              ((rest[index + 2]?.text === "(" || rest[index + 3]?.text === "(") &&
                rest.slice(index + 1, index + 3).some((item) => isWord(item, "materialized")))),
        ) && tokens.some((token) => ["select", "insert", "update", "delete", "values"].some((word) => isWord(token, word)))
    );
  },
  create: isDefinition,
  alter: isDefinition,
  drop: isDefinition,
  truncate: ({ tokens, certain }) => certain && (isName(tokens[1]) || tokens[1]?.kind === "hole") && tokens.length <= 12,
  explain: ({ tokens }) =>
    tokens
      .slice(1, 12)
      .some((token, index, rest) => isWord(token, "select") && isSelect({ tokens: rest.slice(index), certain: true, strict: false })),
  start: ({ tokens }) => isWord(tokens[1], "transaction") && tokens.length <= 12,
  begin: ({ tokens, certain }) =>
    certain && (isWord(tokens[1], "transaction") || isWord(tokens[1], "isolation") || isWord(tokens[1], "immediate")),
};

const definable = [
  "table",
  "index",
  "view",
  "type",
  "schema",
  "database",
  "function",
  "extension",
  "trigger",
  "sequence",
  "unique",
  "materialized",
  "temporary",
  "temp",
  "role",
  "user",
  "policy",
  "procedure",
  "or",
  "virtual",
  "column",
  "constraint",
];

function isDefinition({ tokens, certain, strict }: Candidate): boolean {
  if (strict || !definable.some((word) => isWord(tokens[1], word))) return false;
  const named = tokens.slice(2).some((token) => isName(token) || token.kind === "hole");
  return (
    named &&
    (certain
      ? !isEnglish(tokens[2])
      : tokens.some((token) => token.text === "(" || isWord(token, "exists") || isWord(token, "add")) &&
        !tokens.some((_, index) => isSentence(tokens, index)))
  );
}

function isSelect({ tokens, certain, strict }: Candidate): boolean {
  const rest = tokens.slice(1);
  const from = rest.findIndex((token) => isWord(token, "from"));
  if (from < 0) return isExpressionOnly(rest, certain);
  if (from === 0) return false;
  const list = rest.slice(0, from);
  const source = rest[from + 1];
  const isProse = list.some((_, index) => isSentence(list, index)) || isSentence(rest, from + 1);
  if (source === undefined || !(isName(source) || source.kind === "hole" || source.text === "(" || source.kind === "placeholder"))
    return false;
  const listHasSign = list.some(
    (token) =>
      /^[*(.]$/u.test(token.text) ||
      token.kind === "hole" ||
      token.kind === "name" ||
      token.kind === "placeholder" ||
      token.kind === "number",
  );
  if (!strict && (listHasSign || hasSign(rest.slice(from + 2)))) return !isProse || listHasSign;
  if (strict) return (list[0]?.text === "*" || hasSign(rest.slice(from + 2))) && !isProse;
  if (isProse) return false;
  // Plain words only: `select id, name from users`.
  const items = list.filter((token) => token.text !== ",").length;
  const commas = list.length - items;
  const next = rest[from + 2];
  const ends =
    next === undefined || /^(?:where|order|group|limit|join|left|inner|right|as|having|for|union|offset|cross)$/iu.test(next.text);
  return items > 0 && (items === commas + 1 || (certain && items <= 3 * (commas + 1))) && (ends || certain);
}

/** `SELECT 1`, `select now()`, `SELECT pg_advisory_lock($1)`. */
function isExpressionOnly(rest: readonly SqlToken[], certain: boolean): boolean {
  const [first, second] = rest;
  if (first === undefined) return false;
  if (first.kind === "number" || first.kind === "placeholder") return rest.length === 1 || isWord(second, "as") || certain;
  return (
    (first.kind === "word" && second?.text === "(" && second.glued && rest.some((token) => token.text === ")")) ||
    (isWord(first, "exists") && second?.text === "(")
  );
}

/** Signs that sentences have no use for. */
function hasSign(tokens: readonly SqlToken[]): boolean {
  return tokens.some(
    (token) =>
      token.kind === "hole" ||
      token.kind === "placeholder" ||
      token.kind === "name" ||
      /^(?:[=<>]|<>|<=|>=|!=|::)$/u.test(token.text) ||
      (token.text === "." && token.glued) ||
      token.kind === "number",
  );
}

function afterName(tokens: readonly SqlToken[], start: number): number {
  let at = start;
  if (!isName(tokens[at]) && tokens[at]?.kind !== "hole") return -1;
  at++;
  while (tokens[at]?.text === "." || (tokens[at]?.glued === true && (tokens[at]?.kind === "hole" || isName(tokens[at]))))
    at += tokens[at]?.text === "." ? 2 : 1;
  return at;
}

function isName(token: SqlToken | undefined): boolean {
  return token?.kind === "word" || token?.kind === "name";
}

function isEnglish(token: SqlToken | undefined): boolean {
  return token?.kind === "word" && english.has(token.text.toLowerCase());
}

/** An article or the like with its noun behind it; alone, `a` is a fine name for a column. */
function isSentence(tokens: readonly SqlToken[], at: number): boolean {
  const next = tokens[at + 1];
  return isEnglish(tokens[at]) && next?.kind === "word" && !grammar.has(next.text.toLowerCase());
}

const grammar = new Set([
  "from",
  "where",
  "as",
  "and",
  "or",
  "order",
  "group",
  "limit",
  "join",
  "left",
  "inner",
  "right",
  "cross",
  "on",
  "set",
  "values",
  "using",
  "is",
  "in",
  "not",
  "union",
  "having",
  "asc",
  "desc",
  "then",
  "else",
  "end",
  "like",
  "between",
  "offset",
  "for",
  "returning",
]);
