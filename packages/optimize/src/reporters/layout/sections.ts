/** The parts of the Markdown report that speak of one finding, of the routes, and of what was not looked at. */
import type { Category, EntryReport, Finding, Run } from "../../model/finding.ts";
import { readingOrder } from "../../model/finding.ts";
import { planText } from "../../model/index-question.ts";
import { excerpt } from "./excerpt.ts";
import { cell, fenced, languageOf, prose, span } from "./markup.ts";
import { byPackage } from "./entries.ts";
import type { Source } from "./reporter.ts";
import { categoryOf, categoryTitles, counted, impactText, shortId } from "./words.ts";

const shownEntries = 200;
const shownRoutes = 12;

/** One bottleneck: category, severity, places, call path, formula, current and better code, effort. */
export function findingSection(finding: Finding, number: number, ids: readonly string[], source: Source): string[] {
  const category = categoryTitles[categoryOf(finding.rule) as Category] ?? categoryOf(finding.rule);
  const lines = [
    `#### ${number}. ${prose(finding.message)}`,
    "",
    `- Rule: ${span(finding.rule)}, id ${span(shortId(finding.id, ids))}`,
    `- Category: ${prose(category.toLowerCase())}`,
    `- Severity: ${finding.severity}, ${finding.tier}${finding.reason === undefined ? "" : ` (${prose(finding.reason)})`}`,
    `- Place: ${span(`${finding.site.file}:${finding.site.line}`)}${finding.site.symbol === undefined ? "" : ` in ${span(finding.site.symbol)}`}`,
    `- Reached by: ${reachedBy(finding.routes)}`,
    `- Impact: ${span(impactText(finding.impact))}`,
    `- Effort: ${finding.effort}`,
  ];
  if (finding.plan !== undefined && finding.tier !== "candidate") lines.push(`- Planner: ${prose(planText(finding.plan))}`);
  if (finding.package !== undefined) lines.push(`- Package: ${span(finding.package)}`);
  const way = readingOrder(finding);
  if (way.length > 0) {
    lines.push("", "Call path:", "");
    way.forEach((related, index) => {
      const note = related.note === undefined ? "" : `: ${span(related.note)}`;
      lines.push(`${index + 1}. ${span(`${related.file}:${related.line}`)} ${prose(related.role)}${note}`);
    });
  }
  const current = excerpt(finding, source).map((line) => (line.line === 0 ? "…" : line.text));
  if (current.length > 0) lines.push("", "Current code:", "", ...fenced(current, languageOf(finding.site.file)));
  lines.push("", `Better: ${prose(finding.advice)}`);
  if (finding.better !== undefined) lines.push("", ...fenced(finding.better.split(/\r?\n/), languageOf(finding.site.file)));
  return [...lines, ""];
}

function reachedBy(routes: readonly string[]): string {
  if (routes.length === 0) return "no entry point was found";
  const more = routes.length - shownRoutes;
  return routes.slice(0, shownRoutes).map(span).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** Every route and job with its formula, by package in a monorepo. */
export function routesSection(run: Run): string[] {
  const entries = run.formulas.filter((entry) => entry.kind !== "function");
  if (entries.length === 0) return ["No entry point was found.", ""];
  const shown = entries.slice(0, shownEntries);
  const lines: string[] = [];
  for (const [name, group] of byPackage(shown)) {
    if (run.project.packages.length > 1) lines.push(`### ${name === "" ? "No package" : span(name)}`, "");
    lines.push("| Entry point | Cost | Place |", "| --- | --- | --- |", ...group.map(entryRow), "");
  }
  const rest = entries.length - shown.length;
  return rest > 0 ? [...lines, `${rest} more: ${span("optimize routes --all")}`, ""] : lines;
}

function entryRow(entry: EntryReport): string {
  const unknown = entry.unknown.length > 0 ? ` (at least: ${counted(entry.unknown.length, "call")} could not be resolved)` : "";
  return `| ${cell(entry.name)} | ${cell(entry.formula)}${unknown} | ${cell(`${entry.site.file}:${entry.site.line}`)} |`;
}

/** What the scan did not see, and why. */
export function unseenSection(run: Run): string[] {
  const lines = run.notLookedAt
    .filter((row) => row.files > 0)
    .map((row) => {
      const examples = row.examples.length === 0 ? "" : `, such as ${row.examples.map(span).join(", ")}`;
      return `- ${counted(row.files, "file")}: ${prose(row.reason)}${examples}`;
    });
  for (const failure of run.failures) {
    const line = failure.line === undefined ? "" : `:${failure.line}`;
    lines.push(`- ${span(`${failure.file}${line}`)} could not be read (${prose(failure.code)}): ${prose(failure.message)}`);
  }
  for (const allow of run.unusedAllows) lines.push(`- Unused allowance of ${span(allow.rule)} at ${span(`${allow.file}:${allow.line}`)}`);
  const unknown = run.formulas.filter((entry) => entry.unknown.length > 0).length;
  if (unknown > 0)
    lines.push(
      `- ${counted(unknown, "formula")} ${unknown === 1 ? "is a lower bound" : "are lower bounds"}: some calls could not be resolved.`,
    );
  lines.push("- Nothing was run: timings, data sizes and production settings were not looked at.");
  return [...lines, ""];
}
