/** Advice on the indexes of a database for a workload: what to make, what to drop, what each statement then costs; all of it planned, none of it guessed. */
import { assumedRows } from "../databases/oracle/preference.ts";
import type { WorkloadStatement } from "../databases/logs/workload.ts";
import type { PostgresOracle, TriedIndex, Visible } from "../databases/oracle/postgres.ts";
import { planable } from "../databases/oracle/placeholders.ts";
import { indexesOf, type Plan } from "../model/plan.ts";
import type { Schema } from "../model/schema.ts";
import { candidatesOf } from "./candidates.ts";
import { costTable, type CostTable } from "./cost-table.ts";
import { dropsOf, servedText, type Drop } from "./drops.ts";
import { constantUses, type HasFewValues } from "./few-values.ts";
import { parseStatement } from "./parse.ts";
import { tableUses, type TableUse } from "./query-shape.ts";
import { advisedNames, withNames } from "./names.ts";
import { selectIndexes } from "./selection.ts";
import { whatIf } from "./what-if.ts";
import { indexWriteCost, rowWriteCost, writeOf, writesIndex, type WriteOf } from "./write-cost.ts";

export interface AdviceInput {
  readonly oracle: PostgresOracle;
  readonly schema: Schema;
  readonly statements: readonly WorkloadStatement[];
  /** The sizes are real; without them advice has to hold at every one of `assumedRows`. */
  readonly sizesKnown: boolean;
  /** Few values, of which the program names some: a condition on such a column can make an index partial. */
  readonly hasFewValues: HasFewValues;
  /** Reads of an existing index, when the server counted them. */
  readonly scansOf?: (index: string) => number | undefined;
  /** Most pages of new indexes together. */
  readonly budget?: number;
}

export interface AdvisedIndex extends TriedIndex {
  /** Statements that it makes cheaper, by place; what they cost without it and with it. */
  readonly gains: readonly { readonly statement: number; readonly without: number; readonly with: number }[];
}

export interface StatementAdvice {
  readonly sql: string;
  readonly calls: number;
  /** Share of the workload's time, or of its calls when nobody measured. */
  readonly weight: number;
  readonly before: Plan;
  readonly after: Plan;
}

export interface Advice {
  readonly indexes: readonly AdvisedIndex[];
  readonly drops: readonly Drop[];
  readonly statements: readonly StatementAdvice[];
  readonly notPlanned: readonly { readonly sql: string; readonly why: string }[];
  /** Indexes that were left out at the end, and why. */
  readonly withdrawn: readonly { readonly name: string; readonly why: string }[];
  /** Statements planned, with each answer that served several times once. */
  readonly calls: number;
}

/** An index that makes no statement cheaper by a fifth is not worth having. */
const leastGain = 0.2;
/** Of the workload's cost: with less an index is not worth its room and its writes. */
const leastShare = 0.01;
/** A smaller table is read as quickly as its index. */
const fewestRows = 500;
/** No statement may be planned worse than this. */
const mostLoss = 1.05;

interface Query {
  readonly statement: WorkloadStatement;
  readonly sql: string;
  readonly uses: readonly TableUse[];
  readonly write: WriteOf | undefined;
}

export async function advise(input: AdviceInput): Promise<Advice> {
  const { oracle, schema } = input;
  const notPlanned: { sql: string; why: string }[] = [];
  const queries: Query[] = [];
  for (const statement of input.statements) {
    const sql = planable(statement.sql);
    try {
      const tree = await parseStatement(sql);
      const first = await oracle.plan(sql);
      if ("why" in first) throw new Error(first.why);
      queries.push({
        statement,
        sql,
        uses: constantUses(tableUses(tree, sql, schema), statement.constant ? input.hasFewValues : () => false),
        write: writeOf(tree),
      });
    } catch (error) {
      notPlanned.push({ sql: statement.sql, why: error instanceof Error ? error.message : String(error) });
    }
  }
  const weights = weightsOf(queries.map(({ statement }) => statement));
  const uses = queries.map((query) => query.uses);
  const large = candidatesOf(uses.flat()).filter(({ table }) => (oracle.rowsOf(table) ?? 0) >= fewestRows);
  const wide = await whatIf(oracle, large, uses);
  const costs = costTable(wide.relevant, async (query, indexes) => {
    const planned = await oracle.plan(queries[query]?.sql ?? "", { indexes });
    return "why" in planned ? undefined : planned.plan;
  });
  const shares = await writeShares(queries, wide.tried, costs);
  const selected = await selectIndexes({
    candidates: wide.candidates,
    weights,
    costs,
    writeShare: (query, index) => shares[query]?.get(index) ?? 0,
    least: leastShare,
    ...(input.budget === undefined ? {} : { budget: input.budget }),
  });
  const withdrawn: { name: string; why: string }[] = [];
  let chosen = await withGain(selected.chosen, queries.length, costs, withdrawn);
  if (!input.sizesKnown) chosen = await atEverySize(input, queries, chosen, withdrawn);
  const indexes: AdvisedIndex[] = [];
  for (const name of [...chosen].toSorted()) {
    const one = wide.tried.get(name);
    if (one !== undefined) indexes.push({ ...one, gains: await gainsOf(name, chosen, queries.length, costs) });
  }
  const drops = await dropsOf({ ...input, indexes, queries: queries.map(({ sql }) => sql), mostLoss });
  const visible: Visible = { indexes: [...chosen], without: drops.map(({ name }) => name) };
  const statements: StatementAdvice[] = [];
  for (const [place, { statement, sql }] of queries.entries()) {
    const [before, after] = [await oracle.plan(sql), await oracle.plan(sql, visible)];
    if ("why" in before || "why" in after) continue;
    statements.push({ sql: statement.sql, calls: statement.calls, weight: weights[place] ?? 0, before: before.plan, after: after.plan });
  }
  const taken = [...oracle.existing(), ...withdrawn].map(({ name }) => name);
  const names = advisedNames(indexes, taken);
  return {
    indexes: indexes.map((one) => {
      const name = names.get(one.name) ?? one.name;
      return { ...one, name, index: { ...one.index, name } };
    }),
    drops: drops.map((one) => {
      const by = names.get(one.servedBy ?? "");
      return by === undefined ? one : { ...one, servedBy: by, why: servedText(by) };
    }),
    statements: statements.map((one) => ({ ...one, after: withNames(one.after, names) })),
    notPlanned,
    withdrawn,
    calls: costs.asked(),
  };
}

