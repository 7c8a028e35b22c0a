/** Listeners that are taken off under a name under which they were never added. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import { listening, unlistening } from "./releases.ts";
import { calledName, callsNamed, sameThing, textOf } from "./handles.ts";
import type { Reading } from "./reading.ts";
import { keyOf, placeIn } from "./reading.ts";
import type { Site, Spot } from "./text.ts";

export function readMisremovals(r: Reading): void {
  if (r.python) return;
  for (const site of callsNamed(r, unlistening)) misremoved(r, site);
}

/** `removeEventListener("mousemove", move)` where `move` was only added under other names. */
function misremoved(r: Reading, { e, spot }: Site & { readonly e: CallExpression }): void {
  if (e.callee.kind !== "member" || e.callee.name === "removeAllListeners") return;
  const event = textOf(e.args[0]?.value);
  const handler = e.args[1]?.value;
  if (event === undefined || handler === undefined || handler.kind === "function" || keyOf(r, handler, spot) === "") return;
  const target = e.callee.object;
  const added: string[] = [];
  for (const one of r.t.calls) {
    if (one.e.callee.kind !== "member" || !(listening.has(calledName(one.e)) || calledName(one.e) === "once")) continue;
    const put = one.e.args[1]?.value;
    if (put === undefined || !sameThing(r, handler, spot, put, one.spot)) continue;
    const name = textOf(one.e.args[0]?.value);
    if (name === undefined || name === event) return;
    if (sameThing(r, target, spot, one.e.callee.object, one.spot)) added.push(name);
  }
  // Taken off under its own name beside it: this one is only superfluous.
  if (added.length > 0 && !added.some((name) => isTakenOff(r, target, name, handler, spot)))
    r.found.misremovals.push({ ...placeIn(r, e, spot), event, added: [...new Set(added)] });
}

function isTakenOff(r: Reading, target: Expression, event: string, handler: Expression, spot: Spot): boolean {
  return callsNamed(r, unlistening).some(
    (one) =>
      one.e.callee.kind === "member" &&
      one.spot.fn === spot.fn &&
      textOf(one.e.args[0]?.value) === event &&
      one.e.args[1] !== undefined &&
      sameThing(r, target, spot, one.e.callee.object, one.spot) &&
      sameThing(r, handler, spot, one.e.args[1].value, one.spot),
  );
}
