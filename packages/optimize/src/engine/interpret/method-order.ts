/** The order in which Python looks for a member in the classes above: each before its own bases, and bases as they were named. */
import type { ClassRef } from "./value.ts";

/** `orders`: those of the direct bases, as they are named. Undefined when the classes contradict each other. */
export function resolutionOrder(ref: ClassRef, orders: readonly (readonly ClassRef[])[]): readonly ClassRef[] | undefined {
  const todo = [...orders, orders.flatMap((order) => order[0] ?? [])].map((order) => [...order]);
  const out = [ref];
  for (;;) {
    const open = todo.filter((order) => order.length > 0);
    if (open.length === 0) return out;
    const next = open.map((order) => order[0] as ClassRef).find((one) => open.every((order) => order.indexOf(one) < 1));
    if (next === undefined) return undefined;
    out.push(next);
    for (const order of open) if (order[0] === next) order.shift();
  }
}
