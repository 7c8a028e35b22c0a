/**
 * Whether a regular expression is known, without trying it, to read every text in a bounded number of ways. Its characters are states; the ways of a text
 * grow with its length only where two states go round on the same text and one leads to the other (Weber and Seidl, On the degree of ambiguity of finite
 * automata). What is not followed exactly is taken as larger than it is: a "yes" holds, a "no" says nothing.
 */
import type { CharacterSet, ExpressionNode } from "./expression-tree.ts";
import { anything, expressionTree } from "./expression-tree.ts";

/** Expressions with more characters are not looked at. */
const mostStates = 160;
/** More of the same one after the other are not written out. */
const mostCopies = 10;
/** More steps are not followed. */
const mostSteps = 100_000;

/** A part of an expression: states it begins with and ends with, whether it may be empty; `surely`: without an assertion that may fail. */
interface Part {
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly surelyLast: readonly number[];
  readonly empty: boolean;
  readonly surelyEmpty: boolean;
}

interface States {
  readonly sets: CharacterSet[];
  readonly next: number[][];
}

/** It cannot be told here. */
class Untold extends Error {}

/** True only where no text takes longer than its length, times a number that is the expression's own. */
export function readsInFewWays(source: string, flags: string): boolean {
  const tree = expressionTree(source, flags);
  if (tree === undefined) return false;
  const states: States = { sets: [], next: [] };
  try {
    const whole = part(states, tree);
    // Where it may begin anywhere, each place is a way: before the match any character is passed over.
    if (flags.includes("y") || !isAnchored(tree)) {
      const before = stateOf(states, anything);
      connect(states, [before], [before, ...whole.first]);
    }
    return !canGoRound(states, new Set(whole.surelyLast));
  } catch (error) {
    if (error instanceof Untold) return false;
    throw error;
  }
}

function isAnchored(node: ExpressionNode | undefined): boolean {
  switch (node?.kind) {
    case "assertion":
      return node.start;
    case "sequence":
      return isAnchored(node.parts[0]);
    case "choice":
      return node.parts.every(isAnchored);
    default:
      return false;
  }
}

function stateOf({ sets, next }: States, set: CharacterSet): number {
  if (sets.length >= mostStates) throw new Untold();
  next.push([]);
  return sets.push(set) - 1;
}

/** From one state to another there is one way, or some text can be read in two. */
function connect({ next }: States, from: readonly number[], to: readonly number[]): void {
  for (const one of from)
    for (const other of to) {
      const known = next[one] as number[];
      if (known.includes(other)) throw new Untold();
      known.push(other);
    }
}

const nothing: Part = { first: [], last: [], surelyLast: [], empty: true, surelyEmpty: true };

function part(states: States, node: ExpressionNode): Part {
  switch (node.kind) {
    case "assertion":
      return { ...nothing, surelyEmpty: false };
    case "set": {
      const own = [stateOf(states, node.set)];
      return { first: own, last: own, surelyLast: own, empty: false, surelyEmpty: false };
    }
    case "sequence":
      return node.parts.reduce((before, one) => after(states, before, part(states, one)), nothing);
    case "choice":
      return node.parts.map((one) => part(states, one)).reduce(either);
    case "repeat":
      return repeated(states, node);
  }
}

function after(states: States, a: Part, b: Part): Part {
  connect(states, a.last, b.first);
  return {
    first: a.empty ? [...a.first, ...b.first] : a.first,
    last: b.empty ? [...a.last, ...b.last] : b.last,
    surelyLast: b.surelyEmpty ? [...a.surelyLast, ...b.surelyLast] : b.surelyLast,
    empty: a.empty && b.empty,
    surelyEmpty: a.surelyEmpty && b.surelyEmpty,
  };
}

function either(a: Part, b: Part): Part {
  if (a.empty && b.empty) throw new Untold();
  return {
    first: [...a.first, ...b.first],
    last: [...a.last, ...b.last],
    surelyLast: [...a.surelyLast, ...b.surelyLast],
    empty: a.empty || b.empty,
    surelyEmpty: a.surelyEmpty || b.surelyEmpty,
  };
}

function repeated(states: States, { part: inner, min, max }: Extract<ExpressionNode, { kind: "repeat" }>): Part {
  if (min > mostCopies) throw new Untold();
  if (max === 0) return nothing;
  let whole = nothing;
  for (let copy = 1; copy <= Math.max(1, min); copy++) {
    const one = part(states, inner);
    if (one.empty) throw new Untold();
    // How often at most does not matter: without end there are more ways.
    if (copy >= min && max > min && max > 1) connect(states, one.last, one.first);
    whole = after(states, whole, one);
  }
  return min === 0 ? { ...whole, empty: true, surelyEmpty: true } : whole;
}

/**
 * Whether some state comes back to itself on a text on which it also comes to another one, which in turn comes back to itself: each round is one way more.
 * The other is none at which the whole may end: having come there, the match succeeds, and no way that was left open before is tried.
 */
function canGoRound({ sets, next }: States, ends: ReadonlySet<number>): boolean {
  const size = sets.length;
  const meets = sets.map((a) => sets.map((b) => a.some(([from, to]) => b.some(([low, high]) => from <= high && low <= to))));
  const steps = (pair: number): number[] => {
    const out: number[] = [];
    for (const a of next[Math.floor(pair / size)] ?? [])
      for (const b of next[pair % size] ?? []) if (meets[a]?.[b] === true) out.push(a * size + b);
    return out;
  };
  const isOpen = (pair: number): boolean => !ends.has(pair % size);
  let left = mostSteps;
  const reached = (start: number, stepsOf: (pair: number) => readonly number[]): ReadonlySet<number> => {
    const seen = new Set<number>();
    const open = [start];
    for (let pair = open.pop(); pair !== undefined; pair = open.pop())
      for (const one of stepsOf(pair)) {
        if (seen.has(one)) continue;
        if (left-- <= 0) throw new Untold();
        seen.add(one);
        open.push(one);
      }
    return seen;
  };
  return sets.some((_, state) => {
    const together = reached(state * size + state, steps);
    if (!together.has(state * size + state)) return false;
    return sets.some((_set, other) => {
      const pair = state * size + other;
      return other !== state && isOpen(pair) && together.has(pair) && reached(pair, (one) => steps(one).filter(isOpen)).has(pair);
    });
  });
}
