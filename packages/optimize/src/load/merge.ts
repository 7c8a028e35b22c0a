/** Results of several machines that each did their part of one schedule: added without loss, and judged as one run. */
import { OptimizeError } from "../model/errors.ts";
import { histogram, merge, restored, saved, type Histogram } from "../model/histogram.ts";
import type { GeneratorHealth, LoadFigures, LoadResult, ThresholdResult, Weighed } from "../model/load.ts";
import { unknownsOf, verdictOf } from "./conclude.ts";
import { latencyOf } from "./figures.ts";

import { endpointCell } from "./recording.ts";
import { slowestOf } from "./slowest.ts";
import { decide, thresholdOf, type Threshold } from "./thresholds.ts";
import { cautionsOf, faultsOf } from "./validity.ts";

/** Machines that begin further apart than this made no common load. Milliseconds. */
const apart = 2000;

/** Throws an OptimizeError("usage") for results that are no parts of one run. */
export function mergeResults(parts: readonly LoadResult[]): LoadResult {
  const [first] = parts;
  if (first === undefined) throw new OptimizeError("usage", "there is nothing to merge");
  const of = checkParts(parts, first);
  const endpoints = first.endpoints.map((_, place) => addFigures(parts.map((part) => part.endpoints[place] as LoadFigures)));
  const total = addFigures(parts.map((part) => part.total));
  const generator = addHealth(parts);
  const seconds = Math.max(...parts.map((part) => part.seconds));
  const decided = (sentOnly: boolean): ThresholdResult[] =>
    first.thresholds.map((one) => {
      const threshold = thresholdOf(one.threshold) as Threshold;
      const figures = threshold.endpoint === undefined ? total : endpoints.find(({ name }) => name === threshold.endpoint);
      if (figures === undefined) return one;
      return {
        ...decide(threshold, recordOf(figures, sentOnly), figures.requests / Math.max(1e-9, figures.rate)),
        ...(one.standard === true ? { standard: true as const } : {}),
      };
    });
  const thresholds = decided(false);
  const missing = Array.from({ length: of }, (_, index) => index).filter(
    (index) => !parts.some(({ segment }) => (segment?.index ?? 0) === index),
  );
  const faults = [
    ...missing.map((index) => `part ${index} of ${of} is missing`),
    ...parts.flatMap((part) => (part.verdict === "interrupted" ? [`part ${part.segment?.index ?? 0} was interrupted`] : [])),
    ...faultsOf(generator, total.latency),
  ];
  const starts = parts.map(({ startedAt }) => Date.parse(startedAt));
  const spread = Math.max(...starts) - Math.min(...starts);
  // What one machine saw of the target's processes and of its own beginning is not the whole.
  const { usage: _usage, warmUp: _warmUp, ...shared } = first;
  return {
    ...shared,
    startedAt: new Date(Math.min(...starts)).toISOString(),
    model: first.model.replace(/, part \d+ of \d+$/, `, ${parts.length} machines`),
    seconds,
    verdict: verdictOf({ kind: undefined }, thresholds, faults, total.requests, decided(true)),
    reasons: [...faults, ...unknownsOf(thresholds)],
    notes: [
      ...cautionsOf(generator, total.latency),
      ...(spread > apart ? [`the machines began up to ${(spread / 1000).toFixed(1)} s apart`] : []),
    ],
    total,
    endpoints,
    thresholds,
    generator,
    windows: [],
    trends: [],
    steady: "unknown",
    samples: parts.flatMap(({ samples }) => samples).slice(0, 50),
    slowest: slowestOf(parts.flatMap(({ slowest }) => slowest)),
  };
}

function checkParts(parts: readonly LoadResult[], first: LoadResult): number {
  const of = first.segment?.of ?? 1;
  const names = JSON.stringify(first.endpoints.map(({ name }) => name));
  const seen = new Set<number>();
  for (const part of parts) {
    const isOther =
      JSON.stringify(part.endpoints.map(({ name }) => name)) !== names || part.seed !== first.seed || (part.segment?.of ?? 1) !== of;
    if (isOther)
      throw new OptimizeError("usage", "these are results of different runs: scenario, seed and number of parts have to be the same");
    const index = part.segment?.index ?? 0;
    if (seen.has(index))
      throw new OptimizeError("usage", `part ${index} of ${of} is there twice`, {
        hint: "each machine has its own: --segment 0/3, 1/3, 2/3",
      });
    seen.add(index);
  }
  return of;
}

