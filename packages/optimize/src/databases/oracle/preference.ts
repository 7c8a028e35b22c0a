/** Does the planner prefer an index: at the size that is known, else at every size that a table may grow to? */
import type { IndexAnswer, ScanChoice } from "../../model/index-question.ts";
import { indexesOf, planNodes, type Plan, type PlanNode } from "../../model/plan.ts";
import type { Index } from "../../model/schema.ts";
import type { PostgresOracle } from "./postgres.ts";

/** Advice without statistics holds at each of them, or it is none. */
export const assumedRows: readonly number[] = [1e4, 1e6, 1e8];

/** A plan that is hardly cheaper is no reason for an index. */
export function isWorthwhile(before: number, after: number): boolean {
  return after <= before * 0.9;
}

export interface Question {
  readonly table: string;
  readonly index: Index;
  /** The first of them that can be planned counts. */
  readonly statements: readonly string[];
  /** Of the table, when its statistics are known: then only this size counts. */
  readonly rows?: number;
}

interface Open {
  readonly question: Question;
  readonly index: string | undefined;
  statement: string | undefined;
  readonly sizes: ScanChoice[];
  isRefused: boolean;
  why: string | undefined;
}

/** Answers in the order of the questions; the same for the same schema and questions. */
export async function preferences(
  oracle: PostgresOracle,
  questions: readonly Question[],
  sizes: readonly number[] = assumedRows,
): Promise<readonly IndexAnswer[]> {
  const tried = await oracle.tryIndexes(questions);
  const open = questions.map((question, place): Open => ({
    question,
    index: tried[place]?.name,
    statement: undefined,
    sizes: [],
    isRefused: false,
    why: tried[place] === undefined ? "the index could not be made" : undefined,
  }));
  for (const rows of sizes) {
    await oracle.setRows(rows);
    for (const one of open) {
      const isKnown = one.question.rows !== undefined && one.sizes.length > 0;
      if (one.why === undefined && !one.isRefused && !isKnown) await ask(oracle, one, one.question.rows ?? rows);
    }
  }
  return open.map((one) => answered(oracle, one));
}

/** What was asked at one size after the other, and what came of it. */
interface Asked {
  readonly sizes: readonly ScanChoice[];
  readonly isRefused: boolean;
  readonly why: string | undefined;
}

/** It holds where it was asked, at every size, and never refused. */
export function answered({ planner }: PostgresOracle, { sizes, isRefused, why }: Asked): IndexAnswer {
  return { planner, holds: why === undefined && !isRefused && sizes.length > 0, sizes, ...(why === undefined ? {} : { why }) };
}

/** One size at which the index is not preferred is enough: the others are not asked. */
async function ask(oracle: PostgresOracle, one: Open, rows: number): Promise<void> {
  const { index = "" } = one;
  let before: Plan | undefined;
  let why = "there is no statement";
  for (const sql of one.statement === undefined ? one.question.statements : [one.statement]) {
    const found = await oracle.plan(sql);
    if ("why" in found) {
      why = found.why;
      continue;
    }
    before = found.plan;
    one.statement = sql;
    break;
  }
  const after = before === undefined ? undefined : await oracle.plan(one.statement ?? "", { indexes: [index] });
  if (before === undefined || after === undefined || "why" in after) {
    one.why = after !== undefined && "why" in after ? after.why : why;
    return;
  }
  const isUsed = indexesOf(after.plan).includes(index);
  one.sizes.push({
    rows,
    before: accessTo(before, one.question.table),
    after: isUsed ? accessTo(after.plan, one.question.table) : "",
    costBefore: before.cost,
    costAfter: after.plan.cost,
  });
  one.isRefused = !isUsed || !isWorthwhile(before.cost, after.plan.cost);
}

/** "Seq Scan", "Index Scan": how the plan comes to rows of the table; a bitmap names the scan of the table itself. */
function accessTo(plan: Plan, table: string): string {
  const name = table.split(".").at(-1)?.toLowerCase();
  const node = planNodes(plan.root).find((one: PlanNode) => one.relation?.toLowerCase() === name && one.kind.includes("Scan"));
  return node?.kind ?? plan.root.kind;
}
