/** Attributes of a table as `define`, `init` and `createTable` write them. */
import type { Expression } from "../../../model/facts-expressions.ts";
import { lineAt } from "../../../model/facts.ts";
import type { SchemaChange } from "../../../model/schema-change.ts";
import { plainIndex } from "../../../model/schema-change.ts";
import type { ForeignKey, Index, IndexColumn, SchemaSite } from "../../../model/schema.ts";
import { elementsIn, entriesOf, folded, isTrue, objectIn, pathOf, property, textIn } from "../folding.ts";
import type { Scope } from "../folding.ts";
import { sequelizeType } from "./types.ts";

export function siteIn(scope: Scope, node: { readonly at: number; readonly end?: number }): SchemaSite {
  const line = lineAt(scope.facts.lines, node.at);
  const endLine = node.end === undefined ? line : lineAt(scope.facts.lines, node.end);
  return { file: scope.facts.file, line, ...(endLine === line ? {} : { endLine }) };
}

/** One attribute; `named` is what the database calls a column that says nothing else. */
export function attributeChanges(
  table: string,
  name: string,
  scope: Scope,
  e: Expression,
  site: SchemaSite,
  named: (name: string) => string = (one) => one,
): readonly SchemaChange[] {
  const own = textIn(scope, property(scope, e, "field"));
  const column = own ?? named(name);
  const type = sequelizeType(scope, e);
  if (type === undefined) return [];
  const isObject = objectIn(scope, e) !== undefined;
  const isKey = isTrue(scope, property(scope, e, "primaryKey")) === true;
  const fallback = property(scope, e, "defaultValue");
  const text = textIn(scope, fallback) ?? constantText(folded(scope, fallback));
  const changes: SchemaChange[] = [
    {
      kind: "column",
      table,
      column: {
        name: column,
        ...(column === name ? {} : { property: name }),
        ...type,
        ...(isObject || !isKey ? { nullable: isTrue(scope, property(scope, e, "allowNull")) !== false && !isKey } : {}),
        ...(text === undefined ? {} : { default: text }),
        ...(isTrue(scope, property(scope, e, "autoIncrement")) === true ? { generated: "identity" as const } : {}),
        site,
      },
    },
  ];
  if (isKey) changes.push({ kind: "primary-key", table, columns: [column] });
  const unique = folded(scope, property(scope, e, "unique"));
  if (unique !== undefined && !(unique.kind === "literal" && unique.value === false) && textIn(scope, unique) === undefined)
    changes.push({ kind: "index", table, index: plainIndex([column], { unique: true, origin: "unique", site }) });
  const key = referenceIn(scope, property(scope, e, "references"), property(scope, e, "onDelete"), column, site);
  if (key !== undefined) changes.push({ kind: "foreign-key", table, key });
  return changes;
}

function constantText(e: Expression | undefined): string | undefined {
  return e?.kind === "literal" && e.value !== null ? String(e.value) : undefined;
}

function referenceIn(
  scope: Scope,
  references: Expression | undefined,
  onDelete: Expression | undefined,
  column: string,
  site: SchemaSite,
): ForeignKey | undefined {
  if (references === undefined) return undefined;
  const model = property(scope, references, "model") ?? property(scope, references, "table") ?? references;
  const target = textIn(scope, model) ?? textIn(scope, property(scope, model, "tableName")) ?? pathOf(model)?.at(-1);
  if (target === undefined) return undefined;
  const to = textIn(scope, property(scope, references, "key")) ?? textIn(scope, property(scope, references, "field"));
  return { columns: [column], table: target, references: to === undefined ? [] : [to], site, ...deletion(textIn(scope, onDelete)) };
}

export function deletion(text: string | undefined): Pick<ForeignKey, "onDelete"> {
  const lower = text?.toLowerCase();
  return lower === "cascade" || lower === "restrict" || lower === "set null" || lower === "set default" || lower === "no action"
    ? { onDelete: lower }
    : {};
}

/** An index of `indexes: […]` or `addIndex`: `fields` and the options around them. */
export function indexIn(
  scope: Scope,
  fields: Expression | undefined,
  options: Expression | undefined,
  site: SchemaSite,
  named: (name: string) => string = (one) => one,
): Index | undefined {
  const columns = (elementsIn(scope, fields) ?? []).flatMap((item) => indexColumn(scope, item, named) ?? []);
  if (columns.length === 0) return undefined;
  const name = textIn(scope, property(scope, options, "name")) ?? textIn(scope, property(scope, options, "indexName"));
  const kind = textIn(scope, property(scope, options, "type")) ?? textIn(scope, property(scope, options, "indicesType"));
  const unique = isTrue(scope, property(scope, options, "unique")) === true || kind?.toLowerCase() === "unique";
  const method =
    textIn(scope, property(scope, options, "using")) ??
    textIn(scope, property(scope, options, "method")) ??
    (kind?.toLowerCase() === "fulltext" ? "fulltext" : "btree");
  const operator = textIn(scope, property(scope, options, "operator"));
  const where = property(scope, options, "where");
  return {
    ...(name === undefined ? {} : { name }),
    columns: operator === undefined ? columns : columns.map((column) => ({ opclass: operator, ...column })),
    unique,
    method: method.toLowerCase(),
    include: [],
    origin: "declared",
    site,
    ...(where === undefined ? {} : { where: conditionText(scope, where) }),
  };
}

function indexColumn(scope: Scope, item: Expression, named: (name: string) => string): IndexColumn | undefined {
  const text = textIn(scope, item);
  if (text !== undefined) {
    const [, name = text, order] = /^(.*?)(?:\s+(asc|desc))?$/i.exec(text) ?? [];
    return { name: named(name), order: order?.toLowerCase() === "desc" ? "desc" : "asc" };
  }
  const own = textIn(scope, property(scope, item, "name")) ?? textIn(scope, property(scope, item, "attribute"));
  const order = textIn(scope, property(scope, item, "order"));
  if (own !== undefined) return { name: named(own), order: order?.toLowerCase() === "desc" ? "desc" : "asc" };
  // `sequelize.fn("lower", sequelize.col("email"))`, `sequelize.literal("…")`
  const call = folded(scope, item);
  if (call?.kind !== "call") return undefined;
  const args = call.args.map(
    (one) => textIn(scope, one.value) ?? (one.value.kind === "call" ? textIn(scope, one.value.args[0]?.value) : undefined),
  );
  const isLiteral = call.callee.kind === "member" && call.callee.name === "literal";
  return { expression: isLiteral ? (args[0] ?? "") : `${args[0] ?? ""}(${args.slice(1).join(", ")})`, order: "asc" };
}

/** The condition of a partial index, as much of it as is written down. */
function conditionText(scope: Scope, where: Expression): string {
  const parts = entriesOf(scope, where).map(([name, value]) => {
    const e = folded(scope, value);
    if (e?.kind === "literal")
      return e.value === null
        ? `"${name}" IS NULL`
        : `"${name}" = ${typeof e.value === "string" ? `'${e.value.replaceAll("'", "''")}'` : String(e.value)}`;
    return `"${name}" IS NOT NULL`;
  });
  return parts.length > 0 ? parts.join(" AND ") : "…";
}
