/** Running the rules over a project, folding what is one place, and saying each finding in full. */
import type { Allow, Facts } from "../model/facts.ts";
import type { Finding, Impact, RelatedSite, Severity, Site, Tier } from "../model/finding.ts";
import type { Cost } from "../model/formula.ts";
import type { Entry, Place, Project } from "../model/project.ts";
import type { Found, Rule } from "../model/rule.ts";
import { findingId } from "../model/symbol.ts";
import { costKindOf } from "./cost-kind.ts";
import { costDegree, costText } from "./cost-text.ts";

export interface CheckInput {
  readonly project: Project;
  readonly rules: readonly Rule[];
  readonly facts: ReadonlyMap<string, Facts>;
  readonly textOf: (file: string) => string;
  /** Path of the scanned folder inside its repository. */
  readonly prefix: string;
  readonly packageOf: (file: string) => string | undefined;
  /** Rules that the configuration turned off or down. */
  readonly levels?: Readonly<Record<string, "off" | "candidate" | "on">>;
}

export interface Checked {
  readonly findings: readonly Finding[];
  readonly unusedAllows: readonly { readonly file: string; readonly line: number; readonly rule: string }[];
  readonly failures: readonly { readonly file: string; readonly code: string; readonly message: string }[];
}

interface Candidate extends Found {
  readonly rule: Rule;
  readonly routes: readonly Entry[];
}

/** Earlier kinds own a place that several rules speak of. */
const owners = ["db/", "io/redis-", "io/http-", "io/", "async/", "mem/", "algo/"];

export function check(input: CheckInput): Checked {
  const failures: { file: string; code: string; message: string }[] = [];
  const found: Candidate[] = [];
  for (const rule of input.rules) {
    if (input.levels?.[rule.id] === "off") continue;
    try {
      rule.check(input.project, (one) => found.push(placed(input, rule, one)));
    } catch (error) {
      failures.push({ file: "", code: "rule", message: `${rule.id} failed: ${error instanceof Error ? error.message : String(error)}` });
    }
  }
  const kept = fold(found);
  const used = new Set<Allow>();
  const allowed = kept.filter((one) => !isAllowed(input, one, used));
  const ordinals = new Map<string, number>();
  const findings = allowed.sort(byPlace).map((one) => findingOf(input, one, ordinals));
  const unusedAllows: { file: string; line: number; rule: string }[] = [];
  for (const [file, facts] of input.facts)
    for (const allow of facts.allows) if (!used.has(allow)) unusedAllows.push({ file, line: allow.line, rule: allow.rule });
  return { findings, unusedAllows, failures };
}

function placed(input: CheckInput, rule: Rule, one: Found): Candidate {
  const routes = [
    ...input.project.routesReaching(one.function),
    ...(one.function.id === one.place.function.id ? [] : input.project.routesReaching(one.place.function)),
  ];
  let tier: Exclude<Tier, "proven"> = rule.tier === "candidate" || input.levels?.[rule.id] === "candidate" ? "candidate" : one.tier;
  let { reason } = one;
  if (tier === "likely" && routes.length === 0 && input.project.entries.length > 0) {
    tier = "candidate";
    reason = "no entry point was found that reaches it";
  }
  return { ...one, rule, tier, routes: [...new Set(routes)], ...(reason === undefined ? {} : { reason }) };
}

function rankOf(rule: string): number {
  const index = owners.findIndex((prefix) => rule.startsWith(prefix));
  return index < 0 ? owners.length : index;
}

/** One place gets one finding: of one loop and line the most specific rule's, with the shortest way; likely before candidate. */
function fold(found: readonly Candidate[]): Candidate[] {
  const byKey = new Map<string, Candidate>();
  for (const one of found) {
    const key = one.loop === undefined ? `${one.place.file}:${one.place.line}` : `${one.place.file}:${one.place.line}`;
    const before = byKey.get(key);
    if (before === undefined || better(one, before)) byKey.set(key, one);
  }
  // One finding for each loop: the first line of it stands for the others.
  const byLoop = new Map<string, Candidate>();
  const out: Candidate[] = [];
  for (const one of [...byKey.values()].sort((a, b) => rank(a) - rank(b) || byPlace(a, b))) {
    if (one.loop === undefined) {
      out.push(one);
      continue;
    }
    const before = byLoop.get(one.loop.id);
    if (before === undefined) {
      byLoop.set(one.loop.id, one);
      out.push(one);
    } else if (before.rule.id === one.rule.id || rank(before) <= rank(one)) {
      const index = out.indexOf(before);
      const merged: Candidate = {
        ...before,
        related: [
          ...(before.related ?? []),
          {
            place: one.place,
            role: one.tier === before.tier ? "also in this loop" : "perhaps also",
            note: one.rule.id === before.rule.id ? "" : one.rule.id,
          },
        ],
      };
      out[index] = merged;
      byLoop.set(one.loop.id, merged);
    }
  }
  return out;
}

function rank(one: Candidate): number {
  return (one.tier === "likely" ? 0 : 100) + rankOf(one.rule.id) * 10;
}

function better(one: Candidate, other: Candidate): boolean {
  return (
    rank(one) < rank(other) ||
    (rank(one) === rank(other) &&
      (one.path.length < other.path.length || (one.path.length === other.path.length && one.rule.id < other.rule.id)))
  );
}

function byPlace(a: Found, b: Found): number {
  return a.place.file < b.place.file ? -1 : a.place.file > b.place.file ? 1 : a.place.line - b.place.line || a.place.at - b.place.at;
}

