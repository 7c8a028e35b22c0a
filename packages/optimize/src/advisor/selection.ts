/**
 * Which of the candidates to have: backward elimination. All are visible at first, and what no plan uses goes; then, one after another, the index whose loss
 * costs least. A size budget is met by loss for each page; what room is left is filled with what gains most.
 */
import type { CostTable } from "./cost-table.ts";

export interface SelectionInput {
  /** Candidates by name. */
  readonly candidates: ReadonlyMap<string, CandidateCost>;
  /** How much each statement counts; together 1. */
  readonly weights: readonly number[];
  readonly costs: CostTable;
  /** What keeping an index adds to a statement that writes: a share of what the workload costs without any. */
  readonly writeShare: (statement: number, index: string) => number;
  /** Most pages of the chosen together. */
  readonly budget?: number;
  /** An index that gains less than this share of the workload's cost is left out. */
  readonly least?: number;
}

export interface CandidateCost {
  readonly pages: number;
  /** Candidates that are the beginning of this one: what is left of it when it is too large. */
  readonly shorter: readonly string[];
}

export interface Selection {
  readonly chosen: ReadonlySet<string>;
  /** Cost of the workload, each statement relative to what it costs without new indexes. */
  readonly cost: number;
}

/** Of the workload's cost: less is within what a planner's estimates are worth. */
const usualLeast = 0.003;

export async function selectIndexes(input: SelectionInput): Promise<Selection> {
  const { candidates, costs } = input;
  const base = await baseCosts(input);
  const all = new Set(candidates.keys());
  const used = new Set<string>();
  for (const statement of input.weights.keys()) for (const name of (await costs.costOf(statement, all)).used) used.add(name);
  let chosen: ReadonlySet<string> = used;
  let cost = await workloadCost(input, base, chosen);
  const budget = input.budget ?? Number.POSITIVE_INFINITY;
  for (;;) {
    const over = pagesOf(chosen, candidates) > budget;
    const step = await cheapestLoss(input, base, chosen, cost, over);
    if (step === undefined || (!over && step.cost - cost > (input.least ?? usualLeast))) break;
    chosen = step.chosen;
    cost = step.cost;
  }
  if (input.budget === undefined) return { chosen, cost };
  return fill(input, base, { chosen, cost }, used);
}

interface Step extends Selection {
  readonly loss: number;
}

/** The removal, or shortening, that loses least: for each page when room is short. */
async function cheapestLoss(
  input: SelectionInput,
  base: readonly number[],
  chosen: ReadonlySet<string>,
  cost: number,
  over: boolean,
): Promise<Step | undefined> {
  let best: Step | undefined;
  for (const name of [...chosen].toSorted()) {
    const without = new Set(chosen);
    without.delete(name);
    const options = over ? [without, ...shortened(name, without, input.candidates)] : [without];
    for (const set of options) {
      const after = await workloadCost(input, base, set);
      const freed = pagesOf(chosen, input.candidates) - pagesOf(set, input.candidates);
      const loss = over ? (after - cost) / Math.max(1, freed) : after - cost;
      if (best === undefined || loss < best.loss) best = { chosen: set, cost: after, loss };
    }
  }
  return best;
}

/** With the longest and the shortest of what is left of it: what lies between is asked when one of them was taken. */
function shortened(name: string, without: ReadonlySet<string>, candidates: SelectionInput["candidates"]): ReadonlySet<string>[] {
  const pages = (one: string): number => candidates.get(one)?.pages ?? 0;
  const shorter = (candidates.get(name)?.shorter ?? [])
    .filter((one) => !without.has(one) && pages(one) < pages(name))
    .toSorted((a, b) => pages(b) - pages(a) || (a < b ? -1 : 1));
  return [...new Set([shorter[0], shorter.at(-1)])].flatMap((one) => (one === undefined ? [] : [new Set([...without, one])]));
}

/** What fits beside the chosen and gains most, as long as something does. */
async function fill(input: SelectionInput, base: readonly number[], start: Selection, pool: ReadonlySet<string>): Promise<Selection> {
  let { chosen, cost } = start;
  for (;;) {
    const room = (input.budget ?? 0) - pagesOf(chosen, input.candidates);
    let best: Selection | undefined;
    for (const name of [...pool].toSorted()) {
      if (chosen.has(name) || (input.candidates.get(name)?.pages ?? 0) > room) continue;
      const set = new Set([...chosen, name]);
      const after = await workloadCost(input, base, set);
      if (after < (best?.cost ?? cost - 1e-6)) best = { chosen: set, cost: after };
    }
    if (best === undefined) return { chosen, cost };
    ({ chosen, cost } = best);
  }
}

export function pagesOf(names: ReadonlySet<string>, candidates: SelectionInput["candidates"]): number {
  let pages = 0;
  for (const name of names) pages += candidates.get(name)?.pages ?? 0;
  return pages;
}

async function baseCosts({ weights, costs }: SelectionInput): Promise<number[]> {
  const none = new Set<string>();
  const base: number[] = [];
  for (const statement of weights.keys()) base.push((await costs.costOf(statement, none)).cost);
  return base;
}

/** The weighted sum of what each statement costs relative to what it cost, writes included. */
export async function workloadCost(
  input: Pick<SelectionInput, "weights" | "costs" | "writeShare">,
  base: readonly number[],
  set: ReadonlySet<string>,
): Promise<number> {
  let total = 0;
  for (const [statement, weight] of input.weights.entries()) {
    const before = base[statement] ?? 0;
    const { cost } = await input.costs.costOf(statement, set);
    total += weight * (before > 0 ? cost / before : 1);
    for (const name of set) total += input.writeShare(statement, name);
  }
  return total;
}
