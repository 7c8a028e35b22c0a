/** What a load run found. Times are milliseconds unless a name says otherwise; sizes are bytes. */
import type { SavedHistogram } from "./histogram.ts";

/** Of the document's own form; members are only added within a major. */
export const loadVersion = "1.0";

/** Percentiles that are told when at least ten samples lie above them. */
export const toldQuantiles = { p50: 0.5, p75: 0.75, p90: 0.9, p95: 0.95, p99: 0.99, "p99.9": 0.999, "p99.99": 0.9999 } as const;
export type ToldPercentile = keyof typeof toldQuantiles;

export interface Latency {
  readonly count: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  readonly percentiles: Readonly<Partial<Record<ToldPercentile, number>>>;
}

export interface LoadFigures {
  readonly name: string;
  readonly requests: number;
  readonly failed: number;
  /** Requests a second that were completed. */
  readonly rate: number;
  /** From when the request was to be sent to the last byte of the answer. */
  readonly latency: Latency;
  /** From when it was sent. */
  readonly service: Latency;
  readonly bodyBytes: number;
  /** Bodies of sampled requests: their bytes on the wire, and before they were compressed; absent when none was looked at. */
  readonly weighed?: Weighed;
  readonly statuses: Readonly<Record<string, number>>;
  readonly failures: Readonly<Record<string, number>>;
  readonly histograms?: { readonly latency: SavedHistogram; readonly service: SavedHistogram };
}

export interface Weighed {
  readonly count: number;
  readonly wire: number;
  readonly raw: number;
}

/** One second of the run. */
export interface LoadWindow {
  /** Seconds since the beginning, at its end. */
  readonly at: number;
  readonly requests: number;
  readonly failed: number;
  readonly p50?: number;
  readonly p99?: number;
  readonly open: number;
}

/** What making the load cost, and how late it was. */
export interface GeneratorHealth {
  readonly workers: number;
  /** The part of a core that each worker computed, without what was only waiting. */
  readonly cpu: readonly number[];
  readonly lag: Latency;
  readonly collections: { readonly count: number; readonly total: number; readonly max: number };
  /** Requests that the schedule held until the end of the run. */
  readonly scheduled: number;
  readonly notSent: number;
  readonly connections: number;
  readonly waited: number;
  readonly retried: number;
  readonly surplus: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

export interface ThresholdResult {
  readonly threshold: string;
  /** In milliseconds, requests a second, or a part of 1; absent when it cannot be told. */
  readonly value?: number;
  readonly outcome: "held" | "missed" | "unknown";
  readonly reason?: string;
  /** Nobody asked for it. */
  readonly standard?: true;
}

export interface FailureSample {
  readonly endpoint: string;
  readonly kind: string;
  readonly detail: string;
  /** What the answer looked like, its values masked. */
  readonly body?: string;
}

export interface TracedRequest {
  readonly endpoint: string;
  readonly trace: string;
  readonly latency: number;
}

export interface WarmUp {
  /** Seconds. */
  readonly until: number;
  /** Medians of the windows before and after. */
  readonly before: number;
  readonly after: number;
}

/** What the loaded program used, where it can be seen. */
export interface TargetWindow {
  /** Seconds since the beginning. */
  readonly at: number;
  /** Cores since the window before. */
  readonly cpu: number;
  /** Bytes. */
  readonly rss: number;
  readonly files: number;
}

export interface TargetUsage {
  /** Processes that listen on the port. */
  readonly processes: number;
  /** Milliseconds of processor time a request. */
  readonly cpuARequest: number;
  readonly windows: readonly TargetWindow[];
}

export interface LoadTrend {
  readonly of: "memory" | "files" | "p99";
  readonly direction: "rising" | "falling" | "none";
  /** Change in an hour: bytes, files or milliseconds; and where it lies with 95 %. */
  readonly anHour: number;
  readonly interval: readonly [number, number];
  readonly last: number;
  /** Until the memory limit is reached, with 95 %. */
  readonly hours?: readonly [number, number];
}

export type LoadVerdict = "passed" | "failed" | "inconclusive" | "interrupted";

export interface LoadResult {
  readonly loadVersion: string;
  readonly tool: string;
  readonly target: string;
  readonly startedAt: string;
  readonly model: string;
  readonly seed: number;
  readonly segment?: { readonly index: number; readonly of: number };
  /** Seconds that were planned, that were run, and that were left out at the beginning because they were asked to. */
  readonly planned: number;
  readonly seconds: number;
  readonly leftOut: number;
  readonly verdict: LoadVerdict;
  /** Why it is inconclusive, was ended early or is to be read with care. */
  readonly reasons: readonly string[];
  readonly notes: readonly string[];
  readonly total: LoadFigures;
  readonly endpoints: readonly LoadFigures[];
  readonly thresholds: readonly ThresholdResult[];
  readonly generator: GeneratorHealth;
  readonly generatorHistogram?: SavedHistogram;
  readonly windows: readonly LoadWindow[];
  readonly steady: "yes" | "no" | "unknown";
  readonly warmUp?: WarmUp;
  readonly usage?: TargetUsage;
  readonly trends: readonly LoadTrend[];
  readonly samples: readonly FailureSample[];
  readonly slowest: readonly TracedRequest[];
}
