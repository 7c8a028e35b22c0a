/** What joining findings and evidence gives, and what is asked of both. */
import type { CodePlace, Evidence, EvidenceSet } from "./evidence.ts";
import type { Finding } from "./finding.ts";
import { isSameRoute, mayBeMounted } from "./route-name.ts";

/**
 * `proven`: the evidence shows the problem itself, with its numbers. `seen`: it ran, and nothing more was shown. `unseen`: no evidence comes from there. Only load says the
 * others: `contradicted`: it ran, with enough rows, and not as the finding says; `cold`: what it does took less than 1 % of its requests' time.
 */
export type JoinState = "proven" | "seen" | "contradicted" | "cold" | "unseen";

export interface Joined {
  readonly finding: Finding;
  readonly state: JoinState;
  /** The evidence that proves or touches it, the strongest first. */
  readonly evidence: readonly Evidence[];
  /** In words, with numbers: why it is contradicted or cold. */
  readonly because?: string;
  /** The largest possible factor by which a request becomes faster when the place costs nothing (Amdahl); only from load. */
  readonly greatestGain?: number;
}

export interface Join {
  readonly joined: readonly Joined[];
  /** Conclusions that no finding explains. */
  readonly unexplained: readonly Evidence[];
  /** Those whose call stands in a test. */
  readonly inTests: readonly Evidence[];
}

/** A formula against counts: what a scan derived for a route, and what was counted when it was requested. */
export interface FormulaCheck {
  readonly route: string;
  readonly formula: string;
  /** Statements a request as counted. */
  readonly least: number;
  readonly most: number;
  readonly requests: number;
  /** "51 = 1 + 50": how the formula comes to the count; absent when its sizes were not seen. */
  readonly equation?: string;
  /** Undefined: the sizes of the formula were not seen. */
  readonly holds: boolean | undefined;
}

/** Evidence that says by itself what is slow, and does not only count. */
export function isConclusion(one: Evidence): boolean {
  return (
    one.kind === "n+1" ||
    one.kind === "duplicate" ||
    one.kind === "slow" ||
    one.kind === "sequential" ||
    (one.kind === "blocking" && one.routes.length > 0)
  );
}

/** Places of evidence, innermost first. */
export function framesOf(evidence: Evidence): readonly CodePlace[] {
  switch (evidence.kind) {
    case "n+1":
    case "statement":
    case "slow":
    case "blocking":
    case "cacheable":
      return evidence.place === undefined ? evidence.callers : [evidence.place, ...evidence.callers];
    case "duplicate":
    case "sequential":
      return evidence.places;
    case "stall":
      return evidence.stack;
    default:
      return [];
  }
}

/** Routes of a finding that were requested while the set was taken. */
export function requestedRoutes(finding: Finding, set: EvidenceSet): readonly string[] {
  const requested = set.evidence.flatMap((one) => (one.kind === "request" ? [one.route] : []));
  return finding.routes.filter((route) => requested.some((one) => isSameRoute(one, route)));
}

/** Requested routes that may be one of a finding's, below a prefix that the scan did not find. */
export function mountedRoutes(finding: Finding, set: EvidenceSet): readonly string[] {
  return set.evidence
    .flatMap((one) => (one.kind === "request" ? [one.route] : []))
    .filter((requested) => finding.routes.some((route) => mayBeMounted(route, requested)));
}
