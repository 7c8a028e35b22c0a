/** What SQLite says of a plan: which table each step reads, by what, and how many rows of it that are. */
import { distinctKeys } from "./assumptions.ts";
import type { ColumnStatistics } from "../../model/database-statistics.ts";

/** A step as `EXPLAIN QUERY PLAN` prints it: "SEARCH orders USING INDEX by_user (user_id=? AND at>?)". */
export interface SqliteStep {
  readonly kind: "scan" | "search" | "sort";
  readonly table: string;
  readonly index: string | undefined;
  /** Columns that are compared for equality, in the order of the index. */
  readonly equal: readonly string[];
  readonly ranges: number;
}

export function sqliteSteps(details: readonly string[]): readonly SqliteStep[] {
  return details.flatMap((detail): readonly SqliteStep[] => {
    if (/^USE TEMP B-TREE FOR .*ORDER BY$/.test(detail)) return [{ kind: "sort", table: "", index: undefined, equal: [], ranges: 0 }];
    const found =
      /^(SCAN|SEARCH) (?:TABLE )?(\S+)(?: AS \S+)?(?: USING (?:(?:PARTIAL )?(?:COVERING |AUTOMATIC )*INDEX (\S+)|(INTEGER PRIMARY KEY|PRIMARY KEY)))?(?: \((.*)\))?/.exec(
        detail,
      );
    if (found === null) return [];
    const [, kind = "", table = "", index, key, terms = ""] = found;
    const parts = terms === "" ? [] : terms.split(" AND ");
    return [
      {
        kind: kind === "SCAN" ? "scan" : "search",
        table,
        index: index ?? (key === undefined ? undefined : key.toLowerCase()),
        equal: parts.flatMap((part) => /^(.+)=\?$/.exec(part)?.[1] ?? []),
        ranges: parts.filter((part) => /[<>]\?$/.test(part)).length,
      },
    ];
  });
}

/** Share of the rows that one bound leaves, as SQLite itself assumes. */
const boundLeaves = 1 / 4;

/** Rows of its table that a step reads, by the distinct values of the columns that it searches by. */
export function rowsRead(step: SqliteStep, rows: number, columns: readonly ColumnStatistics[]): number {
  if (step.kind !== "search") return rows;
  if (step.index === "integer primary key" && step.ranges === 0) return 1;
  const known = step.equal.map((name) => columns.find((column) => column.name === name));
  const keys = step.equal.length === 0 ? 1 : distinctKeys(known, rows);
  return Math.max(1, (rows / keys) * boundLeaves ** step.ranges);
}
