/** Columns of CREATE and ALTER TABLE: type, null, default, and the keys that a column declares by itself. */
import type { SchemaChange } from "../../../model/schema-change.ts";
import { plainIndex } from "../../../model/schema-change.ts";
import type { ForeignKey, SchemaSite } from "../../../model/schema.ts";
import type { SqlToken } from "../../../model/sql-tokens.ts";
import type { Cursor } from "./cursor.ts";

/** Words that end the type of a column. */
const afterType =
  /^(?:constraint|not|null|default|primary|unique|references|check|generated|collate|auto_increment|autoincrement|identity|comment|on|key|as|first|after|storage|compression|visible|invisible|rowguidcol|sparse|charset|using)$/iu;

/** One column as it stands in brackets or behind ADD COLUMN. */
export function columnChanges(table: string, cursor: Cursor, site: SchemaSite): readonly SchemaChange[] {
  const name = cursor.name()?.name;
  if (name === undefined) return [];
  const type = typeText(cursor);
  const changes: SchemaChange[] = [];
  let nullable = true;
  let fallback: string | undefined;
  let generated: "identity" | "stored" | "virtual" | undefined = /serial/.test(type) ? "identity" : undefined;
  let constraint: string | undefined;
  while (!cursor.done) {
    if (cursor.takes("constraint")) constraint = cursor.name()?.name;
    else if (cursor.takes("not", "null")) nullable = false;
    else if (cursor.takes("null")) nullable = true;
    else if (cursor.takes("default")) fallback = expressionText(cursor);
    else if (cursor.takes("primary", "key")) {
      nullable = false;
      changes.push({ kind: "primary-key", table, columns: [name], ...(constraint === undefined ? {} : { name: constraint }) });
    } else if (cursor.takes("unique"))
      changes.push({
        kind: "index",
        table,
        index: plainIndex([name], { unique: true, origin: "unique", site, ...(constraint === undefined ? {} : { name: constraint }) }),
      });
    else if (cursor.takes("references")) changes.push({ kind: "foreign-key", table, key: reference([name], cursor, site, constraint) });
    else if (cursor.takesAny("auto_increment", "autoincrement", "identity") !== undefined) generated = "identity";
    else if (cursor.takes("generated")) {
      if (cursor.takes("always")) generated = "stored";
      else cursor.takes("by", "default");
      cursor.takes("as");
      if (cursor.takes("identity")) generated = "identity";
      cursor.brackets();
      if (cursor.takes("virtual")) generated = "virtual";
      else cursor.takes("stored");
    } else if (cursor.brackets() === undefined) cursor.at++;
  }
  const values = enumValues(type);
  return [
    {
      kind: "column",
      table,
      column: {
        name,
        type,
        nullable,
        site,
        ...(fallback === undefined ? {} : { default: fallback }),
        ...(generated === undefined ? {} : { generated }),
        ...(values === undefined ? {} : { values }),
      },
    },
    ...changes,
  ];
}

/** `varchar(255)`, `timestamp with time zone`, `int unsigned`; "" when SQLite's column has none. */
export function typeText(cursor: Cursor): string {
  const tokens: SqlToken[] = [];
  while (!cursor.done) {
    const token = cursor.peek() as SqlToken;
    if (token.kind === "word" && afterType.test(token.text)) break;
    if (cursor.sees("character", "set") && tokens.length > 0) break;
    const inside = cursor.peek()?.text === "(";
    const start = cursor.at;
    if (inside) cursor.brackets();
    else cursor.at++;
    tokens.push(...cursor.tokens.slice(start, cursor.at));
  }
  const text = cursor.source(tokens).replaceAll(/["`]/g, "");
  // What an enum may be is written as it is; everything else is a name of a type.
  return /^enum\s*\(/i.test(text) ? text : text.toLowerCase().replace(/^(?:public|pg_catalog)\./, "");
}

function enumValues(type: string): readonly string[] | undefined {
  if (/^bool(?:ean)?$|^tinyint\(1\)$/.test(type)) return ["false", "true"];
  if (!/^enum\s*\(/i.test(type)) return undefined;
  return [...type.matchAll(/'((?:[^']|'')*)'/g)].map((match) => match[1] ?? "");
}

/** A default up to the next word that begins something else. */
export function expressionText(cursor: Cursor): string {
  const start = cursor.at;
  while (!cursor.done) {
    const token = cursor.peek() as SqlToken;
    if (
      cursor.at > start &&
      token.kind === "word" &&
      afterType.test(token.text) &&
      !(token.text.toLowerCase() === "null" && cursor.at === start)
    )
      break;
    if (cursor.brackets() === undefined) cursor.at++;
  }
  return cursor.source(cursor.tokens.slice(start, cursor.at));
}

/** Behind REFERENCES. */
export function reference(columns: readonly string[], cursor: Cursor, site: SchemaSite, name: string | undefined): ForeignKey {
  const target = cursor.name()?.name ?? "";
  const references = cursor.names() ?? [];
  let onDelete: ForeignKey["onDelete"];
  while (!cursor.done) {
    if (cursor.takes("on", "delete")) {
      const does =
        cursor.takesAny("cascade", "restrict") ?? (cursor.takes("set") ? `set ${cursor.takesAny("null", "default") ?? "null"}` : undefined);
      if (does === undefined) cursor.at += 2;
      onDelete = (does ?? "no action") as NonNullable<ForeignKey["onDelete"]>;
    } else if (cursor.takes("on", "update")) {
      if (cursor.takes("set") || cursor.takes("no")) cursor.at++;
      else cursor.at++;
    } else if (
      cursor.takes("not", "deferrable") ||
      cursor.takes("not", "valid") ||
      cursor.takes("initially", "deferred") ||
      cursor.takes("initially", "immediate") ||
      cursor.takesAny("deferrable", "match", "full", "simple", "partial") !== undefined
    )
      continue;
    else break;
  }
  return {
    columns,
    table: target,
    references,
    site,
    ...(name === undefined ? {} : { name }),
    ...(onDelete === undefined ? {} : { onDelete }),
  };
}
