/** CREATE TABLE and ALTER TABLE. */
import type { SchemaChange } from "../../../model/schema-change.ts";
import { plainIndex } from "../../../model/schema-change.ts";
import type { SchemaSite } from "../../../model/schema.ts";
import type { SqlToken } from "../../../model/sql-tokens.ts";
import { columnChanges, reference, typeText, expressionText } from "./columns.ts";
import type { Cursor } from "./cursor.ts";
import { commas } from "./cursor.ts";
import { indexColumn } from "./indexes.ts";

export type SiteOf = (token: SqlToken | undefined) => SchemaSite;

/** Behind CREATE … TABLE. */
export function createTable(cursor: Cursor, siteOf: SiteOf): readonly SchemaChange[] {
  cursor.takes("if", "not", "exists");
  const token = cursor.peek();
  const named = cursor.name();
  if (named === undefined) return [];
  const { name: table } = named;
  const base = { kind: "table", table, site: siteOf(token), ...(named.schema === undefined ? {} : { schema: named.schema }) } as const;
  if (cursor.takes("partition", "of")) {
    const parent = cursor.name()?.name;
    return parent === undefined ? [base] : [base, { kind: "like", table, other: parent }];
  }
  if (cursor.takes("like")) {
    const other = cursor.name()?.name;
    return other === undefined ? [base] : [base, { kind: "like", table, other }];
  }
  const items = cursor.sees("as") ? undefined : cursor.list();
  if (items === undefined) return [{ ...base, partial: "it is made from a query" }];
  return [base, ...items.flatMap((item) => tableItem(table, cursor.within(item), siteOf))];
}

function tableItem(table: string, cursor: Cursor, siteOf: SiteOf): readonly SchemaChange[] {
  if (cursor.takes("like")) {
    const other = cursor.name()?.name;
    return other === undefined ? [] : [{ kind: "like", table, other }];
  }
  return constraint(table, cursor, siteOf) ?? columnChanges(table, cursor, siteOf(cursor.peek()));
}

/** A key, an index or a constraint of the table; undefined when a column stands here. */
function constraint(table: string, cursor: Cursor, siteOf: SiteOf): readonly SchemaChange[] | undefined {
  const site = siteOf(cursor.peek());
  const start = cursor.at;
  let name: string | undefined;
  if (cursor.takes("constraint") && !cursor.sees("primary", "key") && !cursor.sees("foreign", "key") && !cursor.sees("unique"))
    name = cursor.name()?.name;
  const named = (): { readonly name?: string } => (name === undefined ? {} : { name });
  if (cursor.takes("primary", "key")) {
    cursor.takesAny("clustered", "nonclustered");
    if (cursor.takes("using", "index")) return [{ kind: "primary-key", table, columns: [], ...named() }];
    const columns = cursor.names();
    return columns === undefined ? [] : [{ kind: "primary-key", table, columns, ...named() }];
  }
  if (cursor.takes("foreign", "key")) {
    if (cursor.peek()?.text !== "(") name ??= cursor.name()?.name;
    const columns = cursor.names() ?? [];
    const gently = /\bnot\s+valid\b/iu.test(cursor.source(cursor.tokens));
    return cursor.takes("references")
      ? [{ kind: "foreign-key", table, key: reference(columns, cursor, site, name), ...(gently ? { gently } : {}) }]
      : [];
  }
  if (cursor.takes("check") || cursor.takes("exclude")) return [];
  const kind = cursor.takesAny("fulltext", "spatial");
  const unique = kind === undefined && cursor.takes("unique");
  const isKey = cursor.takesAny("key", "index") !== undefined;
  if (!unique && kind === undefined && !isKey) {
    if (name !== undefined) return [];
    cursor.at = start;
    return undefined;
  }
  cursor.takes("nulls", "not", "distinct");
  cursor.takesAny("clustered", "nonclustered");
  if (cursor.peek()?.text !== "(") {
    const own = cursor.takes("using", "index") || cursor.sees("using") ? undefined : cursor.name()?.name;
    // A column may be called `key` or `index`.
    if (!unique && kind === undefined && cursor.peek()?.text !== "(" && !cursor.sees("using")) {
      cursor.at = start;
      return undefined;
    }
    name ??= own;
  }
  if (cursor.takes("using")) cursor.name();
  const columns = cursor.list();
  if (columns === undefined) return [];
  return [
    {
      kind: "index",
      table,
      index: {
        ...plainIndex([], { unique, method: kind ?? "btree", origin: unique ? "unique" : "declared", site, ...named() }),
        columns: columns.map((item) => indexColumn(cursor.within(item))),
      },
    },
  ];
}

