/** Tables of a statement by the places where tables stand. */
import { sqlHole } from "../model/sql-tokens.ts";
import type { SqlToken } from "../model/sql-tokens.ts";

const tableWords = new Set(["from", "join", "into", "update", "truncate", "table", "using"]);
const fillers = new Set([
  "only",
  "table",
  "lateral",
  "if",
  "not",
  "exists",
  "low_priority",
  "ignore",
  "or",
  "rollback",
  "abort",
  "fail",
  "replace",
  "delayed",
  "high_priority",
  "quick",
  "concurrently",
]);
/** `extract(year from x)`, `trim(both from x)`, `substring(x from 2)`: FROM without a table. */
const fromCalls = new Set(["extract", "trim", "substring", "overlay", "position"]);
/** Words that can follow a table's place but name none. */
const notTables = new Set([
  "select",
  "set",
  "values",
  "where",
  "on",
  "and",
  "or",
  "unnest",
  "generate_series",
  "nothing",
  "default",
  "dual",
  "outfile",
  "dumpfile",
  "of",
  "nowait",
  "skip",
  "share",
]);

/** Tables in source order, repeated as written; not complete when an unknown part may name another. */
export function findTables(tokens: readonly SqlToken[]): { tables: string[]; complete: boolean } {
  const tables: string[] = [];
  let complete = true;
  const openCalls: boolean[] = [];
  let inFrom = false;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as SqlToken;
    const word = token.kind === "word" ? token.text.toLowerCase() : "";
    if (token.text === "(") openCalls.push(fromCalls.has(tokens[at - 1]?.text.toLowerCase() ?? ""));
    else if (token.text === ")") openCalls.pop();
    else if (token.kind === "hole" && !isValuePlace(tokens, at) && tokens[at + 1]?.text !== ".") complete = false;
    if (["where", "set", "group", "order", "having", "limit", "select", "on", "values", "returning"].includes(word)) inFrom = false;
    const isFrom = word === "from" && openCalls.at(-1) !== true && !isWord(tokens[at - 1], "distinct");
    if (!(isFrom || (word !== "from" && tableWords.has(word)) || (token.text === "," && inFrom && openCalls.length === 0))) continue;
    if (word === "using" && tokens[at + 1]?.text === "(") continue;
    if (word === "update" && isLockClause(tokens, at)) continue;
    if (isFrom) inFrom = true;
    const name = readName(tokens, at + 1);
    if (name.table !== undefined) tables.push(name.table);
    if (name.unknown) complete = false;
  }
  return { tables, complete };
}

/** `FOR UPDATE`, `ON CONFLICT DO UPDATE`, `ON UPDATE CASCADE`, `ON DUPLICATE KEY UPDATE`. */
function isLockClause(tokens: readonly SqlToken[], at: number): boolean {
  return ["for", "do", "on", "key"].some((word) => isWord(tokens[at - 1], word));
}

function isValuePlace(tokens: readonly SqlToken[], at: number): boolean {
  const before = tokens[at - 1];
  if (before === undefined) return false;
  return (
    /^(?:[=<>+*/%,([-]|<>|!=|<=|>=|\|\||like|ilike|in|any|all|and|or|between|limit|offset|values|interval|when|then|else|not|is|returning|by|select|distinct|asc|desc)$/iu.test(
      before.text,
    ) || before.kind === "hole"
  );
}

/** A table's name at `at`, schemas skipped; unknown when a part of it is a hole. */
function readName(tokens: readonly SqlToken[], start: number): { table?: string; unknown: boolean } {
  let at = start;
  while (tokens[at]?.kind === "word" && fillers.has((tokens[at] as SqlToken).text.toLowerCase())) at++;
  const parts: string[] = [];
  let unknown = false;
  for (;;) {
    const token = tokens[at];
    if (token === undefined) break;
    if (token.kind === "hole" || token.kind === "placeholder") unknown = true;
    else if (token.kind === "word" || token.kind === "name") parts.push(token.text);
    else break;
    const next = tokens[at + 1];
    if (next?.text === ".") at += 2;
    else if (next !== undefined && next.glued && (next.kind === "hole" || (token.kind === "hole" && next.kind === "word"))) {
      unknown = true;
      at++;
    } else break;
  }
  const after = tokens[at + 1];
  const last = tokens[at];
  const schemaUnknown = (last?.kind === "word" || last?.kind === "name") && tokens[at - 1]?.text === "." && !last.text.includes(sqlHole);
  if (schemaUnknown && (unknown || parts.some((part) => part.includes(sqlHole)))) return { table: last.text, unknown: false };
  if (unknown || parts.length === 0 || parts.some((part) => part.includes(sqlHole))) return { unknown: unknown || parts.length > 0 };
  const first = tokens[start] as SqlToken;
  // A name before a bracket is a function; after INTO the bracket holds its columns.
  const isCall =
    after?.text === "(" &&
    !isWord(tokens[start - 1], "into") &&
    !isWord(tokens[start - 1], "table") &&
    !isWord(tokens[at - 1], "exists") &&
    !isWord(tokens[at - 1], "table");
  if (isCall || (first.kind === "word" && notTables.has(first.text.toLowerCase()))) return { unknown: false };
  return { table: tableName(parts), unknown: false };
}

const defaultSchemas = new Set(["public", "dbo", "main"]);

/** `schema.table` without a default schema; a database in front of the schema is left out. */
export function tableName(parts: readonly string[]): string {
  const [schema, table] = parts.length > 1 ? parts.slice(-2) : [undefined, parts[0]];
  return schema === undefined || schema === "" || defaultSchemas.has(schema.toLowerCase()) ? (table ?? "") : `${schema}.${table ?? ""}`;
}

/** Whether the token is this word, in any case. */
export function isWord(token: SqlToken | undefined, word: string): boolean {
  return token?.kind === "word" && token.text.toLowerCase() === word;
}
