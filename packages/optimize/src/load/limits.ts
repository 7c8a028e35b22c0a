/** At which load each resource of a target ends: what was reached is measured, what was not is where a straight line through the steps gets there. */
import type { LoadLimit, TargetUse } from "../model/load-search.ts";
import { median } from "../model/quantile.ts";
import { trendOf } from "../model/trend.ts";
import { nearTo, poolsOf } from "./saturation.ts";

/** Fewer steps are no line. */
const fewest = 10;
/** A line is followed so far beyond what was measured. */
const farthest = 2;

/** `capacity`: requests a second at which the objective held just so. `cores` are those of this machine. */
export function limitsOf(uses: readonly TargetUse[], capacity: number, cores: number): readonly LoadLimit[] {
  return [...poolLimits(uses, capacity), ...cpuLimits(uses, capacity, cores)];
}

/** A pool is exhausted where all of its connections stand and more requests are under way than it has connections. */
function poolLimits(uses: readonly TargetUse[], capacity: number): LoadLimit[] {
  return poolsOf(uses, nearTo(uses, capacity)).flatMap(({ peer, size }) => {
    const exhausted = uses.filter(({ peers, users }) => peers[peer] === size && users >= size).toSorted((a, b) => a.rate - b.rate);
    const [first] = exhausted;
    if (first === undefined) return [];
    const of = `${size} ${size === 1 ? "connection" : "connections"} to ${peer}`;
    return [{ resource: "pool", of, basis: "measured", rate: first.rate, users: Math.round(first.users * 10) / 10 }];
  });
}

/** Processor time grows with the rate as long as nothing waits: steps beyond the capacity are left out. One process is taken to compute on one core. */
function cpuLimits(uses: readonly TargetUse[], capacity: number, cores: number): LoadLimit[] {
  const steps = uses.filter(({ rate, cpu }) => rate <= capacity * 1.02 && cpu > 0).toSorted((a, b) => a.rate - b.rate);
  const most = Math.max(0, ...steps.map(({ rate }) => rate));
  if (steps.length < fewest) return [];
  const times = steps.map(({ rate }) => rate);
  const { slope, interval, direction } = trendOf({ times, values: steps.map(({ cpu }) => cpu) });
  if (direction !== "rising") return [];
  const room = Math.min(cores, Math.max(1, ...steps.map(({ processes }) => processes)));
  const idle = median(steps.map(({ cpu, rate }) => cpu - slope * rate));
  const at = (one: number): number => (room - idle) / one;
  const of = room === 1 ? "1 core" : `${room} cores, one for each process`;
  if (at(slope) > farthest * most) return [{ resource: "cpu", of, basis: "modelled", rate: farthest * most, beyond: true }];
  return [{ resource: "cpu", of, basis: "modelled", rate: at(slope), interval: [at(interval[1]), at(interval[0])] }];
}
