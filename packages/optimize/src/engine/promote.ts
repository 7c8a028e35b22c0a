/** Findings that kept evidence proves: their tier, their numbers, and under load how much they matter. */
import type { Evidence, EvidenceSet, RepetitionEvidence, RequestEvidence } from "../model/evidence.ts";
import type { LoadEvidence } from "../model/load-evidence.ts";
import type { Finding, Impact, Severity } from "../model/finding.ts";
import type { Rule } from "../model/rule.ts";
import { joinEvidence } from "./join.ts";

/** Evidence that a Run was made with: which set proves which findings. */
export interface UsedEvidence {
  readonly set: string;
  readonly circumstance: string;
  readonly command: readonly string[];
  readonly startedAt: string;
  readonly proves: readonly string[];
  /** What load saw from outside: the newest of it. */
  readonly load?: readonly LoadEvidence[];
}

export interface Promoted {
  readonly findings: readonly Finding[];
  readonly used: readonly UsedEvidence[];
}

/** Newer sets come first; what one of them proves stays proven. Evidence of tests never changes a severity, and nothing is ever demoted. */
export function promote(
  findings: readonly Finding[],
  sets: readonly EvidenceSet[],
  rules: readonly Pick<Rule, "id" | "confirmedBy">[],
  sourceOf: (file: string) => string | undefined,
): Promoted {
  const proven = new Map<string, Finding>();
  const used: UsedEvidence[] = [];
  for (const set of sets) {
    const open = findings.filter(({ id }) => !proven.has(id));
    const proves = joinEvidence(open, set, rules, sourceOf).joined.filter(({ state }) => state === "proven");
    for (const { finding, evidence } of proves) proven.set(finding.id, withProof(finding, evidence, set));
    const { circumstance, command, startedAt } = set.environment;
    const load = used.some((one) => one.load !== undefined) ? [] : set.evidence.filter((one) => one.kind === "load");
    if (proves.length > 0 || load.length > 0)
      used.push({
        set: set.id,
        circumstance,
        command,
        startedAt,
        proves: proves.map(({ finding }) => finding.id).sort(),
        ...(load.length > 0 ? { load } : {}),
      });
  }
  return { findings: findings.map((finding) => proven.get(finding.id) ?? finding), used };
}

function withProof(finding: Finding, evidence: readonly Evidence[], set: EvidenceSet): Finding {
  const { reason: _reason, ...rest } = finding;
  return { ...rest, tier: "proven", impact: impactOf(evidence[0], set), severity: severityOf(finding, evidence, set) };
}

function impactOf(evidence: Evidence | undefined, set: EvidenceSet): Impact {
  const { environment } = set;
  const by = `optimize measure -- ${environment.command.join(" ")}`;
  if (evidence?.kind === "n+1")
    return {
      basis: "measured",
      value: evidence.perScope.max,
      unit: evidence.routes.length > 0 ? "executions in one request" : "executions in one loop",
      by,
      samples: evidence.scopes,
      ...takesOf(evidence, set),
    };
  if (evidence?.kind === "duplicate")
    return {
      basis: "measured",
      value: evidence.perRequest.max,
      unit: "times the same statement in one request",
      by,
      samples: evidence.requests,
    };
  return {
    basis: "measured",
    value: evidence?.kind === "blocking" ? evidence.count : 0,
    unit: "blocking calls",
    by,
    samples: evidence?.kind === "blocking" ? evidence.requests : 0,
  };
}

/** Its share of the median request of its route, where it is of one only. Only under load milliseconds carry over. */
function takesOf(
  { share, routes }: RepetitionEvidence,
  { environment, evidence }: EvidenceSet,
): Pick<Extract<Impact, { basis: "measured" }>, "takes"> {
  if (environment.circumstance !== "load" || share === undefined || routes.length !== 1) return {};
  const of = evidence.find((one): one is RequestEvidence => one.kind === "request" && one.route === routes[0])?.time.median ?? 0;
  return of === 0 ? {} : { takes: { milliseconds: Math.round(share * of * 10) / 10, of: Math.round(of * 10) / 10 } };
}

/** Over 20 % of a request is critical, over 5 % high; only load tells. */
function severityOf(finding: Finding, evidence: readonly Evidence[], { environment }: EvidenceSet): Severity {
  if (environment.circumstance !== "load") return finding.severity;
  const share = Math.max(0, ...evidence.map((one) => (one.kind === "n+1" ? (one.share ?? 0) : 0)));
  return share > 0.2 ? "critical" : share > 0.05 && finding.severity !== "critical" ? "high" : finding.severity;
}
