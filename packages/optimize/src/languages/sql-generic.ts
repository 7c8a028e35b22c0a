/** The tree of sqlparser (MySQL, SQLite and whatever else) -> tables, bounds and filter columns. */
import type { SqlTree } from "./sql.ts";
import { asNode, asNodes, isAggregate, tableName, textOf, unique } from "./sql-names.ts";
import type { TreeNode } from "./sql-names.ts";

const writing = new Set(["Insert", "Update", "Delete", "Merge", "Truncate"]);

/** Reads the answer of `parse`; undefined when it holds no statement. */
export function readGeneric(answer: unknown): SqlTree | undefined {
  const statements = asNodes(answer);
  const main =
    statements.find((item) => Object.keys(item).some((key) => writing.has(key))) ??
    statements.find((item) => "Query" in item) ??
    statements[0];
  if (main === undefined) return undefined;
  const found: Found = { tables: [], names: new Set(), writes: false };
  for (const statement of statements) visit(statement, found);
  const query = asNode(main["Query"]);
  const select = asNode(asNode(query?.["body"])?.["Select"]);
  const names = select === undefined || isGrouped(select) ? [] : aggregates(select["projection"]);
  const single = names.length > 0;
  const rowless = select !== undefined && asNodes(select["from"]).length === 0;
  const body = select ?? asNode(Object.values(main)[0]);
  return {
    tables: unique(found.tables).filter((name) => !found.names.has(name.toLowerCase())),
    writes: found.writes,
    single,
    limited:
      rowless || (single && !names.some((name) => isAggregate(name) === "collects")) || (query !== undefined && hasLimit(query, select)),
    columns: columnsOf(body?.["selection"]),
  };
}

interface Found {
  readonly tables: string[];
  readonly names: Set<string>;
  writes: boolean;
}

function visit(node: unknown, found: Found): void {
  if (Array.isArray(node)) {
    for (const item of node) visit(item, found);
    return;
  }
  const object = asNode(node);
  if (object === undefined) return;
  for (const [key, value] of Object.entries(object)) {
    const own = asNode(value);
    if (writing.has(key)) found.writes = true;
    if (key === "Table") addName(own?.["name"], found);
    else if (key === "TableName") addName(value, found);
    // DDL and TRUNCATE name their tables directly.
    else if ((key === "CreateTable" || key === "AlterTable") && own !== undefined) addName(own["name"], found);
    else if (key === "table_names") for (const item of asNodes(value)) addName(item["name"], found);
    else if (key === "cte_tables")
      for (const item of asNodes(value)) found.names.add(textOf(asNode(asNode(item["alias"])?.["name"])?.["value"]).toLowerCase());
    visit(value, found);
  }
}

function addName(name: unknown, found: Found): void {
  const parts = asNodes(name).map((part) => textOf(asNode(part["Identifier"])?.["value"]));
  if (parts.length > 0) found.tables.push(tableName(parts));
}

function isGrouped(select: TreeNode): boolean {
  const by = asNode(select["group_by"]);
  const [expressions] = Array.isArray(by?.["Expressions"]) ? (by["Expressions"] as unknown[]) : [];
  return by === undefined ? select["group_by"] !== undefined : "All" in by || (Array.isArray(expressions) && expressions.length > 0);
}

function hasLimit(query: TreeNode, select: TreeNode | undefined): boolean {
  const clause = asNode(query["limit_clause"]);
  const limit = asNode(clause?.["LimitOffset"])?.["limit"] ?? asNode(clause?.["OffsetCommaLimit"])?.["limit"];
  const isNull = asNode(asNode(limit)?.["Value"])?.["value"] === "Null";
  return (
    (limit !== undefined && limit !== null && !isNull) || asNode(query["fetch"]) !== undefined || asNode(select?.["top"]) !== undefined
  );
}

function aggregates(projection: unknown): readonly string[] {
  const names: string[] = [];
  search(projection, ["Subquery", "Exists"], (key, value) => {
    const call = key === "Function" ? asNode(value) : undefined;
    if (call === undefined || (call["over"] !== undefined && call["over"] !== null)) return;
    const name = textOf(asNode(asNodes(call["name"]).at(-1)?.["Identifier"])?.["value"]);
    if (isAggregate(name) !== undefined) names.push(name);
  });
  return names;
}

function columnsOf(selection: unknown): readonly string[] {
  const names: string[] = [];
  search(selection, ["subquery", "Subquery", "Exists", "name", "span", "over"], (key, value) => {
    const last = key === "Identifier" ? asNode(value) : key === "CompoundIdentifier" ? asNodes(value).at(-1) : undefined;
    // A double-quoted text of MySQL and SQLite is a value.
    if (typeof last?.["value"] === "string") names.push(last["value"]);
  });
  return unique(names);
}

function search(node: unknown, without: readonly string[], meet: (key: string, value: unknown) => void): void {
  if (Array.isArray(node)) for (const item of node) search(item, without, meet);
  for (const [key, value] of Object.entries(asNode(node) ?? {})) {
    if (without.includes(key)) continue;
    meet(key, value);
    search(value, without, meet);
  }
}
