/** Whether the generator was good enough for its figures to be believed. What is not is inconclusive: neither passed nor failed. */
import type { GeneratorHealth, Latency } from "../model/load.ts";

/** A request that is this late was late because of us, whatever the target did. Milliseconds. */
const mostLag = 5;
/** And so is a latency of which more than this part is our own. */
const mostShare = 0.1;
/** Below this nobody's schedule is kept by a program that shares its machine; latencies say so in a note. Milliseconds. */
const unavoidable = 0.5;
/** The part of a core from which on requests wait for the generator instead of the target. */
const mostCpu = 0.9;
/** The part of the schedule that may be missing. */
const mostNotSent = 0.01;

/** The highest percentile that the samples can speak of, up to p99; else the maximum. */
export function upTo99({ percentiles, max }: Latency): { readonly name: string; readonly value: number } {
  for (const name of ["p99", "p95", "p90", "p75"] as const) {
    const value = percentiles[name];
    if (value !== undefined) return { name, value };
  }
  return { name: "maximum", value: max };
}

/** Reasons why the run is invalid; none when it is valid. */
export function faultsOf(generator: GeneratorHealth, latency: Latency): string[] {
  const faults: string[] = [];
  const lag = upTo99(generator.lag);
  const reported = upTo99(latency);
  if (lag.value > mostLag)
    faults.push(`the generator was late itself: ${lag.name} of its send lag is ${text(lag.value)}, over ${mostLag} ms`);
  else if (lag.value > unavoidable && lag.value > mostShare * reported.value) {
    faults.push(
      `the generator was late itself: ${lag.name} of its send lag is ${text(lag.value)}, over 10 % of the reported ${reported.name} of ${text(reported.value)}`,
    );
  }
  for (const [worker, cpu] of generator.cpu.entries()) {
    if (cpu > mostCpu)
      faults.push(
        `worker ${worker + 1} of ${generator.workers} computed ${Math.round(cpu * 100)} % of the time, over 90 %: requests waited for it`,
      );
  }
  if (generator.notSent > mostNotSent * generator.scheduled) {
    faults.push(`${generator.notSent} of ${generator.scheduled} requests of the schedule were not sent, over 1 %`);
  }
  return faults;
}

/** What is not invalid and should be known all the same. */
export function cautionsOf(generator: GeneratorHealth, latency: Latency): string[] {
  const lag = upTo99(generator.lag);
  const reported = upTo99(latency);
  const cautions: string[] = [];
  if (lag.value <= unavoidable && lag.value > mostShare * reported.value && latency.count > 0) {
    cautions.push(`up to ${text(lag.value)} of the latencies are the generator's own lag (${lag.name}); service times are free of it`);
  }
  if (generator.waited > 0)
    cautions.push(`${generator.waited} requests waited for one of the connections: more can be allowed with --connections`);
  if (generator.surplus > 0) cautions.push(`${generator.surplus} responses were followed by bytes that no request had asked for`);
  return cautions;
}

const text = (milliseconds: number): string => `${milliseconds < 10 ? milliseconds.toFixed(2) : milliseconds.toFixed(0)} ms`;
