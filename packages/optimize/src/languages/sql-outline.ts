/** What the tokens of a statement say by themselves: its verb, and the tables that stand where tables stand. */
import type { SqlToken } from "../model/sql-tokens.ts";
import { findTables, isWord } from "./sql-tables.ts";

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
