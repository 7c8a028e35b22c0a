/** Metrics as Prometheus reads them (text exposition format 0.0.4). */
import type { Histogram } from "./histogram.ts";
import type { Metric } from "./metrics.ts";

export const prometheusType = "text/plain; version=0.0.4; charset=utf-8";

/**
 * @example
 * response.setHeader("content-type", prometheusType).end(prometheusText(monitor.metrics()));
 */
export function prometheusText(metrics: Iterable<Metric>): string {
  let text = "";
  for (const metric of metrics) {
    if (metric.series.length === 0) continue;
    text += `# HELP ${metric.name} ${metric.help.replace(/\s+/g, " ")}\n# TYPE ${metric.name} ${metric.kind}\n`;
    for (const { values, value } of metric.series) {
      const labels = metric.labels.map((label, index) => `${label}="${escaped(values[index] ?? "")}"`);
      if (typeof value === "number") text += `${metric.name}${braced(labels)} ${String(value).replace("Infinity", "Inf")}\n`;
      else text += histogramText(metric.name, labels, value);
    }
  }
  return text;
}

function histogramText(name: string, labels: readonly string[], of: Histogram): string {
  let [text, seen] = ["", 0];
  for (const [index, count] of of.bounded.entries()) {
    seen += count;
    text += `${name}_bucket${braced([...labels, `le="${of.bounds[index] ?? "+Inf"}"`])} ${seen}\n`;
  }
  return `${text}${name}_sum${braced(labels)} ${of.sum}\n${name}_count${braced(labels)} ${of.count}\n`;
}

const braced = (labels: readonly string[]): string => (labels.length === 0 ? "" : `{${labels.join(",")}}`);
const escaped = (text: string): string => text.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n");
