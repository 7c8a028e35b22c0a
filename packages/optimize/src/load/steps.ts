/** Short runs one after the other: the steps of a search, the rounds of a comparison. */
import { countAbove } from "../model/histogram.ts";
import { restored } from "../model/histogram.ts";
import type { LoadResult } from "../model/load.ts";
import type { Measured, StepOutcome, TargetUse } from "../model/load-search.ts";
import type { Plan } from "./plan.ts";
import { unitsPerMillisecond } from "./recording.ts";
import { runLoad } from "./run.ts";
import { processesOn, sampleProcesses, type ProcessSample } from "./target-process.ts";
import { upTo99 } from "./validity.ts";

/** "p99 < 50ms" as a search asks it: at most this part of the requests may be slower than the limit, or fail. */
export interface Objective {
  readonly part: number;
  /** Milliseconds. */
  readonly limit: number;
}

export interface Step {
  readonly result: LoadResult;
  readonly use: Omit<TargetUse, "rate"> | undefined;
}

/** Seconds at the beginning of a step that count for nothing. */
export const leadIn = 1.5;
/** Milliseconds after a step in which the target can finish what it has. */
const pause = 300;

/** Runs the plan's scenario at a rate. */
export async function runStep(plan: Plan, rate: number, seconds: number, signal: AbortSignal | undefined, limit = Infinity): Promise<Step> {
  const length = seconds + leadIn;
  const port = plan.origins[0]?.port ?? 0;
  const pids = processesOn(port);
  const before = sampleProcesses(pids);
  const begun = performance.now();
  const result = await runLoad(
    {
      ...plan,
      grace: Math.min(plan.grace, 5000),
      executor: { kind: "arrivals", poisson: true, stages: [{ from: rate, to: rate, seconds: length }] },
      seed: plan.seed + Math.round(begun),
    },
    {
      target: "",
      model: "",
      thresholds: [],
      leaveOut: leadIn,
      histograms: true,
      ...(signal === undefined ? {} : { signal }),
      // A line that holds a second of arrivals is not going to get shorter.
      endWhen: ({ open, p50 }) => (open > rate && open > 50 && (p50 ?? 0) > 2 * limit ? "overloaded" : undefined),
    },
  );
  const after = sampleProcesses(pids);
  const use =
    before === undefined || after === undefined ? undefined : useOf(before, after, performance.now() - begun, pids.length, result);
  await new Promise((resolve) => setTimeout(resolve, pause));
  return { result, use };
}

function useOf(
  before: ProcessSample,
  after: ProcessSample,
  milliseconds: number,
  processes: number,
  { total }: LoadResult,
): Omit<TargetUse, "rate"> {
  const { rss, files, threads, peers } = after;
  const users = (total.rate * total.service.mean) / 1000;
  return { cpu: (after.cpu - before.cpu) / milliseconds, rss, files, threads, peers, processes, users };
}

/** What a search needs of a step. */
export function outcomeOf({ result }: Step, { limit }: Objective): StepOutcome {
  const { total, generator } = result;
  const times = total.histograms === undefined ? undefined : restored(total.histograms.latency);
  const slow = times === undefined ? 0 : countAbove(times, limit * unitsPerMillisecond);
  // Those that were waited for in vain are slow already.
  const waited = (total.failures["timeout"] ?? 0) + (total.failures["cut off"] ?? 0);
  const bad = Math.min(total.requests, slow + total.failed - waited);
  const lag = upTo99(generator.lag);
  const isLate = lag.value > Math.min(5, Math.max(0.5, limit / 10));
  const busy = generator.cpu.some((cpu) => cpu > 0.9);
  return {
    requests: total.requests,
    bad,
    ...(isLate ? { invalid: `the generator was late itself: ${lag.name} of its send lag is ${lag.value.toFixed(1)} ms` } : {}),
    ...(busy && !isLate ? { invalid: "a worker computed more than 90 % of the time" } : {}),
  };
}

/** Of a run of a comparison that failed more than this part nothing is compared: a service that refuses is fast. */
const mostFailed = 0.01;

/** Why a run of a comparison says nothing; undefined when it does. */
export function whyNot({ result: { verdict, reasons, total } }: Step): string | undefined {
  if (verdict !== "passed") return reasons[0] ?? verdict;
  if (total.requests === 0) return "no request was answered";
  return total.failed > mostFailed * total.requests ? `${total.failed} of ${total.requests} requests failed` : undefined;
}

/** What a comparison needs of a run: undefined when it says nothing. */
export function measuredOf(step: Step): Measured | undefined {
  const { result, use } = step;
  if (whyNot(step) !== undefined) return undefined;
  const { p50, p99 } = result.total.latency.percentiles;
  return {
    ...(p50 === undefined ? {} : { p50 }),
    ...(p99 === undefined ? {} : { p99 }),
    ...(use === undefined || use.cpu === 0 ? {} : { cpu: (use.cpu * result.seconds * 1000) / result.total.requests }),
  };
}
