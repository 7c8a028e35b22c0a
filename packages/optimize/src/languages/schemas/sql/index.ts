/** DDL of every dialect, statement by statement: what cannot be read costs its own statement. */
import { lineAt } from "../../../model/facts.ts";
import type { SchemaChange } from "../../../model/schema-change.ts";
import type { Dialect, UnknownPart } from "../../../model/schema.ts";
import { sqlTokens } from "../../../model/sql-tokens.ts";
import type { SqlToken } from "../../../model/sql-tokens.ts";
import { Cursor, isUnbalanced, statements } from "./cursor.ts";
import { createIndex } from "./indexes.ts";
import { alterTable, createTable } from "./tables.ts";
import type { SiteOf } from "./tables.ts";

export interface ReadSql {
  readonly changes: readonly SchemaChange[];
  readonly unknown: readonly UnknownPart[];
}

/** Where the text stands: of a file, or of a literal in one. */
export interface SqlPlace {
  readonly file: string;
  /** 1-based line of the first character. */
  readonly line: number;
}

/** The changes that the text makes, its own undo (`-- migrate:down`) left out. */
export function readDdl(given: string, place: SqlPlace): ReadSql {
  const text = withoutData(upwards(given));
  const lines = lineStarts(text);
  const siteOf: SiteOf = (token) => ({ file: place.file, line: place.line + lineAt(lines, token?.at ?? 0) - 1 });
  const changes: SchemaChange[] = [];
  const unknown: UnknownPart[] = [];
  for (const statement of statements(sqlTokens(text))) {
    const line = siteOf(statement[0]).line;
    if (isDdl(statement) && isUnbalanced(statement)) {
      unknown.push({ file: place.file, line, why: "a statement with brackets that do not match" });
      continue;
    }
    try {
      changes.push(...statementChanges(statement, text, siteOf));
    } catch {
      unknown.push({ file: place.file, line, why: "a statement could not be read" });
    }
  }
  return { changes, unknown };
}

function isDdl([first]: readonly SqlToken[]): boolean {
  return first?.kind === "word" && /^(?:create|alter)$/iu.test(first.text);
}

function statementChanges(statement: readonly SqlToken[], text: string, siteOf: SiteOf): readonly SchemaChange[] {
  const cursor = new Cursor(statement, text);
  if (cursor.takes("create")) return created(cursor, siteOf);
  if (cursor.takes("alter", "table")) return alterTable(cursor, siteOf);
  if (cursor.takes("alter", "index")) {
    cursor.takes("if", "exists");
    const name = cursor.name()?.name;
    const to = cursor.takes("rename", "to") ? cursor.name()?.name : undefined;
    return name === undefined || to === undefined ? [] : [{ kind: "rename-index", name, to }];
  }
  if (cursor.takes("alter", "type")) {
    const name = cursor.name()?.name;
    if (cursor.takes("add", "value")) cursor.takes("if", "not", "exists");
    const value = cursor.peek();
    return name !== undefined && value?.kind === "string" ? [{ kind: "enum", name, values: [value.text], adds: true }] : [];
  }
  if (cursor.takes("rename", "table")) {
    const table = cursor.name()?.name;
    const to = cursor.takes("to") ? cursor.name()?.name : undefined;
    return table === undefined || to === undefined ? [] : [{ kind: "rename-table", table, to }];
  }
  if (cursor.takes("drop")) return dropped(cursor);
  // `DO $$ BEGIN ALTER TABLE … EXCEPTION … END $$`: what guards a change is no part of it.
  if (cursor.takes("do")) {
    const body = statement.find((token) => token.kind === "string")?.text ?? "";
    return statements(sqlTokens(body)).flatMap((inner) => {
      const start = inner.findIndex((token) => token.kind === "word" && /^(?:create|alter|drop)$/iu.test(token.text));
      return start < 0 ? [] : statementChanges(inner.slice(start), body, () => siteOf(statement[0]));
    });
  }
  return [];
}

