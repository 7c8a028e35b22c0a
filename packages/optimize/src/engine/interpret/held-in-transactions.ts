/** What always runs in a transaction, because whoever calls it has opened one: it has one connection, whatever it starts at once. */
import type { AwaitGroup } from "../../model/awaits.ts";
import type { FunctionId } from "../../model/facts.ts";
import type { Activation } from "./activation.ts";
import type { Summary } from "./summary.ts";
import { callersOf } from "./summary.ts";
import type { Unit } from "./unit.ts";
import { functionInfo } from "./unit.ts";
import type { World } from "./world.ts";

/** A function without a name that another one runs than that in which it is written. */
function isHanded(unit: Unit, id: FunctionId, by: { readonly unit: Unit; readonly fn: FunctionId }): boolean {
  const fn = unit.facts.functions[id];
  return fn !== undefined && fn.name === "" && id > 0 && (unit !== by.unit || fn.parent !== by.fn);
}

/** What some transaction runs was written for it, whatever else may run it: a wrapper that finds one open, or that stands for it in tests. */
export function noteTransacted(act: Activation, unit: Unit, fn: FunctionId): void {
  if (act.transaction !== undefined && isHanded(unit, fn, act)) act.world.transacted.add(functionInfo(unit, fn).id);
}

/** The functions around the current place that others were given to run. */
export function handedAround({ frames }: Activation): readonly string[] | undefined {
  let out: string[] | undefined;
  for (let i = 1; i < frames.length; i++) {
    const frame = frames[i];
    if (frame !== undefined && isHanded(frame.unit, frame.fn, { unit: frame.callUnit, fn: frame.callFn }))
      (out ??= []).push(functionInfo(frame.unit, frame.fn).id);
  }
  return out;
}

/** Of the summaries, those that no way from an entry, or from what nobody calls, reaches outside of a transaction. */
export function heldInTransactions(
  { transacted }: World,
  summaries: readonly Summary[],
  starts: readonly Summary[],
  reached: ReadonlySet<Summary>,
): ReadonlySet<Summary> {
  if (!summaries.some(({ sheltered }) => (sheltered?.size ?? 0) > 0)) return nothing;
  const free = new Set(starts);
  const calls = new Map<Summary, Summary[]>();
  for (const summary of summaries) {
    const own = transacted.has(functionInfo(summary.unit, summary.fn).id);
    let called = false;
    for (const caller of callersOf(summary)) {
      // Where a function was seen through entries, only those ways of calling it count.
      if (reached.has(summary) && !reached.has(caller)) continue;
      called = true;
      if (own || summary.sheltered?.get(caller)?.every((around) => around.some((id) => transacted.has(id))) === true) continue;
      const list = calls.get(caller);
      if (list === undefined) calls.set(caller, [summary]);
      else list.push(summary);
    }
    if (!called) free.add(summary);
  }
  const todo = [...free];
  for (let one = todo.pop(); one !== undefined; one = todo.pop())
    for (const other of calls.get(one) ?? []) {
      if (free.has(other)) continue;
      free.add(other);
      todo.push(other);
    }
  return new Set(summaries.filter((summary) => !free.has(summary)));
}

const nothing: ReadonlySet<Summary> = new Set();

/** Awaits of one connection wait for each other, whatever starts them. */
export function serialisedIn(summary: Summary, held: ReadonlySet<Summary>): readonly AwaitGroup[] {
  const groups = summary.told?.awaits ?? [];
  if (groups.length === 0 || !held.has(summary)) return groups;
  return groups.map((group) => ({ ...group, steps: group.steps.map((step) => ({ ...step, serialised: true })) }));
}
