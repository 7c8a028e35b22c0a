/**
 * Awaits as all ways of calling a function know them: a step that needs another for one caller needs it in the code, which is the same for all;
 * and a function without a name that a transaction runs was written for it, whatever else may run it.
 */
import type { AwaitGroup, AwaitStep } from "../../model/awaits.ts";

export function withNeedsOfAll(groups: readonly AwaitGroup[]): readonly AwaitGroup[] {
  const needed = new Map<string, Set<string>>();
  const serial = new Set<string>();
  for (const { steps, unnamed } of groups)
    for (const step of steps) {
      if (unnamed && step.serialised) serial.add(keyOf(step));
      if (step.needs.length === 0) continue;
      const own = needed.get(keyOf(step)) ?? new Set();
      for (const need of step.needs) own.add(keyOf(steps[need] as AwaitStep));
      needed.set(keyOf(step), own);
    }
  return groups.map((group) => {
    let changed = false;
    const steps = group.steps.map((step, i) => {
      const own = needed.get(keyOf(step));
      const serialised = step.serialised || serial.has(keyOf(step));
      if (own === undefined && serialised === step.serialised) return step;
      const needs = [...step.needs];
      for (let j = 0; j < i; j++) if (!needs.includes(j) && own?.has(keyOf(group.steps[j] as AwaitStep)) === true) needs.push(j);
      if (needs.length === step.needs.length && serialised === step.serialised) return step;
      changed = true;
      return { ...step, needs, serialised };
    });
    return changed ? { ...group, steps } : group;
  });
}

function keyOf({ place }: AwaitStep): string {
  return `${place.file}:${String(place.at)}`;
}