/** Behind ALTER TABLE. */
export function alterTable(cursor: Cursor, siteOf: SiteOf): readonly SchemaChange[] {
  cursor.takes("if", "exists");
  cursor.takes("only");
  const table = cursor.name()?.name;
  if (table === undefined) return [];
  return commas(cursor.tokens.slice(cursor.at)).flatMap((action) => alteration(table, cursor.within(action), siteOf));
}

function alteration(table: string, cursor: Cursor, siteOf: SiteOf): readonly SchemaChange[] {
  if (cursor.takes("add")) {
    if (cursor.peek()?.text === "(") return (cursor.list() ?? []).flatMap((item) => tableItem(table, cursor.within(item), siteOf));
    const isColumn = cursor.takes("column");
    cursor.takes("if", "not", "exists");
    return (isColumn ? undefined : constraint(table, cursor, siteOf)) ?? columnChanges(table, cursor, siteOf(cursor.peek()));
  }
  if (cursor.takes("drop")) {
    if (cursor.takes("primary", "key")) return [{ kind: "primary-key", table, columns: [] }];
    const what = cursor.takesAny("constraint", "index", "key", "column") ?? (cursor.takes("foreign", "key") ? "constraint" : "column");
    cursor.takes("if", "exists");
    const name = cursor.name()?.name;
    if (name === undefined) return [];
    return [what === "column" ? { kind: "drop-column", table, name } : { kind: "drop-index", table, name }];
  }
  if (cursor.takes("rename")) {
    if (cursor.takes("to") || cursor.takes("as")) {
      const to = cursor.name()?.name;
      return to === undefined ? [] : [{ kind: "rename-table", table, to }];
    }
    const what = cursor.takesAny("constraint", "index", "key", "column");
    const name = cursor.name()?.name;
    const to = cursor.takes("to") ? cursor.name()?.name : undefined;
    if (name === undefined || to === undefined) return [];
    return [what === undefined || what === "column" ? { kind: "rename-column", table, name, to } : { kind: "rename-index", name, to }];
  }
  if (cursor.takes("modify")) {
    cursor.takes("column");
    return columnChanges(table, cursor, siteOf(cursor.peek())).map(withoutSite);
  }
  if (cursor.takes("change")) {
    cursor.takes("column");
    const name = cursor.name()?.name;
    const to = cursor.peek()?.text;
    if (name === undefined || to === undefined) return [];
    return [{ kind: "rename-column", table, name, to }, ...columnChanges(table, cursor, siteOf(cursor.peek())).map(withoutSite)];
  }
  if (cursor.takes("alter")) {
    cursor.takes("column");
    const name = cursor.name()?.name;
    return name === undefined ? [] : columnAlteration(table, name, cursor, siteOf(cursor.peek()));
  }
  return [];
}

function columnAlteration(table: string, name: string, cursor: Cursor, changedAt: SchemaSite): readonly SchemaChange[] {
  if (cursor.takes("type") || cursor.takes("set", "data", "type"))
    return [{ kind: "column", table, column: { name, type: typeText(cursor) }, changedAt }];
  if (cursor.takes("set", "not", "null")) return [{ kind: "column", table, column: { name, nullable: false }, changedAt }];
  if (cursor.takes("drop", "not", "null")) return [{ kind: "column", table, column: { name, nullable: true } }];
  if (cursor.takes("set", "default")) return [{ kind: "column", table, column: { name, default: expressionText(cursor) } }];
  return [];
}

/** The column stays declared where it was made. */
function withoutSite(change: SchemaChange): SchemaChange {
  if (change.kind !== "column") return change;
  const { site: _, ...column } = change.column;
  return { ...change, column };
}
