/** Executors and thresholds of k6 for a plan. What k6 cannot do is refused with the reason. */
import type { Executor, Plan, Stage } from "../plan.ts";
import { peakOf } from "../plan.ts";
import type { Threshold } from "../thresholds.ts";
import { quoted } from "./expressions.ts";

/** So many users are there before they are needed; k6 drops what finds none. */
const headroom = 2;

/** What a plan asks for that k6 has not; empty when it can be written for k6. */
export function refusals({ executor, scenarios, ca }: Plan): string[] {
  const found: string[] = [];
  if (executor.kind === "arrivals" && executor.poisson) found.push("Poisson arrivals: k6 sends arrivals evenly spaced");
  if (executor.kind === "arrivals" && unitOf(executor.stages) === undefined)
    found.push("a rate that is no whole number in an hour: k6 counts whole requests");
  if (ca !== undefined) found.push("an authority's certificate: k6 takes it from the system (SSL_CERT_FILE)");
  for (const { name, steps } of scenarios) {
    for (const { stream, expect } of steps) {
      if (stream !== undefined)
        found.push(
          `${name === "" ? "a step" : name}: ${stream.kind === "sse" ? "server-sent events: k6 has no module of its own for them" : "a WebSocket step: it would be another kind of script"}`,
        );
      for (const pattern of expect.matches)
        if (/\(\?<[=!]|\(\?<[A-Za-z]|\\p\{/.test(pattern))
          found.push(`the pattern ${pattern}: k6's engine has neither look-behind nor named groups`);
    }
  }
  return [...new Set(found)];
}

const units = { "1s": 1, "1m": 60, "1h": 3600 } as const;

/** The unit of time in which all rates are whole numbers. */
function unitOf(stages: readonly Stage[]): keyof typeof units | undefined {
  return (Object.keys(units) as (keyof typeof units)[]).find((unit) =>
    stages.every(({ from, to }) => [from, to].every((rate) => Math.abs(rate * units[unit] - Math.round(rate * units[unit])) < 1e-6)),
  );
}

const seconds = (time: number): string => `"${Number(time.toFixed(3))}s"`;

export function executorText(executor: Executor, timeout: number): string {
  if (executor.kind === "iterations")
    return `{ executor: "shared-iterations", vus: ${executor.users}, iterations: ${executor.iterations}, maxDuration: ${seconds(executor.seconds)} }`;
  const { stages } = executor;
  const [first] = stages;
  const flat = stages.length === 1 && first !== undefined && first.from === first.to;
  if (executor.kind === "users") {
    if (flat) return `{ executor: "constant-vus", vus: ${first.to}, duration: ${seconds(first.seconds)} }`;
    return `{ executor: "ramping-vus", startVUs: ${first?.from ?? 0}, stages: [${stages.map((one) => `{ duration: ${seconds(one.seconds)}, target: ${one.to} }`).join(", ")}] }`;
  }
  const unit = unitOf(stages) ?? "1s";
  const scale = (rate: number): number => Math.round(rate * units[unit]);
  const peak = peakOf(stages);
  // As many users as requests can be under way while the target takes as long as it may, within reason.
  const most = Math.max(10, Math.min(10_000, Math.ceil(peak * Math.min(timeout / 1000, 5) * headroom)));
  const users = `preAllocatedVUs: ${Math.min(most, Math.max(1, Math.ceil(peak / 2)))}, maxVUs: ${most}`;
  if (flat)
    return `{ executor: "constant-arrival-rate", rate: ${scale(first.to)}, timeUnit: "${unit}", duration: ${seconds(first.seconds)}, ${users} }`;
  return `{ executor: "ramping-arrival-rate", startRate: ${scale(first?.from ?? 0)}, timeUnit: "${unit}", ${users}, stages: [${stages.map((one) => `{ duration: ${seconds(one.seconds)}, target: ${scale(one.to)} }`).join(", ")}] }`;
}

/** `"http_req_duration{name:GET /orders}": ["p(95)<200"]`, one row a metric. */
export function thresholdLines(thresholds: readonly Threshold[], abort: boolean): string[] {
  const byMetric = new Map<string, string[]>();
  for (const threshold of thresholds) {
    const { of, at, operator, limit, endpoint } = threshold;
    const tag = endpoint === undefined ? "" : `{name:${endpoint}}`;
    const metric = of === "errors" ? `http_req_failed${tag}` : of === "rate" ? `http_reqs${tag}` : `http_req_duration${tag}`;
    const what =
      of === "errors" || of === "rate"
        ? "rate"
        : at === "mean"
          ? "avg"
          : at === "max"
            ? "max"
            : at === 0.5
              ? "med"
              : `p(${Number((at * 100).toFixed(4))})`;
    byMetric.set(metric, [...(byMetric.get(metric) ?? []), `${what}${operator}${limit}`]);
  }
  // A response with a wrong body fails its checks, not its request.
  byMetric.set("checks", ["rate>0.99"]);
  return [...byMetric].map(([metric, list]) => {
    const rows = list.map((text) => (abort ? `{ threshold: ${quoted(text)}, abortOnFail: true, delayAbortEval: "5s" }` : quoted(text)));
    return `    ${quoted(metric)}: [${rows.join(", ")}],`;
  });
}
