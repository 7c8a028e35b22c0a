/** A load result as Markdown, for a pull request or a page. */
import type { LoadFigures, LoadResult } from "../../model/load.ts";
import { clean } from "../layout/sanitise.ts";
import { countText, partText, timeText } from "../layout/units.ts";

/** Text of a target or a scenario as text: it makes neither tables nor links nor markup. */
const plain = (text: string): string => clean(text).replace(/[\\`*_{}[\]<>()#+!|~-]/g, (one) => `&#${one.charCodeAt(0)};`);

const columns = ["p50", "p90", "p95", "p99", "p99.9"] as const;

export function loadMarkdown(result: LoadResult): string {
  const { endpoints, total, generator, thresholds, reasons, notes, samples } = result;
  const row = (name: string, { requests, failed, latency }: LoadFigures): string =>
    `| ${[name, countText(requests), failed === 0 ? "0" : `${countText(failed)} (${partText(failed / requests)})`, ...columns.map((column) => (latency.percentiles[column] === undefined ? "-" : timeText(latency.percentiles[column]))), timeText(latency.max)].join(" | ")} |`;
  const lag = generator.lag.percentiles.p99 ?? generator.lag.max;
  const lines = [
    `# Load: ${result.verdict}`,
    "",
    `${plain(result.target)}, ${plain(result.model)}; ${countText(total.requests)} requests in ${result.seconds.toFixed(1)} s, ${countText(total.rate)} a second. Latencies run from the intended send time.`,
    "",
    ...reasons.map((reason) => `- ${plain(reason)}`),
    ...(reasons.length > 0 ? [""] : []),
    `| | requests | failed | ${columns.join(" | ")} | max |`,
    `| --- |${" ---: |".repeat(columns.length + 3)}`,
    ...endpoints.map((one) => row(plain(one.name), one)),
    ...(endpoints.length > 1 ? [row("all", total)] : []),
    "",
    ...(thresholds.length > 0 ? ["| threshold | outcome | value |", "| --- | --- | ---: |"] : []),
    ...thresholds.map(
      ({ threshold, outcome, value }) =>
        `| ${plain(threshold)} | ${outcome} | ${value === undefined ? "-" : /\berrors\b/.test(threshold) ? partText(value) : /\brate\b/.test(threshold) ? `${countText(value)}/s` : timeText(value)} |`,
    ),
    "",
    ...samples
      .slice(0, 8)
      .map(
        ({ endpoint, kind, detail, body }) =>
          `- ${plain(endpoint)}, ${plain(kind)}: ${plain(detail)}${body === undefined ? "" : ` ${plain(body)}`}`,
      ),
    ...(samples.length > 0 ? [""] : []),
    `Generator: ${generator.workers} workers, CPU ${generator.cpu.map((one) => `${Math.round(one * 100)} %`).join(", ")}, send lag p99 ${timeText(lag)}, ${countText(generator.notSent)} not sent.`,
    ...notes.map((note) => `\n${plain(note)}`),
  ];
  return `${lines.join("\n")}\n`;
}
