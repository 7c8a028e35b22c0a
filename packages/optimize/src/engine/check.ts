/** Running the rules over a project, folding what is one place, and saying each finding in full. */
import type { Allow, Facts } from "../model/facts.ts";
import type { Finding, Impact, RelatedSite, Severity, Site, Tier } from "../model/finding.ts";
import type { Cost } from "../model/formula.ts";
import { free } from "../model/formula.ts";
import type { Place, Project } from "../model/project.ts";
import type { Found, Rule } from "../model/rule.ts";
import { findingId } from "../model/symbol.ts";
import { costKindOf } from "./cost-kind.ts";
import type { Candidate } from "./fold.ts";
import { byPlace, foldRelated, foldPlaces } from "./fold.ts";
import { costDegree, costText } from "./cost-text.ts";

export interface CheckInput {
  readonly project: Project;
  readonly rules: readonly Rule[];
  readonly facts: ReadonlyMap<string, Facts>;
  /** Of files that have no facts: migrations, schemas, SQL. */
  readonly schemaAllows?: ReadonlyMap<string, readonly Allow[]>;
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
  const used = new Set<Allow>();
  // What is allowed stands for no other line of its loop.
  const open = foldPlaces(found).filter((one) => !isAllowed(input, one, used));
  const ordinals = new Map<string, number>();
  const ids = new Map(open.sort(byPlace).map((one) => [one, idOf(input, one, ordinals)]));
  const findings = foldRelated(open)
    .sort((a, b) => byPlace(a.one, b.one))
    .map(({ one, others }) => findingOf(input, one, others, ids));
  const unusedAllows: { file: string; line: number; rule: string }[] = [];
  const allAllows = new Map([...(input.schemaAllows ?? []), ...[...input.facts].map(([file, { allows }]) => [file, allows] as const)]);
  for (const [file, allows] of allAllows)
    for (const allow of allows) if (!used.has(allow)) unusedAllows.push({ file, line: allow.line, rule: allow.rule });
  return { findings, unusedAllows, failures };
}

function placed(input: CheckInput, rule: Rule, one: Found): Candidate {
  const routes = [
    ...input.project.routesReaching(one.function),
    ...(one.function.id === one.place.function.id ? [] : input.project.routesReaching(one.place.function)),
  ];
  let tier: Exclude<Tier, "proven"> = rule.tier === "candidate" || input.levels?.[rule.id] === "candidate" ? "candidate" : one.tier;
  let { reason } = one;
  if (
    tier === "likely" &&
    one.again !== true &&
    routes.length === 0 &&
    input.project.entries.length > 0 &&
    !input.project.isPublished(one.function)
  ) {
    tier = "candidate";
    reason = "no entry point was found that reaches it";
  }
  return { ...one, rule, tier, routes: [...new Set(routes)], ...(reason === undefined ? {} : { reason }) };
}

function isAllowed(input: CheckInput, one: Candidate, used: Set<Allow>): boolean {
  let allowed = false;
  const { file } = one.place;
  for (const allow of input.facts.get(file)?.allows ?? input.schemaAllows?.get(file) ?? []) {
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

function idOf(input: CheckInput, one: Candidate, ordinals: Map<string, number>): string {
  const { place, rule } = one;
  const culprit = input.textOf(place.file).slice(place.at, Math.min(place.end, place.at + 400));
  const symbols = place.function.symbol.split(".");
  const key = `${rule.id}|${place.file}|${place.function.symbol}|${culprit}`;
  const ordinal = ordinals.get(key) ?? 0;
  ordinals.set(key, ordinal + 1);
  return findingId({ rule: rule.id, path: place.file, prefix: input.prefix, symbols, culprit, ordinal });
}

function findingOf(input: CheckInput, shown: Candidate, others: readonly Candidate[], ids: ReadonlyMap<Candidate, string>): Finding {
  const id = ids.get(shown) ?? "";
  // The places of a group lie on different routes; what is shown is slow on all of them.
  const one =
    shown.group === undefined ? shown : { ...shown, routes: [...new Set([...shown.routes, ...others.flatMap((other) => other.routes)])] };
  const { place, rule } = one;
  const standsFor = others.filter((other) => other.tier === one.tier).map((other) => ids.get(other) ?? "");
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
  for (const other of one.group === undefined ? others : others.slice(0, againShown))
    related.push({
      ...lineOf(other.place),
      role: other.tier !== one.tier ? "perhaps also" : one.group === undefined ? "also in this loop" : "again here",
      ...(other.rule.id === rule.id ? {} : { note: other.rule.id }),
    });
  const routes = one.routes.map((entry) => entry.name).sort();
  const impact = impactOf(one);
  const owner = input.packageOf(place.file);
  const recipe = rule.recipe?.[place.file.endsWith(".py") ? "python" : "javascript"];
  const places = distinct(related);
  const path = places.filter(({ role }) => role === "calls");
  return {
    id,
    rule: rule.id,
    tier: one.tier,
    severity: severityOf(one, impact),
    site: siteOf(place),
    message: one.group === undefined || others.length === 0 ? one.message : `${one.message} ${againHere(others.length)}`,
    related: places.filter(({ role }) => role !== "calls"),
    ...(path.length === 0 ? {} : { path }),
    routes: [...new Set(routes)],
    impact,
    effort: one.effort,
    advice: one.advice,
    ...(one.better === undefined ? {} : { better: one.better }),
    ...(recipe === undefined ? {} : { recipe }),
    ...(one.reason === undefined ? {} : { reason: one.reason }),
    ...(one.plan === undefined ? {} : { plan: one.plan }),
    ...(one.sometimes === true ? { sometimes: true as const } : {}),
    ...(standsFor.length === 0 ? {} : { standsFor: standsFor.sort() }),
    ...(owner === undefined ? {} : { package: owner }),
  };
}

/** So many of the places that do the same are named; their number is told. */
const againShown = 5;

function againHere(places: number): string {
  return places === 1 ? "One other place does the same." : `${places} other places do the same.`;
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
    .flatMap(({ name, cost }) => concerned(one, cost).map((own) => ({ name, cost: own })))
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

/**
 * What the finding is about: the queries of a slow loop are not easier to see among the files and calls of the same route.
 * Nothing where the route has none of it, because it only hands over the function that runs later.
 */
function concerned(one: Candidate, cost: Cost): readonly Cost[] {
  const kind = one.operation === undefined ? undefined : costKindOf(one.operation);
  if (kind === undefined) return costText(cost) === costText(free) ? [] : [cost];
  const bounds = cost[kind];
  return bounds === undefined || bounds.max.size === 0 ? [] : [{ [kind]: bounds }];
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
