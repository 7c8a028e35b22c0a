import type { Finding, RelatedSite, Run, Severity, Site } from "../model/finding.ts";
import type { FlowStep } from "./layout/flow.ts";
import { flowOf } from "./layout/flow.ts";
import type { Reporter, ReportContext } from "./layout/reporter.ts";
import { clean, cleanJson } from "./layout/sanitise.ts";
import { categoryOf, impactText } from "./layout/words.ts";

/** What GitHub shows of a file; it drops what is over, so the Run's order decides here. */
const limits = { results: 5000, steps: 100, related: 100, text: 2000 };

const levels: Readonly<Record<Severity, string>> = { critical: "error", high: "error", medium: "warning", low: "note" };
const problems: Readonly<Record<Severity, string>> = { critical: "error", high: "error", medium: "warning", low: "recommendation" };

/** SARIF 2.1.0 within the limits of GitHub's code scanning: the gravest findings, their ways as code flows, their ids as fingerprints. */
const sarif: Reporter = (run, context) => {
  const findings = run.findings.slice(0, limits.results);
  const ids = [...new Set(findings.map((finding) => finding.rule))].sort();
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: { name: run.tool.name, semanticVersion: run.tool.version, rules: ids.map((id) => ruleOf(id, findings, context)) },
        },
        columnKind: "utf16CodeUnits",
        results: findings.map((finding) => resultOf(finding, ids)),
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: notificationsOf(run) }],
      },
    ],
  };
  return `${cleanJson(JSON.stringify(log, null, 2))}\n`;
};

export default sarif;

function ruleOf(id: string, findings: readonly Finding[], context: ReportContext): object {
  const title = context.titles?.[id] ?? id;
  const gravest = findings.find((finding) => finding.rule === id)?.severity ?? "low";
  const help = `optimize explain ${id}`;
  return {
    id,
    name: id.replace(/(?:^|[/-])(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: title },
    fullDescription: { text: `${title.charAt(0).toUpperCase()}${title.slice(1)}.` },
    help: {
      text: `${help} says what it looks for, how it is proved and when it is not worth it.`,
      markdown: `\`${help}\` says what it looks for, how it is proved and when it is not worth it.`,
    },
    defaultConfiguration: { level: levels[gravest] },
    properties: { tags: ["performance", categoryOf(id)], precision: "high", "problem.severity": problems[gravest] },
  };
}

function resultOf(finding: Finding, ids: readonly string[]): object {
  const steps = flowOf(finding).slice(0, limits.steps);
  const related = finding.related.slice(0, limits.related);
  return {
    ruleId: finding.rule,
    ruleIndex: ids.indexOf(finding.rule),
    level: levels[finding.severity],
    message: { text: text(`${finding.message} ${finding.advice} (${impactText(finding.impact)})`) },
    locations: [locationOf(finding.site)],
    ...(related.length === 0
      ? {}
      : { relatedLocations: related.map((site, index) => ({ id: index + 1, ...locationOf(site, wordsOf(site)) })) }),
    ...(steps.length < 2 ? {} : { codeFlows: [{ threadFlows: [{ locations: steps.map(stepOf) }] }] }),
    partialFingerprints: { "optimizeFinding/v1": finding.id, primaryLocationLineHash: finding.id },
    properties: { tier: finding.tier, severity: finding.severity, effort: finding.effort },
  };
}

function stepOf(step: FlowStep): object {
  return { importance: step.own ? "essential" : "important", location: locationOf(step, step.own ? step.role : wordsOf(step)) };
}

function wordsOf({ role, note }: RelatedSite): string {
  return note === undefined ? role : `${role}: ${note}`;
}

function locationOf({ file, line, endLine, column, symbol }: Site, message?: string): object {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(file) },
      region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }), ...(endLine === undefined ? {} : { endLine }) },
    },
    ...(symbol === undefined || symbol === "" ? {} : { logicalLocations: [{ fullyQualifiedName: clean(symbol) }] }),
    ...(message === undefined ? {} : { message: { text: text(message) } }),
  };
}

/** A relative reference: each part is encoded, so that no name can be read as a scheme, a query or, twice over, a way out. */
function uriOf(file: string): string {
  return file
    .split("/")
    .map((part) =>
      part === ".."
        ? "%252E%252E"
        : encodeURIComponent(part.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")),
    )
    .join("/");
}

/** Plain text of SARIF: brackets before parentheses would be a link. */
function text(words: string): string {
  const safe = clean(words);
  const cut = safe.length > limits.text ? `${safe.slice(0, limits.text - 1)}…` : safe;
  return /\]\s*\(/.test(cut) ? cut.replace(/[[\]\\]/g, String.raw`\$&`) : cut;
}

function notificationsOf(run: Run): object[] {
  const left = run.findings.length - limits.results;
  const cut =
    left > 0
      ? [{ level: "note", message: { text: `${String(left)} further findings are left out: GitHub shows ${String(limits.results)}` } }]
      : [];
  const failures = run.failures.slice(0, limits.related).map(({ file, code, message, line }) => ({
    level: "warning",
    message: { text: text(`${code}: ${message}`) },
    ...(file === "" ? {} : { locations: [locationOf({ file, line: line ?? 1 })] }),
  }));
  return [...cut, ...failures];
}
