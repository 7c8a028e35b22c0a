import type { Severity } from "../model/finding.ts";
import type { Reporter } from "./layout/reporter.ts";
import { clean, cleanJson } from "./layout/sanitise.ts";

const severities: Readonly<Record<Severity, string>> = { critical: "critical", high: "major", medium: "minor", low: "info" };

/** GitLab's Code Quality report: one entry a finding, its id as fingerprint. */
const gitlab: Reporter = (run) => {
  const entries = run.findings.map(({ id, rule, severity, site, message, advice }) => ({
    description: clean(`${message} ${advice}`),
    check_name: rule,
    fingerprint: id,
    severity: severities[severity],
    location: { path: site.file, lines: { begin: site.line, ...(site.endLine === undefined ? {} : { end: site.endLine }) } },
  }));
  return `${cleanJson(JSON.stringify(entries, null, 2))}\n`;
};

export default gitlab;
