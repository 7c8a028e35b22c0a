/** Migrations of Knex: what `up` asks of the schema builder. Columns of SQL in `raw` count as well. */
import type { CallExpression } from "../../model/facts-expressions.ts";
import type { Facts } from "../../model/facts.ts";
import type { SchemaChange, SchemaPart } from "../../model/schema-change.ts";
import { plainIndex } from "../../model/schema-change.ts";
import type { UnknownPart } from "../../model/schema.ts";
import { chainOf, linkOf } from "./chains.ts";
import { dialectOfDrivers } from "./dialects.ts";
import { calledName, elementsIn, numberIn, pathOf, textIn, textsIn } from "./folding.ts";
import type { Scope } from "./folding.ts";
import type { SchemaSources } from "./schema-text.ts";
import { deletion, siteIn } from "./sequelize/attributes.ts";
import { readDdl } from "./sql/index.ts";
import { functionNamed, stepsOf } from "./steps.ts";

const types: Readonly<Record<string, string>> = {
  increments: "integer",
  bigIncrements: "bigint",
  integer: "integer",
  bigInteger: "bigint",
  smallint: "smallint",
  tinyint: "smallint",
  string: "varchar(255)",
  text: "text",
  float: "real",
  double: "double precision",
  decimal: "numeric",
  boolean: "boolean",
  date: "date",
  datetime: "timestamptz",
  timestamp: "timestamptz",
  time: "time",
  binary: "bytea",
  enum: "enum",
  enu: "enum",
  json: "json",
  jsonb: "jsonb",
  uuid: "uuid",
  specificType: "",
};

export function readKnex(sources: SchemaSources): readonly SchemaPart[] {
  const folders = new Map<string, { files: string[]; changes: SchemaChange[]; unknown: UnknownPart[] }>();
  for (const facts of sources.migrations) {
    if (facts.language !== "javascript") continue;
    const unknown: UnknownPart[] = [];
    const changes = migrationChanges(facts, unknown);
    if (changes.length === 0) continue;
    const folder = facts.file.slice(0, Math.max(0, facts.file.lastIndexOf("/")));
    const own = folders.get(folder) ?? { files: [], changes: [], unknown: [] };
    folders.set(folder, own);
    own.files.push(facts.file);
    own.changes.push(...changes);
    own.unknown.push(...unknown);
  }
  return [...folders].map(([folder, own]): SchemaPart => ({
    by: "Knex migrations",
    library: "knex",
    kind: "migrations",
    dialect: dialectOfDrivers(sources.dependencies(sources.packageDir(own.files[0] ?? ""))),
    folder,
    ...own,
  }));
}

function migrationChanges(facts: Facts, unknown: UnknownPart[]): readonly SchemaChange[] {
  const up = functionNamed(facts, "up");
  const parameter = up?.params[0]?.target;
  if (up === undefined || parameter?.kind !== "bind" || parameter.name === "queryRunner" || parameter.name === "queryInterface") return [];
  const steps = stepsOf(facts, up);
  const isSchema = (call: CallExpression): boolean =>
    call.callee.kind === "member" &&
    (pathOf(call.callee.object)?.at(-1) === "schema" ||
      chainOf(call).some((one) => one.callee.kind === "member" && pathOf(one.callee.object)?.at(-1) === "schema"));
  return steps.flatMap(({ call, scope }): readonly SchemaChange[] => {
    const method = calledName(call);
    const table = textIn(scope, call.args[0]?.value);
    if (method === "raw" && table !== undefined) {
      const read = readDdl(table, { file: facts.file, line: siteIn(scope, call).line });
      unknown.push(...read.unknown);
      return read.changes;
    }
    if (!isSchema(call) || table === undefined) return [];
    const to = textIn(scope, call.args[1]?.value);
    if (method === "renameTable" && to !== undefined) return [{ kind: "rename-table", table, to }];
    if (method === "dropTable" || method === "dropTableIfExists") return [{ kind: "drop-table", table }];
    if (!/^(?:createTable|createTableIfNotExists|alterTable|table)$/.test(method)) return [];
    const callback = call.args.find((one) => one.value.kind === "function")?.value;
    const fn = callback?.kind === "function" ? facts.functions[callback.function] : undefined;
    const made: readonly SchemaChange[] = method.startsWith("create") ? [{ kind: "table", table, site: siteIn(scope, call) }] : [];
    return fn === undefined
      ? made
      : [...made, ...lastLinks(stepsOf(facts, fn).map((one) => one.call)).flatMap((one) => builderChanges(table, scope, one))];
  });
}

