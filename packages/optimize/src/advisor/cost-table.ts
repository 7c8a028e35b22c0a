/**
 * What statements cost under sets of indexes, asked of a planner as rarely as possible. A planner that takes the cheapest plan makes one answer serve
 * many sets: planned under S a statement used U; then under every set between U and S it has the same plan.
 */
import { indexesOf, type Plan } from "../model/plan.ts";

export interface CostAnswer {
  readonly cost: number;
  /** Indexes of the set that the plan reads. */
  readonly used: ReadonlySet<string>;
}

export type AskPlanner = (statement: number, indexes: readonly string[]) => Promise<Plan | undefined>;

export interface CostTable {
  readonly costOf: (statement: number, set: ReadonlySet<string>) => Promise<CostAnswer>;
  /** Questions that went to the planner. */
  readonly asked: () => number;
}

interface Known extends CostAnswer {
  readonly under: ReadonlySet<string>;
}

/** `relevant[statement]` are the indexes on its tables: others change nothing. What cannot be planned costs nothing under any set. */
export function costTable(relevant: readonly ReadonlySet<string>[], ask: AskPlanner): CostTable {
  const known: Known[][] = relevant.map(() => []);
  let asked = 0;
  return {
    asked: () => asked,
    costOf: async (statement, set) => {
      const own = new Set([...set].filter((name) => relevant[statement]?.has(name) === true));
      const answers = known[statement] ?? [];
      const found = answers.find((one) => isWithin(one.used, own) && isWithin(own, one.under));
      if (found !== undefined) return found;
      asked++;
      const plan = await ask(statement, [...own].toSorted());
      const used = new Set(plan === undefined ? [] : indexesOf(plan).filter((name) => own.has(name)));
      const answer = { cost: plan?.cost ?? 0, used, under: own };
      answers.push(answer);
      return answer;
    },
  };
}

function isWithin(part: ReadonlySet<string>, whole: ReadonlySet<string>): boolean {
  if (part.size > whole.size) return false;
  for (const one of part) if (!whole.has(one)) return false;
  return true;
}
