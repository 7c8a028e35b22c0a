/**
 * What an index costs those who write. In the planner's own units: a row that is written into a B-tree costs a descent (50 operators for each level, as
 * btcostestimate charges) and an entry (cpu_index_tuple_cost); the part of the index that is larger than the server's memory costs a page read at random. The row itself
 * costs a tuple and its share of a page.
 */
import type { TriedIndex } from "../databases/oracle/postgres.ts";
import { nodeOf, textOf, type Tree } from "./parse-tree.ts";

const operator = 0.0025;
const indexTuple = 0.005;
const tuple = 0.01;
const randomPage = 4;
/** Pages that a server keeps in memory when nothing else is known: effective_cache_size's default. */
const usualCache = 524_288;

export interface WriteOf {
  readonly kind: "insert" | "update" | "delete";
  readonly table: string;
  /** Columns that an UPDATE sets. */
  readonly columns: ReadonlySet<string>;
}

/** What a parsed statement writes; undefined when it only reads. */
export function writeOf(tree: unknown): WriteOf | undefined {
  const statement = (tree as { stmts?: { stmt?: Tree }[] }).stmts?.[0]?.stmt;
  for (const [node, kind] of [
    ["InsertStmt", "insert"],
    ["UpdateStmt", "update"],
    ["DeleteStmt", "delete"],
  ] as const) {
    const found = nodeOf(statement, node);
    const relation = found?.["relation"] as Tree | undefined;
    if (found === undefined || relation === undefined) continue;
    const targets = kind === "update" && Array.isArray(found["targetList"]) ? (found["targetList"] as unknown[]) : [];
    const columns = new Set(targets.map((target) => textOf(nodeOf(target, "ResTarget") ?? {}, "name")));
    return { kind, table: textOf(relation, "relname"), columns };
  }
  return undefined;
}

/** What writing so many rows into an index costs. */
export function indexWriteCost(index: Pick<TriedIndex, "pages">, rows: number): number {
  const levels = 1 + Math.max(0, Math.ceil(Math.log(Math.max(1, index.pages)) / Math.log(300)));
  const missed = Math.max(0, 1 - usualCache / Math.max(1, index.pages));
  return rows * (50 * operator * levels + indexTuple + randomPage * missed);
}

/** Whether a statement touches the index: a DELETE leaves its entries to vacuum, an UPDATE writes it when it sets one of its columns. */
export function writesIndex(write: WriteOf, { table, index }: Pick<TriedIndex, "table" | "index">): boolean {
  if (write.table !== table.name || write.kind === "delete") return false;
  if (write.kind === "insert") return true;
  const text = `${index.where ?? ""} ${index.columns.map((column) => column.expression ?? "").join(" ")}`;
  return [...write.columns].some(
    (name) =>
      index.columns.some((column) => column.name === name) ||
      index.include.includes(name) ||
      new RegExp(String.raw`\b${name.replaceAll(/\W/g, "")}\b`).test(text),
  );
}

/** What a statement costs that writes so many rows into a table with `indexes` indexes, besides its plan. */
export function rowWriteCost(rows: number, indexes: number): number {
  return rows * (tuple + 0.02 + indexes * (100 * operator + indexTuple));
}
