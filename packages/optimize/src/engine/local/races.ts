/** Races (`Promise.race`) that the rounds of an open loop run against one promise that outlives them. */
import type { Expression } from "../../model/facts-expressions.ts";
import { callsNamed } from "./handles.ts";
import { isInside, placeIn } from "./reading.ts";
import type { Reading } from "./reading.ts";
import type { Spot } from "./text.ts";

/** Loops whose end nothing but what happens in them decides. */
const open: ReadonlySet<string> = new Set(["while", "do"]);

export function readRaces(r: Reading): void {
  if (r.python) return;
  for (const { e, spot } of callsNamed(r, new Set(["race"]))) {
    const { callee } = e;
    if (callee.kind !== "member" || callee.object.kind !== "name" || callee.object.binding >= 0 || callee.object.name !== "Promise")
      continue;
    const [list] = e.args;
    if (list?.value.kind !== "array" || list.value.elements.length < 2) continue;
    const loop = spot.loops.find(({ form, statement }) => open.has(form) || (form === "count" && statement?.test === undefined));
    if (loop === undefined) continue;
    const lasting = list.value.elements.flatMap((one) =>
      one !== null && !one.spread && isLasting(r, one.value, loop.node) ? [one.value] : [],
    );
    const [held] = lasting;
    if (held?.kind !== "name" || lasting.length === list.value.elements.length) continue;
    r.found.races.push({ ...placeIn(r, e, spot), words: held.name });
  }
}

/** A constant that holds a promise from before the loop. */
function isLasting(r: Reading, e: Expression, loop: Spot["loops"][number]["node"]): boolean {
  if (e.kind !== "name" || e.binding < 0) return false;
  const writes = r.t.bindings.get(e.binding)?.writes ?? [];
  const [only] = writes;
  // What a time-out settles is over soon.
  return writes.length === 1 && only?.node !== undefined && only.value !== undefined && !isInside(loop, only.node) && isMadeBy(only.value);
}

function isMadeBy(value: Expression): boolean {
  return value.kind === "call" && value.new && value.callee.kind === "name" && value.callee.name === "Promise";
}
