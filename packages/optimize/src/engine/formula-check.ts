/** Formulas against counts: what a scan derived for a route, and what was counted when it was requested. */
import type { EvidenceSet, RepetitionEvidence, RequestEvidence } from "../model/evidence.ts";
import type { EntryReport } from "../model/finding.ts";
import type { FormulaCheck } from "../model/joined.ts";
import { isSameRoute } from "../model/route-name.ts";

/** One row for every route that has a formula and was requested. */
export function checkFormulas(entries: readonly EntryReport[], set: EvidenceSet): FormulaCheck[] {
  const requests = set.evidence.filter((one): one is RequestEvidence => one.kind === "request");
  const repetitions = set.evidence.filter((one): one is RepetitionEvidence => one.kind === "n+1");
  return entries
    .filter(({ kind }) => kind === "route")
    .flatMap((entry) => {
      const request = requests.find(({ route }) => isSameRoute(route, entry.name));
      return request === undefined
        ? []
        : [
            check(
              entry,
              request,
              repetitions.filter(({ routes }) => routes.some((route) => isSameRoute(route, entry.name))),
            ),
          ];
    });
}

type Terms = readonly (readonly [term: string, coefficient: number])[];

function check(entry: EntryReport, request: RequestEvidence, repetitions: readonly RepetitionEvidence[]): FormulaCheck {
  // Who is refused gets an answer before the work begins.
  const { min: least, max: most, n } = request.served ?? { min: 0, max: 0, n: 0 };
  const base = { route: entry.name, formula: entry.formula, least, most, requests: n };
  if (n === 0) return { ...base, holds: undefined };
  const upper = sum(entry, "");
  const lower = sum(entry, ".min");
  const symbols = [...upper.keys()].filter((term) => term !== "");
  if (symbols.length === 0) {
    const [from, to] = [lower.get("") ?? 0, upper.get("") ?? 0];
    // Calls that were not resolved may add to it, never take away from it.
    return { ...base, holds: least >= from && (entry.unknown.length > 0 || most <= to) };
  }
  const [symbol] = symbols;
  const sizes = repetitions.flatMap(({ growth }) => growth.map(([rows]) => rows));
  if (symbols.length > 1 || symbol === undefined || symbol.includes("·") || sizes.length === 0) return { ...base, holds: undefined };
  const [fixed, each] = [upper.get("") ?? 0, upper.get(symbol) ?? 0];
  const size = Math.max(...sizes);
  const predicted = fixed + each * size;
  return {
    ...base,
    equation: `${predicted} = ${fixed === 0 ? "" : `${fixed} + `}${each === 1 ? "" : `${each}·`}${size}`,
    holds: predicted === most,
  };
}

/** Reads and writes together, by term. */
function sum(entry: EntryReport, suffix: string): Map<string, number> {
  const out = new Map<string, number>();
  for (const kind of ["reads", "writes"]) {
    const terms: Terms = entry.cost[`${kind}${suffix}`] ?? entry.cost[kind] ?? [];
    for (const [term, coefficient] of terms) out.set(term, (out.get(term) ?? 0) + coefficient);
  }
  return out;
}