function weightsOf(statements: readonly WorkloadStatement[]): readonly number[] {
  const timed = statements.every(({ milliseconds }) => milliseconds !== undefined);
  const parts = statements.map(({ milliseconds, calls }) => (timed ? (milliseconds ?? 0) : calls));
  const total = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => (total > 0 ? part / total : 1 / Math.max(1, parts.length)));
}

/** What an index adds for those who write, as a share of what all calls of the workload cost together without new indexes. */
async function writeShares(
  queries: readonly Query[],
  tried: ReadonlyMap<string, TriedIndex>,
  costs: CostTable,
): Promise<ReadonlyMap<string, number>[]> {
  let total = 0;
  for (const [place, { statement, write, uses }] of queries.entries()) {
    const { cost } = await costs.costOf(place, new Set());
    const table = uses.find((use) => use.table.name === write?.table)?.table;
    total += statement.calls * (cost + (write === undefined ? 0 : rowWriteCost(1, table?.indexes.length ?? 1)));
  }
  return queries.map(({ statement, write }) => {
    if (write === undefined) return new Map();
    return new Map(
      [...tried]
        .filter(([, one]) => writesIndex(write, one))
        .map(([name, one]) => [name, (statement.calls * indexWriteCost(one, 1)) / total]),
    );
  });
}

async function gainsOf(name: string, chosen: ReadonlySet<string>, statements: number, costs: CostTable): Promise<AdvisedIndex["gains"]> {
  const without = new Set(chosen);
  without.delete(name);
  const gains: { statement: number; without: number; with: number }[] = [];
  for (let statement = 0; statement < statements; statement++) {
    const now = await costs.costOf(statement, chosen);
    if (!now.used.has(name)) continue;
    const before = await costs.costOf(statement, without);
    if (before.cost > now.cost) gains.push({ statement, without: before.cost, with: now.cost });
  }
  return gains.toSorted((a, b) => a.with / a.without - b.with / b.without);
}

/** Leaves out what makes no statement cheaper by a fifth, the least useful first. */
async function withGain(
  selected: ReadonlySet<string>,
  statements: number,
  costs: CostTable,
  withdrawn: { name: string; why: string }[],
): Promise<ReadonlySet<string>> {
  const chosen = new Set(selected);
  for (;;) {
    let worst: { name: string; gain: number } | undefined;
    for (const name of [...chosen].toSorted()) {
      const [best] = await gainsOf(name, chosen, statements, costs);
      const gain = best === undefined ? 0 : 1 - best.with / best.without;
      if (gain < leastGain && gain < (worst?.gain ?? 1)) worst = { name, gain };
    }
    if (worst === undefined) return chosen;
    chosen.delete(worst.name);
    withdrawn.push({ name: worst.name, why: `it makes no statement cheaper by ${100 * leastGain} % (${Math.round(100 * worst.gain)} %)` });
  }
}

/** Where sizes are not known, an index has to be used, and to gain, at each of them. */
async function atEverySize(
  { oracle }: AdviceInput,
  queries: readonly Query[],
  selected: ReadonlySet<string>,
  withdrawn: { name: string; why: string }[],
): Promise<ReadonlySet<string>> {
  const chosen = new Set(selected);
  for (const rows of assumedRows) {
    await oracle.setRows(rows);
    const used = new Set<string>();
    for (const { sql } of queries) {
      const [before, after] = [await oracle.plan(sql), await oracle.plan(sql, { indexes: [...chosen] })];
      if ("plan" in before && "plan" in after && after.plan.cost <= before.plan.cost * (1 - leastGain))
        for (const name of indexesOf(after.plan)) used.add(name);
    }
    for (const name of selected)
      if (chosen.has(name) && !used.has(name)) {
        chosen.delete(name);
        withdrawn.push({
          name,
          why: `with ${rows.toLocaleString("en-US")} rows the planner gains nothing by it, and the real size is unknown`,
        });
      }
  }
  await oracle.setRows(1_000_000);
  return chosen;
}
