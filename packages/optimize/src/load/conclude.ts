/** Figures of a run become a result with a verdict. */
import { loadVersion, type GeneratorHealth, type LoadResult, type LoadVerdict, type ThresholdResult } from "../model/load.ts";
import { saved } from "../model/histogram.ts";
import { arrivalsOf } from "./arrivals.ts";
import { placeOfKind } from "./failures.ts";
import { figuresOf, latencyOf, togetherOf } from "./figures.ts";
import { peakOf, secondsOf, type Plan } from "./plan.ts";
import { add, endpointCell, kindCell, workerCell, type WorkerCell, type WorkerRecord } from "./recording.ts";
import { recordFor, type Ending, type LoadOptions, type Watched } from "./run.ts";
import { slowestOf } from "./slowest.ts";
import { decide } from "./thresholds.ts";
import { trendsOf } from "./soak.ts";
import { cautionsOf, faultsOf } from "./validity.ts";
import { warmUpOf } from "./warm-up.ts";
import type { PartEnd } from "./worker/part.ts";

export interface Concluding {
  readonly plan: Plan;
  readonly options: LoadOptions;
  readonly startedAt: string;
  readonly workers: number;
  readonly ending: Ending;
  readonly ends: readonly PartEnd[];
  readonly watch: Watched;
}

export function conclude({ plan, options, startedAt, workers, ending, ends, watch }: Concluding): LoadResult {
  const { counted } = watch;
  // The last answers come after the last request: a rate is of the time in which requests were sent.
  const planned = secondsOf(plan.executor);
  const leftOut = watch.seconds - watch.countedSeconds;
  const seconds =
    ending.kind === undefined && plan.executor.kind !== "iterations"
      ? Math.min(watch.countedSeconds, planned - leftOut)
      : watch.countedSeconds;
  const together = togetherOf(counted.endpoints);
  const total = figuresOf("all", together, seconds, options.histograms === true);
  const endpoints = plan.endpoints.map((name, place) =>
    figuresOf(name, counted.endpoints[place] as typeof together, seconds, options.histograms === true),
  );
  const generator = healthOf(plan, workers, watch, ending);
  const decided = (of: WorkerRecord): ThresholdResult[] =>
    options.thresholds.map((threshold) => {
      const record = recordFor(threshold, of, plan.endpoints);
      return record === undefined
        ? { threshold: threshold.text, outcome: "unknown", reason: `there is no endpoint ${threshold.endpoint ?? ""}` }
        : decide(threshold, record, seconds);
    });
  const thresholds = decided(counted);
  const faults = faultsOf(generator, total.latency);
  const usage = watch.target.usage(togetherOf(watch.whole.endpoints).counts[endpointCell.requests] ?? 0);
  const warm = warmUpOf(watch.windows);
  return {
    loadVersion,
    tool: options.tool ?? "",
    target: options.target,
    startedAt,
    model: options.model,
    seed: plan.seed,
    ...(plan.segment.of > 1 ? { segment: plan.segment } : {}),
    planned,
    seconds: Math.round(watch.seconds * 1000) / 1000,
    leftOut: Math.round(leftOut * 1000) / 1000,
    verdict: verdictOf(ending, thresholds, faults, total.requests, decided(sentOnly(counted))),
    reasons: [...(ending.text === "" ? [] : [ending.text]), ...faults, ...unknownsOf(thresholds)],
    notes: [...cautionsOf(generator, total.latency), ...limitNotes(plan, total.requests)],
    total,
    endpoints,
    thresholds,
    generator,
    ...(options.histograms === true ? { generatorHistogram: saved(counted.lag) } : {}),
    windows: watch.windows,
    ...(usage === undefined ? {} : { usage }),
    trends: trendsOf(watch.windows, usage?.windows ?? [], options.memoryLimit),
    ...warm,
    samples: ends.flatMap(({ notes }) => notes).map(({ endpoint, ...note }) => ({ endpoint: plan.endpoints[endpoint] ?? "", ...note })),
    slowest: slowestOf(ends.flatMap(({ traces }) => traces)).map(({ endpoint, ...one }) => ({
      endpoint: plan.endpoints[endpoint] ?? "",
      ...one,
    })),
  };
}

