/** One load run from beginning to end: watches the workers, ends early when there is a reason to, and concludes. */
import type { LoadResult, LoadWindow } from "../model/load.ts";
import { between, countOf, histogram, quantileOf } from "../model/histogram.ts";
import { conclude } from "./conclude.ts";
import { since, sumOfRecords, togetherOf } from "./figures.ts";
import { secondsOf, type Plan } from "./plan.ts";
import {
  emptyRecord,
  endpointCell,
  failuresOf,
  type EndpointRecord,
  unitsPerMillisecond,
  workerCell,
  type WorkerRecord,
} from "./recording.ts";
import { decide, type Threshold } from "./thresholds.ts";
import { assemble, workersFor } from "./threads.ts";
import { unanswered } from "./failures.ts";
import { TargetWatch } from "./target-watch.ts";

export interface LoadOptions {
  /** How the target is called in the result. */
  readonly target: string;
  readonly model: string;
  readonly thresholds: readonly Threshold[];
  /** Ends the run as soon as a threshold is surely missed. */
  readonly abort?: boolean;
  /** Seconds at the beginning that count for nothing. */
  readonly leaveOut?: number;
  readonly workers?: number;
  readonly signal?: AbortSignal;
  /** Asked after each second; a text ends the run, which counts all the same. */
  readonly endWhen?: (window: LoadWindow) => string | undefined;
  readonly onProgress?: (progress: LoadProgress) => void;
  /** Bytes that the target may use: when a growing one gets there is told. */
  readonly memoryLimit?: number;
  /** Histograms are in the result, so that it can be merged. */
  readonly histograms?: boolean;
  readonly tool?: string;
}

export interface LoadProgress extends LoadWindow {
  readonly planned: number;
  /** Requests a second in the last window. */
  readonly rate: number;
  readonly total: number;
  readonly totalFailed: number;
}

/** Why a run was ended before its time. */
export interface Ending {
  readonly kind: "interrupted" | "threshold" | "gone" | "enough" | undefined;
  readonly text: string;
}

const betweenLooks = 250;
/** A target that answers nothing for so many windows, and so many requests, is gone. */
const [goneWindows, goneRequests] = [5, 20];
/** A threshold may end the run after so many seconds. */
const abortAfter = 5;

/** Runs a plan. What was measured is always given back; the promise is only rejected by a fault of this program. */
export async function runLoad(plan: Plan, options: LoadOptions): Promise<LoadResult> {
  const startedAt = new Date().toISOString();
  const workers = options.workers ?? workersFor(plan);
  const team = await assemble(plan, workers);
  const begun = performance.now();
  const watch = new Watch(plan, options, team.records, begun);
  let ending: Ending = { kind: undefined, text: "" };
  const onAbort = (): void => {
    ending = {
      kind: "interrupted",
      text: `interrupted after ${((performance.now() - begun) / 1000).toFixed(1)} s of ${secondsOf(plan.executor)} s`,
    };
    team.drop();
  };
  options.signal?.addEventListener("abort", onAbort, { once: true });
  if (options.signal?.aborted === true) onAbort();
  const timer = setInterval(() => {
    const reason = watch.look(performance.now());
    if (reason === undefined || ending.kind !== undefined) return;
    ending = reason;
    if (reason.kind === "gone") team.drop();
    else team.finish();
  }, betweenLooks);
  const ends = await team.start().finally(() => {
    clearInterval(timer);
    options.signal?.removeEventListener("abort", onAbort);
  });
  watch.look(performance.now(), true);
  return conclude({ plan, options, startedAt, workers, ending, ends, watch: watch.found() });
}

export interface Watched {
  readonly records: readonly WorkerRecord[];
  /** All of the run, and without what is left out. */
  readonly whole: WorkerRecord;
  readonly counted: WorkerRecord;
  readonly windows: readonly LoadWindow[];
  readonly target: TargetWatch;
  /** Seconds of the run and of what counts. */
  readonly seconds: number;
  readonly countedSeconds: number;
}

/** Of a run that takes days the windows become longer instead of more. */
const mostWindows = 7200;

/** Each two windows as one; of two percentiles the slower one stays. */
function inPairs(windows: readonly LoadWindow[]): LoadWindow[] {
  return windows.flatMap((one, place) => {
    const other = windows[place + 1];
    if (place % 2 === 1) return [];
    if (other === undefined) return [one];
    const slower = (one.p99 ?? 0) > (other.p99 ?? 0) ? one : other;
    return [{ ...slower, at: other.at, requests: one.requests + other.requests, failed: one.failed + other.failed, open: other.open }];
  });
}

const emptyEndpoint = (): EndpointRecord => emptyRecord(1).record.endpoints[0] as EndpointRecord;

class Watch {
  readonly #plan: Plan;
  readonly #options: LoadOptions;
  readonly #records: readonly WorkerRecord[];
  readonly #begun: number;
  #windows: LoadWindow[] = [];
  #total = emptyEndpoint();
  #before = emptyEndpoint();
  readonly #window = histogram();
  readonly #target: TargetWatch;
  #lastAt: number;
  #leftOut: { readonly sum: WorkerRecord; readonly at: number } | undefined;
  #silent = 0;
  #silentRequests = 0;

