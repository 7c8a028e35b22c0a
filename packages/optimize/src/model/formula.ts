/**
 * Cost formulas: polynomials with non-negative coefficients over named sizes, a lower and an upper one for each kind of effect.
 *
 * Sequence adds, a branch takes the coefficient-wise minimum and maximum, a loop multiplies by its size. A size is a
 * symbol: `orders@3:120` (name, then origin), or `$1.items`, the size of a parameter, which a call substitutes.
 */

/** Monomial -> coefficient. A monomial is its symbols, sorted and joined by `*`; "" is the constant term. */
export type Polynomial = ReadonlyMap<string, number>;

export const zero: Polynomial = new Map();
export const one: Polynomial = new Map([["", 1]]);

/** Beyond this many terms the lower-degree ones are dropped: nobody reads them, and products would explode. */
const maxTerms = 24;
const maxDegree = 5;

/** Small numbers, which are most of all formulas: the same number is the same object. */
const numbers: Polynomial[] = [zero, one];

export function constant(n: number): Polynomial {
  if (n < 0 || n > 255 || !Number.isInteger(n)) return new Map([["", n]]);
  return (numbers[n] ??= new Map([["", n]]));
}

/** The number that the polynomial is, when it is one. */
function numberIn(p: Polynomial): number | undefined {
  return p.size === 1 ? p.get("") : undefined;
}

export function symbolTerm(symbol: string): Polynomial {
  return new Map([[symbol, 1]]);
}

function combine(a: Polynomial, b: Polynomial, pick: (x: number, y: number) => number): Map<string, number> {
  const out = new Map<string, number>();
  for (const [term, x] of a) {
    const value = pick(x, b.get(term) ?? 0);
    if (value > 0) out.set(term, value);
  }
  for (const [term, y] of b) {
    if (a.has(term)) continue;
    const value = pick(0, y);
    if (value > 0) out.set(term, value);
  }
  return out;
}

const sum = (x: number, y: number): number => x + y;

export function add(a: Polynomial, b: Polynomial): Polynomial {
  if (a.size === 0) return b;
  if (b.size === 0) return a;
  const x = numberIn(a);
  const y = x === undefined ? undefined : numberIn(b);
  if (x !== undefined && y !== undefined) return constant(x + y);
  return trim(combine(a, b, sum));
}

export function upper(a: Polynomial, b: Polynomial): Polynomial {
  return a === b ? a : trim(combine(a, b, Math.max));
}

export function lower(a: Polynomial, b: Polynomial): Polynomial {
  return a === b ? a : combine(a, b, Math.min);
}

export function multiply(a: Polynomial, b: Polynomial): Polynomial {
  if (a.size === 0 || b.size === 0) return zero;
  if (a === one) return b;
  if (b === one) return a;
  const out = new Map<string, number>();
  for (const [s, x] of a) {
    for (const [t, y] of b) {
      const term = product(s, t);
      out.set(term, (out.get(term) ?? 0) + x * y);
    }
  }
  return trim(out);
}

function product(s: string, t: string): string {
  if (s === "") return t;
  if (t === "") return s;
  // Two symbols are nearly all there is.
  if (!s.includes("*") && !t.includes("*")) return s <= t ? `${s}*${t}` : `${t}*${s}`;
  const symbols = [...s.split("*"), ...t.split("*")].sort();
  // A list is not a factor of itself a third time: recursion through cycles would grow without end.
  return symbols.slice(0, maxDegree).join("*");
}

function trim(p: Polynomial): Polynomial {
  if (p.size <= maxTerms) return p;
  const terms: { readonly term: string; readonly n: number; readonly degree: number }[] = [];
  for (const [term, n] of p) terms.push({ term, n, degree: degree(term) });
  terms.sort((a, b) => b.degree - a.degree || b.n - a.n || (a.term < b.term ? -1 : 1));
  const out = new Map<string, number>();
  for (let i = 0; i < maxTerms - 1; i++) {
    const { term, n } = terms[i] as (typeof terms)[number];
    out.set(term, n);
  }
  const base = p.get("");
  if (base !== undefined) out.set("", base);
  return out;
}

