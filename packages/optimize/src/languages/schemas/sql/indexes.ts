/** CREATE INDEX, and the column lists of indexes and keys. */
import type { SchemaChange } from "../../../model/schema-change.ts";
import type { Index, IndexColumn, SchemaSite } from "../../../model/schema.ts";
import type { SqlToken } from "../../../model/sql-tokens.ts";
import type { Cursor } from "./cursor.ts";

/** Behind CREATE [UNIQUE] INDEX. */
export function createIndex(cursor: Cursor, site: SchemaSite, unique: boolean, kind: string | undefined): SchemaChange | undefined {
  const gently = cursor.takes("concurrently");
  cursor.takes("if", "not", "exists");
  const name = cursor.sees("on") ? undefined : cursor.name()?.name;
  let method = kind ?? "btree";
  if (cursor.takes("using")) method = word(cursor) ?? method;
  if (!cursor.takes("on")) return undefined;
  cursor.takes("only");
  const table = cursor.name()?.name;
  if (cursor.takes("using")) method = word(cursor) ?? method;
  const columns = cursor.list();
  if (table === undefined || columns === undefined) return undefined;
  let include: readonly string[] = [];
  let where: string | undefined;
  while (!cursor.done) {
    if (cursor.takes("include")) include = cursor.names() ?? [];
    else if (cursor.takes("using")) method = word(cursor) ?? method;
    else if (cursor.takes("where")) {
      where = cursor.source(cursor.tokens.slice(cursor.at));
      break;
    } else if (cursor.brackets() === undefined) cursor.at++;
  }
  const index: Index = {
    ...(name === undefined ? {} : { name }),
    columns: columns.map((item) => indexColumn(cursor.within(item))),
    unique,
    method: method.toLowerCase(),
    include,
    origin: "declared",
    site,
    ...(where === undefined ? {} : { where }),
  };
  return { kind: "index", table, index, ...(gently ? { gently } : {}) };
}

function word(cursor: Cursor): string | undefined {
  return cursor.name()?.name;
}

/** `name`, `lower(name)`, `(a || b) DESC NULLS LAST`, `title gin_trgm_ops`, MySQL's `name(20)`. */
export function indexColumn(cursor: Cursor): IndexColumn {
  const tokens = [...cursor.tokens];
  let order: "asc" | "desc" = "asc";
  let nulls: "first" | "last" | undefined;
  let opclass: string | undefined;
  for (;;) {
    const last = tokens.at(-1)?.kind === "word" ? tokens.at(-1)?.text.toLowerCase() : undefined;
    if ((last === "first" || last === "last") && tokens.at(-2)?.text.toLowerCase() === "nulls") {
      nulls = last;
      tokens.splice(-2);
    } else if ((last === "asc" || last === "desc") && tokens.length > 1) {
      order = last;
      tokens.pop();
    } else if (last?.endsWith("_ops") === true && tokens.length > 1) {
      opclass = last;
      tokens.pop();
      if (tokens.at(-1)?.text === ".") tokens.splice(-2);
    } else break;
  }
  const rest = { order, ...(nulls === undefined ? {} : { nulls }), ...(opclass === undefined ? {} : { opclass }) };
  const collate = tokens.findIndex((token, place) => place > 0 && token.kind === "word" && token.text.toLowerCase() === "collate");
  const plain = collate > 0 ? tokens.slice(0, collate) : tokens;
  const [first, second, third] = plain;
  const isName = first !== undefined && (first.kind === "word" || first.kind === "name");
  // A number in brackets is the length of MySQL's prefix.
  if (isName && (plain.length === 1 || (second?.text === "(" && third?.kind === "number" && plain.length === 4)))
    return { name: first.text, ...rest };
  return { expression: cursor.source(unwrapped(plain)), ...rest };
}

function unwrapped(tokens: readonly SqlToken[]): readonly SqlToken[] {
  if (tokens[0]?.text !== "(" || tokens.at(-1)?.text !== ")") return tokens;
  let depth = 0;
  for (const [place, token] of tokens.entries()) {
    if (token.text === "(") depth++;
    else if (token.text === ")" && --depth === 0 && place < tokens.length - 1) return tokens;
  }
  return tokens.slice(1, -1);
}
