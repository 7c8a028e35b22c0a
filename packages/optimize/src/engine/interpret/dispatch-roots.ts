/**
 * Tables of functions that a message chooses from: `const method = event.split(".").reduce((part, name) => part[name], handlers)`, then
 * `method(socket, data)`. What the outside world names is entered by it, where it is chosen by what the outside world sent.
 */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Activation } from "./activation.ts";
import { entriesOf } from "./entries.ts";
import type { Root } from "./root.ts";
import { functionInfo } from "./unit.ts";
import type { HeapObject, Value } from "./value.ts";
import { valueOf } from "./value.ts";
import type { World } from "./world.ts";

/** Entries that carry messages: what is chosen there is what somebody outside asks for. */
const messages = new Set(["socket", "event", "job"]);
const mostDepth = 4;
const mostEntries = 1000;

/** With fewer, each of them is one way that the call may take. */
export const fewEntries = 8;

/** Some function of the table is called. */
export function noteDispatched(act: Activation, table: HeapObject, e: Expression): void {
  if (!table.persistent) return;
  const info = functionInfo(act.unit, act.fn);
  act.world.dispatched.set(`${info.id}:${String(e.at)}:${String(table.id)}`, { table, unit: act.unit, fn: act.fn, node: e });
}

/** `reachedBy` gives, for each function, the first entry that leads to it. */
export function dispatchRoots(world: World, reachedBy: () => ReadonlyMap<string, Root>): Root[] {
  if (world.dispatched.size === 0) return [];
  const reached = reachedBy();
  const out: Root[] = [];
  const seen = new Set<string>();
  const below = (value: Value, words: string, from: Root, depth: number): void => {
    if (depth > mostDepth || out.length >= mostEntries) return;
    for (const [name, inner] of entriesOf(world, value)) {
      const path = words === "" ? name : `${words}.${name}`;
      for (const origin of inner.what) {
        if (origin.kind === "closure") {
          const { id } = functionInfo(origin.unit, origin.fn);
          const node = origin.unit.facts.functions[origin.fn];
          if (seen.has(id) || node === undefined) continue;
          seen.add(id);
          out.push({
            name: `${from.kind} ${path}`,
            kind: from.kind,
            handlers: [valueOf(origin)],
            middlewares: [],
            params: [],
            library: from.library,
            unit: origin.unit,
            node,
            fn: origin.fn,
            perItem: false,
          });
        } else if (origin.kind === "object" || origin.kind === "namespace" || origin.kind === "commonjs")
          below(valueOf(origin), path, from, depth + 1);
      }
    }
  };
  for (const { table, unit, fn } of world.dispatched.values()) {
    const from = reached.get(functionInfo(unit, fn).id);
    if (from !== undefined && messages.has(from.kind)) below(valueOf({ kind: "object", object: table }), "", from, 0);
  }
  return out;
}
