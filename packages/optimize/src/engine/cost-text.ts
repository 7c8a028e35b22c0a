/** Cost formulas as people read them, and in the canonical form that a diff compares. */
import type { Bounds, Cost, CostKind, Polynomial } from "../model/formula.ts";
import { costKinds, degree, degreeOf, equal } from "../model/formula.ts";

const words: Readonly<Record<CostKind, readonly [one: string, many: string]>> = {
  reads: ["query", "queries"],
  writes: ["write", "writes"],
  cache: ["cache command", "cache commands"],
  http: ["http call", "http calls"],
  blocking: ["blocking call", "blocking calls"],
  files: ["file operation", "file operations"],
  locks: ["lock", "locks"],
  jobs: ["job", "jobs"],
};

const texts = new WeakMap<Cost, string>();

/** `2 + orders queries, 1 write`. Reads and writes of the database are both queries; writes are said when there are any. */
export function costText(cost: Cost): string {
  let text = texts.get(cost);
  if (text === undefined) {
    text = textOf(cost);
    texts.set(cost, text);
  }
  return text;
}

function textOf(cost: Cost): string {
  const parts: string[] = [];
  const names = symbolNames(cost);
  for (const kind of costKinds) {
    const bounds = cost[kind];
    if (bounds === undefined || bounds.max.size === 0) continue;
    parts.push(boundsText(bounds, words[kind], names));
  }
  return parts.length === 0 ? "no queries" : parts.join(", ");
}

function boundsText(bounds: Bounds, [single, plural]: readonly [string, string], names: ReadonlyMap<string, string>): string {
  const noun = equal(bounds.max, new Map([["", 1]])) ? single : plural;
  if (equal(bounds.min, bounds.max)) return `${polynomialText(bounds.max, names)} ${noun}`;
  if (bounds.min.size === 0) return `≤ ${polynomialText(bounds.max, names)} ${noun}`;
  return `${polynomialText(bounds.min, names)} (≤ ${polynomialText(bounds.max, names)}) ${noun}`;
}

/** At most degree 3 and four terms, or the lowest when all are higher; the rest is said to be there. */
export function polynomialText(p: Polynomial, names: ReadonlyMap<string, string>): string {
  if (p.size === 0) return "0";
  const terms = [...p].sort(([s], [t]) => degree(s) - degree(t) || (termText(s, names) < termText(t, names) ? -1 : 1));
  const plain = terms.slice(0, 4).filter(([term]) => degree(term) <= 3);
  const shown = plain.length === 0 ? terms.slice(0, 1) : plain;
  const text = shown
    .map(([term, n]) => (term === "" ? String(n) : n === 1 ? termText(term, names) : `${n}·${termText(term, names)}`))
    .join(" + ");
  return shown.length < terms.length ? `${text} + further terms` : text;
}

function termText(term: string, names: ReadonlyMap<string, string>): string {
  return term === ""
    ? ""
    : term
        .split("*")
        .map((symbol) => names.get(symbol) ?? plainName(symbol))
        .sort()
        .join("·");
}

function plainName(symbol: string): string {
  const name = symbol
    .replace(/@.*$/, "")
    .replace(/^\$this\.?/, "this.")
    .replace(/^\$\d+\.?/, "")
    .replace(/^io\d+(?:\.promise)?\.?/, "");
  return name === "" ? "elements" : name;
}

/** Names of the symbols of a formula; two lists of one name are told apart by a number. */
export function symbolNames(cost: Cost): Map<string, string> {
  const byName = new Map<string, string[]>();
  for (const kind of costKinds) {
    for (const p of [cost[kind]?.max, cost[kind]?.min]) {
      for (const term of p?.keys() ?? []) {
        for (const symbol of term === "" ? [] : term.split("*")) {
          const name = plainName(symbol);
          const list = byName.get(name) ?? [];
          if (!list.includes(symbol)) list.push(symbol);
          byName.set(name, list);
        }
      }
    }
  }
  const out = new Map<string, string>();
  for (const [name, symbols] of byName)
    for (const [i, symbol] of symbols.sort().entries()) out.set(symbol, i === 0 ? name : `${name}#${i + 1}`);
  return out;
}

/** Terms by printed names, sorted: what a diff compares. */
export function canonical(cost: Cost): Record<string, (readonly [string, number])[]> {
  const names = symbolNames(cost);
  const out: Record<string, (readonly [string, number])[]> = {};
  for (const kind of costKinds) {
    const bounds = cost[kind];
    if (bounds === undefined || bounds.max.size === 0) continue;
    out[kind] = listed(bounds.max, names);
    if (!equal(bounds.min, bounds.max)) out[`${kind}.min`] = listed(bounds.min, names);
  }
  return out;
}

function listed(p: Polynomial, names: ReadonlyMap<string, string>): (readonly [string, number])[] {
  const merged = new Map<string, number>();
  for (const [term, n] of p) {
    const text = termText(term, names);
    merged.set(text, (merged.get(text) ?? 0) + n);
  }
  return [...merged].sort(([s], [t]) => (s < t ? -1 : s > t ? 1 : 0));
}

const degrees = new WeakMap<Cost, number>();

/** Degree over all kinds that go over a wire. */
export function costDegree(cost: Cost): number {
  const known = degrees.get(cost);
  if (known !== undefined) return known;
  let most = 0;
  for (const kind of costKinds) {
    const bounds = cost[kind];
    if (kind !== "files" && bounds !== undefined) most = Math.max(most, degreeOf(bounds.max));
  }
  degrees.set(cost, most);
  return most;
}
