/** Functions that keep something outside of themselves: in a variable of a function around, in a field, or in a map. */
import { knownOf, placeIn } from "./reading.ts";
import type { Reading } from "./reading.ts";

const adding: ReadonlySet<string> = new Set(["set", "setdefault"]);

export function readKeeping(r: Reading): void {
  const seen = new Set<number>();
  const keep = (node: { readonly at: number; readonly end: number }, spot: Parameters<typeof placeIn>[2]): void => {
    if (spot.fn === 0 || seen.has(spot.fn)) return;
    seen.add(spot.fn);
    r.found.keeping.push(placeIn(r, node, spot));
  };
  for (const [binding, { writes }] of r.t.bindings)
    for (const { node, spot } of writes) if (node !== undefined && r.t.facts.bindings[binding]?.owner !== spot.fn) keep(node, spot);
  for (const { writes } of r.t.fields.values()) for (const { node, spot } of writes) if (node !== undefined) keep(node, spot);
  for (const { s, spot } of r.t.statements)
    if (s.kind === "assign" && s.target.kind === "member" && isOutside(r, s.target.target.object, spot)) keep(s, spot);
  for (const { e, spot } of r.t.calls) {
    if (e.callee.kind !== "member" || !adding.has(e.callee.name)) continue;
    if (isOutside(r, e.callee.object, spot) && knownOf(r, e.callee.object, spot).kind === "map") keep(e, spot);
  }
}

/** It is none of the function's own variables. */
function isOutside(r: Reading, e: Parameters<typeof knownOf>[1], { fn }: Parameters<typeof placeIn>[2]): boolean {
  if (e.kind === "member") return isOutside(r, e.object, { fn, loops: [], statement: undefined });
  if (e.kind === "this") return true;
  return e.kind === "name" && e.binding >= 0 && r.t.facts.bindings[e.binding]?.owner !== fn;
}
