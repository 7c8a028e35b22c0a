/**
 * Do predicted costs equal what really happens? Starts applications on loopback at two data sizes, counts in their drivers what
 * each route does, and compares: with the formulas that `optimize routes` reads from the code and, for the example, with those
 * that were derived by hand (`expected.json`). Counts only: nothing here is timed. What it found is in formulas.md.
 *
 *     node bench/formulas.js [--json] [--orders 30,250] [--app <folder> --recipe <name or file>]... [--sizes 4,9] [--python <interpreter>]
 *
 * Without `--app` it looks at the example only. An application of others is laid out by whoever runs this: its recipe (recipes/)
 * names repository, commit and how its dependencies are installed (those of Python are installed by this program, beside the
 * repository). Several pairs are taken in their order.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { observeApplication } from "./formulas/application.js";
import { folder as bookshop, observeBookshop } from "./formulas/bookshop.js";
import { compare, shown } from "./formulas/compare.js";
import { comparable, parseFormula } from "./formulas/evaluate.js";
import { observePython, observePythonApplication } from "./formulas/python.js";

/** @typedef {import("./formulas/evaluate.js").Cost} Cost */
/** @typedef {import("./formulas/bookshop.js").Observation} Observation */
/** @typedef {{ entries: number, exact: number, bounded: number }} Tally */

const command = fileURLToPath(new URL("../packages/optimize/dist/cli/main.js", import.meta.url));

/**
 * What the tool predicts: entry name -> cost; a sentence when it cannot say.
 *
 * @param {string} folder
 * @returns {Map<string, Cost> | string}
 */
function predictions(folder) {
  if (!existsSync(command)) return "not built: npm run build";
  const options = { encoding: /** @type {const} */ ("utf8"), maxBuffer: 1e9 };
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, "routes", "--format", "json", folder], options);
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
  const { formulas } = JSON.parse(readFileSync(`${bookshop}/expected.json`, "utf8"));
  const cost = (/** @type {Record<string, string>} */ kinds) =>
    Object.fromEntries(Object.entries(kinds).map(([kind, text]) => [kind, parseFormula(text)]));
  return new Map(
    Object.entries(formulas).map(([route, { least = {}, ...most }]) => [route, { most: cost(most), least: cost({ ...most, ...least }) }]),
  );
}

/**
 * @param {string} title
 * @param {Observation[][]} observed  By data size, then by entry.
 * @param {Map<string, Cost> | string} predicted
 * @param {readonly string[]} kinds
 * @param {Tally} tally
 */
function report(title, observed, predicted, kinds, tally) {
  print(`\n${title}: observed, predicted`);
  if (typeof predicted === "string") print(`  no predictions: ${predicted}`);
  for (const [index, first] of (observed[0] ?? []).entries()) {
    const same = observed.map((observations) => observations[index]).filter((one) => one !== undefined);
    const failed = same.filter(({ status }) => status >= 400).map(({ status }) => status);
    const {
      exact,
      bounded,
      predicted: text,
      missing,
    } = compare(typeof predicted === "string" ? undefined : predicted.get(first.route), same, kinds);
    tally.entries++;
    if (exact && failed.length === 0) tally.exact++;
    if (bounded && failed.length === 0) tally.bounded++;
    const seen = same.map(({ counts }) => shown(comparable(counts), kinds)).join(" | ");
    print(
      `${exact ? " " : bounded ? "~" : "!"} ${first.route.padEnd(36)} ${seen.padEnd(44)}${exact ? "the same" : text}` +
        `${missing.length > 0 ? ` (sizes not known: ${missing.join(", ")})` : ""}${failed.length > 0 ? `  answered ${failed.join(", ")}` : ""}`,
    );
  }
}

/** @param {string} name  A recipe of ours, or a file. */
function recipeFile(name) {
  const own = [".js", ".py"].map((end) => fileURLToPath(new URL(`formulas/recipes/${name}${end}`, import.meta.url)));
  return own.find((file) => existsSync(file)) ?? resolve(name);
}

const { values: flags } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    quick: { type: "boolean" },
    orders: { type: "string", default: "30,250" },
    app: { type: "string", multiple: true, default: [] },
    recipe: { type: "string", multiple: true, default: [] },
    sizes: { type: "string", default: "4,9" },
    python: { type: "string" },
  },
});
if (flags.app.length !== flags.recipe.length) throw new Error("Each --app needs a --recipe");
const print = flags.json ? () => {} : console.log;
const kinds = ["queries", "http", "cache", "blocking", "files"];
/** @type {() => Tally} */
const nothing = () => ({ entries: 0, exact: 0, bounded: 0 });

