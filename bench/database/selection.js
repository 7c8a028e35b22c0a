/** How much of what indexes can do a selection reaches, with which size and how many questions. */
import { candidatesOf } from "../../packages/optimize/dist/advisor/candidates.js";
import { costTable } from "../../packages/optimize/dist/advisor/cost-table.js";
import { constantUses } from "../../packages/optimize/dist/advisor/few-values.js";
import { parseStatement } from "../../packages/optimize/dist/advisor/parse.js";
import { tableUses } from "../../packages/optimize/dist/advisor/query-shape.js";
import { pagesOf, selectIndexes, workloadCost } from "../../packages/optimize/dist/advisor/selection.js";
import { whatIf } from "../../packages/optimize/dist/advisor/what-if.js";
import { indexesOf } from "../../packages/optimize/dist/model/plan.js";
import { dexter, extend, plainCosts } from "./peers.js";

/** @typedef {import("../../packages/optimize/dist/databases/oracle/postgres.js").PostgresOracle} Oracle */

/**
 * @param {Oracle} oracle
 * @param {import("../../packages/optimize/dist/model/schema.js").Schema} schema
 * @param {readonly string[]} queries
 * @param {import("../../packages/optimize/dist/advisor/few-values.js").HasFewValues} hasFewValues
 * @param {(line: string) => void} print
 */
export async function compareSelections(oracle, schema, queries, hasFewValues, print) {
  const uses = await Promise.all(queries.map(async (sql) => constantUses(tableUses(await parseStatement(sql), sql, schema), hasFewValues)));
  const weights = queries.map(() => 1 / queries.length);
  const writeShare = () => 0;

  const narrow = narrowCandidates(uses);
  const made = await oracle.tryIndexes(narrow.map(({ table, index }) => ({ table: table.name, index })));
  const peers = made.flatMap((one) =>
    one === undefined
      ? []
      : [{ name: one.name, table: one.table.name, columns: one.index.columns.map((column) => column.name ?? ""), pages: one.pages }],
  );
  const tables = uses.map((list) => new Set(list.map((use) => use.table.name)));
  const relevantPeers = tables.map((own) => new Set(peers.filter((one) => own.has(one.table)).map((one) => one.name)));
  const ask = async (/** @type {number} */ query, /** @type {ReadonlySet<string>} */ set) => {
    const planned = await oracle.plan(queries[query] ?? "", { indexes: [...set] });
    if ("why" in planned) throw new Error(`${queries[query]}: ${planned.why}`);
    return { cost: planned.plan.cost, used: new Set(indexesOf(planned.plan).filter((name) => set.has(name))) };
  };
  const plain = () => {
    const costs = plainCosts(relevantPeers, ask);
    return {
      costs,
      total: async (/** @type {ReadonlySet<string>} */ set) => workloadCost({ weights, costs: { ...costs }, writeShare }, base, set),
    };
  };
  const base = [];
  for (const query of queries.keys()) base.push((await ask(query, new Set())).cost);
  const everything = new Set(peers.map((one) => one.name));
  const achievable = 1 - (await plain().total(everything));
  const share = (/** @type {number} */ cost) => (1 - cost) / achievable;

  const wide = await whatIf(oracle, candidatesOf(uses.flat()), uses);
  const own = costTable(wide.relevant, async (query, indexes) => {
    const planned = await oracle.plan(queries[query] ?? "", { indexes });
    return "why" in planned ? undefined : planned.plan;
  });
  const input = { candidates: wide.candidates, weights, costs: own, writeShare };
  const free = await selectIndexes(input);
  const calls = own.asked();
  print(
    `  optimize: ${free.chosen.size} of ${wide.candidates.size} candidates, ${pagesOf(free.chosen, wide.candidates)} pages, ${share(free.cost).toFixed(3)}, ${calls} calls`,
  );

  const unlimited = plain();
  const extended = await extend(peers, unlimited.total, Infinity);
  const extendCalls = unlimited.costs.asked();
  print(`  Extend: ${extended.chosen.size} of ${peers.length}, ${share(extended.cost).toFixed(3)}, ${extendCalls} calls`);
  const rule = plain();
  const kept = await dexter(peers, relevantToQuery(uses, peers), rule.costs.costOf);
  const ruleCost = await rule.total(kept);
  print(`  Dexter's rule: ${kept.size}, ${share(ruleCost).toFixed(3)}`);
  const full = [...extended.chosen].reduce((sum, name) => sum + (peers.find((one) => one.name === name)?.pages ?? 0), 0);
  const budgets = [];
  for (const part of [0.05, 0.1, 0.2, 0.4, 0.7]) {
    const budget = Math.round(full * part);
    const theirs = await extend(peers, unlimited.total, budget);
    const before = own.asked();
    const ours = await selectIndexes({ ...input, budget });
    budgets.push({ budget, ours: share(ours.cost), extend: share(theirs.cost), calls: own.asked() - before });
    print(
      `  ${budget} pages: optimize ${share(ours.cost).toFixed(3)}, Extend ${share(theirs.cost).toFixed(3)}, ${own.asked() - before} calls more`,
    );
  }
  return {
    share: share(free.cost),
    calls,
    chosen: [...free.chosen].flatMap((name) => wide.tried.get(name) ?? []),
    extend: { share: share(extended.cost), calls: extendCalls },
    dexter: { share: share(ruleCost), indexes: kept.size },
    budgets,
  };
}

/** Single columns and ordered pairs of the columns by which one query looks at one table: the peers' candidates. */
function narrowCandidates(
  /** @type {readonly (readonly import("../../packages/optimize/dist/advisor/query-shape.js").TableUse[])[]} */ uses,
) {
  const found = new Map();
  for (const use of uses.flat())
    for (const columns of keysOf(use)) {
      const key = `${use.table.name}(${columns.join()})`;
      found.set(key, {
        table: use.table,
        index: {
          name: key.replaceAll(/\W+/g, "_").slice(0, 58) + "peer",
          columns: columns.map((/** @type {string} */ name) => ({ name, order: "asc" })),
          unique: false,
          method: "btree",
          include: [],
          origin: "declared",
        },
      });
    }
  return [...found.values()];
}

function keysOf(/** @type {import("../../packages/optimize/dist/advisor/query-shape.js").TableUse} */ use) {
  const columns = [
    ...new Set([...use.arms.flat().flatMap((one) => one.column ?? []), ...use.order.map((one) => one.column), ...use.group]),
  ].sort();
  return [...columns.map((one) => [one]), ...columns.flatMap((a) => columns.filter((b) => b !== a).map((b) => [a, b]))];
}

function relevantToQuery(/** @type {any} */ uses, /** @type {any} */ peers) {
  return uses.map((/** @type {any} */ list) => {
    const keys = new Set(list.flatMap((/** @type {any} */ use) => keysOf(use).map((columns) => `${use.table.name}(${columns.join()})`)));
    return new Set(
      peers.filter((/** @type {any} */ one) => keys.has(`${one.table}(${one.columns.join()})`)).map((/** @type {any} */ one) => one.name),
    );
  });
}