/** Number of symbols of a monomial. */
export function degree(term: string): number {
  if (term === "") return 0;
  let count = 1;
  for (let at = term.indexOf("*"); at >= 0; at = term.indexOf("*", at + 1)) count++;
  return count;
}

export function degreeOf(p: Polynomial): number {
  let most = 0;
  for (const term of p.keys()) most = Math.max(most, degree(term));
  return most;
}

/** Replaces symbols; `of` gives a polynomial for a symbol, or undefined to keep it. */
export function substitute(p: Polynomial, of: (symbol: string) => Polynomial | undefined): Polynomial {
  // Most formulas of a callee are numbers, or name lists that stay what they are.
  let known: Map<string, Polynomial> | undefined;
  for (const term of p.keys()) {
    if (term === "") continue;
    for (const symbol of symbolsOf(term)) {
      if (known?.has(symbol) === true) continue;
      const replacement = of(symbol);
      if (replacement !== undefined) (known ??= new Map()).set(symbol, replacement);
    }
  }
  if (known === undefined) return p;
  let out: Polynomial = zero;
  for (const [term, coefficient] of p) {
    if (term === "") {
      out = add(out, constant(coefficient));
      continue;
    }
    let value: Polynomial = constant(coefficient);
    for (const symbol of symbolsOf(term)) value = multiply(value, known.get(symbol) ?? symbolTerm(symbol));
    out = add(out, value);
  }
  return out;
}

function symbolsOf(term: string): readonly string[] {
  return term.includes("*") ? term.split("*") : [term];
}

export function equal(a: Polynomial, b: Polynomial): boolean {
  if (a.size !== b.size) return false;
  for (const [term, value] of a) if (b.get(term) !== value) return false;
  return true;
}

/** What is counted; "queries" are reads and writes together when printed. */
export const costKinds = ["reads", "writes", "cache", "http", "blocking", "files", "locks", "jobs"] as const;
export type CostKind = (typeof costKinds)[number];

export interface Bounds {
  readonly min: Polynomial;
  readonly max: Polynomial;
}

export type Cost = Readonly<Partial<Record<CostKind, Bounds>>>;

export const free: Cost = {};

function each(a: Cost, b: Cost, join: (x: Bounds, y: Bounds) => Bounds): Cost {
  if (a === b && a === free) return free;
  const out: Partial<Record<CostKind, Bounds>> = {};
  for (const kind of costKinds) {
    const x = a[kind];
    const y = b[kind];
    if (x === undefined && y === undefined) continue;
    out[kind] = join(x ?? nothing, y ?? nothing);
  }
  return out;
}

const nothing: Bounds = { min: zero, max: zero };

export function costOf(kind: CostKind): Cost {
  return { [kind]: { min: one, max: one } };
}

/** One after the other (or side by side: concurrency never changes counts). */
export function inSequence(a: Cost, b: Cost): Cost {
  if (a === free) return b;
  if (b === free) return a;
  return each(a, b, (x, y) => ({ min: add(x.min, y.min), max: add(x.max, y.max) }));
}

/** One or the other. */
export function either(a: Cost, b: Cost): Cost {
  if (a === free && b === free) return free;
  return each(a, b, (x, y) => ({ min: lower(x.min, y.min), max: upper(x.max, y.max) }));
}

/** Between the one and the other, which is at least as much. */
export function atLeast(a: Cost, most: Cost): Cost {
  if (a === free && most === free) return free;
  return each(a, most, (x, y) => ({ min: x.min, max: y.max }));
}

/** Perhaps. */
export function perhaps(a: Cost): Cost {
  return a === free ? free : either(a, free);
}

export function times(a: Cost, size: Polynomial): Cost {
  if (a === free || size === one) return a;
  return each(a, free, (x) => ({ min: multiply(x.min, size), max: multiply(x.max, size) }));
}

export function substituteCost(a: Cost, of: (symbol: string) => Polynomial | undefined): Cost {
  if (a === free) return free;
  return each(a, free, (x) => {
    const max = substitute(x.max, of);
    return { min: x.min === x.max ? max : substitute(x.min, of), max };
  });
}
