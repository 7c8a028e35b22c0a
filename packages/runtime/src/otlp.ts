/** Metrics as OpenTelemetry's collectors take them: OTLP as JSON. */
import type { Histogram } from "./histogram.ts";
import type { Metric } from "./metrics.ts";

/** An ExportMetricsServiceRequest (opentelemetry-proto 1.x) of cumulative values. Times are milliseconds since 1970. */
export function otlpMetrics(metrics: Iterable<Metric>, { service, since, now }: { service: string; since: number; now: number }): object {
  const times = { startTimeUnixNano: `${since}000000`, timeUnixNano: `${now}000000` };
  const list = [...metrics].map(({ name, help, unit, kind, labels, series }) => {
    const dataPoints = series.map(({ values, value }) => ({
      attributes: labels.map((key, index) => attribute(key, values[index] ?? "")),
      ...times,
      ...(typeof value === "number" ? { asDouble: value } : pointOf(value)),
    }));
    const data = { dataPoints, ...(kind === "gauge" ? {} : { aggregationTemporality: 2 }) };
    return { name, description: help, unit, ...(kind === "counter" ? { sum: { ...data, isMonotonic: true } } : { [kind]: data }) };
  });
  const resource = { attributes: [attribute("service.name", service)] };
  return { resourceMetrics: [{ resource, scopeMetrics: [{ scope: { name: "@optimize/runtime" }, metrics: list }] }] };
}

const attribute = (key: string, value: string) => ({ key, value: { stringValue: value } });

function pointOf(of: Histogram): object {
  return {
    count: String(of.count),
    sum: of.sum,
    explicitBounds: of.bounds,
    bucketCounts: Array.from(of.bounded, String),
  };
}
