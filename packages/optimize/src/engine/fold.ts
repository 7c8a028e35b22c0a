/** Which of several reports of one place, and of one loop, is shown. */
import type { Entry } from "../model/project.ts";
import type { Found, Rule } from "../model/rule.ts";

export interface Candidate extends Found {
  readonly rule: Rule;
  readonly routes: readonly Entry[];
}

/** What is shown for a loop or a group, and what it stands for. */
export interface Folded {
  readonly one: Candidate;
  readonly others: readonly Candidate[];
}

/** Earlier kinds own a place that several rules speak of. */
const owners = ["db/n-plus-one-", "db/", "io/redis-", "io/retry-", "io/http-", "io/", "async/", "mem/", "algo/"];

/**
 * One place gets one finding: the most specific rule's, with the shortest way; likely before candidate. Lists side by side on one line are two places,
 * and how often something is asked for and how much of it are two problems.
 */
export function foldPlaces(all: readonly Candidate[]): Candidate[] {
  const said = new Set(all.flatMap(({ tier, loop }) => (tier === "likely" && loop !== undefined ? [loop.id] : [])));
  const found = all.filter(({ yieldsTo }) => yieldsTo === undefined || !said.has(yieldsTo.id));
  const byLine = new Map<string, Candidate[]>();
  for (const one of found) {
    const key = `${one.place.file}:${one.place.line}`;
    const others = byLine.get(key);
    if (others === undefined) {
      byLine.set(key, [one]);
      continue;
    }
    const index = others.findIndex((other) => !areApart(one, other));
    if (index < 0) others.push(one);
    else if (better(one, others[index] as Candidate)) others[index] = one;
  }
  return [...byLine.values()].flat();
}

/** One of them says how often and the other how much; or both speak of loops, which stand beside each other, and of code that does. */
function areApart(one: Candidate, other: Candidate): boolean {
  if (one.beside !== other.beside && one.tier === other.tier)
    return [one, other].some(({ beside, loop }) => beside !== true && loop !== undefined);
  const a = one.loop?.place;
  const b = other.loop?.place;
  if (a === undefined || b === undefined || a.file !== b.file) return false;
  return (a.end <= b.at || b.end <= a.at) && (one.place.end <= other.place.at || other.place.end <= one.place.at);
}

/** One finding for each loop, and for each group that one fix mends: the first line of it stands for the others. */
export function foldRelated(places: readonly Candidate[]): Folded[] {
  const byKey = new Map<string, { readonly one: Candidate; readonly others: Candidate[] }>();
  const out: Folded[] = [];
  for (const one of [...places].sort((a, b) => rank(a) - rank(b) || byPlace(a, b))) {
    const key = one.group === undefined ? listOf(one) : `${one.tier} ${one.rule.id} ${one.group}`;
    const before = key === undefined ? undefined : byKey.get(key);
    if (before !== undefined) {
      before.others.push(one);
      continue;
    }
    const folded = { one, others: [] };
    if (key !== undefined) byKey.set(key, folded);
    out.push(folded);
  }
  return out;
}

/** The loop, told apart by where its list was built: one that goes over the lists of several callers is mended at each of them. */
function listOf({ loop }: Candidate): string | undefined {
  const built = loop?.rows?.builtAt;
  return loop === undefined || built === undefined ? loop?.id : `${loop.id} ${built.file}:${String(built.at)}`;
}

function rankOf(rule: string): number {
  const index = owners.findIndex((prefix) => rule.startsWith(prefix));
  return index < 0 ? owners.length : index;
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

export function byPlace(a: Found, b: Found): number {
  return a.place.file < b.place.file ? -1 : a.place.file > b.place.file ? 1 : a.place.line - b.place.line || a.place.at - b.place.at;
}
