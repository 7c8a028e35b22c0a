/**
 * Do predicted costs equal what really happens? Starts the examples in this process at two data sizes, counts in their drivers
 * what each route does, and compares: with the formulas that `optimize routes` reads from the code, and with those that were
 * derived by hand (`expected.json`). Counts only: nothing here is timed.
 *
 *     node bench/formulas.js [--json] [--orders 30,250]
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { folder, observeBookshop } from "./formulas/bookshop.js";
import { comparable, evaluate, parseFormula } from "./formulas/evaluate.js";

/** @typedef {import("./formulas/evaluate.js").Cost} Cost */
/** @typedef {import("./formulas/bookshop.js").Observation} Observation */

const command = fileURLToPath(new URL("../packages/optimize/dist/cli/main.js", import.meta.url));

/**
 * What the tool predicts: entry name -> cost; a sentence when it cannot say.
 *
 * @returns {Map<string, Cost> | string}
 */
function predictions() {
  if (!existsSync(command)) return "not built: npm run build";
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, "routes", "--format", "json", folder], {
    encoding: "utf8",
    maxBuffer: 1e9,
  });
  if (status !== 0) return `optimize routes ended with ${status}: ${stderr.trim().split("\n")[0] ?? ""}`;
  const entries = JSON.parse(stdout);
  if (!Array.isArray(entries)) return "optimize routes printed no list of entries";
  return new Map(entries.map((/** @type {{ name: string, cost: Cost }} */ entry) => [entry.name, entry.cost]));
}

/**
 * The formulas that a person derived: the most and, where a branch makes it less, the least.
 *
 * @returns {Map<string, { most: Cost, least: Cost }>}
 */
function byHand() {
  const { formulas } = JSON.parse(readFileSync(`${folder}/expected.json`, "utf8"));
  const cost = (/** @type {Record<string, string>} */ kinds) =>
    Object.fromEntries(Object.entries(kinds).map(([kind, text]) => [kind, parseFormula(text)]));
  return new Map(
    Object.entries(formulas).map(([route, { least = {}, ...most }]) => [route, { most: cost(most), least: cost({ ...most, ...least }) }]),
  );
}

/**
 * Compares the kinds in `kinds`; a kind that is not predicted is predicted as none.
 *
 * @param {Cost | undefined} cost
 * @param {readonly Observation[]} observations  One for each data size.
 * @param {readonly string[]} kinds
 * @param {Cost} [least]  Where given, a count between the two is equal.
 * @returns {{ equal: boolean, predicted: string, missing: string[] }}
 */
function compare(cost, observations, kinds, least = cost) {
  if (cost === undefined) return { equal: false, predicted: "not found", missing: [] };
  const sides = observations.map(({ counts, sizes }) => {
    const { values, missing } = evaluate(cost, sizes);
    const predicted = comparable(values);
    const from = comparable(evaluate(least ?? cost, sizes).values);
    const observed = comparable(counts);
    const holds = (/** @type {string} */ kind) =>
      (from[kind] ?? 0) <= (observed[kind] ?? 0) && (observed[kind] ?? 0) <= (predicted[kind] ?? 0);
    return { equal: missing.length === 0 && kinds.every(holds), predicted: shown(predicted, kinds), missing };
  });
  return {
    equal: sides.every((side) => side.equal),
    predicted: sides.map((side) => side.predicted).join(" | "),
    missing: [...new Set(sides.flatMap((side) => side.missing))],
  };
}

/**
 * @param {Readonly<Record<string, number>>} values
 * @param {readonly string[]} kinds
 */
function shown(values, kinds) {
  const parts = kinds.filter((kind) => (values[kind] ?? 0) > 0).map((kind) => `${values[kind]} ${kind}`);
  return parts.length === 0 ? "0" : parts.join(", ");
}

const { values: flags } = parseArgs({
  options: { json: { type: "boolean", default: false }, orders: { type: "string", default: "30,250" }, quick: { type: "boolean" } },
});
const print = flags.json ? () => {} : console.log;
const orders = flags.orders.split(",").map(Number);
const kinds = ["queries", "http", "cache", "blocking", "files"];

const observed = await observeBookshop(orders);
const hand = byHand();
const predicted = predictions();
const tally = { routes: 0, hand: 0, tool: 0, queries: 0 };

print(`Counts for ${orders.join(" | ")} orders; observed, by hand, by the tool`);
for (const [index, first] of (observed[0] ?? []).entries()) {
  const same = observed.map((observations) => observations[index]).filter((one) => one !== undefined);
  const failed = same.filter(({ status }) => status >= 400);
  const expected = compare(hand.get(first.route)?.most, same, kinds, hand.get(first.route)?.least);
  const tool = typeof predicted === "string" ? undefined : compare(predicted.get(first.route), same, kinds);
  const queries = typeof predicted === "string" ? undefined : compare(predicted.get(first.route), same, ["queries"]);
  tally.routes++;
  if (expected.equal) tally.hand++;
  if (tool?.equal) tally.tool++;
  if (queries?.equal) tally.queries++;
  print(
    `${expected.equal && (tool?.equal ?? true) ? "  " : "! "}${first.route.padEnd(34)} ${same
      .map(({ counts }) => shown(comparable(counts), kinds))
      .join(" | ")
      .padEnd(44)}` +
      `${expected.equal ? "as by hand" : `by hand ${expected.predicted}`}${tool === undefined ? "" : tool.equal ? ", as predicted" : `, predicted ${tool.predicted}`}` +
      `${tool?.missing.length ? ` (sizes not known: ${tool.missing.join(", ")})` : ""}${failed.length > 0 ? `  answered ${failed.map(({ status }) => status).join(", ")}` : ""}`,
  );
}

const share = (/** @type {number} */ n) => (tally.routes === 0 ? 0 : Number((n / tally.routes).toFixed(3)));
const figures = [
  {
    name: "formulas-by-hand-equal",
    value: share(tally.hand),
    unit: "share",
    goal: "= 1",
    holds: tally.hand === tally.routes,
    note: `${tally.hand} of ${tally.routes} entries, all kinds, two sizes`,
  },
  ...(typeof predicted === "string"
    ? []
    : [
        {
          name: "formulas-queries-equal",
          value: share(tally.queries),
          unit: "share",
          goal: ">= 0.8",
          holds: share(tally.queries) >= 0.8,
          note: `${tally.queries} of ${tally.routes} entries, queries, two sizes`,
        },
        {
          name: "formulas-all-kinds-equal",
          value: share(tally.tool),
          unit: "share",
          goal: "",
          holds: true,
          note: `${tally.tool} of ${tally.routes} entries, all kinds, two sizes`,
        },
      ]),
];
if (flags.json) {
  console.log(
    JSON.stringify(
      { suite: "formulas", environment: { node: process.version, platform: process.platform, arch: process.arch }, figures },
      null,
      2,
    ),
  );
} else {
  for (const figure of figures)
    print(
      `${figure.name}: ${figure.value} (${figure.note})${figure.goal === "" ? "" : `, goal ${figure.goal}: ${figure.holds ? "holds" : "missed"}`}`,
    );
  if (typeof predicted === "string") print(`Predictions are missing: ${predicted}`);
}
