/** How load is made, in a few words. */
import { peakOf, type Plan, type Stage } from "./plan.ts";

export function describeModel({ executor, protocol, segment }: Plan): string {
  const over = protocol === "2" ? ", HTTP/2" : "";
  const part = segment.of > 1 ? `, part ${segment.index + 1} of ${segment.of}` : "";
  if (executor.kind === "iterations")
    return `${executor.iterations} iterations of ${executor.users} ${executor.users === 1 ? "user" : "users"} (closed model)${over}${part}`;
  const { stages } = executor;
  const line = stages.every((stage) => stage.from === stage.to && stage.to === stages[0]?.to)
    ? `${stages[0]?.to ?? 0}`
    : `up to ${peakOf(stages)} in ${stages.length} stages`;
  const length = stages.reduce((sum: number, stage: Stage) => sum + stage.seconds, 0);
  const what =
    executor.kind === "arrivals"
      ? `${line} requests/s, ${executor.poisson ? "Poisson" : "uniform"} arrivals (open model)`
      : `${line} ${line === "1" ? "user" : "users"} (closed model)`;
  return `${what}, ${Number(length.toFixed(2))} s${over}${part}`;
}
