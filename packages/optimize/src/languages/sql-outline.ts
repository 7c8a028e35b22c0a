/** What the tokens of a statement say by themselves: its verb, and the tables that stand where tables stand. */
import { sqlHole } from "../model/sql-tokens.ts";
import type { SqlToken } from "../model/sql-tokens.ts";

export interface SqlOutline {
  readonly action: "read" | "write" | "ddl" | "transaction" | "other";
  readonly verb: string;
  readonly tables: readonly string[];
  readonly complete: boolean;
  readonly limited: boolean;
  readonly single: boolean;
  readonly columns: readonly string[];
  /** Deepest nesting of round brackets and CASE. */
  readonly depth: number;
}

type Action = SqlOutline["action"];

const actions: Readonly<Record<string, Action>> = {
  select: "read",
  values: "read",
  table: "read",
  show: "read",
  explain: "read",
  describe: "read",
  desc: "read",
  with: "read",
  fetch: "read",
  insert: "write",
  update: "write",
  delete: "write",
  merge: "write",
  replace: "write",
  upsert: "write",
  copy: "write",
  truncate: "write",
  create: "ddl",
  alter: "ddl",
  drop: "ddl",
  rename: "ddl",
  comment: "ddl",
  reindex: "ddl",
  grant: "ddl",
  revoke: "ddl",
  refresh: "ddl",
  begin: "transaction",
  start: "transaction",
  commit: "transaction",
  rollback: "transaction",
  savepoint: "transaction",
  release: "transaction",
  abort: "transaction",
  end: "transaction",
  set: "other",
  reset: "other",
  pragma: "other",
  call: "other",
  do: "other",
  exec: "other",
  execute: "other",
  listen: "other",
  notify: "other",
  unlisten: "other",
  vacuum: "other",
  analyze: "other",
  lock: "other",
  use: "other",
  attach: "other",
  detach: "other",
  discard: "other",
  prepare: "other",
  deallocate: "other",
  declare: "other",
  close: "other",
  optimize: "other",
  kill: "other",
  flush: "other",
  checkpoint: "other",
  cluster: "other",
  unlock: "other",
  handler: "other",
};

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

/** The statement's outline; undefined when it begins with no verb of SQL. */
export function outlineOf(tokens: readonly SqlToken[]): SqlOutline | undefined {
  const start = tokens.findIndex((token) => token.text !== "(" && token.text !== ";");
  const first = tokens[start];
  if (first?.kind !== "word" || actions[first.text.toLowerCase()] === undefined) return undefined;
  const verb = mainVerb(tokens, start);
  const withNames = commonTables(tokens);
  const found = findTables(tokens);
  const limited = hasLimit(tokens);
  return {
    action: actions[verb] ?? "other",
    verb: verb.toUpperCase(),
    tables: [...new Set(found.tables)].filter((name) => !withNames.has(name.toLowerCase())),
    complete: found.complete,
    limited,
    single: false,
    columns: [],
    depth: deepest(tokens),
  };
}

/** The verb of each statement, after WITH and EXPLAIN its main one; of several the first that writes, else the first that reads. */
function mainVerb(tokens: readonly SqlToken[], start: number): string {
  const verbs: string[] = [];
  let depth = 0;
  let expects: "any" | "main" | "none" = "any";
  for (const token of tokens.slice(start)) {
    if (token.text === "(") depth++;
    else if (token.text === ")") depth = Math.max(0, depth - 1);
    else if (depth === 0 && token.text === ";") expects = "any";
    else if (depth === 0 && expects !== "none" && token.kind === "word") {
      const word = token.text.toLowerCase();
      if (expects === "any" && (word === "with" || word === "explain")) expects = "main";
      else if (expects === "any" || mainVerbs.has(word)) {
        verbs.push(word);
        expects = "none";
      }
    }
  }
  const first = (action: Action): string | undefined => verbs.find((verb) => actions[verb] === action);
  return first("write") ?? first("ddl") ?? first("read") ?? verbs[0] ?? (tokens[start] as SqlToken).text.toLowerCase();
}

const mainVerbs = new Set(["select", "insert", "update", "delete", "merge", "values", "table", "replace"]);

function commonTables(tokens: readonly SqlToken[]): ReadonlySet<string> {
  const names = new Set<string>();
  if (!tokens.some((token) => isWord(token, "with"))) return names;
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== "word" && token.kind !== "name") continue;
    let next = index + 1;
    if (tokens[next]?.text === "(") while (next < tokens.length && tokens[next++]?.text !== ")") /* column names */ ;
    if (!isWord(tokens[next], "as")) continue;
    next++;
    while (isWord(tokens[next], "not") || isWord(tokens[next], "materialized")) next++;
    if (tokens[next]?.text === "(" && /^(?:select|insert|update|delete|with|values|table|\()$/iu.test(tokens[next + 1]?.text ?? ""))
      names.add(token.text.toLowerCase());
  }
  return names;
}

function findTables(tokens: readonly SqlToken[]): { tables: string[]; complete: boolean } {
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

/** LIMIT, TOP or FETCH FIRST outside of brackets. */
function hasLimit(tokens: readonly SqlToken[]): boolean {
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.text === "(") depth++;
    else if (token.text === ")") depth = Math.max(0, depth - 1);
    else if (depth === 0 && token.kind === "word" && /^(?:limit|top|fetch)$/iu.test(token.text)) {
      const next = tokens[index + 1];
      if (next !== undefined && !/^(?:all|null)$/iu.test(next.text)) return true;
    }
  }
  return false;
}

function deepest(tokens: readonly SqlToken[]): number {
  let depth = 0;
  let most = 0;
  for (const token of tokens) {
    if (token.text === "(" || token.text === "[" || isWord(token, "case") || isWord(token, "not")) most = Math.max(most, ++depth);
    else if (token.text === ")" || token.text === "]" || isWord(token, "end")) depth--;
  }
  return most;
}

function isWord(token: SqlToken | undefined, word: string): boolean {
  return token?.kind === "word" && token.text.toLowerCase() === word;
}
