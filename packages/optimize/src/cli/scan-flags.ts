import type { ScanOptions } from "../engine/scan.ts";
import type { Config } from "../engine/config.ts";
import type { Severity, Tier } from "../model/finding.ts";
import { categories, severities, tiers } from "../model/levels.ts";
import { OptimizeError } from "../model/errors.ts";
import { nearest } from "../model/nearest.ts";
import { ruleIds } from "../engine/pages.ts";
import { buildIdentity } from "../engine/version.ts";
import type { Arguments, Flag } from "./args.ts";

/** Flags that every command which scans has. */
export const commonFlags = {
  "include-tests": { type: "boolean", help: "Read test files too" },
  stats: {
    type: "string",
    value: "export.json",
    help: "Real indexes and sizes of the database, from optimize db export (default: the setting)",
  },
  config: { type: "string", value: "file", help: "Settings file; the only way to have an executable one (.js, .mjs) run" },
  "no-cache": { type: "boolean", help: "Read everything, and keep nothing of it for the next scan" },
  "no-color": { type: "boolean", help: "No colour (so does NO_COLOR)" },
  debug: { type: "boolean", help: "Show the stack of an error" },
} satisfies Record<string, Flag>;

/** Flags that say how much is shown and when the exit code is 1. */
export const showFlags = {
  all: { type: "boolean", help: "Every finding instead of the ten that matter most" },
  tier: { type: "string", choices: tiers, help: "From this tier on (default: likely)" },
  "fail-on": {
    type: "string",
    choices: [...severities, ...tiers],
    help: "Exit code 1 when a finding of this severity or tier, or a higher one, is shown",
  },
} satisfies Record<string, Flag>;

/** Flags that narrow what is reported. */
export const narrowFlags = {
  rule: { type: "string", value: "id", multiple: true, help: "Only these rules" },
  category: { type: "string", choices: categories, multiple: true, help: "Only these categories" },
  package: { type: "string", value: "name", help: "Only this package of a monorepo" },
  changed: {
    type: "optional",
    value: "ref",
    help: "Only findings that touch files changed since ref (default: since the work left the main branch)",
  },
  "new-only": { type: "boolean", help: "Only findings that optimize.baseline.json does not hold" },
} satisfies Record<string, Flag>;

/** The scan's options from flags, then settings. Throws an OptimizeError for a rule that there is not. */
export function scanOptions(args: Arguments, config: Config): ScanOptions {
  const rules = args.list("rule");
  for (const rule of rules) if (!ruleIds().includes(rule)) throw unknownRule(rule);
  const chosen = args.list("category");
  const packageName = args.text("package");
  const shown = shownTiers(args, config);
  const build = args.has("no-cache") ? undefined : buildIdentity();
  return {
    config,
    ...(build === undefined ? {} : { keep: { build } }),
    ...(args.has("include-tests") ? { includeTests: true } : {}),
    ...(shown === undefined ? {} : { tiers: shown }),
    ...(rules.length === 0 ? {} : { rules: [...rules] }),
    ...(chosen.length === 0 ? {} : { categories: [...chosen] }),
    ...(packageName === undefined ? {} : { package: packageName }),
  };
}

/** A gate on candidates shows them: failing for something that is not shown helps nobody. */
function shownTiers(args: Arguments, config: Config): Tier[] | undefined {
  const least = args.text("tier") ?? (failLevel(args, config) === "candidate" ? "candidate" : undefined);
  if (least === undefined) return config.tiers === undefined ? undefined : [...config.tiers];
  return tiers.slice(tiers.indexOf(least as Tier));
}

/** The severity or tier from which the exit code is 1. */
export function failLevel(args: Arguments, config: Config): Severity | Tier | undefined {
  return (args.text("fail-on") as Severity | Tier | undefined) ?? config.failOn;
}

/** Whether the run says less than the whole: such a run is not kept as the last one. */
export function isNarrowed(args: Arguments): boolean {
  return Object.keys(narrowFlags).some((flag) => args.has(flag)) || args.text("tier") === "proven";
}

/** The error for a rule that there is not, with the one that was probably meant. */
export function unknownRule(id: string): OptimizeError {
  const near = nearest(id, ruleIds());
  return new OptimizeError("unknown-rule", `there is no rule ${id}${near === undefined ? "" : `; did you mean ${near}?`}`, {
    hint: "optimize explain lists all rules",
  });
}
