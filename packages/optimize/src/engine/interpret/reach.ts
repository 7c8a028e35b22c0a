/** Which entries reach a function: asked for few functions, so worked out backwards from each. */
import type { Entry } from "../../model/project.ts";
import { callsOf } from "./runs.ts";
import type { Summary } from "./summary.ts";
import { callersOf, executedIn } from "./summary.ts";
import type { World } from "./world.ts";

export interface Reach {
  readonly summaries: ReadonlySet<Summary>;
  /** Ids of functions that run in them. */
  readonly functions: ReadonlySet<string>;
  /** In the order of the entries. */
  entriesOf(fn: string): readonly Entry[];
}

/** `starts`: what each entry runs by itself. */
export function reachOf(world: World, starts: readonly { readonly entry: Entry; readonly summaries: readonly Summary[] }[]): Reach {
  const entriesAt = new Map<Summary, number[]>();
  for (const [i, { summaries }] of starts.entries())
    for (const summary of summaries) {
      const list = entriesAt.get(summary);
      if (list === undefined) entriesAt.set(summary, [i]);
      else list.push(i);
    }
  const calls = callsOf(world);
  const reached = closure(entriesAt.keys(), (summary) => calls.get(summary) ?? []);
  const byFunction = new Map<string, Summary[]>();
  for (const summary of world.summaries.values()) {
    if (!reached.has(summary)) continue;
    for (const id of executedIn(summary)) {
      const list = byFunction.get(id);
      if (list === undefined) byFunction.set(id, [summary]);
      else list.push(summary);
    }
  }
  const known = new Map<string, readonly Entry[]>();
  const entriesOf = (fn: string): readonly Entry[] => {
    let found = known.get(fn);
    if (found === undefined) {
      const numbers = new Set<number>();
      for (const summary of closure(byFunction.get(fn) ?? [], callersOf)) for (const i of entriesAt.get(summary) ?? []) numbers.add(i);
      found = [...numbers].sort((a, b) => a - b).flatMap((i) => starts[i]?.entry ?? []);
      known.set(fn, found);
    }
    return found;
  };
  return { summaries: reached, functions: new Set(byFunction.keys()), entriesOf };
}

function closure(from: Iterable<Summary>, next: (summary: Summary) => Iterable<Summary>): Set<Summary> {
  const out = new Set(from);
  const todo = [...out];
  for (let one = todo.pop(); one !== undefined; one = todo.pop())
    for (const other of next(one)) {
      if (out.has(other)) continue;
      out.add(other);
      todo.push(other);
    }
  return out;
}
