/** Is one statement planned cheaper than another that gives the same: at the sizes that are known, else at every size that tables may grow to? */
import type { IndexAnswer, RewriteQuestion, ScanChoice } from "../../model/index-question.ts";
import { planNodes, type Plan } from "../../model/plan.ts";
import { tableNamed, type Schema } from "../../model/schema.ts";
import { sqlTokens } from "../../model/sql-tokens.ts";
import type { PostgresOracle } from "./postgres.ts";
import { answered, assumedRows, isWorthwhile } from "./preference.ts";

interface Open {
  readonly question: RewriteQuestion;
  readonly sizes: ScanChoice[];
  /** Of the largest table of the statement, when their sizes are known. */
  readonly rows: number | undefined;
  isRefused: boolean;
  why: string | undefined;
}

/** Answers in the order of the questions; `exported`: the schema whose tables have the sizes that a server said. */
export async function comparisons(
  oracle: PostgresOracle,
  questions: readonly RewriteQuestion[],
  exported: Schema | undefined,
  sizes: readonly number[] = assumedRows,
): Promise<readonly IndexAnswer[]> {
  const open = questions.map((question): Open => ({
    question,
    sizes: [],
    rows: knownRows(question, exported),
    isRefused: false,
    why: undefined,
  }));
  for (const rows of sizes) {
    await oracle.setRows(rows);
    for (const one of open)
      if (one.why === undefined && !one.isRefused && (one.rows === undefined || one.sizes.length === 0))
        await ask(oracle, one, one.rows ?? rows);
  }
  return open.map((one) => answered(oracle, one));
}

/** One size at which it is not cheaper is enough: the others are not asked. */
async function ask(oracle: PostgresOracle, one: Open, rows: number): Promise<void> {
  const { statement, instead } = one.question;
  const before = await oracle.plan(statement);
  const after = await oracle.plan(instead);
  if ("why" in before || "why" in after) {
    one.why = "why" in before ? before.why : "why" in after ? after.why : "";
    return;
  }
  one.sizes.push({
    rows,
    before: readings(before.plan),
    after: readings(after.plan),
    costBefore: before.plan.cost,
    costAfter: after.plan.cost,
  });
  one.isRefused = !isWorthwhile(before.plan.cost, after.plan.cost);
}

/** "Seq Scan", "Bitmap Heap Scan and Index Scan": how the plan comes to rows of its tables. */
function readings({ root }: Plan): string {
  const scans = planNodes(root).flatMap(({ kind, relation }) => (relation === undefined || kind === "Bitmap Index Scan" ? [] : [kind]));
  return [...new Set(scans)].sort().join(" and ") || root.kind;
}

/** Undefined where the size of one of its tables is not known: then it is assumed. */
function knownRows({ statement }: RewriteQuestion, exported: Schema | undefined): number | undefined {
  if (exported === undefined) return undefined;
  const names = new Set(sqlTokens(statement).flatMap(({ kind, text }) => (kind === "word" || kind === "name" ? [text] : [])));
  const rows = [...names].flatMap((name) => {
    const table = tableNamed(exported, name);
    return table === undefined ? [] : [table.rows];
  });
  return rows.length === 0 || rows.includes(undefined) ? undefined : Math.max(...rows.flatMap((count) => count ?? []));
}
