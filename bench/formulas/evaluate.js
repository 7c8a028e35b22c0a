/**
 * Cost formulas as numbers: a polynomial over named sizes, evaluated at known sizes.
 *
 * @typedef {Readonly<Record<string, readonly (readonly [term: string, coefficient: number])[]>>} Cost
 *   One polynomial a kind of effect, as `optimize routes --format json` prints it; a term is its symbols joined by `*`, "" the constant.
 * @typedef {Readonly<Record<string, number>>} Sizes  Size names (tables, lists of the request) to numbers.
 * @typedef {{ values: Record<string, number>, missing: string[] }} Evaluated
 */

/**
 * Evaluates every kind of a cost. A symbol is looked up whole, then by its name before "@" (its origin), then by the last
 * part of that name (`$0.body.lines` is `lines`); `min(10, orders)` is a page of at most ten; a symbol that is found nowhere is named in `missing` and its kind left out.
 *
 * @param {Cost} cost
 * @param {Sizes} sizes
 * @returns {Evaluated}
 */
export function evaluate(cost, sizes) {
  /** @type {Record<string, number>} */
  const values = {};
  /** @type {Set<string>} */
  const missing = new Set();
  for (const [kind, polynomial] of Object.entries(cost)) {
    let sum = 0;
    for (const [term, coefficient] of polynomial) {
      let product = coefficient;
      for (const symbol of term === "" ? [] : term.split("*")) {
        const size = sizeOf(symbol, sizes);
        if (size === undefined) missing.add(symbol);
        product *= size ?? Number.NaN;
      }
      sum += product;
    }
    if (!Number.isNaN(sum)) values[kind] = sum;
  }
  return { values, missing: [...missing].sort() };
}

/**
 * @param {string} symbol
 * @param {Sizes} sizes
 * @returns {number | undefined}
 */
export function sizeOf(symbol, sizes) {
  const name = symbol.split("@")[0] ?? symbol;
  const [, most, inner] = /^min\((\d+), (.+)\)$/.exec(name) ?? [];
  if (most !== undefined && inner !== undefined) {
    const size = sizeOf(inner, sizes);
    return size === undefined ? undefined : Math.min(Number(most), size);
  }
  return sizes[symbol] ?? sizes[name] ?? sizes[name.split(/[.$]/).at(-1) ?? name];
}

/**
 * Reads a formula that was written by hand: `1 + 2·orders`, `LINES`.
 *
 * @param {string} text
 * @returns {readonly (readonly [string, number])[]}
 */
export function parseFormula(text) {
  return text.split("+").map((part) => {
    const factors = part.trim().split("·");
    const numbers = factors.filter((factor) => /^\d+$/.test(factor));
    const symbols = factors.filter((factor) => !/^\d+$/.test(factor));
    return [symbols.sort().join("*"), numbers.reduce((product, factor) => product * Number(factor), 1)];
  });
}

/**
 * Queries are reads and writes together; other kinds keep their names.
 *
 * @param {Readonly<Record<string, number>>} values
 * @returns {Record<string, number>}
 */
export function comparable(values) {
  const { reads = 0, writes = 0, queries, ...others } = values;
  return { ...others, queries: queries ?? reads + writes };
}
