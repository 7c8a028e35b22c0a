/**
 * Findings of a scan tied to what was seen of the running program: by the frames that stand in a finding's places, and by route.
 * Tests prove counts and growth; they demote nothing and prove no time.
 */
import type { CodePlace, Environment, Evidence, EvidenceSet, RepetitionEvidence } from "../model/evidence.ts";
import type { Finding, Site } from "../model/finding.ts";
import type { Rule } from "../model/rule.ts";
import { againstOf } from "./against.ts";
import { framesOf, isConclusion, type Join, type Joined } from "../model/joined.ts";
import { isTestPath } from "./file-reasons.ts";

/** Ties findings to a set. Rules say by which kinds of evidence they are confirmed; `sourceOf` gives the source of a built file that has no map. */
export function joinEvidence(
  findings: readonly Finding[],
  set: EvidenceSet,
  rules: readonly Pick<Rule, "id" | "confirmedBy">[],
  sourceOf: (file: string) => string | undefined = () => undefined,
): Join {
  const confirmedBy = new Map(rules.map(({ id, confirmedBy }) => [id, confirmedBy ?? []]));
  const explained = new Set<Evidence>();
  const joined = findings.map((finding): Joined => {
    const touching = set.evidence.filter((one) => touches(finding, one, sourceOf));
    const kinds = confirmedBy.get(finding.rule) ?? [];
    const fitting = touching.filter((one) => kinds.includes(one.kind));
    for (const one of fitting) explained.add(one);
    const proofs = fitting.filter(isProof);
    if (proofs.length > 0) return { finding, state: "proven", evidence: proofs, ...gainOf(proofs, set.environment) };
    if (fitting.length > 0) return { finding, state: "seen", evidence: fitting };
    if (touching.length === 0) return { finding, state: "unseen", evidence: [] };
    return { finding, evidence: touching, ...(againstOf(touching, kinds, set) ?? { state: "seen" }) };
  });
  const unexplained = set.evidence.filter((one) => isConclusion(one) && !explained.has(one));
  return { joined, unexplained: unexplained.filter((one) => !isOfTests(one)), inTests: unexplained.filter(isOfTests) };
}

/** The call stands in a test: what tests prepare and look at is no product. */
function isOfTests(one: Evidence): boolean {
  const [place] = framesOf(one);
  return place !== undefined && isTestPath(place.file);
}

function isProof(one: Evidence): boolean {
  return one.kind === "blocking" ? one.routes.length > 0 : (one.kind === "n+1" || one.kind === "duplicate") && one.tier === "proven";
}

type SourceOf = (file: string) => string | undefined;

/** The evidence happened in one of the finding's own places: where it is reported, or where the operation is, called from a place that belongs to it. */
function touches(finding: Finding, evidence: Evidence, sourceOf: SourceOf): boolean {
  const frames = framesOf(evidence);
  if (frames.length === 0) return false;
  if (frames.some((frame) => isIn(frame, finding.site, sourceOf))) return true;
  const others = [...finding.related, ...(finding.path ?? [])].filter(
    (site) => site.file !== finding.site.file || site.line !== finding.site.line,
  );
  if (!others.some((site) => isIn(frames[0], site, sourceOf))) return false;
  return (
    evidence.kind === "duplicate" ||
    frames.slice(1).some((frame) => others.some((site) => isIn(frame, site, sourceOf)) || isBeside(frame, finding.site))
  );
}

function isIn(frame: CodePlace | undefined, site: Site, sourceOf: SourceOf): boolean {
  if (frame === undefined) return false;
  if (frame.file === site.file) return frame.line >= site.line && frame.line <= (site.endLine ?? site.line);
  // Built code without a map: its lines are others, its functions have their names.
  return (
    frame.function !== undefined &&
    site.symbol !== undefined &&
    sourceOf(frame.file) === site.file &&
    isSameSymbol(frame.function, site.symbol)
  );
}

/** "async OrderList.open", "OrderList.open" and "open" are one function of one file. */
function isSameSymbol(name: string, symbol: string): boolean {
  const plain = name.replace(/^(?:async|new|Object\.|exports\.|module\.exports\.)\s*/u, "");
  return plain === symbol || symbol.endsWith(`.${plain}`) || plain.endsWith(`.${symbol}`);
}

/** A call that is written over several lines is reported at its first one and runs at any of them. */
function isBeside(frame: CodePlace, site: Site): boolean {
  return frame.file === site.file && Math.abs(frame.line - site.line) <= 3;
}

/** One query instead of n: what is left of the request is 1 - p·(1 - 1/n). */
function gainOf(proofs: readonly Evidence[], { circumstance }: Environment): { readonly greatestGain?: number } {
  if (circumstance === "test") return {};
  const gains = proofs
    .filter((one): one is RepetitionEvidence => one.kind === "n+1")
    .flatMap(({ share, perScope }) => (share === undefined ? [] : [1 / (1 - Math.min(0.999, share) * (1 - 1 / perScope.median))]));
  return gains.length === 0 ? {} : { greatestGain: Math.round(Math.max(...gains) * 10) / 10 };
}