/** Of the calls of a chain only the last, which holds the others. */
function lastLinks(calls: readonly CallExpression[]): readonly CallExpression[] {
  const inner = new Set(
    calls.flatMap((call) => (call.callee.kind === "member" && call.callee.object.kind === "call" ? [call.callee.object] : [])),
  );
  return calls.filter((call) => !inner.has(call));
}

function builderChanges(table: string, scope: Scope, call: CallExpression): readonly SchemaChange[] {
  const chain = chainOf(call);
  const [first] = chain;
  if (first === undefined) return [];
  const kind = calledName(first);
  const site = siteIn(scope, first);
  const columns = textsIn(scope, first.args[0]?.value);
  const [name] = columns;
  switch (kind) {
    case "timestamps":
      return ["created_at", "updated_at"].map((column) => ({
        kind: "column",
        table,
        column: { name: column, type: "timestamptz", nullable: true, site },
      }));
    case "index":
    case "unique": {
      const own = textIn(scope, first.args[1]?.value);
      return [
        {
          kind: "index",
          table,
          index: plainIndex(columns, {
            unique: kind === "unique",
            origin: kind === "unique" ? "unique" : "declared",
            site,
            ...(own === undefined ? {} : { name: own }),
          }),
        },
      ];
    }
    case "primary":
      return [{ kind: "primary-key", table, columns }];
    case "dropColumn":
    case "dropColumns":
      return first.args.flatMap((one) => textsIn(scope, one.value)).map((column) => ({ kind: "drop-column", table, name: column }));
    case "dropIndex":
    case "dropUnique": {
      const own = textIn(scope, first.args[1]?.value);
      return [{ kind: "drop-index", table, ...(own === undefined ? { columns } : { name: own }) }];
    }
    case "renameColumn":
      return name === undefined ? [] : [{ kind: "rename-column", table, name, to: textIn(scope, first.args[1]?.value) ?? name }];
    case "foreign":
      return references(table, scope, columns, chain);
    default:
      return Object.hasOwn(types, kind) || linkOf(chain, "references") !== undefined ? columnChanges(table, scope, chain, kind) : [];
  }
}

function columnChanges(table: string, scope: Scope, chain: readonly CallExpression[], kind: string): readonly SchemaChange[] {
  const [first] = chain;
  const name = textIn(scope, first?.args[0]?.value) ?? (/increments/i.test(kind) ? "id" : undefined);
  if (first === undefined || name === undefined) return [];
  const site = siteIn(scope, first);
  const isKey = /increments/i.test(kind) || linkOf(chain, "primary") !== undefined;
  const length = kind === "string" ? numberIn(scope, first.args[1]?.value) : undefined;
  const values =
    kind === "boolean"
      ? ["false", "true"]
      : kind === "enum" || kind === "enu"
        ? (elementsIn(scope, first.args[1]?.value) ?? []).flatMap((e) => textIn(scope, e) ?? [])
        : undefined;
  const type =
    kind === "specificType"
      ? (textIn(scope, first.args[1]?.value) ?? "")
      : length === undefined
        ? (types[kind] ?? "")
        : `varchar(${length})`;
  return [
    {
      kind: "column",
      table,
      column: {
        name,
        type,
        nullable: !isKey && linkOf(chain, "notNullable") === undefined,
        site,
        ...(values === undefined ? {} : { values }),
      },
    },
    ...(isKey ? [{ kind: "primary-key", table, columns: [name] } as const] : []),
    ...(linkOf(chain, "unique") === undefined
      ? []
      : [{ kind: "index", table, index: plainIndex([name], { unique: true, origin: "unique", site }) } as const]),
    ...(linkOf(chain, "index") === undefined ? [] : [{ kind: "index", table, index: plainIndex([name], { site }) } as const]),
    ...references(table, scope, [name], chain),
  ];
}

/** `.references("id").inTable("users").onDelete("CASCADE")`, `.references("users.id")`. */
function references(table: string, scope: Scope, columns: readonly string[], chain: readonly CallExpression[]): readonly SchemaChange[] {
  const to = linkOf(chain, "references");
  const text = to === undefined ? undefined : textIn(scope, to.args[0]?.value);
  if (to === undefined || text === undefined) return [];
  const target =
    textIn(scope, linkOf(chain, "inTable")?.args[0]?.value) ?? (text.includes(".") ? text.slice(0, text.lastIndexOf(".")) : undefined);
  if (target === undefined) return [];
  return [
    {
      kind: "foreign-key",
      table,
      key: {
        columns,
        table: target,
        references: [text.slice(text.lastIndexOf(".") + 1)],
        site: siteIn(scope, to),
        ...deletion(textIn(scope, linkOf(chain, "onDelete")?.args[0]?.value)),
      },
    },
  ];
}
