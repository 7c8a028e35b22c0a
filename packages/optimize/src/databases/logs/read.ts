/** A workload out of a file: statements of SQL, or a log of PostgreSQL (text, csvlog, jsonlog), read as it streams. */
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { sqlTokens } from "../../model/sql-tokens.ts";
import { workloadBuilder, type WorkloadBuilder, type WorkloadStatement } from "./workload.ts";

const planned = /^\s*(?:select|insert|update|delete|merge|with|\()/i;
/** A file of SQL is read whole; a longer one is a log. */
const longestScript = 20_000_000;

export async function readWorkload(path: string): Promise<readonly WorkloadStatement[]> {
  const builder = workloadBuilder();
  let script = "";
  let isLog = false;
  let entry: string[] = [];
  const flush = (): void => {
    if (entry.length > 0) logEntry(entry.join("\n"), builder);
    entry = [];
  };
  const lines = createInterface({ input: createReadStream(path, "utf8"), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) {
    isLog ||= startsEntry(line);
    if (!isLog) {
      if (script.length < longestScript) script += `${line}\n`;
      continue;
    }
    // A statement of several lines goes on until the next entry begins.
    if (startsEntry(line)) flush();
    if (entry.length < 2000) entry.push(line);
  }
  flush();
  if (!isLog) for (const sql of splitStatements(script)) if (planned.test(sql)) builder.add(sql);
  return builder.statements();
}

const textEntry = /^(?:\S+ ){0,12}?.*?\b(?:LOG|ERROR|DETAIL|STATEMENT|HINT|CONTEXT|WARNING|FATAL|NOTICE|PANIC):\s/;
const stamped = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d/;

function startsEntry(line: string): boolean {
  if (line.startsWith('{"') && line.includes('"message"')) return true;
  return stamped.test(line)
    ? line.includes(",LOG,") || textEntry.test(line) || line.split(",").length > 10
    : /^(?:LOG|DETAIL|ERROR|STATEMENT):\s/.test(line) || textEntry.test(line.slice(0, 200));
}

const timed = /duration: ([\d.]+) ms\s+(?:statement|execute [^:]*): ([\s\S]*)$/;
const untimed = /(?:LOG:\s+|^)(?:statement|execute [^:]*): ([\s\S]*)$/;

function logEntry(text: string, builder: WorkloadBuilder): void {
  const message = text.startsWith("{") ? messageOfJson(text) : /^\d{4}[^,]*,/.test(text) ? messageOfCsv(text) : text;
  const found = timed.exec(message);
  const sql = found?.[2] ?? untimed.exec(message)?.[1];
  if (sql !== undefined && planned.test(sql)) builder.add(sql.trim(), 1, found === null ? undefined : Number(found[1]));
}

function messageOfJson(text: string): string {
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    return typeof message === "string" ? message : "";
  } catch {
    return "";
  }
}

/** The message is the field that holds the duration: the only one in which it stands. */
function messageOfCsv(text: string): string {
  for (const match of text.matchAll(/"((?:[^"]|"")*)"/g)) {
    const field = (match[1] ?? "").replaceAll('""', '"');
    if (timed.test(field) || /^(?:statement|execute [^:]*): /.test(field)) return field;
  }
  return "";
}

/** Statements of a script, at their semicolons. */
export function splitStatements(script: string): string[] {
  const statements: string[] = [];
  let start = 0;
  let depth = 0;
  for (const token of sqlTokens(script)) {
    if (token.kind !== "symbol") continue;
    if (token.text === "(") depth++;
    if (token.text === ")") depth = Math.max(0, depth - 1);
    if (token.text !== ";" || depth > 0) continue;
    statements.push(script.slice(start, token.at));
    start = token.end;
  }
  statements.push(script.slice(start));
  return statements.map(withoutLeadingComments).filter((sql) => sql !== "");
}

function withoutLeadingComments(sql: string): string {
  return sql.replace(/^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/, "").trim();
}
