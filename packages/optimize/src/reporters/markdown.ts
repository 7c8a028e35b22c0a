import type { Finding, Run, Severity } from "../model/finding.ts";
import { prose, span } from "./layout/markup.ts";
import type { Reporter } from "./layout/reporter.ts";
import { findingSection, routesSection, unseenSection } from "./layout/sections.ts";
import { counted } from "./layout/words.ts";

const titles: Readonly<Record<Severity, string>> = { critical: "Critical", high: "High", medium: "Medium", low: "Low" };
const topActions = 3;

/** The written report: summary, bottlenecks by priority, routes with formulas, what was not looked at, what to do next. */
const markdown: Reporter = (run, context) => {
  const ids = run.findings.map((finding) => finding.id);
  const lines = [`# Performance report: ${prose(run.project.name)}`, "", ...summary(run), "## Bottlenecks by priority", ""];
  let number = 0;
  for (const severity of Object.keys(titles) as Severity[]) {
    const findings = run.findings.filter((finding) => finding.severity === severity);
    if (findings.length === 0) continue;
    lines.push(`### ${titles[severity]}`, "");
    for (const finding of findings) lines.push(...findingSection(finding, (number += 1), ids, context.source));
  }
  if (number === 0) lines.push("None was found.", "");
  lines.push("## Routes and their cost", "", ...routesSection(run));
  lines.push("## What was not looked at", "", ...unseenSection(run));
  lines.push("## Next steps", "", ...nextSteps(run));
  lines.push("## Top three actions", "", ...actions(run.findings));
  return `${lines.join("\n").trimEnd()}\n`;
};

export default markdown;

function summary(run: Run): string[] {
  const { project, counts } = run;
  const bySeverity = (Object.keys(titles) as Severity[])
    .map((severity) => [severity, run.findings.filter((finding) => finding.severity === severity).length] as const)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} ${severity}`);
  const reached = new Set(run.findings.flatMap((finding) => finding.routes)).size;
  return [
    "## Executive summary",
    "",
    `${counted(project.files, "file")}, ${counted(project.functions, "function")}, ${counted(project.routes, "route")}, ${counted(project.tables, "table")} and ` +
      `${counted(project.queries, "query", "queries")} were read.`,
    `${counted(run.findings.length, "finding")}${bySeverity.length === 0 ? "" : ` (${bySeverity.join(", ")})`}: ` +
      `${counts.likely} likely and ${counts.proven} proven; ${counted(counts.candidate, "candidate")} would need evidence.`,
    ...(reached > 0 ? [`They stand in the way of ${counted(reached, "entry point")}.`] : []),
    "Every number below says where it comes from: *structural* is read from the code, and nothing was guessed into milliseconds.",
    "",
  ];
}

function nextSteps(run: Run): string[] {
  const steps: string[] = [];
  const [first] = run.findings;
  if (first !== undefined) steps.push(`Read the reasoning behind a finding: ${span(`optimize explain ${first.rule}`)}`);
  if (run.findings.length > 0)
    steps.push(
      `Accept what is there and watch for what is new: ${span("optimize baseline")}, then ${span("optimize scan --new-only --fail-on high")}`,
    );
  if (run.formulas.length > 0) steps.push(`Compare the cost of every route with another commit: ${span("optimize diff main")}`);
  if (run.failures.length > 0) steps.push(`See what could not be read: ${span("optimize scan --failures")}`);
  if (steps.length === 0) steps.push(`See what rules look for: ${span("optimize explain")}`);
  return [...steps.map((step) => `- ${step}`), ""];
}

function actions(findings: readonly Finding[]): string[] {
  if (findings.length === 0) return ["Nothing to do.", ""];
  return findings
    .slice(0, topActions)
    .map(
      (finding, index) =>
        `${index + 1}. ${prose(finding.advice.replace(/\.$/, ""))} (${span(`${finding.site.file}:${finding.site.line}`)}, effort ${finding.effort})`,
    );
}
