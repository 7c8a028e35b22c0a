/** A load run for a terminal. */
import type { LoadFigures, LoadResult, ThresholdResult } from "../../model/load.ts";
import { clean } from "../layout/sanitise.ts";
import type { Paint, Style } from "../layout/style.ts";
import { bytesText, countText, partText, timeText } from "../layout/units.ts";

const verdicts: Readonly<Record<LoadResult["verdict"], readonly [word: string, style: Style]>> = {
  passed: ["PASSED", "green"],
  failed: ["FAILED", "red"],
  inconclusive: ["INCONCLUSIVE", "yellow"],
  interrupted: ["INTERRUPTED", "yellow"],
};

/** Everything that a person has to know, ending with the verdict. */
export function loadText(result: LoadResult, paint: Paint): string {
  const { total, generator, leftOut } = result;
  const lines = [
    `${paint("bold", clean(result.target))}  ${clean(result.model)}`,
    `${countText(total.requests)} requests in ${seconds(result.seconds)}${leftOut > 0 ? `, without the first ${seconds(leftOut)}` : ""}: ${rateText(total.rate)}, ${failedText(total)}, ${bytesText(total.bodyBytes)} of bodies`,
    "",
    ...table(result),
    "",
    ...failureLines(result, paint),
    ...thresholdLines(result.thresholds, paint),
    `Generator  ${generator.workers === 1 ? "1 worker" : `${generator.workers} workers`}, CPU ${generator.cpu.map((one) => `${Math.round(one * 100)} %`).join(" ")}, send lag ${lagText(result)}, ${countText(generator.connections)} connections${generator.retried > 0 ? `, ${countText(generator.retried)} sent again` : ""}`,
    ...bodyLines(result),
    ...targetLines(result),
    ...steadyLines(result),
    ...result.notes.map((note) => paint("dim", `Note       ${clean(note)}`)),
    "",
  ];
  const [word, style] = verdicts[result.verdict];
  const reasons = result.reasons.map(clean);
  lines.push(
    `${paint(style, word)}${reasons.length > 0 ? `  ${reasons[0] ?? ""}` : ""}`,
    ...reasons.slice(1).map((reason) => `${" ".repeat(word.length)}  ${reason}`),
  );
  if (result.verdict === "inconclusive") lines.push("An inconclusive run says neither that the target is fast enough nor that it is not.");
  return `${lines.join("\n")}\n`;
}

const seconds = (time: number): string => (time < 120 ? `${Number(time.toFixed(1))} s` : `${Number((time / 60).toFixed(1))} min`);
const rateText = (rate: number): string => `${countText(rate)} requests/s`;

function failedText({ requests, failed }: LoadFigures): string {
  return failed === 0 ? "none failed" : `${countText(failed)} failed (${partText(failed / requests)})`;
}

const columns = ["p50", "p90", "p95", "p99", "p99.9"] as const;

