/** Awaits as all ways of calling a function know them: a step that needs another for one caller needs it in the code, which is the same for all. */
import type { AwaitGroup, AwaitStep } from "../../model/project.ts";

export function withNeedsOfAll(groups: readonly AwaitGroup[]): readonly AwaitGroup[] {
  const needed = new Map<string, Set<string>>();
  for (const { steps } of groups)
    for (const step of steps) {
      if (step.needs.length === 0) continue;
      const own = needed.get(keyOf(step)) ?? new Set();
      for (const need of step.needs) own.add(keyOf(steps[need] as AwaitStep));
      needed.set(keyOf(step), own);
    }
  return groups.map((group) => {
    let changed = false;
    const steps = group.steps.map((step, i) => {
      const own = needed.get(keyOf(step));
      if (own === undefined) return step;
      const needs = [...step.needs];
      for (let j = 0; j < i; j++) if (!needs.includes(j) && own.has(keyOf(group.steps[j] as AwaitStep))) needs.push(j);
      if (needs.length === step.needs.length) return step;
      changed = true;
      return { ...step, needs };
    });
    return changed ? { ...group, steps } : group;
  });
}

function keyOf({ place }: AwaitStep): string {
  return `${place.file}:${String(place.at)}`;
}
