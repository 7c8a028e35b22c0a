/** Predicted costs beside observed counts. */
import { comparable, evaluate } from "./evaluate.js";

/** @typedef {import("./evaluate.js").Cost} Cost */
/** @typedef {import("./bookshop.js").Observation} Observation */
/**
 * exact: the one number of the formula, or where branches give two bounds, the upper one, is what was observed, at every data size;
 * bounded: at every size what was observed lies between the bounds.
 *
 * @typedef {{ exact: boolean, bounded: boolean, predicted: string, missing: string[] }} Comparison
 */

/**
 * Compares the kinds in `kinds`; a kind that is not predicted is predicted as none. A cost's lower bounds are its `kind.min`.
 *
 * @param {Cost | undefined} cost
 * @param {readonly Observation[]} observations  One for each data size.
 * @param {readonly string[]} kinds
 * @param {Cost} [least]  The lower bounds when they are no part of `cost`.
 * @returns {Comparison}
 */
export function compare(cost, observations, kinds, least = cost === undefined ? undefined : lowest(cost)) {
  if (cost === undefined || least === undefined) return { exact: false, bounded: false, predicted: "not found", missing: [] };
  const most = highest(cost);
  const sides = observations.map(({ counts, sizes }) => {
    const { values, missing } = evaluate(most, sizes);
    const to = comparable(values);
    const from = comparable(evaluate(least, sizes).values);
    const observed = comparable(counts);
    const of = (/** @type {Record<string, number>} */ numbers, /** @type {string} */ kind) => numbers[kind] ?? 0;
    return {
      exact: missing.length === 0 && kinds.every((kind) => of(observed, kind) === of(to, kind)),
      bounded: missing.length === 0 && kinds.every((kind) => of(from, kind) <= of(observed, kind) && of(observed, kind) <= of(to, kind)),
      predicted: range(from, to, kinds),
      missing,
    };
  });
  return {
    exact: sides.every((side) => side.exact),
    bounded: sides.every((side) => side.bounded),
    predicted: sides.map((side) => side.predicted).join(" | "),
    missing: [...new Set(sides.flatMap((side) => side.missing))],
  };
}

/** @param {Cost} cost  @returns {Cost} */
function highest(cost) {
  return Object.fromEntries(Object.entries(cost).filter(([kind]) => !kind.endsWith(".min")));
}

/**
 * `reads.min` is the lower bound of `reads`; a kind without one has its number for both.
 *
 * @param {Cost} cost
 * @returns {Cost}
 */
function lowest(cost) {
  return Object.fromEntries(Object.entries(highest(cost)).map(([kind, polynomial]) => [kind, cost[`${kind}.min`] ?? polynomial]));
}

/**
 * @param {Readonly<Record<string, number>>} from
 * @param {Readonly<Record<string, number>>} to
 * @param {readonly string[]} kinds
 */
function range(from, to, kinds) {
  const parts = kinds.flatMap((kind) => {
    const least = from[kind] ?? 0;
    const most = to[kind] ?? 0;
    return most === 0 ? [] : [`${least === most ? most : `${least} to ${most}`} ${kind}`];
  });
  return parts.length === 0 ? "0" : parts.join(", ");
}

/**
 * @param {Readonly<Record<string, number>>} values
 * @param {readonly string[]} kinds
 */
export function shown(values, kinds) {
  return range(values, values, kinds);
}
