/** Figures out of measurements, by the rules of the tool itself: ratios within pairs, intervals by bootstrap, no spread that is only two extremes. */
import { median } from "../packages/optimize/dist/model/quantile.js";
import { bootstrapInterval } from "../packages/optimize/dist/model/resampling.js";
import { fewestPairs, logRatios, noiseFloor } from "../packages/optimize/dist/model/statistics.js";

/** How sure the interval of a figure is. */
const confidence = 0.9;

/** @typedef {{ name: string, value: number | null, unit: string, goal?: string, holds?: boolean, missed?: boolean, spread?: number[], note: string }} Figure */

const round = (/** @type {number} */ n) => Number(n.toFixed(n < 10 ? 2 : 0));

/**
 * @param {string} name
 * @param {string} unit
 * @param {number} middle
 * @param {readonly number[]} spread
 * @param {string} note
 * @param {number} [most]
 * @returns {Figure}
 */
function figure(name, unit, middle, spread, note, most) {
  const value = round(middle);
  return {
    name,
    value,
    unit,
    // Held where the whole interval holds it: what the noise hides is no success.
    ...(most === undefined ? {} : { goal: `<= ${most}`, holds: Math.max(...spread) <= most, missed: Math.min(...spread) > most }),
    spread: spread.map(round),
    note,
  };
}

/** @param {readonly number[]} list */
function endsOf(list) {
  return list.length < fewestPairs(confidence) ? [Math.min(...list), Math.max(...list)] : [...bootstrapInterval(list, { confidence })];
}

/**
 * The median of equal measurements, with the 90 % interval of it (of fewer than five, the least and the greatest).
 *
 * @param {string} name
 * @param {string} unit
 * @param {readonly number[]} list
 * @param {string} note
 * @param {number} [most]
 */
export function valueFigure(name, unit, list, note, most) {
  return figure(name, unit, median(list), endsOf(list), note, most);
}

/**
 * What one costs beside another: the median of the ratios of each round, with its 90 % interval (of fewer than five rounds, the least and
 * the greatest ratio).
 *
 * @param {string} name
 * @param {readonly number[]} mine
 * @param {readonly number[]} theirs  Of the same rounds.
 * @param {string} note
 * @param {number} [most]
 * @param {string} [unit]
 */
export function ratioFigure(name, mine, theirs, note, most, unit = "ratio") {
  const logs = logRatios({ before: theirs, after: mine });
  return figure(name, unit, Math.exp(median(logs)), endsOf(logs).map(Math.exp), note, most);
}

/**
 * What one costs more than another, each time a part of it happens: the median of the differences of each round through their number, with its 90 % interval.
 *
 * @param {string} name
 * @param {string} unit
 * @param {readonly number[]} mine
 * @param {readonly number[]} theirs  Of the same rounds.
 * @param {number} parts
 * @param {string} note
 * @param {number} [most]
 */
export function differenceFigure(name, unit, mine, theirs, parts, note, most) {
  return valueFigure(
    name,
    unit,
    mine.map((one, index) => (one - (theirs[index] ?? NaN)) / parts),
    note,
    most,
  );
}

/**
 * By how much the median ratio of so many rounds differs between two that are equal, in 19 of 20 benchmarks: less than this is no difference.
 *
 * @param {string} name
 * @param {readonly number[]} one
 * @param {readonly number[]} same
 * @param {string} note
 * @returns {Figure}
 */
export function noiseFigure(name, one, same, note) {
  const value = one.length < 2 ? null : Number((100 * noiseFloor({ before: one, after: same }, one.length)).toFixed(1));
  return { name, value, unit: "%", note };
}

/** @param {Figure} figure */
function outcomeOf({ value, holds, missed = holds === false }) {
  if (value === null) return "not known";
  return holds === true ? "holds" : missed ? "missed" : "inconclusive";
}

/**
 * The figures of a suite: one object of JSON, or lines for people.
 *
 * @param {string} suite
 * @param {Record<string, string | number | undefined>} environment
 * @param {readonly Figure[]} figures
 * @param {{ json: boolean, print: (line: string) => void }} how
 */
export function show(suite, environment, figures, { json, print }) {
  if (json) return console.log(JSON.stringify({ suite, environment, figures }, null, 2));
  print(
    `\n${Object.entries(environment)
      .map(([name, value]) => `${name} ${value}`)
      .join(", ")}`,
  );
  for (const one of figures) {
    const spread = one.spread !== undefined ? ` (${one.spread.join(" to ")})` : "";
    const goal = one.goal !== undefined ? `, goal ${one.goal}: ${outcomeOf(one)}` : "";
    print(
      `${one.name}: ${one.value === null ? "missing" : `${one.value} ${one.unit}`}${spread}${goal}${one.note === "" ? "" : ` - ${one.note}`}`,
    );
  }
}
