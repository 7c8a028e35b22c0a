/** Searches and comparisons of load for a terminal. */
import type { Capacity, CapacityStep, LoadComparison, LoadLimit } from "../../model/load-search.ts";
import { clean } from "../layout/sanitise.ts";
import type { Paint } from "../layout/style.ts";
import { countText, partText, timeText } from "../layout/units.ts";

export function stepText(
  { rate, requests, bad, invalid }: CapacityStep,
  part: number,
  interval: readonly [number, number] | undefined,
): string {
  const held = bad <= part * requests ? "held  " : "missed";
  const what =
    invalid === undefined
      ? `${held} ${partText(requests === 0 ? 0 : bad / requests)} bad of ${countText(requests)}`
      : `says nothing: ${clean(invalid)}`;
  return `${rateText(rate).padStart(18)}  ${what}${interval === undefined ? "" : `  capacity ${rangeText(interval)}`}`;
}

const rateText = (rate: number): string => `${rate < 10 ? rate.toFixed(1) : countText(rate)} requests/s`;
const rangeText = ([low, high]: readonly [number, number]): string => `${countText(low)} to ${countText(high)}`;

export function capacityText(
  capacity: Capacity,
  objective: string,
  resource: string | undefined,
  limits: readonly LoadLimit[],
  paint: Paint,
): string {
  const { outcome, rate = 0, interval, confirmed, reason, steps } = capacity;
  const lines = [""];
  if (outcome === "found" && interval !== undefined) {
    lines.push(
      `${paint("bold", `Capacity   ${rateText(rate)}`)} at ${clean(objective)}; with 90 % between ${rangeText(interval)}`,
      confirmed === undefined
        ? `Not confirmed: ${clean(reason ?? "")}`
        : `Confirmed  ${rateText(confirmed)} held for twice the time of a step`,
    );
  } else
    lines.push(
      `${paint("yellow", outcome.toUpperCase())}  ${clean(reason ?? "")}${interval === undefined ? "" : `; so far ${rangeText(interval)} requests/s`}`,
    );
  if (resource !== undefined) lines.push(`Limit      ${clean(resource)}`);
  lines.push(...limits.map(limitText));
  lines.push(`Steps      ${steps.length}, Poisson arrivals, bad are requests that are slower or failed`);
  return `${lines.join("\n")}\n`;
}

function limitText({ resource, of, rate, interval, users, beyond }: LoadLimit): string {
  if (resource === "pool")
    return `Pool       ${clean(of)} are exhausted at ${rateText(rate)}, with ${(users ?? 0).toFixed(1)} requests under way at a time`;
  if (beyond === true) return `CPU        ${clean(of)} would last for more than ${rateText(rate)}, twice what was measured`;
  return `CPU        ${clean(of)} would be full at ${rateText(rate)}${interval === undefined ? "" : ` (${rangeText(interval)})`}, by a straight line through the steps`;
}

const names: Readonly<Record<string, string>> = { p50: "p50", p99: "p99", cpu: "CPU of the target a request" };

export function comparisonText(comparison: LoadComparison, before: string, after: string, interrupted: boolean, paint: Paint): string {
  const { verdicts, outcome, pairs, invalid } = comparison;
  const lines = [
    `before ${clean(before)}`,
    `after  ${clean(after)}`,
    `${pairs} pairs of runs in turns${invalid > 0 ? `, ${invalid} left out because a run of them says nothing` : ""}`,
    "",
  ];
  for (const [name, { before: one, after: other, ratio, interval, outcome: verdict, reason }] of Object.entries(verdicts)) {
    lines.push(
      `${(names[name] ?? name).padEnd(28)} ${timeText(one).padStart(8)} -> ${timeText(other).padStart(8)}  x${ratio.toFixed(3)} (${interval[0].toFixed(3)} to ${interval[1].toFixed(3)})  ${verdict}${reason === undefined ? "" : `: ${reason}`}`,
    );
  }
  const style = outcome === "slower" ? "red" : outcome === "inconclusive" ? "yellow" : "green";
  if (pairs > 0) lines.push("");
  if (interrupted) lines.push(`${paint("yellow", "INTERRUPTED")}  these pairs alone say: ${outcome}`);
  else lines.push(paint(style, outcome.toUpperCase()));
  return `${lines.join("\n")}\n`;
}
