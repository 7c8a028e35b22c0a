/** Folders of SQL: migrations of Flyway, dbmate, goose, Prisma, Drizzle, Supabase and the like, and dumps of a schema. */
import type { SchemaChange, SchemaPart } from "../../model/schema-change.ts";
import type { Dialect, UnknownPart } from "../../model/schema.ts";
import type { SchemaSources, SchemaText } from "./schema-text.ts";
import { dialectOf, readDdl } from "./sql/index.ts";

const wayBack = /(?:^|[./_-])down\.sql$|(?:^|\/)U[\d.]+__[^/]*\.sql$|(?:^|[./_-])(?:rollback|undo|revert)\.sql$/iu;
/** Tools that give each migration a folder of its own. */
const alone = /(?:^|\/)(?:migration|up)\.sql$/iu;
/** ClickHouse, BigQuery and the like keep rows in another way: what is said here of indexes does not hold there. */
const columnar =
  /\bENGINE\s*=?\s*\(?\s*(?:Replicated|Shared)?\w*(?:MergeTree|Distributed|Kafka)\b|\bORDER BY tuple\(|\bLowCardinality\(|\bDISTKEY\b|\bCLUSTER BY\b/iu;

export function readSqlFiles(sources: SchemaSources): readonly SchemaPart[] {
  const folders = new Map<string, SchemaText[]>();
  for (const text of sources.texts) {
    if (!text.file.endsWith(".sql") || wayBack.test(text.file)) continue;
    const folder = groupOf(text.file);
    const list = folders.get(folder);
    if (list === undefined) folders.set(folder, [text]);
    else list.push(text);
  }
  return [...folders].flatMap(([folder, texts]) => partOf(folder, texts) ?? []);
}

function groupOf(file: string): string {
  const folder = file.slice(0, Math.max(0, file.lastIndexOf("/")));
  return alone.test(file) ? folder.slice(0, Math.max(0, folder.lastIndexOf("/"))) : folder;
}

function partOf(folder: string, texts: readonly SchemaText[]): SchemaPart | undefined {
  const changes: SchemaChange[] = [];
  const unknown: UnknownPart[] = [];
  const files: string[] = [];
  const votes = new Map<Dialect, number>();
  const isColumnar = texts.some(({ text }) => columnar.test(text));
  for (const { file, text } of [...texts].sort((a, b) => byVersion(a.file, b.file))) {
    const read = readDdl(text, { file, line: 1 });
    if (read.changes.length === 0 && read.unknown.length === 0) continue;
    files.push(file);
    changes.push(...read.changes);
    unknown.push(...read.unknown);
    const dialect = dialectOf(text);
    if (dialect !== undefined) votes.set(dialect, (votes.get(dialect) ?? 0) + 1);
  }
  if (files.length === 0) return undefined;
  const isDump = texts.some(({ text }) => /^-- PostgreSQL database dump|^-- MySQL dump/mu.test(text));
  const base = {
    by: isDump ? "SQL dump" : "SQL",
    library: undefined,
    kind: isDump ? "dump" : files.length > 1 || /migrat|versions?$/iu.test(folder) ? "migrations" : "sql",
    folder,
    files,
  } as const;
  if (isColumnar)
    return {
      ...base,
      dialect: "unknown",
      changes: [],
      unknown: [{ file: files[0] ?? folder, why: "a column store: its tables have no indexes of this kind" }],
    };
  const [best] = [...votes].sort((a, b) => b[1] - a[1]);
  return { ...base, dialect: best?.[0] ?? "unknown", changes, unknown };
}

/** `V2__x` before `V10__x`; repeatable ones last. */
export function byVersion(a: string, b: string): number {
  const isRepeatable = (file: string): number => (/(?:^|\/)R__/u.test(file) ? 1 : 0);
  return isRepeatable(a) - isRepeatable(b) || compareNumbers(a, b);
}

function compareNumbers(a: string, b: string): number {
  const left = a.split(/(\d+)/u);
  const right = b.split(/(\d+)/u);
  for (let place = 0; place < Math.min(left.length, right.length); place++) {
    const one = left[place] ?? "";
    const other = right[place] ?? "";
    if (one === other) continue;
    const numbers = /^\d+$/u.test(one) && /^\d+$/u.test(other);
    if (numbers) {
      const difference = BigInt(one) - BigInt(other);
      if (difference !== 0n) return difference < 0n ? -1 : 1;
      continue;
    }
    return one < other ? -1 : 1;
  }
  return left.length - right.length;
}