/** One row an endpoint; a percentile that too few samples lie above is left open. */
function table({ endpoints, total }: LoadResult): string[] {
  const rows: string[][] = [["", "requests", "failed", ...columns, "max"]];
  const row = (figures: LoadFigures, name: string): string[] => [
    name,
    countText(figures.requests),
    countText(figures.failed),
    ...columns.map((column) => {
      const value = figures.latency.percentiles[column];
      return value === undefined ? "-" : timeText(value);
    }),
    figures.latency.count === 0 ? "-" : timeText(figures.latency.max),
  ];
  for (const one of endpoints) rows.push(row(one, clean(one.name)));
  if (endpoints.length > 1) rows.push(row(total, "all"));
  const service = total.service;
  rows.push([
    "  once sent",
    "",
    "",
    ...columns.map((column) => (service.percentiles[column] === undefined ? "-" : timeText(service.percentiles[column]))),
    service.count === 0 ? "-" : timeText(service.max),
  ]);
  const widths = rows[0]?.map((_, column) => Math.min(60, Math.max(...rows.map((cells) => (cells[column] ?? "").length)))) ?? [];
  return rows.map((cells) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

function failureLines({ total, samples }: LoadResult, paint: Paint): string[] {
  if (total.failed === 0) return [];
  const kinds = Object.entries(total.failures).sort(([, a], [, b]) => b - a);
  const lines = [`${paint("red", "Failures")}   ${kinds.map(([kind, count]) => `${countText(count)} ${kind}`).join(", ")}`];
  const seen = new Set<string>();
  for (const { endpoint, kind, detail, body } of [...samples].sort((a, b) => Number(b.body !== undefined) - Number(a.body !== undefined))) {
    const key = `${endpoint} ${kind}`;
    if (seen.has(key) || seen.size >= 8) continue;
    seen.add(key);
    lines.push(`           ${clean(endpoint)}: ${clean(detail)}${body === undefined ? "" : `  ${paint("dim", clean(body))}`}`);
  }
  return [...lines, ""];
}

const marks: Readonly<Record<ThresholdResult["outcome"], readonly [mark: string, style: Style]>> = {
  held: ["held", "green"],
  missed: ["missed", "red"],
  unknown: ["unknown", "yellow"],
};

function thresholdLines(thresholds: readonly ThresholdResult[], paint: Paint): string[] {
  const lines = thresholds.map((one) => {
    const [mark, style] = marks[one.outcome];
    return `Threshold  ${clean(one.threshold)}  ${paint(style, mark)}${one.value === undefined ? "" : `: ${valueText(one)}`}${one.standard === true ? paint("dim", " (unless told otherwise)") : ""}`;
  });
  return lines.length === 0 ? [] : [...lines, ""];
}

function valueText({ threshold, value = 0 }: ThresholdResult): string {
  if (/\berrors\b/.test(threshold)) return partText(value);
  return /\brate\b/.test(threshold) ? rateText(value) : timeText(value);
}

function lagText({ generator: { lag } }: LoadResult): string {
  const { p50, p99 } = lag.percentiles;
  return `${p50 === undefined ? "" : `p50 ${timeText(p50)}, `}${p99 === undefined ? "" : `p99 ${timeText(p99)}, `}max ${timeText(lag.max)}`;
}

/** Bodies that were compressed: as they were sent, and as they were before, of those that were looked at. */
function bodyLines({ endpoints }: LoadResult): string[] {
  return endpoints.flatMap(({ name, weighed }) =>
    weighed === undefined || weighed.raw === weighed.wire
      ? []
      : [
          `Bodies     ${clean(name)}: ${bytesText(Math.round(weighed.wire / weighed.count))} on the wire, ${bytesText(Math.round(weighed.raw / weighed.count))} before (of ${countText(weighed.count)} that were looked at)`,
        ],
  );
}

/** What the loaded program used, and what of it grows. */
function targetLines({ usage, trends, slowest }: LoadResult): string[] {
  const lines: string[] = [];
  if (usage !== undefined) {
    const [first, last] = [usage.windows[0], usage.windows.at(-1)];
    const most = Math.max(0, ...usage.windows.map(({ cpu }) => cpu));
    lines.push(
      `Target     ${timeText(usage.cpuARequest)} CPU a request, up to ${most.toFixed(2)} cores${first === undefined || last === undefined ? "" : `, memory ${bytesText(first.rss)} to ${bytesText(last.rss)}`}`,
    );
  }
  for (const { of, direction, anHour, interval, hours } of trends) {
    if (direction === "none") continue;
    const text = of === "memory" ? bytesText : of === "p99" ? timeText : countText;
    const [low, high] = interval.map((end) => text(Math.abs(end)));
    lines.push(
      `Trend      ${of} is ${direction} by ${text(Math.abs(anHour))} an hour (${low ?? ""} to ${high ?? ""})${hours === undefined ? "" : `: its limit in ${hours.map((end) => Math.max(0, end).toFixed(1)).join(" to ")} hours`}`,
    );
  }
  const [slow] = slowest;
  if (slow !== undefined)
    lines.push(`Slowest    ${timeText(slow.latency)} ${clean(slow.endpoint)} of those that were traced: trace ${clean(slow.trace)}`);
  return lines;
}

function steadyLines({ steady, warmUp }: LoadResult): string[] {
  if (warmUp !== undefined) {
    return [
      `Warm-up    until ${seconds(warmUp.until)}: p50 ${timeText(warmUp.before)}, then ${timeText(warmUp.after)}; these figures hold it, --warm-up ${Math.ceil(warmUp.until)}s leaves it out`,
    ];
  }
  return steady === "no" ? ["Steady     no: the median moves from beginning to end, so that a longer run would show other figures"] : [];
}
