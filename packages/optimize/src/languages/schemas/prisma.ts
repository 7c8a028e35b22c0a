/** Prisma's schema files: models with their columns, keys, indexes and relations. Prisma makes no index for a foreign key by itself. */
import type { SchemaChange, SchemaPart } from "../../model/schema-change.ts";
import { plainIndex } from "../../model/schema-change.ts";
import type { Dialect, ForeignKey, IndexColumn, SchemaSite, UnknownPart } from "../../model/schema.ts";
import type { SchemaText } from "./schema-text.ts";
import { fieldOf } from "./prisma-fields.ts";
import type { PrismaField } from "./prisma-fields.ts";

const dialects: Readonly<Record<string, Dialect>> = {
  postgresql: "postgresql",
  postgres: "postgresql",
  cockroachdb: "postgresql",
  mysql: "mysql",
  sqlite: "sqlite",
  sqlserver: "mssql",
  mongodb: "mongodb",
};

interface Block {
  readonly kind: string;
  readonly name: string;
  readonly lines: readonly { readonly text: string; readonly line: number }[];
  readonly site: SchemaSite;
}

/** All files of one folder are one schema: Prisma reads them together. */
export function readPrisma(folder: string, files: readonly SchemaText[]): SchemaPart {
  const unknown: UnknownPart[] = [];
  const blocks = files.flatMap((file) => blocksOf(file, unknown));
  const datasource = blocks.find((block) => block.kind === "datasource");
  const provider = /provider\s*=\s*"(\w+)"/.exec(datasource?.lines.map(({ text }) => text).join("\n") ?? "")?.[1] ?? "";
  const dialect = Object.hasOwn(dialects, provider) ? (dialects[provider] ?? "unknown") : "unknown";
  if (provider !== "" && dialect === "unknown" && datasource !== undefined)
    unknown.push({
      ...datasource.site,
      why: `the database \`${provider}\` is none that is known here, so that its tables are read and nothing of its server is taken for granted`,
    });
  const models = new Map(blocks.filter(isModel).map((block) => [block.name, tableName(block)]));
  const enums = new Map(
    blocks
      .filter((block) => block.kind === "enum")
      .map((block) => [block.name, block.lines.flatMap(({ text }) => /^\s*(\w+)/.exec(text)?.[1] ?? [])]),
  );
  const changes = blocks.filter(isModel).flatMap((block) => modelChanges(block, models, enums, dialect));
  return { by: "Prisma", library: "prisma", kind: "models", dialect, folder, files: files.map(({ file }) => file), changes, unknown };
}

function isModel(block: Block): boolean {
  return block.kind === "model";
}

const beginning = /^\s*(model|enum|datasource|generator|type|view)\s+(\w+)\s*\{/;

function blocksOf({ file, text }: SchemaText, unknown: UnknownPart[]): Block[] {
  const blocks: Block[] = [];
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const head = beginning.exec(lines[at] ?? "");
    if (head === null) continue;
    const start = at;
    const body: { text: string; line: number }[] = [];
    const inline = /\{(.*)\}\s*$/.exec(withoutComment(lines[at] ?? ""))?.[1];
    if (inline !== undefined) {
      const body = inline.trim() === "" ? [] : [{ text: inline.trim(), line: at + 1 }];
      blocks.push({ kind: head[1] ?? "", name: head[2] ?? "", lines: body, site: { file, line: at + 1 } });
      continue;
    }
    while (++at < lines.length && !/^\s*\}/.test(lines[at] ?? "") && !beginning.test(lines[at] ?? "")) {
      const plain = withoutComment(lines[at] ?? "").trim();
      if (plain !== "") body.push({ text: plain, line: at + 1 });
    }
    const isOpen = at >= lines.length || beginning.test(lines[at] ?? "");
    if (isOpen) unknown.push({ file, line: start + 1, table: head[2] ?? "", why: `the ${head[1]} \`${head[2]}\` is not closed` });
    blocks.push({ kind: head[1] ?? "", name: head[2] ?? "", lines: body, site: { file, line: start + 1, endLine: at + 1 } });
    // What is not closed ends where the next one begins.
    if (isOpen) at--;
  }
  return blocks;
}

