/** One suggestion of the suggestions document: what people work off and write their own notes under. */
import type { Finding } from "../../model/finding.ts";
import { excerpt } from "./excerpt.ts";
import { flowOf } from "./flow.ts";
import { fenced, languageOf, prose, span } from "./markup.ts";
import type { Source } from "./reporter.ts";
import { impactText } from "./words.ts";

/** Lines of a section without the mark that tells it apart. */
export function suggestionLines(finding: Finding, source: Source): string[] {
  const { site, rule, severity, tier, message, advice, better, effort, impact } = finding;
  const lines = [
    `## ${span(finding.id.slice(0, 8))} ${prose(message)}`,
    "",
    `- Rule: ${span(rule)} (${span(`optimize explain ${rule}`)})`,
    `- Place: ${span(`${site.file}:${String(site.line)}`)}${site.symbol === undefined || site.symbol === "" ? "" : ` in ${span(site.symbol)}`}`,
    `- Severity: ${severity}, ${tier}; effort ${effort}`,
    `- Impact: ${span(impactText(impact))}`,
  ];
  const steps = flowOf(finding);
  if (steps.length > 1) lines.push(`- Way: ${steps.map((step) => span(`${step.file}:${String(step.line)}`)).join(", ")}`);
  const code = excerpt(finding, source).map((line) => (line.line === 0 ? "…" : line.text));
  if (code.length > 0) lines.push("", ...fenced(code, languageOf(site.file)));
  lines.push("", `Suggestion: ${prose(advice)}`);
  if (better !== undefined) lines.push("", ...fenced(better.split(/\r?\n/), languageOf(site.file)));
  return lines;
}
