/**
 * Peers of the selection, written for this suite from their descriptions: Extend (Schlosser, Kossmann, Boissier, ICDE 2019: the index, or the column appended
 * to a chosen one, that gains most for its pages) and the rule of Dexter (for each query all single columns and pairs; kept when they halve its cost).
 *
 * @typedef {{ table: string, columns: readonly string[], name: string, pages: number }} Candidate
 * @typedef {{ cost: number, used: ReadonlySet<string> }} Answer
 * @typedef {(query: number, set: ReadonlySet<string>) => Promise<Answer>} Ask
 */

/**
 * A cost asked once for each query and each set of indexes on its tables: what every such tool does.
 *
 * @param {readonly ReadonlySet<string>[]} relevant
 * @param {Ask} ask
 */
export function plainCosts(relevant, ask) {
  const known = new Map();
  let asked = 0;
  return {
    asked: () => asked,
    /** @type {Ask} */
    costOf: async (query, set) => {
      const own = new Set([...set].filter((name) => relevant[query]?.has(name)));
      const key = `${query}:${[...own].sort().join(",")}`;
      if (!known.has(key)) {
        asked++;
        known.set(key, await ask(query, own));
      }
      return known.get(key);
    },
  };
}

/**
 * @param {readonly Candidate[]} candidates  Of one and two columns.
 * @param {(set: ReadonlySet<string>) => Promise<number>} costOf  Of the workload.
 * @param {number} budget  Pages.
 */
export async function extend(candidates, costOf, budget) {
  const byName = new Map(candidates.map((one) => [one.name, one]));
  const pages = (/** @type {ReadonlySet<string>} */ set) => [...set].reduce((sum, name) => sum + (byName.get(name)?.pages ?? 0), 0);
  let chosen = new Set();
  let cost = await costOf(chosen);
  for (;;) {
    /** @type {{ set: Set<string>, cost: number, ratio: number } | undefined} */
    let best;
    for (const one of candidates) {
      if (chosen.has(one.name)) continue;
      const set = new Set(chosen);
      if (one.columns.length > 1) {
        const shorter = candidates.find(
          (other) => other.table === one.table && other.columns.length === 1 && other.columns[0] === one.columns[0],
        );
        if (shorter === undefined || !chosen.has(shorter.name)) continue;
        set.delete(shorter.name);
      }
      set.add(one.name);
      const added = pages(set) - pages(chosen);
      if (pages(set) > budget) continue;
      const after = await costOf(set);
      if (cost / after < 1.003) continue;
      const ratio = (cost - after) / Math.max(1, added);
      if (best === undefined || ratio > best.ratio) best = { set, cost: after, ratio };
    }
    if (best === undefined) return { chosen, cost };
    chosen = best.set;
    cost = best.cost;
  }
}

/**
 * @param {readonly Candidate[]} candidates
 * @param {readonly ReadonlySet<string>[]} ofQuery  Names of the candidates that a query's own columns make.
 * @param {Ask} costOf
 */
export async function dexter(candidates, ofQuery, costOf) {
  const single = new Set(candidates.filter((one) => one.columns.length === 1).map((one) => one.name));
  const chosen = new Set();
  for (const [query, own] of ofQuery.entries()) {
    const before = (await costOf(query, new Set())).cost;
    if (before < 100) continue;
    let after = await costOf(query, new Set([...own].filter((name) => single.has(name))));
    if (after.cost > 100) {
      const both = await costOf(query, own);
      if (both.cost < after.cost * 0.5) after = both;
    }
    if (after.cost <= before * 0.5) for (const name of after.used) chosen.add(name);
  }
  return chosen;
}