/** A `//` inside of quotes is part of a value. */
function withoutComment(line: string): string {
  const at = /^(?:[^"/]|"(?:[^"\\]|\\.)*"|\/(?!\/))*/.exec(line)?.[0].length ?? line.length;
  return line.slice(0, at);
}

function tableName(block: Block): string {
  for (const { text } of block.lines) {
    const mapped = /^@@map\(\s*(?:name:\s*)?"([^"]+)"/.exec(text)?.[1];
    if (mapped !== undefined) return mapped;
  }
  return block.name;
}

function modelChanges(
  block: Block,
  models: ReadonlyMap<string, string>,
  enums: ReadonlyMap<string, readonly string[]>,
  dialect: Dialect,
): readonly SchemaChange[] {
  const table = tableName(block);
  const schema = block.lines.map(({ text }) => /^@@schema\("([^"]+)"\)/.exec(text)?.[1]).find((name) => name !== undefined);
  const changes: SchemaChange[] = [
    { kind: "table", table, model: block.name, site: block.site, ...(schema === undefined ? {} : { schema }) },
  ];
  const fields = block.lines.flatMap(({ text, line }) => fieldOf(text, line) ?? []);
  const columns = new Map(fields.map((field) => [field.name, field.column]));
  const column = (name: string): string => columns.get(name) ?? name;
  for (const field of fields) {
    const site: SchemaSite = { file: block.site.file, line: field.line };
    const target = models.get(field.type);
    if (target !== undefined) {
      changes.push({ kind: "relation", table, relation: { name: field.name, kind: field.list ? "many" : "one", table: target } });
      const key = keyOf(field, column, target, site);
      if (key !== undefined) changes.push({ kind: "foreign-key", table, key });
      continue;
    }
    const values = field.type === "Boolean" ? ["false", "true"] : enums.get(field.type);
    changes.push({
      kind: "column",
      table,
      column: {
        name: field.column,
        ...(field.column === field.name ? {} : { property: field.name }),
        type: typeOf(field, dialect),
        nullable: field.optional,
        site,
        ...(field.default === undefined ? {} : { default: field.default }),
        ...(/autoincrement\(/.test(field.default ?? "") ? { generated: "identity" as const } : {}),
        ...(values === undefined ? {} : { values }),
      },
    });
    if (field.id) changes.push({ kind: "primary-key", table, columns: [field.column] });
    if (field.unique) changes.push({ kind: "index", table, index: plainIndex([field.column], { unique: true, origin: "unique", site }) });
  }
  for (const { text, line } of block.lines) {
    const change = blockIndex(table, text, { file: block.site.file, line }, column);
    if (change !== undefined) changes.push(change);
  }
  return changes;
}

function keyOf(field: PrismaField, column: (name: string) => string, table: string, site: SchemaSite): ForeignKey | undefined {
  if (field.keys.length === 0) return undefined;
  const onDelete = (
    { Cascade: "cascade", Restrict: "restrict", SetNull: "set null", SetDefault: "set default", NoAction: "no action" } as const
  )[field.onDelete as "Cascade"];
  const does = onDelete ?? (field.optional ? "set null" : "restrict");
  return { columns: field.keys.map(column), table, references: field.references, onDelete: does, site };
}

/** `@@index([a, b(sort: Desc)], map: "x", type: Gin)`, `@@unique`, `@@id`, `@@fulltext`. */
function blockIndex(table: string, text: string, site: SchemaSite, column: (name: string) => string): SchemaChange | undefined {
  const head = /^@@(index|unique|id|fulltext)\s*\(\s*(?:fields:\s*)?\[([\s\S]*?)\]\s*([\s\S]*)\)\s*$/.exec(text);
  if (head === null) return undefined;
  const [, kind, list = "", rest = ""] = head;
  const columns = splitFields(list).map((item): IndexColumn => {
    const name = /^\s*(\w+(?:\.\w+)*)/.exec(item)?.[1] ?? "";
    const opclass = /ops:\s*(?:raw\("(\w+)"\)|(\w+))/.exec(item);
    return {
      name: column(name),
      order: /sort:\s*Desc/.test(item) ? "desc" : "asc",
      ...(opclass === null ? {} : { opclass: opclass[1] ?? (opclass[2] ?? "").replaceAll(/([a-z])([A-Z])/g, "$1_$2").toLowerCase() }),
    };
  });
  if (kind === "id") return { kind: "primary-key", table, columns: columns.map(({ name }) => name ?? "") };
  const name = /map:\s*"([^"]+)"/.exec(rest)?.[1];
  const where = /where:\s*(?:raw\("([^"]+)"\))/.exec(rest)?.[1];
  const method = kind === "fulltext" ? "fulltext" : (/type:\s*(\w+)/.exec(rest)?.[1] ?? "btree").toLowerCase();
  const unique = kind === "unique";
  return {
    kind: "index",
    table,
    index: {
      ...(name === undefined ? {} : { name }),
      columns,
      unique,
      method: method === "hash" || method === "brin" ? method : method.replace("spgist", "spgist"),
      include: [],
      origin: unique ? "unique" : "declared",
      site,
      ...(where === undefined ? {} : { where }),
    },
  };
}

function splitFields(list: string): readonly string[] {
  return (list.match(/[^,(]+(?:\((?:[^()]|\([^()]*\))*\))?/g) ?? []).map((item) => item.trim()).filter((item) => item !== "");
}

const types: Readonly<Record<string, Partial<Record<Dialect, string>> & { readonly all: string }>> = {
  String: { all: "text", mysql: "varchar(191)", mssql: "nvarchar(1000)" },
  Int: { all: "integer" },
  BigInt: { all: "bigint" },
  Float: { all: "double precision", mysql: "double" },
  Decimal: { all: "decimal(65,30)" },
  Boolean: { all: "boolean", mysql: "tinyint(1)" },
  DateTime: { all: "timestamp(3)", mysql: "datetime(3)", sqlite: "datetime" },
  Json: { all: "jsonb", mysql: "json" },
  Bytes: { all: "bytea", mysql: "longblob", sqlite: "blob" },
};

function typeOf(field: PrismaField, dialect: Dialect): string {
  const native = field.native?.replaceAll(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  const known = types[field.type];
  const type =
    native === undefined
      ? (known?.[dialect] ?? known?.all ?? field.type.toLowerCase())
      : native
          .replace("var char", "varchar")
          .replace("timestamp tz", "timestamptz")
          .replace("time tz", "timetz")
          .replace("small int", "smallint")
          .replace("big int", "bigint")
          .replace("json b", "jsonb")
          .replace("double precision", "double precision");
  return field.list ? `${type}[]` : type;
}
