/** What a planner is asked about an index that is missing, or a statement that is said otherwise, and what it answered. */
import type { Index, Schema, Table } from "./schema.ts";

export interface IndexQuestion {
  readonly schema: Schema;
  readonly table: Table;
  readonly index: Index;
  /** The first of them that can be planned counts: what the code holds, then what is known of it. */
  readonly statements: readonly string[];
}

/** Is one statement planned cheaper than another that gives the same? */
export interface RewriteQuestion {
  readonly schema: Schema;
  readonly statement: string;
  readonly instead: string;
}

export type PlanQuestion = IndexQuestion | RewriteQuestion;

export function isRewrite(question: PlanQuestion): question is RewriteQuestion {
  return "instead" in question;
}

/** The access to the table at one size; of a statement that is said otherwise to all of its tables. */
export interface ScanChoice {
  /** Rows that every table was said to have, or that this one has. */
  readonly rows: number;
  /** "Seq Scan", "Index Scan" … as the planner names it, without and with the index; of the statement and of what stands instead. */
  readonly before: string;
  readonly after: string;
  /** Cost of the whole statement, in the planner's units. */
  readonly costBefore: number;
  readonly costAfter: number;
}

export interface IndexAnswer {
  /** "PostgreSQL 18.6 (embedded)". */
  readonly planner: string;
  /** The plan uses the index, or is that of the other statement, and is at least a tenth cheaper, at every size. */
  readonly holds: boolean;
  readonly sizes: readonly ScanChoice[];
  /** Why there is no answer. */
  readonly why?: string;
}

/** What a finding keeps of the answer. */
export interface PlanProof {
  readonly by: string;
  readonly assuming: string;
  readonly sizes: readonly ScanChoice[];
}

/** "Seq Scan -> Index Scan at 10,000 to 100,000,000 rows, 34 to 12,000 times cheaper". */
function choiceText(sizes: readonly ScanChoice[]): string {
  const [first] = sizes;
  const last = sizes.at(-1);
  if (first === undefined || last === undefined) return "";
  const ways = [...new Set(sizes.map(({ before, after }) => `${before} -> ${after}`))];
  const gains = sizes.map(({ costBefore, costAfter }) => costBefore / Math.max(costAfter, 1e-9)).toSorted((a, b) => a - b);
  const [least = 1] = gains;
  return `${ways.join(", ")} at ${first === last ? "" : `${count(first.rows)} to `}${count(last.rows)} rows, the plan ${first === last ? "" : `${times(least)} to `}${times(gains.at(-1) ?? 1)} times cheaper`;
}

/** For people: who chose what, and on which assumption. */
export function planText({ by, assuming, sizes }: PlanProof): string {
  return `${choiceText(sizes)} (modelled by ${by}, assuming ${assuming})`;
}

/** Why a planner does not want the index; undefined when it does. */
export function refusal({ holds, why, planner, sizes }: IndexAnswer): string | undefined {
  if (holds) return undefined;
  if (why !== undefined) return `it could not be planned: ${why}`;
  const against = sizes.find(({ after, costBefore, costAfter }) => after === "" || costAfter > costBefore * 0.9) ?? sizes[0];
  return against === undefined
    ? `the planner of ${planner} gave no plan`
    : `at ${count(against.rows)} rows the planner of ${planner} gains nothing by the index (${against.before}, cost ${count(Math.round(against.costBefore))} without and ${count(Math.round(against.costAfter))} with it)`;
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}

function times(value: number): string {
  return count(value >= 10 ? Math.round(value) : Math.round(value * 10) / 10);
}