/**
 * An error rate that was missed by what was sent was missed by the target, however late the generator was; anything else of an invalid run says nothing.
 * `sent`: the thresholds for what was sent.
 */
export function verdictOf(
  ending: Pick<Ending, "kind">,
  thresholds: readonly ThresholdResult[],
  faults: readonly string[],
  requests: number,
  sent: readonly ThresholdResult[],
): LoadVerdict {
  if (ending.kind === "interrupted") return "interrupted";
  const missed = thresholds.filter(({ outcome }) => outcome === "missed");
  if (sent.some(({ threshold, outcome }) => outcome === "missed" && /(?:^|\])\s*(?:\w+\.)?errors\b/.test(threshold))) return "failed";
  if (faults.length > 0 || requests === 0) return "inconclusive";
  if (missed.length > 0) return "failed";
  return thresholds.some(({ outcome }) => outcome === "unknown") ? "inconclusive" : "passed";
}

/** Without what never left this machine. */
function sentOnly(record: WorkerRecord): WorkerRecord {
  const endpoints = record.endpoints.map((endpoint) => {
    const counts = endpoint.counts.slice();
    const unsent = counts[kindCell(placeOfKind["not sent"])] ?? 0;
    add(counts, endpointCell.requests, -unsent);
    add(counts, endpointCell.failed, -unsent);
    return { ...endpoint, counts };
  });
  return { ...record, endpoints };
}

export function unknownsOf(thresholds: readonly ThresholdResult[]): string[] {
  return thresholds.flatMap(({ threshold, outcome, reason }) => (outcome === "unknown" ? [`${threshold}: ${reason ?? "not known"}`] : []));
}

function limitNotes(plan: Plan, requests: number): string[] {
  return requests >= plan.mostRequests ? [`the limit of ${plan.mostRequests} requests was reached`] : [];
}

function healthOf(plan: Plan, workers: number, { records, counted, whole, seconds }: Watched, ending: Ending): GeneratorHealth {
  const cell = (name: WorkerCell): number => whole.counts[workerCell[name]] ?? 0;
  const missing = plan.executor.kind === "arrivals" ? missingOf(plan, whole, ending.kind === undefined ? Infinity : seconds) : 0;
  const failed = whole.endpoints.reduce((sum, { counts }) => sum + (counts[kindCell(placeOfKind["not sent"])] ?? 0), 0);
  const begun = cell("iterations");
  return {
    workers,
    cpu: records.map(({ counts }) => {
      const [cpu, spun, wall] = [counts[workerCell.cpu] ?? 0, counts[workerCell.spun] ?? 0, counts[workerCell.wall] ?? 0];
      return wall > 0 ? Math.round(Math.max(0, Math.min(1, (cpu - Math.min(cpu, spun)) / wall)) * 1000) / 1000 : 0;
    }),
    lag: latencyOf(counted.lag),
    collections: {
      count: cell("collections"),
      total: cell("collecting"),
      max: Math.max(...records.map(({ counts }) => counts[workerCell.longest] ?? 0)),
    },
    scheduled: Math.max(begun, Math.round(begun + missing)),
    notSent: failed + Math.round(missing),
    connections: cell("connections"),
    waited: cell("waited"),
    retried: cell("retried"),
    surplus: cell("surplus"),
    bytesIn: cell("in"),
    bytesOut: cell("out"),
  };
}

/** Arrivals that were due and were not begun: by what the schedule holds for the whole run, or by what was counted when it was ended early. */
function missingOf(plan: Plan, whole: WorkerRecord, ended: number): number {
  const begun = whole.counts[workerCell.iterations] ?? 0;
  const due = whole.counts[workerCell.scheduled] ?? 0;
  if (ended < Infinity || plan.executor.kind !== "arrivals" || plan.executor.poisson) return Math.max(0, due - begun);
  if (peakOf(plan.executor.stages) === 0) return 0;
  const all = Math.min(plan.mostRequests, arrivalsOf(plan.executor.stages) / plan.segment.of);
  return Math.max(0, Math.floor(all) - begun - 1, due - begun);
}