  constructor(plan: Plan, options: LoadOptions, records: readonly WorkerRecord[], begun: number) {
    this.#plan = plan;
    this.#options = options;
    this.#records = records;
    this.#begun = this.#lastAt = begun;
    this.#target = new TargetWatch(plan.origins[0]);
  }

  /** Looks at the figures; once a second a window is closed. Gives a reason to end the run. */
  look(now: number, last = false): Ending | undefined {
    const at = (now - this.#begun) / 1000;
    const { leaveOut = 0 } = this.#options;
    if (leaveOut > 0 && this.#leftOut === undefined && at >= leaveOut) this.#leftOut = { sum: this.#sum(), at: now };
    if (now - this.#lastAt < 1000 - betweenLooks / 2 && !last) return undefined;
    // A run may take days: what is needed each second lies in memory that is used again and again.
    const latest = togetherOf(
      this.#records.flatMap(({ endpoints }) => endpoints),
      this.#total,
    );
    const counts = latest.counts.map((count, cell) => count - (this.#before.counts[cell] ?? 0));
    const times = between(this.#before.latency, latest.latency, this.#window);
    const seconds = (now - this.#lastAt) / 1000;
    const requests = counts[endpointCell.requests] ?? 0;
    const failed = counts[endpointCell.failed] ?? 0;
    const closed: LoadWindow = {
      at: Math.round(at * 10) / 10,
      requests,
      failed,
      ...(countOf(times) > 0
        ? { p50: quantileOf(times, 0.5) / unitsPerMillisecond, p99: quantileOf(times, 0.99) / unitsPerMillisecond }
        : {}),
      open: this.#records.reduce((sum, record) => sum + (record.counts[workerCell.open] ?? 0), 0),
    };
    [this.#total, this.#before] = [this.#before, latest];
    this.#lastAt = now;
    this.#target.look(at);
    if (seconds > 0.5 || requests > 0) this.#windows.push(closed);
    if (this.#windows.length > mostWindows) this.#windows = inPairs(this.#windows);
    this.#options.onProgress?.({
      ...closed,
      planned: secondsOf(this.#plan.executor),
      rate: seconds > 0 ? requests / seconds : 0,
      total: latest.counts[endpointCell.requests] ?? 0,
      totalFailed: latest.counts[endpointCell.failed] ?? 0,
    });
    const enough = this.#options.endWhen?.(closed);
    if (enough !== undefined) return { kind: "enough", text: enough };
    return this.#gone(requests, counts, at) ?? this.#missed(at);
  }

  #sum(): WorkerRecord {
    return sumOfRecords(this.#records, this.#plan.endpoints.length);
  }

  /** Nothing but refusals, for seconds: going on would only count them. */
  #gone(requests: number, counts: Float64Array, at: number): Ending | undefined {
    const silent = Object.entries(failuresOf(counts)).reduce((sum, [kind, count]) => sum + (unanswered.has(kind as never) ? count : 0), 0);
    if (requests === 0) return undefined;
    if (silent < requests) [this.#silent, this.#silentRequests] = [0, 0];
    else [this.#silent, this.#silentRequests] = [this.#silent + 1, this.#silentRequests + requests];
    if (this.#silent < goneWindows || this.#silentRequests < goneRequests) return undefined;
    return { kind: "gone", text: `ended after ${at.toFixed(1)} s: the target has answered nothing for ${this.#silent} s` };
  }

  #missed(at: number): Ending | undefined {
    if (this.#options.abort !== true || at < abortAfter + (this.#options.leaveOut ?? 0)) return undefined;
    const sum = this.#sum();
    const counted = this.#leftOut === undefined ? sum : since(this.#leftOut.sum, sum);
    for (const threshold of this.#options.thresholds) {
      if (threshold.of === "rate") continue;
      const record = recordFor(threshold, counted, this.#plan.endpoints);
      if (record !== undefined && decide(threshold, record, at).outcome === "missed") {
        return { kind: "threshold", text: `ended after ${at.toFixed(1)} s: ${threshold.text} was missed` };
      }
    }
    return undefined;
  }

  found(): Watched {
    const whole = this.#sum();
    const end = this.#lastAt;
    const counted = this.#leftOut === undefined ? whole : since(this.#leftOut.sum, whole);
    return {
      records: this.#records,
      whole,
      counted,
      windows: this.#windows,
      target: this.#target,
      seconds: (end - this.#begun) / 1000,
      countedSeconds: (end - (this.#leftOut?.at ?? this.#begun)) / 1000,
    };
  }
}

/** What a threshold speaks of; undefined when there is no such endpoint. */
export function recordFor(
  { endpoint }: Threshold,
  { endpoints }: WorkerRecord,
  names: readonly string[],
): WorkerRecord["endpoints"][number] | undefined {
  return endpoint === undefined ? togetherOf(endpoints) : endpoints[names.indexOf(endpoint)];
}