function created(cursor: Cursor, siteOf: SiteOf): readonly SchemaChange[] {
  cursor.takes("or", "replace");
  const site = siteOf(cursor.peek());
  if (cursor.takesAny("temp", "temporary") !== undefined) return [];
  cursor.takesAny("unlogged", "foreign", "external");
  if (cursor.takes("table")) return createTable(cursor, siteOf);
  const unique = cursor.takes("unique");
  const kind = cursor.takesAny("fulltext", "spatial", "clustered", "nonclustered", "columnstore");
  if (cursor.takes("index")) {
    const change = createIndex(cursor, site, unique, kind === "fulltext" || kind === "spatial" ? kind : undefined);
    return change === undefined ? [] : [change];
  }
  if (cursor.takes("extension")) {
    cursor.takes("if", "not", "exists");
    const name = cursor.name()?.name ?? cursor.peek()?.text;
    return name === undefined ? [] : [{ kind: "extension", name }];
  }
  if (cursor.takes("type")) {
    const name = cursor.name()?.name;
    if (name === undefined || !cursor.takes("as", "enum")) return [];
    return [
      { kind: "enum", name, values: (cursor.brackets() ?? []).filter((token) => token.kind === "string").map((token) => token.text) },
    ];
  }
  return [];
}

function dropped(cursor: Cursor): readonly SchemaChange[] {
  const what = cursor.takesAny("table", "index");
  if (what === undefined) return [];
  cursor.takes("concurrently");
  cursor.takes("if", "exists");
  const names: string[] = [];
  for (let name = cursor.name(); name !== undefined; name = cursor.takes(",") ? cursor.name() : undefined) names.push(name.name);
  const table = cursor.takes("on") ? cursor.name()?.name : undefined;
  return names.map((name) =>
    what === "table" ? { kind: "drop-table", table: name } : { kind: "drop-index", name, ...(table === undefined ? {} : { table }) },
  );
}

const undo = /^\s*--\s*(?:migrate:down|\+goose\s+down|\+migrate\s+down|rambler\s+down|@down|down(?:\s+migration)?|undo)\s*$/imu;
const redo = /^\s*--\s*(?:migrate:up|\+goose\s+up|\+migrate\s+up|rambler\s+up)/imu;

/** Only what is marked as the way back is cut: a plain "down" needs an "up" before it. */
function upwards(text: string): string {
  const down = undo.exec(text);
  if (down === null) return text;
  const up = redo.exec(text);
  return up !== null && up.index > down.index ? text.slice(up.index) : text.slice(0, down.index);
}

/** Rows that a dump carries are no schema; the lines stay. */
function withoutData(text: string): string {
  return text.replaceAll(/^COPY [^;]*FROM stdin;\n[\s\S]*?^\\\.$/gmu, (rows) => rows.replaceAll(/[^\n]/gu, "")).replaceAll(/^\\.*$/gmu, "");
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** What the text itself says of its dialect. */
export function dialectOf(text: string): Dialect | undefined {
  if (/\bENGINE\s*=|\bAUTO_INCREMENT\b|\bUNSIGNED\b/iu.test(text) || /CREATE TABLE (?:IF NOT EXISTS )?`/iu.test(text)) return "mysql";
  if (/\bAUTOINCREMENT\b|\bPRAGMA\b|\bWITHOUT ROWID\b/iu.test(text)) return "sqlite";
  if (
    /\b(?:big)?serial\b|\btimestamptz\b|\bjsonb\b|::|\$\$|\bUSING (?:btree|gin|gist|hash|brin)\b|CREATE EXTENSION|TIMESTAMP\(\d\)|CONCURRENTLY|\bplpgsql\b/iu.test(
      text,
    )
  )
    return "postgresql";
  return /\bNVARCHAR\b|\bIDENTITY\s*\(|\bGO\s*$/imu.test(text) ? "mssql" : undefined;
}
