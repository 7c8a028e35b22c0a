/** What a scan has seen, before it is narrowed to what was asked for and joined to evidence. */
import type { EntryReport, Failure, Finding, NotLookedAt, ProjectReport, Run } from "../model/finding.ts";
import { schemaVersion } from "../model/levels.ts";
import type { Promoted } from "./promote.ts";
import { order } from "./rank.ts";
import type { ScanOptions } from "./scan.ts";
import { version } from "./version.ts";

export interface Survey {
  readonly project: ProjectReport;
  /** Of every tier, rule and package; none is proven yet. */
  readonly findings: readonly Finding[];
  readonly formulas: readonly EntryReport[];
  readonly failures: readonly Failure[];
  readonly notLookedAt: readonly NotLookedAt[];
  readonly unusedAllows: readonly { readonly file: string; readonly line: number; readonly rule: string }[];
}

/** The Run that a survey gives for these options; `root` is where evidence looks for sources of built files. */
export async function conclude(root: string, survey: Survey, options: ScanOptions): Promise<Run> {
  return narrow(survey, await proven(root, survey, options), options);
}

/** As above, where there is no evidence. */
export function concludeUnproven(survey: Survey, options: ScanOptions): Run {
  return narrow(survey, { findings: survey.findings, used: [] }, options);
}

function narrow(survey: Survey, { findings: all, used }: Promoted, options: ScanOptions): Run {
  const tiers = options.tiers ?? options.config?.tiers ?? ["likely", "proven"];
  const inPackage = (name: string | undefined): boolean => options.package === undefined || name === options.package;
  const counts = { candidate: 0, likely: 0, proven: 0 };
  for (const finding of all) counts[finding.tier]++;
  const findings = all.filter((finding) => tiers.includes(finding.tier) && wanted(finding, options) && inPackage(finding.package));
  return {
    schemaVersion,
    tool: { name: "optimize", version },
    project: survey.project,
    findings: findings.sort(order),
    formulas: survey.formulas.filter((one) => inPackage(one.package)),
    evidence: used,
    failures: survey.failures,
    notLookedAt: survey.notLookedAt,
    unusedAllows: survey.unusedAllows,
    budgets: [],
    counts,
  };
}

async function proven(root: string, { findings }: Survey, { evidence = [] }: ScanOptions): Promise<Promoted> {
  if (evidence.length === 0) return { findings, used: [] };
  // Rules say what proves them; without evidence nobody asks, and they are many files.
  const [{ rules }, { promote }, { sourceFinder }] = await Promise.all([
    import("../rules/index.ts"),
    import("./promote.ts"),
    import("./built-file.ts"),
  ]);
  return promote(findings, evidence, rules, sourceFinder(root));
}

function wanted(finding: Finding, options: ScanOptions): boolean {
  if (options.rules !== undefined && options.rules.length > 0 && !options.rules.includes(finding.rule)) return false;
  return (
    options.categories === undefined || options.categories.length === 0 || options.categories.includes(finding.rule.split("/")[0] ?? "")
  );
}
