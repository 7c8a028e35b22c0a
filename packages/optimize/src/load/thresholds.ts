/** `http.p95 < 200ms`, `errors < 1%`, `rate >= 500/s`, `[GET /orders] p99 < 1s`: what a run has to hold. */
import { isClaimable } from "../model/quantile.ts";
import { countOf, mostOf, quantileOf, sumOf, type Histogram } from "../model/histogram.ts";
import type { ThresholdResult } from "../model/load.ts";
import { endpointCell, unitsPerMillisecond, type EndpointRecord } from "./recording.ts";

export interface Threshold {
  readonly text: string;
  /** Only this endpoint; all together when undefined. */
  readonly endpoint: string | undefined;
  readonly of: "latency" | "service" | "errors" | "rate";
  /** For latencies: a quantile, or "mean" or "max". */
  readonly at: number | "mean" | "max";
  readonly operator: "<" | "<=" | ">" | ">=";
  /** Milliseconds, a part of 1, or requests a second. */
  readonly limit: number;
  readonly standard?: true;
}

const form =
  /^(?:\[(?<endpoint>.+)\]\s*)?(?:(?<family>http|latency|service)\.)?(?<metric>p\d{1,2}(?:\.\d{1,4})?|median|mean|max|errors|rate)\s*(?<operator><=|>=|<|>)\s*(?<number>\d+(?:\.\d+)?)\s*(?<unit>us|µs|ms|s|%|\/s)?$/;
const milliseconds: Readonly<Record<string, number>> = { us: 0.001, µs: 0.001, ms: 1, s: 1000 };

/** Reads one threshold; a text says what is wrong with it. */
export function thresholdOf(text: string): Threshold | string {
  const found = form.exec(text.trim())?.groups;
  if (found === undefined) return `${JSON.stringify(text)} is no threshold: write "p95 < 200ms", "errors < 1%" or "rate >= 500/s"`;
  const { endpoint, family, metric = "", unit } = found;
  const operator = found["operator"] as Threshold["operator"];
  const number = Number(found["number"]);
  const base = { text: text.trim(), endpoint, operator };
  if (metric === "errors") {
    if (unit !== "%" && unit !== undefined) return `${JSON.stringify(text)}: errors are a part of all requests: write "errors < 1%"`;
    return { ...base, of: "errors", at: "mean", limit: unit === "%" ? number / 100 : number };
  }
  if (metric === "rate") {
    if (unit !== "/s" && unit !== undefined) return `${JSON.stringify(text)}: the rate is in requests a second: write "rate >= 500/s"`;
    return { ...base, of: "rate", at: "mean", limit: number };
  }
  const factor = milliseconds[unit ?? ""];
  if (factor === undefined) return `${JSON.stringify(text)} needs a unit of time: "${metric} ${operator} ${number}ms"`;
  const at =
    metric === "mean" || metric === "max" ? metric : metric === "median" ? 0.5 : Number((Number(metric.slice(1)) / 100).toFixed(8));
  if (at === 0) return `${JSON.stringify(text)}: there is no ${metric}`;
  return { ...base, of: family === "service" ? "service" : "latency", at, limit: number * factor };
}

/** What holds unless somebody says otherwise about errors. */
export const standardThreshold: Threshold = {
  text: "errors < 1%",
  endpoint: undefined,
  of: "errors",
  at: "mean",
  operator: "<",
  limit: 0.01,
  standard: true,
};

/** With the standard one where no threshold speaks of errors. */
export function withStandard(thresholds: readonly Threshold[]): readonly Threshold[] {
  return thresholds.some(({ of }) => of === "errors") ? thresholds : [...thresholds, standardThreshold];
}

/** Whether a threshold holds for what was recorded. */
export function decide(threshold: Threshold, { latency, service, counts }: EndpointRecord, seconds: number): ThresholdResult {
  const base = { threshold: threshold.text, ...(threshold.standard === true ? { standard: true as const } : {}) };
  const requests = counts[endpointCell.requests] ?? 0;
  if (requests === 0 && threshold.of !== "rate") return { ...base, outcome: "unknown", reason: "no request was completed" };
  if (threshold.of === "errors") return told(base, threshold, (counts[endpointCell.failed] ?? 0) / requests);
  if (threshold.of === "rate") return told(base, threshold, seconds > 0 ? requests / seconds : 0);
  const times = threshold.of === "service" ? service : latency;
  const { at } = threshold;
  if (typeof at === "number" && !isClaimable(countOf(times), at)) {
    const needed = Math.ceil(10 / (1 - at) - 1e-6);
    return { ...base, outcome: "unknown", reason: `p${plain(at * 100)} needs ${needed} requests, there were ${countOf(times)}` };
  }
  return told(base, threshold, valueOf(times, at));
}

function valueOf(times: Histogram, at: Threshold["at"]): number {
  const units = at === "mean" ? sumOf(times) / countOf(times) : at === "max" ? mostOf(times) : quantileOf(times, at);
  return units / unitsPerMillisecond;
}

const plain = (number: number): string => String(Number(number.toFixed(4)));

function told(base: Pick<ThresholdResult, "threshold">, { operator, limit }: Threshold, value: number): ThresholdResult {
  const holds = operator === "<" ? value < limit : operator === "<=" ? value <= limit : operator === ">" ? value > limit : value >= limit;
  return { ...base, value, outcome: holds ? "held" : "missed" };
}
