import type { Run } from "../model/finding.ts";
import type { Reporter } from "./layout/reporter.ts";
import { cleanJson } from "./layout/sanitise.ts";

/** Members in the order in which a reader wants them; what is not listed follows in alphabetical order. */
const order = [
  "schemaVersion",
  "tool",
  "project",
  "findings",
  "formulas",
  "evidence",
  "failures",
  "notLookedAt",
  "unusedAllows",
  "budgets",
  "counts",
  "id",
  "rule",
  "tier",
  "severity",
  "name",
  "version",
  "kind",
  "site",
  "file",
  "line",
  "endLine",
  "column",
  "symbol",
  "role",
  "note",
  "message",
  "basis",
  "formula",
  "route",
  "cost",
  "related",
  "path",
  "routes",
  "impact",
  "effort",
  "advice",
  "better",
  "reason",
  "plan",
  "package",
];
const ranks = new Map(order.map((key, rank) => [key, rank]));

/** A Run is kept and printed in the same form. */
const written = new WeakMap<Run, string>();

/** The Run as it is: findings keep their rank, members have one fixed order, equal input gives equal bytes. */
export function runText(run: Run): string {
  let text = written.get(run);
  if (text === undefined) written.set(run, (text = `${cleanJson(JSON.stringify(ordered(run), null, 2))}\n`));
  return text;
}

const json: Reporter = runText;

export default json;

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  const out: Record<string, unknown> = {};
  for (const key of keysOf(value)) {
    const member = ordered((value as Record<string, unknown>)[key]);
    // The one name that an assignment would not make a member of.
    if (key === "__proto__") Object.defineProperty(out, key, { value: member, enumerable: true });
    else out[key] = member;
  }
  return out;
}

/** The order of the members of each kind of object: a Run has many objects and few kinds. */
const sorted = new Map<string, readonly string[]>();

function keysOf(value: object): readonly string[] {
  const keys = Object.keys(value);
  // Names of the scanned project may be anything, and are no kind.
  const kind = keys.every((key) => ranks.has(key)) ? keys.join() : undefined;
  const known = kind === undefined ? undefined : sorted.get(kind);
  if (known !== undefined) return known;
  const rank = (key: string): number => ranks.get(key) ?? order.length;
  keys.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0));
  if (kind !== undefined) sorted.set(kind, keys);
  return keys;
}