function histogramOf(figures: LoadFigures, which: "latency" | "service"): Histogram {
  const found = figures.histograms === undefined ? undefined : restored(figures.histograms[which]);
  if (found === undefined)
    throw new OptimizeError("usage", `the result has no histogram of ${figures.name}`, {
      hint: "write it with optimize load --output part.json",
    });
  return found;
}

function addFigures(list: readonly LoadFigures[]): LoadFigures {
  const [latency, service] = [histogram(), histogram()];
  for (const one of list) {
    merge(latency, histogramOf(one, "latency"));
    merge(service, histogramOf(one, "service"));
  }
  const sum = (of: (figures: LoadFigures) => number): number => list.reduce((total, one) => total + of(one), 0);
  return {
    name: list[0]?.name ?? "",
    requests: sum(({ requests }) => requests),
    failed: sum(({ failed }) => failed),
    rate: Math.round(sum(({ rate }) => rate) * 1000) / 1000,
    latency: latencyOf(latency),
    service: latencyOf(service),
    bodyBytes: sum(({ bodyBytes }) => bodyBytes),
    ...addWeighed(list.flatMap(({ weighed }) => (weighed === undefined ? [] : [weighed]))),
    statuses: addCounts(list.map(({ statuses }) => statuses)),
    failures: addCounts(list.map(({ failures }) => failures)),
    histograms: { latency: saved(latency), service: saved(service) },
  };
}

function addWeighed(list: readonly Weighed[]): Pick<LoadFigures, "weighed"> {
  const sum = (of: (one: Weighed) => number): number => list.reduce((total, one) => total + of(one), 0);
  if (list.length === 0) return {};
  return { weighed: { count: sum(({ count }) => count), wire: sum(({ wire }) => wire), raw: sum(({ raw }) => raw) } };
}

function addCounts(list: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const counts of list) for (const [name, count] of Object.entries(counts)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
}

function addHealth(parts: readonly LoadResult[]): GeneratorHealth {
  const lag = histogram();
  for (const { generatorHistogram } of parts) {
    const found = generatorHistogram === undefined ? undefined : restored(generatorHistogram);
    if (found !== undefined) merge(lag, found);
  }
  const all = parts.map(({ generator }) => generator);
  const sum = (of: (health: GeneratorHealth) => number): number => all.reduce((total, one) => total + of(one), 0);
  return {
    workers: sum(({ workers }) => workers),
    cpu: all.flatMap(({ cpu }) => cpu),
    lag: latencyOf(lag),
    collections: {
      count: sum(({ collections }) => collections.count),
      total: sum(({ collections }) => collections.total),
      max: Math.max(...all.map(({ collections }) => collections.max)),
    },
    scheduled: sum(({ scheduled }) => scheduled),
    notSent: sum(({ notSent }) => notSent),
    connections: sum(({ connections }) => connections),
    waited: sum(({ waited }) => waited),
    retried: sum(({ retried }) => retried),
    surplus: sum(({ surplus }) => surplus),
    bytesIn: sum(({ bytesIn }) => bytesIn),
    bytesOut: sum(({ bytesOut }) => bytesOut),
  };
}

/** The counts that thresholds look at. */
function recordOf(figures: LoadFigures, sentOnly: boolean): Parameters<typeof decide>[1] {
  const counts = new Float64Array(endpointCell.begun + 1);
  const unsent = sentOnly ? (figures.failures["not sent"] ?? 0) : 0;
  counts[endpointCell.requests] = figures.requests - unsent;
  counts[endpointCell.failed] = figures.failed - unsent;
  return { latency: histogramOf(figures, "latency"), service: histogramOf(figures, "service"), counts };
}
