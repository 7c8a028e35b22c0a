/** The lines of `optimize db schema`: what was read, from where, and what every table is. */
import { indexDdl } from "../../model/schema-ddl.ts";
import type { Drift, Index, Schema, SchemaSite, Table } from "../../model/schema.ts";
import { clean } from "./sanitise.ts";
import type { Paint } from "./style.ts";
import { counted } from "./words.ts";

const shownFiles = 3;
const shownDrift = 20;

/** `whole`: every column of every table. */
export function schemaLines(schemas: readonly Schema[], paint: Paint, whole: boolean): string[] {
  if (schemas.length === 0)
    return [
      "No tables were found: no models of a known ORM, no migrations, no SQL that creates tables.",
      "A dump works too: pg_dump --schema-only > schema.sql",
    ];
  return schemas.flatMap((schema, place) => [...(place === 0 ? [] : [""]), ...oneSchema(schema, paint, whole)]);
}

function oneSchema(schema: Schema, paint: Paint, whole: boolean): string[] {
  const dialect = schema.dialect === "unknown" ? "a database of unknown kind" : schema.dialect;
  const indexes = schema.tables.reduce((sum, table) => sum + table.indexes.length, 0);
  const lines = [
    `${paint("bold", `${dialect}${schema.name === "" ? "" : ` (${clean(schema.name)})`}`)}: ${counted(schema.tables.length, "table")}, ${counted(indexes, "index", "indexes")}`,
  ];
  for (const source of schema.sources) {
    const more = source.files.length - shownFiles;
    const files = source.files.slice(0, shownFiles).map(clean).join(", ");
    lines.push(
      `  read from ${source.by} (${source.kind}): ${counted(source.tables, "table")} in ${files}${more > 0 ? ` and ${counted(more, "more file")}` : ""}`,
    );
  }
  for (const { file, line, why } of schema.unknown)
    lines.push(`  ${paint("yellow", "not read")} ${clean(file)}${line === undefined ? "" : `:${line}`}: ${clean(why)}`);
  if (schema.drift.length > 0) {
    lines.push(`  ${paint("yellow", "they differ")}; advice uses what either side has:`);
    for (const drift of schema.drift.slice(0, shownDrift)) lines.push(`    ${driftText(drift)}`);
    if (schema.drift.length > shownDrift) lines.push(`    and ${schema.drift.length - shownDrift} more (--format json lists all)`);
  }
  lines.push("");
  for (const table of schema.tables) lines.push(...tableLines(table, schema, paint, whole));
  return lines;
}

function driftText({ table, what, kind, has, lacks, site }: Drift): string {
  const name = kind === "table" ? `table ${clean(table)}` : `${kind} ${clean(table)}(${clean(what)})`;
  return `${name}: ${clean(has)} has it, ${clean(lacks)} does not${site === undefined ? "" : ` (${placed(site)})`}`;
}

function tableLines(table: Table, schema: Schema, paint: Paint, whole: boolean): string[] {
  const models = table.models.filter((model) => model !== table.name);
  const lines = [
    `  ${paint("bold", clean(table.name))}${models.length === 0 ? "" : ` ${clean(models.join(", "))}`}  ${counted(table.columns.length, "column")}${
      table.primaryKey.length === 0 ? ", no known key" : `, key ${clean(table.primaryKey.join(", "))}`
    }${table.site === undefined ? "" : paint("dim", `  ${placed(table.site)}`)}`,
  ];
  if (table.partial !== undefined) lines.push(`    ${paint("yellow", "known in part")}: ${clean(table.partial)}`);
  if (whole)
    for (const column of table.columns) {
      const words = [
        column.type === "" ? "type unknown" : column.type,
        column.nullable ? "null" : "not null",
        ...(column.values === undefined ? [] : [`one of ${counted(column.values.length, "value")}`]),
      ];
      lines.push(
        `    ${clean(column.name)}${column.property === undefined ? "" : ` (${clean(column.property)})`}: ${clean(words.join(", "))}`,
      );
    }
  for (const index of table.indexes) if (index.origin !== "primary key") lines.push(`    ${indexText(table, index, schema)}`);
  if (whole)
    for (const key of table.foreignKeys)
      lines.push(
        `    foreign key (${clean(key.columns.join(", "))}) to ${clean(key.table)}${key.onDelete === undefined ? "" : `, on delete ${key.onDelete}`}`,
      );
  return lines;
}

function indexText(table: Table, index: Index, schema: Schema): string {
  const ddl = indexDdl(table, { ...index, name: index.name ?? "" }, schema.dialect);
  const columns = ddl.slice(ddl.indexOf(" (", ddl.indexOf(" ON ") + 4) + 1);
  const kind = index.unique ? "unique" : "index";
  const method = index.method === "btree" ? "" : ` using ${index.method}`;
  const why = index.origin === "foreign key" ? ", made for the foreign key" : "";
  return clean(`${kind}${method} ${columns.replaceAll(/["`]/g, "")}${why}`);
}

function placed({ file, line }: SchemaSite): string {
  return `${clean(file)}:${line}`;
}
