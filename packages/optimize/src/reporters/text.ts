import type { Category, Finding, Run } from "../model/finding.ts";
import { findingBlock } from "./layout/block.ts";
import type { ReportContext, Reporter } from "./layout/reporter.ts";
import { clean } from "./layout/sanitise.ts";
import { painter, type Paint } from "./layout/style.ts";
import { wrap } from "./layout/width.ts";
import { categoryOf, categoryTitles, counted, shortId } from "./layout/words.ts";

const shownFirst = 10;
const narrowest = 60;
const widest = 120;

/** What a person reads in the terminal: the ten findings that matter most by category, then what was counted and not read. */
const text: Reporter = (run, context) => {
  const paint = painter(context.color);
  const columns = Math.min(widest, Math.max(narrowest, context.columns));
  const shown = context.all ? run.findings : run.findings.slice(0, shownFirst);
  const ids = run.findings.map((finding) => finding.id);
  const monorepo = run.project.packages.length > 1;
  const lines = [...header(run, context, columns, paint), ""];
  for (const [category, findings] of byCategory(shown)) {
    lines.push(paint("bold", categoryTitles[category as Category] ?? clean(category).toUpperCase()));
    for (const finding of findings)
      lines.push(...findingBlock(monorepo ? finding : alone(finding), shortId(finding.id, ids), context, columns, paint), "");
  }
  if (run.findings.length === 0)
    lines.push(run.project.files === 0 ? "No TypeScript, JavaScript or Python source was read in this folder." : "Nothing to report.", "");
  return `${[...lines, ...footer(run, shown.length, context, columns)].join("\n")}\n`;
};

export default text;

/** Without its package, which says nothing when there is only one. */
function alone({ package: _package, ...finding }: Finding): Finding {
  return finding;
}

function header(run: Run, context: ReportContext, columns: number, paint: Paint): string[] {
  const { project } = run;
  const size = [
    counted(project.files, "file"),
    counted(project.routes, "route"),
    counted(project.tables, "table"),
    counted(project.queries, "query", "queries"),
  ].join(", ");
  const packages = project.packages.length > 1 ? ` in ${counted(project.packages.length, "package")}` : "";
  const time = context.seconds === undefined ? "" : ` · ${context.seconds.toFixed(1)} s`;
  const tool = `${run.tool.name} ${run.tool.version}`;
  const [first = "", ...rest] = wrap(`${tool} · ${clean(project.name)} · ${size}${packages}${time}`, columns);
  return [paint("bold", tool) + first.slice(tool.length), ...rest];
}

/** Categories in the order of their weightiest finding. */
function byCategory(findings: readonly Finding[]): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const category = categoryOf(finding.rule);
    const group = groups.get(category);
    if (group === undefined) groups.set(category, [finding]);
    else group.push(finding);
  }
  return groups;
}

function footer(run: Run, shown: number, context: ReportContext, columns: number): string[] {
  const lines: string[] = [];
  const hidden = run.findings.length - shown;
  if (hidden > 0) lines.push(`${hidden} more ${hidden === 1 ? "finding is" : "findings are"} shown with --all`);
  const { likely, proven, candidate } = run.counts;
  const counts = [`${likely} likely, ${proven} proven`];
  if (candidate > 0) counts.push(`${candidate === 1 ? "1 candidate waits" : `${candidate} candidates wait`} for evidence`);
  const failure = failures(run);
  if (failure !== "") counts.push(context.failuresCommand === undefined ? failure : `${failure}: ${context.failuresCommand}`);
  lines.push(...wrap(counts.join(" · "), columns));
  const left = run.notLookedAt.filter((row) => row.files > 0).map((row) => `${counted(row.files, "file")} (${clean(row.reason)})`);
  if (left.length > 0) lines.push(...wrap(`Not looked at: ${left.join(", ")}`, columns));
  for (const allow of run.unusedAllows) lines.push(`Unused optimize-allow ${clean(allow.rule)} at ${clean(allow.file)}:${allow.line}`);
  const pointers: string[] = [];
  if (context.report !== undefined) pointers.push(`Report  ${clean(context.report)}`);
  if (context.next !== undefined && context.next.length > 0) pointers.push(`Next  ${context.next.slice(0, 2).map(clean).join("  or  ")}`);
  const joined = pointers.join("     ");
  if (joined.length <= columns) lines.push(...(joined === "" ? [] : [joined]));
  else lines.push(...pointers);
  return lines;
}

/** "3 files not read (syntax, too-large)". */
function failures(run: Run): string {
  if (run.failures.length === 0) return "";
  const files = new Set(run.failures.map((failure) => failure.file)).size;
  const codes = [...new Set(run.failures.map((failure) => failure.code))].sort().map(clean).join(", ");
  return `${counted(files, "file")} not read (${codes})`;
}