// The others first: the example's counters stay in this process.
const others = [];
const pythonOthers = [];
for (const [i, app] of flags.app.entries()) {
  const file = recipeFile(flags.recipe[i] ?? "");
  const sizes = flags.sizes.split(",").map(Number);
  const title = `${app.split("/").at(-1)} at sizes ${flags.sizes}`;
  if (file.endsWith(".py")) {
    const seen = observePythonApplication(resolve(app), file, sizes, flags.python);
    pythonOthers.push(
      typeof seen === "string" ? { title, missing: seen } : { title, observed: seen.observed, predicted: predictions(app) },
    );
    continue;
  }
  const observed = await observeApplication(resolve(app), file, sizes);
  others.push({ title, observed, predicted: predictions(app) });
}
const predicted = predictions(bookshop);
const observed = await observeBookshop(flags.orders.split(",").map(Number));

const example = nothing();
const queries = nothing();
const strangers = nothing();
report(`The bookshop with ${flags.orders} orders`, observed, predicted, kinds, example);
// Their database runs in the same process and touches files: only its queries are told apart.
for (const { title, ...one } of others) report(title, one.observed, one.predicted, ["queries"], strangers);

const strangersPython = nothing();
for (const { title, missing, observed = [], predicted = "not scanned" } of pythonOthers) {
  if (missing !== undefined) print(`\n${title} was not run: ${missing}`);
  else report(title, observed, predicted, ["queries"], strangersPython);
}

const pythons = ["clinic", "workshop"].map((name) => {
  const tally = nothing();
  const seen = observePython(name, [5, 12]);
  if (typeof seen === "string") print(`\nexamples/${name} was not run: ${seen}`);
  else report(`examples/${name} at sizes 5,12`, seen.observed, predictions(seen.folder), ["queries"], tally);
  return { name: `${name}-queries`, tally };
});

const hand = byHand();
let equal = 0;
for (const [index, first] of (observed[0] ?? []).entries()) {
  const same = observed.map((observations) => observations[index]).filter((one) => one !== undefined);
  const own = compare(typeof predicted === "string" ? undefined : predicted.get(first.route), same, ["queries"]);
  queries.entries++;
  if (own.exact) queries.exact++;
  if (own.bounded) queries.bounded++;
  const expected = compare(hand.get(first.route)?.most, same, kinds, hand.get(first.route)?.least);
  if (expected.bounded) equal++;
  else print(`by hand wrong: ${first.route} ${expected.predicted}`);
}

const share = (/** @type {number} */ n, /** @type {number} */ of) => (of === 0 ? 0 : Number((n / of).toFixed(3)));
/**
 * @param {string} name
 * @param {Tally} tally
 * @param {number} least
 * @param {string} what
 */
function figuresOf(name, { entries, exact, bounded }, least, what) {
  if (entries === 0) return [];
  const figure = (/** @type {string} */ end, /** @type {number} */ n, /** @type {string} */ words, /** @type {boolean} */ counts) => ({
    name: `${name}-${end}`,
    value: share(n, entries),
    unit: "share",
    goal: counts ? `>= ${least}` : "",
    holds: !counts || share(n, entries) >= least,
    note: `${n} of ${entries} entries, ${what}, two sizes: ${words}`,
  });
  return [
    figure("equal", exact, "the formula's number, the upper one where it has bounds", true),
    figure("within", bounded, "between the formula's bounds", false),
  ];
}

const all = {
  entries: queries.entries + strangers.entries,
  exact: queries.exact + strangers.exact,
  bounded: queries.bounded + strangers.bounded,
};
const figures = [
  {
    name: "by-hand-equal",
    value: share(equal, queries.entries),
    unit: "share",
    goal: "= 1",
    holds: equal === queries.entries,
    note: `${equal} of ${queries.entries} entries, all kinds, two sizes`,
  },
  ...figuresOf("example-all-kinds", example, 0.9, "all kinds"),
  ...figuresOf("example-queries", queries, 0.9, "queries"),
  ...figuresOf("strangers-queries", strangers, 0.8, "queries"),
  ...figuresOf("strangers-python-queries", strangersPython, 0.8, "queries"),
  ...figuresOf("queries", all, 0.8, "queries"),
  ...pythons.flatMap(({ name, tally }) => figuresOf(name, tally, 0.8, "queries")),
];
if (flags.json) {
  const environment = { node: process.version, platform: process.platform, arch: process.arch };
  console.log(JSON.stringify({ suite: "formulas", environment, figures }, null, 2));
} else {
  print("");
  for (const { name, value, note, goal, holds } of figures)
    print(`${name}: ${value} (${note})${goal === "" ? "" : `, goal ${goal}: ${holds ? "holds" : "missed"}`}`);
}
