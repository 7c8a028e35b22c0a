/** Tables of Drizzle: `pgTable("users", { … }, (table) => [index().on(table.a)])`. A foreign key gets no index. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import type { Facts } from "../../model/facts.ts";
import type { SchemaChange, SchemaPart } from "../../model/schema-change.ts";
import { plainIndex } from "../../model/schema-change.ts";
import type { Dialect, IndexColumn } from "../../model/schema.ts";
import { chainOf, linkOf } from "./chains.ts";
import { meaningOf } from "./classes.ts";
import { calledName, elementsIn, entriesOf, folded, numberIn, objectIn, pathOf, property, scopeOf, textIn, textsIn } from "./folding.ts";
import type { Scope } from "./folding.ts";
import { snake } from "./plurals.ts";
import type { SchemaSources } from "./schema-text.ts";
import { deletion, siteIn } from "./sequelize/attributes.ts";

const dialects: Readonly<Record<string, Dialect>> = {
  pgTable: "postgresql",
  mysqlTable: "mysql",
  sqliteTable: "sqlite",
  singlestoreTable: "mysql",
};
const types: Readonly<Record<string, string>> = {
  serial: "integer",
  bigserial: "bigint",
  integer: "integer",
  int: "integer",
  bigint: "bigint",
  smallint: "smallint",
  varchar: "varchar",
  char: "char",
  text: "text",
  boolean: "boolean",
  timestamp: "timestamp",
  datetime: "datetime",
  date: "date",
  time: "time",
  uuid: "uuid",
  json: "json",
  jsonb: "jsonb",
  numeric: "numeric",
  decimal: "numeric",
  real: "real",
  doublePrecision: "double precision",
  double: "double precision",
  blob: "blob",
  tinyint: "smallint",
};

interface TableCall {
  readonly facts: Facts;
  readonly scope: Scope;
  readonly call: CallExpression;
  readonly variable: string;
  readonly table: string;
  readonly dialect: Dialect;
}

export function readDrizzle(sources: SchemaSources): readonly SchemaPart[] {
  const packages = new Map<string, TableCall[]>();
  for (const facts of sources.facts.values()) {
    if (!facts.imports.some((name) => name.startsWith("drizzle-orm"))) continue;
    for (const one of tablesIn(facts)) {
      const dir = sources.packageDir(facts.file);
      packages.set(dir, [...(packages.get(dir) ?? []), one]);
    }
  }
  return [...packages].map(([folder, tables]): SchemaPart => {
    const names = new Map(tables.map((one) => [one.call, one.table]));
    const changes = tables.flatMap((one) => tableChanges(sources, one, names));
    return {
      by: "Drizzle",
      library: "drizzle",
      kind: "models",
      dialect: tables[0]?.dialect ?? "unknown",
      folder,
      files: [...new Set(tables.map(({ facts }) => facts.file))],
      changes,
      unknown: [],
    };
  });
}

function tablesIn(facts: Facts): TableCall[] {
  const scope = scopeOf(facts);
  return (facts.functions[0]?.body ?? []).flatMap((s) => {
    const call = s.kind === "assign" && s.value?.kind === "call" && s.target.kind === "bind" ? s.value : undefined;
    const name = call === undefined ? "" : calledName(call);
    const table = call === undefined ? undefined : textIn(scope, call.args[0]?.value);
    const dialect = Object.hasOwn(dialects, name) ? dialects[name] : name === "table" ? "postgresql" : undefined;
    if (call === undefined || table === undefined || dialect === undefined || s.kind !== "assign" || s.target.kind !== "bind") return [];
    return [{ facts, scope, call, variable: s.target.name, table, dialect }];
  });
}

function tableChanges(sources: SchemaSources, one: TableCall, names: ReadonlyMap<CallExpression, string>): readonly SchemaChange[] {
  const { facts, scope, call, table } = one;
  const changes: SchemaChange[] = [{ kind: "table", table, model: one.variable, site: siteIn(scope, call) }];
  const columns = new Map<string, string>();
  const given = call.args[1]?.value;
  const body = given?.kind === "function" ? returned(facts, given) : given;
  for (const [name, value] of entriesOf(scope, body)) {
    const chain = chainOf(folded(scope, value));
    const [first] = chain;
    if (first === undefined) continue;
    const column = textIn(scope, first.args[0]?.value) ?? name;
    columns.set(name, column);
    changes.push(...columnChanges(sources, one, name, column, chain, names));
  }
  const extra = call.args[2]?.value;
  const list = extra?.kind === "function" ? returned(facts, extra) : extra;
  const items = elementsIn(scope, list) ?? entriesOf(scope, list).map(([, value]) => value);
  for (const item of items) changes.push(...extraChanges(table, scope, chainOf(folded(scope, item)), columns));
  return changes;
}

function returned(facts: Facts, e: Extract<Expression, { kind: "function" }>): Expression | undefined {
  const last = facts.functions[e.function]?.body.at(-1);
  return last?.kind === "return" ? last.value : undefined;
}

function columnChanges(
  sources: SchemaSources,
  { facts, scope, table }: TableCall,
  name: string,
  column: string,
  chain: readonly CallExpression[],
  names: ReadonlyMap<CallExpression, string>,
): readonly SchemaChange[] {
  const [first] = chain;
  if (first === undefined) return [];
  const site = siteIn(scope, first);
  const own = calledName(first);
  const options = first.args.at(-1)?.value;
  const values =
    own === "boolean"
      ? ["false", "true"]
      : objectIn(scope, options) === undefined
        ? undefined
        : textsIn(scope, property(scope, options, "enum"));
  const length = objectIn(scope, options) === undefined ? undefined : numberIn(scope, property(scope, options, "length"));
  const zoned = objectIn(scope, options) !== undefined && property(scope, options, "withTimezone") !== undefined;
  const type = (types[own] ?? snake(own)) + (length === undefined ? "" : `(${length})`);
  const fallback = folded(scope, linkOf(chain, "default")?.args[0]?.value);
  const isKey = linkOf(chain, "primaryKey") !== undefined;
  const changes: SchemaChange[] = [
    {
      kind: "column",
      table,
      column: {
        name: column,
        ...(column === name ? {} : { property: name }),
        type: type === "timestamp" && zoned ? "timestamptz" : linkOf(chain, "array") === undefined ? type : `${type}[]`,
        nullable: !isKey && linkOf(chain, "notNull") === undefined,
        ...(fallback?.kind === "literal" && fallback.value !== null ? { default: String(fallback.value) } : {}),
        ...(values === undefined || values.length === 0 ? {} : { values }),
        site,
      },
    },
  ];
  if (isKey) changes.push({ kind: "primary-key", table, columns: [column] });
  if (linkOf(chain, "unique") !== undefined)
    changes.push({ kind: "index", table, index: plainIndex([column], { unique: true, origin: "unique", site }) });
  const references = linkOf(chain, "references");
  const to = references?.args[0]?.value;
  const target = to?.kind === "function" ? returned(facts, to) : undefined;
  const meaning = target?.kind === "member" ? meaningOf(sources, facts, target.object) : undefined;
  const other =
    meaning?.kind === "value" && meaning.value.kind === "call"
      ? (names.get(meaning.value) ?? textIn(scopeOf(meaning.facts), meaning.value.args[0]?.value))
      : undefined;
  if (other !== undefined)
    changes.push({
      kind: "foreign-key",
      table,
      key: {
        columns: [column],
        table: other,
        references: target?.kind === "member" ? [target.name] : [],
        site,
        ...deletion(textIn(scope, property(scope, references?.args[1]?.value, "onDelete"))),
      },
    });
  return changes;
}

/** `index("name").on(table.a, table.b.desc()).where(…)`, `unique().on(…)`, `primaryKey({ columns: […] })`. */
function extraChanges(
  table: string,
  scope: Scope,
  chain: readonly CallExpression[],
  columns: ReadonlyMap<string, string>,
): readonly SchemaChange[] {
  const [first] = chain;
  const kind = first === undefined ? "" : calledName(first);
  if (first === undefined) return [];
  const named = (e: Expression): string => columns.get(pathOf(e)?.at(-1) ?? "") ?? pathOf(e)?.at(-1) ?? "";
  if (kind === "primaryKey") {
    const list = elementsIn(scope, property(scope, first.args[0]?.value, "columns")) ?? first.args.map((one) => one.value);
    return [{ kind: "primary-key", table, columns: list.map(named) }];
  }
  if (!/^(?:index|uniqueIndex|unique)$/.test(kind)) return [];
  const on = chain.find((call) => /^(?:on|onOnly|using)$/.test(calledName(call)));
  const using = linkOf(chain, "using");
  const args = (on?.args ?? []).map((one) => one.value).slice(using === undefined || on !== using ? 0 : 1);
  const list = args.map((e): IndexColumn => {
    const link = chainOf(e);
    if (e.kind !== "call") return { name: named(e), order: "asc" };
    const base = link[0]?.callee.kind === "member" ? link[0].callee.object : undefined;
    const path = base === undefined ? undefined : pathOf(base);
    return path === undefined
      ? { expression: "", order: "asc" }
      : { name: named(base as Expression), order: linkOf(link, "desc") === undefined ? "asc" : "desc" };
  });
  const name = textIn(scope, first.args[0]?.value);
  const unique = kind !== "index";
  const method = using === undefined ? "btree" : (textIn(scope, using.args[0]?.value) ?? "btree");
  const index = plainIndex([], {
    unique,
    origin: kind === "unique" ? "unique" : "declared",
    site: siteIn(scope, first),
    method,
    ...(name === undefined ? {} : { name }),
    ...(linkOf(chain, "where") === undefined ? {} : { where: "…" }),
  });
  return list.length === 0 ? [] : [{ kind: "index", table, index: { ...index, columns: list } }];
}
