/** Sets of tokens: what a value depends on, inside one activation. Sorted arrays, because nearly all are tiny. */
import { propertyOf } from "./property-tokens.ts";

export type Deps = readonly number[];

export const none: Deps = [];

/** Token of `this`. A property of a parameter (`options.id`) has a token below it. Parameter i is `parameterToken(i)`. Loops and results of I/O get local tokens. */
export const thisToken = 0;
export const firstLocalToken = 64;
const maxTokens = 96;

export function parameterToken(index: number): number {
  return Math.min(index, firstLocalToken - 2) + 1;
}

const singles: Deps[] = [];
const properties: Deps[] = [];
export function only(token: number): Deps {
  return token < 0 ? (properties[-token] ??= [token]) : (singles[token] ??= [token]);
}

export function union(a: Deps, b: Deps): Deps {
  if (a === b || b.length === 0) return a;
  if (a.length === 0) return b;
  if (a.length === 1 && b.includes(a[0] as number)) return b;
  if (b.length === 1 && a.includes(b[0] as number)) return a;
  let count = 0;
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const x = i < a.length ? (a[i] as number) : Infinity;
    const y = j < b.length ? (b[j] as number) : Infinity;
    if (x <= y) {
      merged[count++] = x;
      i++;
      if (x === y) j++;
    } else {
      merged[count++] = y;
      j++;
    }
  }
  if (count === a.length) return a;
  if (count === b.length) return b;
  // Parameters (lowest) and the innermost loops (highest) matter most.
  return count > maxTokens ? [...merged.slice(0, maxTokens / 2), ...merged.slice(count - maxTokens / 2, count)] : merged.slice(0, count);
}

/** Where unions are put together before they are cut to their length. */
const merged: number[] = Array.from({ length: 2 * maxTokens }, () => 0);

export function has(deps: Deps, token: number): boolean {
  return deps.length > 0 && deps.includes(token);
}

/** Tokens at or above `mark`: made after it. */
export function since(deps: Deps, mark: number): Deps {
  return deps.length === 0 || (deps[deps.length - 1] as number) < mark ? none : deps.filter((token) => token >= mark);
}

/** Tokens of whole parameters for those of their properties. */
export function whole(deps: Deps): Deps {
  if (deps.length === 0 || (deps[0] as number) >= 0) return deps;
  let out = none;
  for (const token of deps) out = union(out, only(token < 0 ? parameterToken(propertyOf(token).index) : token));
  return out;
}
