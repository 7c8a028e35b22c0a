/** Candidates as the planner has them: with a size, those that are the beginning of others, and the statements whose tables they are on. */
import type { PostgresOracle, TriedIndex } from "../databases/oracle/postgres.ts";
import { tableKey } from "../databases/oracle/relations.ts";
import type { Candidate } from "./candidates.ts";
import type { TableUse } from "./query-shape.ts";
import type { CandidateCost } from "./selection.ts";

export interface WhatIf {
  readonly tried: ReadonlyMap<string, TriedIndex>;
  readonly candidates: ReadonlyMap<string, CandidateCost>;
  /** For each statement. */
  readonly relevant: readonly ReadonlySet<string>[];
}

/** A partial index with more of the rows than this is hardly smaller than a whole one. */
const mostOfTable = 0.2;

/** Makes them on the planner. `uses`: of each statement. */
export async function whatIf(
  oracle: PostgresOracle,
  candidates: readonly Candidate[],
  uses: readonly (readonly TableUse[])[],
): Promise<WhatIf> {
  const made = await oracle.tryIndexes(candidates.map(({ table, index }) => ({ table: table.name, index })));
  const tried = new Map<string, TriedIndex>();
  for (const one of made) {
    if (one === undefined) continue;
    const whole = oracle.rowsOf(one.table);
    if (one.index.where !== undefined && whole !== undefined && one.rows > whole * mostOfTable) continue;
    tried.set(one.name, one);
  }
  return {
    tried,
    candidates: new Map([...tried].map(([name, one]) => [name, { pages: one.pages, shorter: shorterThan(one, tried) }])),
    relevant: uses.map((list) => {
      const tables = new Set(list.map((use) => tableKey(use.table)));
      return new Set([...tried.values()].filter((one) => tables.has(tableKey(one.table))).map((one) => one.name));
    }),
  };
}

/** Without its included columns, or without its last one. */
function shorterThan(one: TriedIndex, all: ReadonlyMap<string, TriedIndex>): readonly string[] {
  const text = (columns: TriedIndex["index"]["columns"]): string => JSON.stringify(columns);
  const { columns, include, where, method } = one.index;
  return [...all.values()]
    .filter(
      (other) =>
        other !== one &&
        other.table === one.table &&
        other.index.method === method &&
        (other.index.where ?? "") === (where ?? "") &&
        other.index.include.length === 0 &&
        ((include.length > 0 && text(other.index.columns) === text(columns)) ||
          (columns.length > 1 &&
            other.index.columns.length < columns.length &&
            text(columns.slice(0, other.index.columns.length)) === text(other.index.columns))),
    )
    .map((other) => other.name);
}
