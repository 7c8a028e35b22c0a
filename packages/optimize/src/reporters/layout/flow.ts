/** The places of a finding in the order in which it happens: where it begins, the calls, what happens in the end. */
import type { Finding, RelatedSite } from "../../model/finding.ts";

/** One step of the way; the finding's own place is among them. */
export interface FlowStep extends RelatedSite {
  readonly own: boolean;
}

export function flowOf(finding: Finding): readonly FlowStep[] {
  const { related, path = [] } = finding;
  const begins = related.filter(({ role }) => role === "the loop" || role === "entry");
  const ends = related.filter(({ role }) => role === "does it");
  const own: RelatedSite = { ...finding.site, role: "found here" };
  // A way that begins at an entry leads to the finding; from a loop the calls lead on from it.
  const enters = begins.some(({ role }) => role === "entry");
  const steps = enters ? [...begins, ...path, own, ...ends] : [...begins, own, ...path, ...ends];
  return steps.map((step) => ({ ...step, own: step === own }));
}
