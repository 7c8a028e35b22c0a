/** Figures that need no network: the histogram, the verdicts on equal and different services, the capacity of computed queues. */
import { findCapacity } from "../../packages/optimize/dist/load/capacity.js";
import { compareSides } from "../../packages/optimize/dist/load/comparison.js";
import { countOf, histogram, histogramBytes, merge, quantileOf, record } from "../../packages/optimize/dist/model/histogram.js";
import { fraction, randomFrom } from "../../packages/optimize/dist/model/random.js";
import { partAbove, queueOf, simulate, trueCapacity } from "../../packages/optimize/test/load/queue.js";

const randomOf = (/** @type {number} */ seed) => {
  const random = randomFrom(seed);
  return () => fraction(random);
};

/** Nanoseconds a record into shared memory, the greatest error of a percentile in %, and whether merging is exact. */
export function histogramFigures() {
  const random = randomOf(1);
  const values = Float64Array.from({ length: 1 << 20 }, () =>
    Math.round(Math.exp(7 + 1.5 * (random() + random() + random() + random() - 2))),
  );
  const costs = [];
  let whole = histogram();
  for (let round = 0; round < 9; round++) {
    whole = histogram(new SharedArrayBuffer(histogramBytes));
    // Processor time: what others do on the machine meanwhile is not in it.
    const begun = process.cpuUsage();
    for (const value of values) record(whole, value);
    const { user, system } = process.cpuUsage(begun);
    costs.push(((user + system) * 1000) / values.length);
  }
  const sorted = values.slice().sort();
  let error = 0;
  for (let quantile = 0.01; quantile < 0.99995; quantile += quantile < 0.99 ? 0.01 : 0.0005) {
    const truth = sorted[Math.ceil(quantile * sorted.length) - 1] ?? 0;
    error = Math.max(error, Math.abs(quantileOf(whole, quantile) / truth - 1));
  }
  const parts = Array.from({ length: 7 }, () => histogram());
  for (const [index, value] of values.entries()) record(parts[index % 7] ?? whole, value);
  const merged = histogram();
  for (const part of parts.reverse()) merge(merged, part);
  return {
    costs: costs.slice(2),
    error: error * 100,
    exact: countOf(merged) === values.length && merged.every((content, cell) => content === whole[cell]),
  };
}

const at = (/** @type {Float64Array} */ times, /** @type {number} */ quantile) => times[Math.ceil(quantile * times.length) - 1] ?? 0;

/** How often comparisons of a service with one that takes `factor` times as long end how. @param {number} count @param {number} factor @param {number} seed */
export async function comparisons(count, factor, seed) {
  const found = { faster: 0, slower: 0, same: 0, inconclusive: 0 };
  for (let one = 0; one < count; one++) {
    const { queue } = queueOf(randomOf(seed + one));
    const rate = (0.6 * queue.servers) / queue.mean;
    const random = randomOf(seed * 7 + one);
    const side = (/** @type {number} */ scale) => ({
      name: "",
      run: async () => {
        const times = simulate({ ...queue, mean: queue.mean * scale }, rate, 4, 1, random);
        return { p50: at(times, 0.5), ...(times.length >= 1000 ? { p99: at(times, 0.99) } : {}) };
      },
    });
    found[(await compareSides(side(1), side(factor), 10)).outcome]++;
  }
  return found;
}

/** How many of so many queues have their true capacity inside the interval. @param {number} count @param {number} seed */
export async function capacities(count, seed) {
  let inside = 0;
  const widths = [];
  const steps = [];
  for (let one = 0; one < count; one++) {
    const { queue, objective } = queueOf(randomOf(seed + one));
    const truth = trueCapacity(queue, objective, () => randomOf(77 + one));
    const random = randomOf(seed * 9 + one);
    const found = await findCapacity(
      async (rate, seconds) => {
        const times = simulate(queue, rate, seconds + 1.5, 1.5, random);
        return { requests: times.length, bad: Math.round(partAbove(times, objective) * times.length) };
      },
      { part: 0.01, start: 50, most: 1e6, seconds: 5, width: 0.06, mostSteps: 30 },
    );
    const [low, high] = found.interval ?? [0, 0];
    if (low <= truth && truth <= high) inside++;
    widths.push(100 * (high / low - 1));
    steps.push(found.steps.length);
  }
  return { inside, widths, steps };
}
