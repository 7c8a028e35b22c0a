/** A load result in the text format of Prometheus (exposition format 0.0.4), for a Pushgateway or a textfile collector. */
import type { Latency, LoadFigures, LoadResult } from "../../model/load.ts";
import { clean } from "../layout/sanitise.ts";
import { toldQuantiles, type ToldPercentile } from "../../model/load.ts";

/** A value of a label; what steers a terminal is made visible before. */
const escaped = (text: string): string => clean(text).replaceAll("\\", "\\\\").replaceAll('"', '\\"');

export function prometheusText(result: LoadResult): string {
  const rows: string[] = [];
  const metric = (name: string, type: string, help: string, lines: readonly string[]): void => {
    if (lines.length > 0) rows.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines);
  };
  const each = (of: (figures: LoadFigures) => number): string[] =>
    result.endpoints.map((one) => `{endpoint="${escaped(one.name)}"} ${of(one)}`);
  const named = (name: string, lines: readonly string[]): string[] => lines.map((line) => `${name}${line}`);
  metric(
    "optimize_load_requests_total",
    "counter",
    "Requests that were completed.",
    named(
      "optimize_load_requests_total",
      each(({ requests }) => requests),
    ),
  );
  const failures = result.endpoints.flatMap(({ name, failures: kinds }) =>
    Object.entries(kinds).map(([kind, count]) => `{endpoint="${escaped(name)}",kind="${escaped(kind)}"} ${count}`),
  );
  metric(
    "optimize_load_failures_total",
    "counter",
    "Requests that failed, by what failed.",
    named("optimize_load_failures_total", failures),
  );
  const summary = (name: string, help: string, of: (figures: LoadFigures) => Latency): void =>
    metric(
      name,
      "summary",
      help,
      result.endpoints.flatMap((one) => summaryLines(name, one.name, of(one))),
    );
  summary("optimize_load_latency_seconds", "From the intended send time to the last byte.", ({ latency }) => latency);
  summary("optimize_load_service_seconds", "From sending the request to the last byte.", ({ service }) => service);
  metric(
    "optimize_load_rate",
    "gauge",
    "Completed requests a second.",
    named(
      "optimize_load_rate",
      each(({ rate }) => rate),
    ),
  );
  const { lag, cpu, notSent } = result.generator;
  metric(
    "optimize_load_send_lag_seconds",
    "summary",
    "How late the generator itself was.",
    summaryLines("optimize_load_send_lag_seconds", "", lag),
  );
  metric(
    "optimize_load_worker_cpu_ratio",
    "gauge",
    "Part of a core that a worker computed.",
    cpu.map((one, worker) => `optimize_load_worker_cpu_ratio{worker="${worker}"} ${one}`),
  );
  metric("optimize_load_not_sent_total", "counter", "Requests of the schedule that were not sent.", [
    `optimize_load_not_sent_total ${notSent}`,
  ]);
  metric(
    "optimize_load_verdict",
    "gauge",
    "1 for the verdict of the run.",
    ["passed", "failed", "inconclusive", "interrupted"].map(
      (one) => `optimize_load_verdict{verdict="${one}"} ${one === result.verdict ? 1 : 0}`,
    ),
  );
  return `${rows.join("\n")}\n`;
}

function summaryLines(name: string, endpoint: string, { percentiles, mean, count }: Latency): string[] {
  const label = endpoint === "" ? "" : `endpoint="${escaped(endpoint)}"`;
  const quantiles = (Object.entries(percentiles) as [ToldPercentile, number][]).map(
    ([key, value]) => `${name}{${label === "" ? "" : `${label},`}quantile="${toldQuantiles[key]}"} ${value / 1000}`,
  );
  const whole = label === "" ? "" : `{${label}}`;
  return [...quantiles, `${name}_sum${whole} ${(mean * count) / 1000}`, `${name}_count${whole} ${count}`];
}
