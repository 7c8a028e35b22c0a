/** PostgreSQL's own parse tree (libpg-query) -> tables, bounds and filter columns. */
import type { SqlTree } from "./sql.ts";
import { asNode, asNodes, isAggregate, tableName, textOf, unique } from "./sql-names.ts";
import type { TreeNode } from "./sql-names.ts";

/** Reads the answer of `parseSync`; undefined when it holds no statement. */
export function readPostgres(tree: unknown): SqlTree | undefined {
  const statements = asNodes(asNode(tree)?.["stmts"])
    .map((item) => asNode(item["stmt"]))
    .filter((item) => item !== undefined);
  const main =
    statements.find((item) => Object.keys(item).some((key) => writing.has(key))) ??
    statements.find((item) => "SelectStmt" in item) ??
    statements[0];
  if (main === undefined) return undefined;
  const found: Found = { tables: [], names: new Set(), writes: false };
  for (const statement of statements) visit(statement, found);
  const select = asNode(main["SelectStmt"]);
  const single = select !== undefined && isSingle(select);
  const target = asNode(Object.values(main)[0]);
  return {
    tables: unique(found.tables).filter((name) => !found.names.has(name)),
    writes: found.writes,
    single,
    limited: select !== undefined && (hasLimit(select) || (single && !collects(select)) || isRowless(select)),
    columns: columnsOf(target?.["whereClause"]),
  };
}

interface Found {
  readonly tables: string[];
  /** Names of WITH parts. */
  readonly names: Set<string>;
  writes: boolean;
}

const writing = new Set(["InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt", "TruncateStmt"]);

function visit(node: unknown, found: Found): void {
  if (Array.isArray(node)) {
    for (const item of node) visit(item, found);
    return;
  }
  const object = asNode(node);
  if (object === undefined) return;
  // The written table comes first whatever the order of the tree's keys.
  addTable(object["relation"], found);
  for (const [key, value] of Object.entries(object)) {
    if (key === "RangeVar") addTable(value, found);
    else if (key === "CommonTableExpr") found.names.add(textOf(asNode(value)?.["ctename"]));
    else if (writing.has(key) || key === "intoClause") found.writes = true;
    if (key !== "relation") visit(value, found);
  }
}

function addTable(value: unknown, found: Found): void {
  const node = asNode(value);
  if (typeof node?.["relname"] !== "string") return;
  const schema = node["schemaname"];
  found.tables.push(tableName(typeof schema === "string" ? [schema, node["relname"]] : [node["relname"]]));
}

function hasLimit(select: TreeNode): boolean {
  const limit = asNode(select["limitCount"]);
  return limit !== undefined && asNode(limit["A_Const"])?.["isnull"] !== true;
}

/** No table is read: `SELECT 1`, `SELECT EXISTS (…)`, `SELECT pg_advisory_lock($1)`. */
function isRowless(select: TreeNode): boolean {
  return select["op"] === "SETOP_NONE" && select["fromClause"] === undefined;
}

function isSingle(select: TreeNode): boolean {
  return (
    select["op"] === "SETOP_NONE" &&
    select["groupClause"] === undefined &&
    select["valuesLists"] === undefined &&
    aggregates(select).length > 0
  );
}

/** Some aggregates gather all rows into one value; that bounds nothing. */
function collects(select: TreeNode): boolean {
  return aggregates(select).some((name) => isAggregate(name) === "collects");
}

function aggregates(select: TreeNode): readonly string[] {
  const names: string[] = [];
  const search = (node: unknown): void => {
    if (Array.isArray(node)) for (const item of node) search(item);
    const object = asNode(node);
    if (object === undefined) return;
    for (const [key, value] of Object.entries(object)) {
      if (key === "SubLink") continue;
      const call = key === "FuncCall" ? asNode(value) : undefined;
      if (call !== undefined && call["over"] === undefined) {
        const name = textOf(asNode(asNodes(call["funcname"]).at(-1)?.["String"])?.["sval"]);
        if (isAggregate(name) !== undefined) names.push(name);
      }
      search(value);
    }
  };
  search(select["targetList"]);
  return names;
}

function columnsOf(where: unknown): readonly string[] {
  const names: string[] = [];
  const search = (node: unknown): void => {
    if (Array.isArray(node)) for (const item of node) search(item);
    const object = asNode(node);
    if (object === undefined) return;
    for (const [key, value] of Object.entries(object)) {
      if (key === "subselect") continue;
      const last = key === "ColumnRef" ? asNode(asNodes(asNode(value)?.["fields"]).at(-1)?.["String"])?.["sval"] : undefined;
      if (typeof last === "string") names.push(last);
      search(value);
    }
  };
  search(where);
  return unique(names);
}
