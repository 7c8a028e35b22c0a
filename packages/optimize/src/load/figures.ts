/** Counts become figures: rates, percentiles, failures. */
import {
  unitsPerMillisecond,
  endpointCell,
  failuresOf,
  statusesOf,
  type EndpointRecord,
  type WorkerRecord,
  emptyRecord,
} from "./recording.ts";
import { between, countOf, histogram, leastOf, merge, mostOf, percentileOf, saved, sumOf, type Histogram } from "../model/histogram.ts";
import { toldQuantiles, type Latency, type LoadFigures, type ToldPercentile } from "../model/load.ts";

/** The latencies of a histogram of this room's unit, in milliseconds. */
export function latencyOf(of: Histogram): Latency {
  const count = countOf(of);
  const percentiles: Partial<Record<ToldPercentile, number>> = {};
  for (const [name, quantile] of Object.entries(toldQuantiles) as [ToldPercentile, number][]) {
    const value = percentileOf(of, quantile);
    if (value !== undefined) percentiles[name] = milliseconds(value);
  }
  return {
    count,
    mean: count === 0 ? 0 : milliseconds(sumOf(of) / count),
    min: milliseconds(leastOf(of)),
    max: milliseconds(mostOf(of)),
    percentiles,
  };
}

/** Rounded to what a histogram's unit can tell. */
export const milliseconds = (units: number): number => Math.round(units) / unitsPerMillisecond;

export function figuresOf(name: string, { latency, service, counts }: EndpointRecord, seconds: number, histograms: boolean): LoadFigures {
  const requests = counts[endpointCell.requests] ?? 0;
  return {
    name,
    requests,
    failed: counts[endpointCell.failed] ?? 0,
    rate: seconds > 0 ? Math.round((requests / seconds) * 1000) / 1000 : 0,
    latency: latencyOf(latency),
    service: latencyOf(service),
    bodyBytes: counts[endpointCell.body] ?? 0,
    ...weighedOf(counts),
    statuses: statusesOf(counts),
    failures: failuresOf(counts),
    ...(histograms ? { histograms: { latency: saved(latency), service: saved(service) } } : {}),
  };
}

function weighedOf(counts: Float64Array): Pick<LoadFigures, "weighed"> {
  const count = counts[endpointCell.weighed] ?? 0;
  if (count === 0) return {};
  return { weighed: { count, wire: counts[endpointCell.weighedWire] ?? 0, raw: counts[endpointCell.weighedRaw] ?? 0 } };
}

/** All endpoints together; in `sum`, where one is given that was used before. */
export function togetherOf(
  endpoints: readonly EndpointRecord[],
  sum: EndpointRecord = { latency: histogram(), service: histogram(), counts: new Float64Array(endpoints[0]?.counts.length ?? 0) },
): EndpointRecord {
  for (const cells of [sum.latency, sum.service, sum.counts]) cells.fill(0);
  for (const one of endpoints) addEndpoint(sum, one);
  return sum;
}

export function addEndpoint(into: EndpointRecord, from: EndpointRecord): void {
  merge(into.latency, from.latency);
  merge(into.service, from.service);
  for (const [cell, count] of from.counts.entries()) into.counts[cell] = (into.counts[cell] ?? 0) + count;
}

/** The sum of all workers' records; a copy, so that it also is a snapshot. */
export function sumOfRecords(records: readonly WorkerRecord[], endpoints: number): WorkerRecord {
  const { record: sum } = emptyRecord(endpoints);
  for (const one of records) {
    for (const [place, endpoint] of one.endpoints.entries()) addEndpoint(sum.endpoints[place] as EndpointRecord, endpoint);
    merge(sum.lag, one.lag);
    for (const [cell, count] of one.counts.entries()) sum.counts[cell] = (sum.counts[cell] ?? 0) + count;
  }
  return sum;
}

/** What was counted after a snapshot. */
export function since(earlier: WorkerRecord, later: WorkerRecord): WorkerRecord {
  return {
    endpoints: later.endpoints.map((endpoint, place) => {
      const before = earlier.endpoints[place] as EndpointRecord;
      return {
        latency: between(before.latency, endpoint.latency),
        service: between(before.service, endpoint.service),
        counts: endpoint.counts.map((count, cell) => count - (before.counts[cell] ?? 0)),
      };
    }),
    lag: between(earlier.lag, later.lag),
    counts: later.counts.map((count, cell) => count - (earlier.counts[cell] ?? 0)),
  };
}
