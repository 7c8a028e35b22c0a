/** Which of its resources a target has run out of, by what it used at the steps of a search; an observation, with the figures that it rests on. */
import type { TargetUse } from "../model/load-search.ts";

/** A core that is used this much has no room; a little is always lost to others. */
const full = 0.85;

/** Steps at which the target was close to its limit, or beyond. */
export const nearTo = (uses: readonly TargetUse[], limit: number): readonly TargetUse[] => uses.filter(({ rate }) => rate >= limit * 0.9);

/** One sentence, undefined when nothing is known of the target. `cores` are those of this machine. */
export function saturationOf(uses: readonly TargetUse[], limit: number, cores: number): string | undefined {
  const near = nearTo(uses, limit);
  const most = near.reduce<TargetUse | undefined>((best, one) => (best === undefined || one.cpu > best.cpu ? one : best), undefined);
  if (most === undefined) return undefined;
  const used = `${most.cpu.toFixed(2)} cores at ${Math.round(most.rate)} requests/s`;
  if (most.cpu >= full * cores) return `CPU: the target used ${used}, nearly all of ${cores}`;
  const whole = Math.round(most.cpu);
  const pool = poolOf(uses, near);
  if (pool !== undefined && most.cpu < full) return `${pool}; its CPU was not full (${used})`;
  if (whole >= 1 && most.cpu >= whole * full && most.cpu <= whole * 1.15) {
    return `CPU: the target used ${used}: as much as ${whole === 1 ? "one thread" : `${whole} threads`} can`;
  }
  return `not CPU: the target used ${used}, so that requests waited for something else${pool === undefined ? "" : ` (${pool})`}`;
}

/** Connections to other programs that were all of them at every rate near the limit: pools of that size. A single connection is one only where there is no other. */
function poolOf(uses: readonly TargetUse[], near: readonly TargetUse[]): string | undefined {
  const pools = poolsOf(uses, near);
  if (pools.length === 0) return undefined;
  const counts = pools.map(({ peer, size }) => `${size} ${size === 1 ? "connection" : "connections"} to ${peer}`);
  const grew = pools.every((one) => one.grew);
  return `pool: its ${counts.join(" and ")} did not become more${grew ? " than that" : ""}`;
}

export interface SteadyPool {
  readonly peer: string;
  readonly size: number;
  /** It was smaller at lower rates. */
  readonly grew: boolean;
}

export function poolsOf(uses: readonly TargetUse[], near: readonly TargetUse[]): readonly SteadyPool[] {
  if (near.length < 3) return [];
  const steady = Object.entries(near.at(-1)?.peers ?? {}).flatMap(([peer, size]) =>
    near.every(({ peers }) => peers[peer] === size) ? [{ peer, size, grew: uses.some(({ peers }) => (peers[peer] ?? 0) < size) }] : [],
  );
  const several = steady.filter(({ size }) => size > 1);
  return (several.length > 0 ? several : steady).toSorted((a, b) => b.size - a.size || (a.peer < b.peer ? -1 : 1));
}
