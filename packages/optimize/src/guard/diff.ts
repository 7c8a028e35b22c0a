/** What a change does to cost formulas, from the canonical polynomials of both sides. */
import type { EntryChange } from "../model/entry-change.ts";
import type { EntryReport, Finding, Run } from "../model/finding.ts";
import { readingOrder } from "../model/finding.ts";

/** Entry points whose cost differs, the greatest growth first; equal ones are left out. */
export function compareRuns(before: Run, after: Run): EntryChange[] {
  const old = keyed(before.formulas);
  const present = keyed(after.formulas);
  const known = new Set(before.findings.map((finding) => finding.id));
  const fresh = after.findings.filter((finding) => !known.has(finding.id));
  const changes: EntryChange[] = [];
  for (const [key, entry] of present) {
    const change = compareEntry(old.get(key), entry, fresh);
    if (change !== undefined) changes.push(change);
  }
  for (const [key, entry] of old) {
    if (!present.has(key)) changes.push(describe(entry, { before: entry.formula, after: null, deltas: [], site: entry.site }));
  }
  return changes.sort((a, b) => growth(b) - growth(a) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** By name; entry points of one name are told apart by their order. */
function keyed(entries: readonly EntryReport[]): Map<string, EntryReport> {
  const map = new Map<string, EntryReport>();
  for (const entry of entries) {
    let ordinal = 0;
    const key = (): string => JSON.stringify([entry.kind, entry.package ?? "", entry.name, ordinal]);
    while (map.has(key())) ordinal += 1;
    map.set(key(), entry);
  }
  return map;
}

function compareEntry(before: EntryReport | undefined, after: EntryReport, fresh: readonly Finding[]): EntryChange | undefined {
  if (before === undefined) return describe(after, { before: null, after: after.formula, deltas: [], site: after.site });
  const deltas = compareCosts(before.cost, after.cost);
  if (deltas.length === 0 && before.formula === after.formula) return undefined;
  const cause = fresh.find((finding) => finding.routes.includes(after.name));
  const end = cause === undefined ? undefined : readingOrder(cause).at(-1);
  return describe(after, {
    before: before.formula,
    after: after.formula,
    deltas,
    site: cause?.site ?? after.site,
    ...(end === undefined || (end.file === cause?.site.file && end.line === cause.site.line)
      ? {}
      : { via: { file: end.file, line: end.line } }),
  });
}

function describe(entry: EntryReport, rest: Omit<EntryChange, "name" | "package">): EntryChange {
  return { name: entry.name, ...(entry.package === undefined ? {} : { package: entry.package }), ...rest };
}

/** Coefficients that differ, highest degree first within a kind. */
export function compareCosts(before: EntryReport["cost"], after: EntryReport["cost"]): EntryChange["deltas"] {
  // "reads.min" is the lower bound of "reads": a change of it alone shows in the formulas.
  const kinds = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((kind) => !kind.includes(".")).sort();
  return kinds.flatMap((kind) => {
    const old = byName(before[kind] ?? []);
    const present = byName(after[kind] ?? []);
    return [...new Set([...old.keys(), ...present.keys()])]
      .map((term) => ({ kind, term, by: (present.get(term) ?? 0) - (old.get(term) ?? 0) }))
      .filter((delta) => delta.by !== 0)
      .sort((a, b) => degree(b.term) - degree(a.term) || (a.term < b.term ? -1 : 1));
  });
}

/** A size is compared by its name: where it comes from ("orders@3:120") moves with every edit. */
function byName(terms: EntryReport["cost"][string]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [term, coefficient] of terms) {
    const name = term
      .split("*")
      .map((symbol) => symbol.replace(/@.*$/, ""))
      .sort()
      .join("*");
    sums.set(name, (sums.get(name) ?? 0) + coefficient);
  }
  return sums;
}

function degree(term: string): number {
  return term === "" ? 0 : term.split("*").length;
}

/** For ordering only: a higher degree outweighs any coefficient of a lower one. */
function growth(change: EntryChange): number {
  if (change.after === null) return -1;
  return change.deltas.reduce((sum, { term, by }) => sum + by * 1000 ** degree(term), 0);
}
