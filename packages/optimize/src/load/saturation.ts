/** Which of its resources a target has run out of, by what it used at the steps of a search; an observation, with the figures that it rests on. */
import type { TargetUse } from "../model/load-search.ts";

/** A core that is used this much has no room; a little is always lost to others. */
const full = 0.85;

/** One sentence, undefined when nothing is known of the target. `cores` are those of this machine. */
export function saturationOf(uses: readonly TargetUse[], limit: number, cores: number): string | undefined {
  const near = uses.filter(({ rate }) => rate >= limit * 0.9);
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

/** Connections to one other program that were all of them at every rate near the limit: a pool of that size. */
function poolOf(uses: readonly TargetUse[], near: readonly TargetUse[]): string | undefined {
  const last = near.at(-1);
  for (const [peer, count] of Object.entries(last?.peers ?? {})) {
    const isSteady = near.length >= 3 && near.every(({ peers }) => peers[peer] === count);
    const grew = uses.some(({ peers }) => (peers[peer] ?? 0) < count);
    if (isSteady) return `pool: its ${count} connections to ${peer} did not become more${grew ? " than that" : ""}`;
  }
  return undefined;
}