function isAllowed(input: CheckInput, one: Candidate, used: Set<Allow>): boolean {
  let allowed = false;
  for (const allow of input.facts.get(one.place.file)?.allows ?? []) {
    if (allow.target !== one.place.line || (allow.rule !== one.rule.id && allow.rule !== one.rule.id.split("/")[0])) continue;
    used.add(allow);
    allowed = true;
  }
  return allowed;
}

function siteOf(place: Place): Site {
  return {
    file: place.file,
    line: place.line,
    ...(place.endLine === place.line ? {} : { endLine: place.endLine }),
    column: place.column,
    ...(place.function.symbol === "" ? {} : { symbol: place.function.symbol }),
  };
}

function findingOf(input: CheckInput, one: Candidate, ordinals: Map<string, number>): Finding {
  const { place, rule } = one;
  const culprit = input.textOf(place.file).slice(place.at, Math.min(place.end, place.at + 400));
  const symbols = place.function.symbol.split(".");
  const key = `${rule.id}|${place.file}|${place.function.symbol}|${culprit}`;
  const ordinal = ordinals.get(key) ?? 0;
  ordinals.set(key, ordinal + 1);
  const id = findingId({ rule: rule.id, path: place.file, prefix: input.prefix, symbols, culprit, ordinal });
  const related: RelatedSite[] = [];
  if (one.loop !== undefined && (one.loop.place.line !== place.line || one.loop.place.file !== place.file))
    related.push({ ...lineOf(one.loop.place), role: "the loop" });
  for (const step of one.path.slice(1)) related.push({ ...lineOf(step.place), role: "calls", note: step.name });
  if (one.operation !== undefined && one.operation.place.at !== place.at)
    related.push({ ...lineOf(one.operation.place), role: "does it", note: one.operation.method });
  for (const other of one.related ?? [])
    related.push({
      ...lineOf(other.place),
      role: other.role,
      ...(other.note === undefined || other.note === "" ? {} : { note: other.note }),
    });
  const routes = one.routes.map((entry) => entry.name).sort();
  const impact = impactOf(one);
  const owner = input.packageOf(place.file);
  return {
    id,
    rule: rule.id,
    tier: one.tier,
    severity: severityOf(one, impact),
    site: siteOf(place),
    message: one.message,
    related: distinct(related),
    routes: [...new Set(routes)],
    impact,
    effort: one.effort,
    advice: one.advice,
    ...(one.better === undefined ? {} : { better: one.better }),
    ...(one.reason === undefined ? {} : { reason: one.reason }),
    ...(owner === undefined ? {} : { package: owner }),
  };
}

function lineOf(place: Place): Site {
  return {
    file: place.file,
    line: place.line,
    column: place.column,
    ...(place.function.symbol === "" ? {} : { symbol: place.function.symbol }),
  };
}

function distinct(sites: readonly RelatedSite[]): RelatedSite[] {
  const seen = new Set<string>();
  return sites.filter((site) => {
    const key = `${site.file}:${site.line}:${site.role}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Routes before jobs before the rest; the costliest first. */
const kinds = ["route", "procedure", "page", "resolver", "action", "loader", "socket", "event", "job", "schedule"];

function impactOf(one: Candidate): Impact {
  const first = Math.min(...one.routes.map((entry) => order(entry.kind)));
  const best = one.routes
    .filter((entry) => order(entry.kind) === first)
    .map((entry) => ({ name: entry.name, cost: concerned(one, entry.cost) }))
    .sort((a, b) => costDegree(b.cost) - costDegree(a.cost) || (a.name < b.name ? -1 : 1))[0];
  if (best !== undefined)
    return { basis: "structural", formula: `${best.name} = ${costText(best.cost)}`, route: best.name, degree: costDegree(best.cost) };
  const size = one.loop === undefined ? "1" : one.loop.name;
  return {
    basis: "structural",
    formula: one.loop === undefined ? "once a call" : `once for each of ${size}`,
    degree: one.loop === undefined ? 0 : 1,
  };
}

/** What the finding is about: the queries of a slow loop are not easier to see among the files and calls of the same route. */
function concerned(one: Candidate, cost: Cost): Cost {
  const kind = one.operation === undefined ? undefined : costKindOf(one.operation);
  const bounds = kind === undefined ? undefined : cost[kind];
  return kind === undefined || bounds === undefined ? cost : { [kind]: bounds };
}

function order(kind: string): number {
  const index = kinds.indexOf(kind);
  return index < 0 ? kinds.length : index;
}

const levels: readonly Severity[] = ["low", "medium", "high", "critical"];

function severityOf(one: Candidate, impact: Impact): Severity {
  const onRoute = one.routes.some((entry) => order(entry.kind) <= 6);
  const grows = one.loop !== undefined && one.loop.size.max === undefined && one.loop.size.exact === undefined;
  let severity: Severity =
    one.tier === "likely" && onRoute && grows ? "high" : onRoute || (grows && one.routes.length > 0) ? "medium" : "low";
  if (
    one.loop === undefined &&
    onRoute &&
    one.tier === "likely" &&
    /^(db\/external|db\/connection|io\/redis-keys|db\/parallel)/.test(one.rule.id)
  )
    severity = "high";
  void impact;
  return one.atMost !== undefined && levels.indexOf(one.atMost) < levels.indexOf(severity) ? one.atMost : severity;
}
