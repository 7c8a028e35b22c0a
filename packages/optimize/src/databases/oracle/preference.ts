/** Does the planner prefer an index: at the size that is known, else at every size that a table may grow to? */
import { indexesOf } from "../../model/plan.ts";
import type { Index } from "../../model/schema.ts";
import type { PostgresOracle } from "./postgres.ts";

/** Advice without statistics holds at each of them, or it is none. */
export const assumedRows: readonly number[] = [1e4, 1e6, 1e8];

/** A plan that is hardly cheaper is no reason for an index. */
const worthwhile = 0.9;

export interface Question {
  readonly table: string;
  readonly index: Index;
  readonly sql: string;
}

export interface Preference {
  /** The plan uses the index and is at least a tenth cheaper, at every size. */
  readonly holds: boolean;
  readonly sizes: readonly { readonly rows: number; readonly before: number; readonly after: number; readonly used: boolean }[];
  /** Why there is no answer. */
  readonly why?: string;
}

/** Answers in the order of the questions; the same for the same schema and questions. Tables of the oracle must have no statistics. */
export async function preferences(
  oracle: PostgresOracle,
  questions: readonly Question[],
  sizes: readonly number[] = assumedRows,
): Promise<readonly Preference[]> {
  const tried = await oracle.tryIndexes(questions);
  const found = questions.map(() => [] as { rows: number; before: number; after: number; used: boolean }[]);
  const reasons: (string | undefined)[] = tried.map((one) => (one === undefined ? "the index could not be made" : undefined));
  for (const rows of sizes) {
    await oracle.setRows(rows);
    for (const [index, question] of questions.entries()) {
      const one = tried[index];
      if (one === undefined || reasons[index] !== undefined) continue;
      const before = await oracle.plan(question.sql);
      const after = await oracle.plan(question.sql, { indexes: [one.name] });
      if ("why" in before || "why" in after) reasons[index] = "why" in before ? before.why : "why" in after ? after.why : "";
      else found[index]?.push({ rows, before: before.plan.cost, after: after.plan.cost, used: indexesOf(after.plan).includes(one.name) });
    }
  }
  return questions.map((_, index) => {
    const answers = found[index] ?? [];
    const why = reasons[index];
    if (why !== undefined) return { holds: false, sizes: answers, why };
    return { holds: answers.length > 0 && answers.every((one) => one.used && one.after <= one.before * worthwhile), sizes: answers };
  });
}
