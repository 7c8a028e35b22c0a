/** Which awaits of a block may run together. */
import type { AwaitStep } from "../../model/awaits.ts";

/** Beyond this many steps the choice is greedy. */
const exhaustive = 14;

/**
 * Parts of a block in which nothing has to stay in front of what follows: a write, a guard (awaited for its throw), a change of state,
 * a step of a serialising connection, and whatever else `ends` names, each end a part. Steps keep their indexes in `needs`.
 */
export function stretches(steps: readonly AwaitStep[], ends: (step: AwaitStep) => boolean): readonly (readonly AwaitStep[])[] {
  const out: AwaitStep[][] = [[]];
  for (const step of steps) {
    if (isBarrier(step) || ends(step)) out.push([]);
    else out[out.length - 1]?.push(step);
  }
  return out.filter((stretch) => stretch.length >= 2);
}

function isBarrier(step: AwaitStep): boolean {
  return step.writes.length > 0 || step.sideEffects || step.serialised || !step.used;
}

/** The largest set of wanted steps of which none needs another, also not by way of a third; the earliest of equals. */
export function independentSteps(steps: readonly AwaitStep[], wanted: (step: AwaitStep) => boolean): readonly AwaitStep[] {
  const needs = transitiveNeeds(steps);
  const indexes = steps.flatMap((step, index) => (wanted(step) ? [index] : []));
  const chosen = indexes.length <= exhaustive ? largest(indexes, needs) : greedy(indexes, needs);
  return chosen.flatMap((index) => steps[index] ?? []);
}

function transitiveNeeds(steps: readonly AwaitStep[]): readonly ReadonlySet<number>[] {
  const out: Set<number>[] = [];
  for (const step of steps) {
    const all = new Set<number>();
    for (const need of step.needs) {
      all.add(need);
      for (const further of out[need] ?? []) all.add(further);
    }
    out.push(all);
  }
  return out;
}

function free(index: number, chosen: readonly number[], needs: readonly ReadonlySet<number>[]): boolean {
  return chosen.every((other) => needs[index]?.has(other) !== true && needs[other]?.has(index) !== true);
}

function greedy(indexes: readonly number[], needs: readonly ReadonlySet<number>[]): readonly number[] {
  const chosen: number[] = [];
  for (const index of indexes) if (free(index, chosen, needs)) chosen.push(index);
  return chosen;
}

function largest(indexes: readonly number[], needs: readonly ReadonlySet<number>[]): readonly number[] {
  let best: readonly number[] = [];
  const extend = (from: number, chosen: readonly number[]): void => {
    if (chosen.length > best.length) best = chosen;
    if (chosen.length + indexes.length - from <= best.length) return;
    for (let i = from; i < indexes.length; i++) {
      const index = indexes[i] as number;
      if (free(index, chosen, needs)) extend(i + 1, [...chosen, index]);
    }
  };
  extend(0, []);
  return best;
}
