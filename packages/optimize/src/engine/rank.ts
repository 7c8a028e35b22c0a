/** The order in which findings are shown: the gravest and best reached first, what always happens before what sometimes does. */
import type { Finding } from "../model/finding.ts";
import { severities, tiers } from "../model/levels.ts";

export function order(a: Finding, b: Finding): number {
  return (
    tiers.indexOf(b.tier) - tiers.indexOf(a.tier) ||
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    Number(a.sometimes === true) - Number(b.sometimes === true) ||
    degreeOf(b) - degreeOf(a) ||
    b.routes.length - a.routes.length ||
    (a.site.file < b.site.file ? -1 : a.site.file > b.site.file ? 1 : a.site.line - b.site.line) ||
    (a.rule < b.rule ? -1 : 1)
  );
}

function degreeOf(finding: Finding): number {
  return finding.impact.basis === "structural" ? finding.impact.degree : 0;
}
