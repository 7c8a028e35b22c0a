/** Advice on indexes as lines: what to make and drop, what each statement then costs. */
import type { Plan } from "../../model/plan.ts";
import { planTree, short } from "./plan.ts";
import { clean } from "./sanitise.ts";
import type { Paint } from "./style.ts";
import { counted } from "./words.ts";
import { shorten } from "./width.ts";

/** What is shown of an advice. */
export interface ShownAdvice {
  readonly origin: string;
  readonly indexes: readonly {
    readonly sql: string;
    readonly pages: number;
    readonly gains: readonly { readonly statement: string; readonly without: number; readonly with: number }[];
    readonly verified?: string;
  }[];
  readonly drops: readonly { readonly sql: string; readonly pages: number; readonly why: string }[];
  readonly statements: readonly { readonly sql: string; readonly calls: number; readonly before: Plan; readonly after: Plan }[];
  readonly notPlanned: readonly { readonly sql: string; readonly why: string }[];
  readonly withdrawn: readonly { readonly name: string; readonly why: string }[];
}

const megabytes = (pages: number): string => {
  const size = (pages * 8) / 1024;
  return size < 1 ? "under 1 MB" : `${short(size)} MB`;
};
const oneLine = (sql: string): string => clean(sql.replaceAll(/\s+/g, " ").trim());

export function adviceLines(
  advice: ShownAdvice,
  how: { readonly columns: number; readonly plans: boolean; readonly paint: Paint },
): string[] {
  const { paint, columns } = how;
  const lines = [headline(advice, paint), ""];
  for (const { sql, pages, gains, verified } of advice.indexes) {
    lines.push(`${paint("green", "+")} ${paint("bold", oneLine(sql))}  ${megabytes(pages)}`);
    for (const gain of gains.slice(0, 3))
      lines.push(`    ${short(gain.without)} -> ${short(gain.with)}  ${shorten(oneLine(gain.statement), Math.max(30, columns - 24))}`);
    if (gains.length > 3) lines.push(paint("dim", `    and ${counted(gains.length - 3, "more statement")}`));
    if (verified !== undefined) lines.push(`    ${clean(verified)}`);
  }
  for (const { sql, pages, why } of advice.drops)
    lines.push(`${paint("red", "-")} ${paint("bold", oneLine(sql))}  ${megabytes(pages)}`, `    ${clean(why)}`);
  for (const { name, why } of advice.withdrawn) lines.push(paint("dim", `  not ${clean(name)}: ${clean(why)}`));
  lines.push("", paint("bold", "cost before   after  statement"));
  for (const { sql, before, after } of advice.statements) {
    const row = `${short(before.cost).padStart(11)} ${short(after.cost).padStart(7)}  `;
    lines.push(shorten(`${row}${oneLine(sql)}`, columns));
    if (how.plans && after.cost !== before.cost)
      lines.push(
        ...planTree(before, [], columns - 6, paint).map((line) => paint("red", `    - ${line}`)),
        ...planTree(after, [], columns - 6, paint).map((line) => paint("green", `    + ${line}`)),
      );
  }
  for (const { sql, why } of advice.notPlanned)
    lines.push(paint("yellow", shorten(`  not planned: ${oneLine(sql)}`, columns)), `    ${clean(why)}`);
  return [...lines, "", paint("dim", clean(advice.origin))];
}

function headline({ indexes, drops, statements, withdrawn }: ShownAdvice, paint: Paint): string {
  const better = statements.filter(({ before, after }) => after.cost < before.cost * 0.95).length;
  if (statements.length === 0) return paint("bold", "No statement could be planned: nothing is known of what is missing.");
  if (indexes.length === 0 && drops.length === 0 && withdrawn.length > 0)
    return paint(
      "bold",
      `No index is left for ${counted(statements.length, "statement")}: ${counted(withdrawn.length, "was", "were")} withdrawn.`,
    );
  if (indexes.length === 0 && drops.length === 0)
    return paint(
      "bold",
      `No index is missing for ${counted(statements.length, "statement")}: the planner would gain nothing worth its room.`,
    );
  const parts = [
    indexes.length === 0 ? "" : counted(indexes.length, "index", "indexes"),
    drops.length === 0 ? "" : `${counted(drops.length, "index", "indexes")} to drop`,
  ];
  return paint(
    "bold",
    `${parts.filter((part) => part !== "").join(", ")}: ${better} of ${counted(statements.length, "statement")} ${better === 1 ? "becomes" : "become"} cheaper`,
  );
}
