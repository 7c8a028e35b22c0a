/** Existing indexes that nothing needs: those that another one serves, and those that the server never read. */
import type { PostgresOracle, TriedIndex } from "../databases/oracle/postgres.ts";
import { tableKey } from "../databases/oracle/relations.ts";
import { indexesOf } from "../model/plan.ts";
import type { Index, Schema, Table } from "../model/schema.ts";
import { serves } from "./candidates.ts";

export interface Drop {
  readonly name: string;
  readonly table: string;
  readonly index: Index;
  readonly pages: number;
  /** The index that does the same and more; undefined for one that is only unread. */
  readonly servedBy: string | undefined;
  readonly why: string;
}

export interface DropInput {
  readonly oracle: PostgresOracle;
  readonly schema: Schema;
  /** New ones. */
  readonly indexes: readonly TriedIndex[];
  readonly queries: readonly string[];
  readonly scansOf?: (index: string) => number | undefined;
  /** No statement may be planned worse than this many times. */
  readonly mostLoss: number;
}

/** Below it an index is not worth the question. */
const fewestPages = 128;

/** Never a unique one, one of a constraint, or one that no plan could be asked about. */
export async function dropsOf(input: DropInput): Promise<readonly Drop[]> {
  const { oracle, schema } = input;
  const read = await readIndexes(input);
  const found: Drop[] = [];
  for (const table of schema.tables)
    for (const index of table.indexes) {
      const { name } = index;
      if (name === undefined || index.unique || index.origin !== "declared" || oracle.pagesOf(name) === undefined) continue;
      const servedBy = serverOf(table, index, input.indexes, new Set(found.map((one) => one.name)));
      const scans = input.scansOf?.(name);
      const unread =
        servedBy === undefined &&
        scans === 0 &&
        (oracle.pagesOf(name) ?? 0) >= fewestPages &&
        !read.has(name) &&
        !backsForeignKey(table, index);
      if (servedBy === undefined && !unread) continue;
      const why =
        servedBy === undefined
          ? "the server has not read it since its counters were reset, and nothing of the workload would"
          : servedText(servedBy);
      found.push({ name, table: table.name, index, pages: oracle.pagesOf(name) ?? 0, servedBy, why });
    }
  return harmless(input, found);
}

export function servedText(by: string): string {
  return `${by} begins with its columns`;
}

function serverOf(table: Table, index: Index, added: readonly TriedIndex[], dropped: ReadonlySet<string>): string | undefined {
  const others = [...table.indexes, ...added.filter((one) => tableKey(one.table) === tableKey(table)).map((one) => one.index)];
  return others.find((other) => other !== index && other.name !== undefined && !dropped.has(other.name) && serves(other, index))?.name;
}

/** Deleting a row of the other table looks for its references here. */
function backsForeignKey(table: Table, index: Index): boolean {
  return table.foreignKeys.some((key) => key.columns[0] === index.columns[0]?.name);
}

async function readIndexes({ oracle, queries, indexes }: DropInput): Promise<ReadonlySet<string>> {
  const read = new Set<string>();
  for (const sql of queries) {
    const planned = await oracle.plan(sql, { indexes: indexes.map(({ name }) => name) });
    if ("plan" in planned) for (const name of indexesOf(planned.plan)) read.add(name);
  }
  return read;
}

/** Drops that make a statement dearer are taken back, one after another. */
async function harmless(input: DropInput, found: readonly Drop[]): Promise<readonly Drop[]> {
  let kept = found;
  for (const sql of found.length === 0 ? [] : input.queries) {
    const indexes = input.indexes.map(({ name }) => name);
    const before = await input.oracle.plan(sql);
    for (;;) {
      const after = await input.oracle.plan(sql, { indexes, without: kept.map(({ name }) => name) });
      if ("why" in before || "why" in after || after.plan.cost <= before.plan.cost * input.mostLoss || kept.length === 0) break;
      const used = new Set(indexesOf(before.plan));
      const guilty = kept.find(({ name }) => used.has(name)) ?? kept.at(-1);
      kept = kept.filter((one) => one !== guilty);
    }
  }
  return kept;
}
