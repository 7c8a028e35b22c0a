import type { Finding, Severity, Tier } from "../model/finding.ts";
import { severities, tiers } from "../model/levels.ts";
import type { Terminal } from "./terminal.ts";

/** The exit code of a gate at a severity or tier: 1 when a finding is at or above it, which is also said. */
export function gate(findings: readonly Finding[], level: Severity | Tier | undefined, terminal: Terminal): number {
  const count = level === undefined ? 0 : countAtLeast(findings, level);
  if (count > 0) terminal.err(`optimize: failed, ${count === 1 ? "1 finding is" : `${count} findings are`} ${level} or above\n`);
  return count > 0 ? 1 : 0;
}

/** How many findings are at or above a severity or tier. */
export function countAtLeast(findings: readonly Finding[], level: Severity | Tier): number {
  return findings.filter((finding) =>
    isTier(level) ? tiers.indexOf(finding.tier) >= tiers.indexOf(level) : severities.indexOf(finding.severity) <= severities.indexOf(level),
  ).length;
}

function isTier(level: Severity | Tier): level is Tier {
  return (tiers as readonly string[]).includes(level);
}
