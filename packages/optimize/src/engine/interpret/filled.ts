/** Members that one loop gives to the elements of a list, so that a later one finds them: `for (const o of orders) o.customer = byId.get(o.customerId)`. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Activation } from "./activation.ts";
import type { LoopFrame } from "./frames.ts";
import type { Value } from "./value.ts";

/** `object.name` was written. */
export function noteFilled(act: Activation, object: Value, name: string): void {
  for (const loop of act.loops)
    if (loop.listKey !== undefined && object.key === `e${loop.element}`) (act.filled ??= new Set()).add(`${loop.listKey}.${name}`);
}

/** What a function gives to the elements of a list that it was passed, they have here. */
export function noteFills(act: Activation, fills: readonly string[], args: readonly Value[]): void {
  for (const fill of fills) {
    const [, index, name] = /^\$(\d+)\.(.+)$/.exec(fill) ?? [];
    const key = index === undefined ? undefined : args[Number(index)]?.key;
    if (key !== undefined && name !== undefined) (act.filled ??= new Set()).add(`${key}.${name}`);
  }
}

/** Runs `body` as work that happens only when the member that `e` reads is missing. */
export function whenAbsent<T>(act: Activation, e: Expression, value: Value, body: () => T): T {
  if (e.kind !== "member" || value.key === undefined) return body();
  const { absent } = act;
  act.absent = [...absent, value.key];
  const out = body();
  act.absent = absent;
  return out;
}

/** The member whose absence makes it happen was given to the elements of this loop's list before. */
export function wasFilled(act: Activation, loop: LoopFrame, unless: string | undefined): boolean {
  const element = `e${loop.element}.`;
  const { filled } = act;
  if (loop.listKey === undefined || filled === undefined) return false;
  return [...act.absent, ...(unless === undefined ? [] : [unless])].some(
    (key) => key.startsWith(element) && filled.has(`${loop.listKey ?? ""}.${key.slice(element.length)}`),
  );
}
