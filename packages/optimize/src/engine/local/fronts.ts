/** Elements taken from, or put at, the front of a list that a loop works off; and lists that are sorted in each round. */
import type { Expression } from "../../model/facts-expressions.ts";
import { someInside } from "./parts.ts";
import type { Reading } from "./reading.ts";
import { dependsOnLoop, isInside, keyOf, listAt, loopOf, placeIn, rootUses } from "./reading.ts";
import type { Around, Spot } from "./text.ts";

export function readFronts(r: Reading): void {
  for (const { e, spot } of r.t.calls) {
    if (spot.loops.length === 0 || e.callee.kind !== "member") continue;
    const { object, name } = e.callee;
    if (
      movesAll(
        r,
        name,
        e.args.map((one) => one.value),
      )
    ) {
      const around = spot.loops.find((one) => !dependsOnLoop(r, object, one) && keyOf(r, object, spot) !== "");
      if (around === undefined) continue;
      const { is, ...list } = listAt(r, object, spot, e.callee.end, growsInside(r, object, spot, around));
      if (is === "list" || is === undefined)
        r.found.fronts.push({ ...placeIn(r, e, spot), method: name, list, loop: loopOf(r, around, spot) });
    } else if (name === "sort" || name === "toSorted") sorted(r, e, object, e.callee.end, spot, name);
  }
  if (!r.python) return;
  for (const { e, spot } of r.t.calls) {
    const list = e.args[0]?.value;
    if (spot.loops.length > 0 && list !== undefined && e.callee.kind === "name" && e.callee.binding < 0 && e.callee.name === "sorted")
      sorted(r, e, list, list.end, spot, "sorted");
  }
}

function movesAll(r: Reading, name: string, args: readonly Expression[]): boolean {
  const zero = (e: Expression | undefined): boolean => e?.kind === "literal" && e.value === 0;
  if (r.python) return (name === "pop" && args.length === 1 && zero(args[0])) || (name === "insert" && zero(args[0]));
  return name === "shift"
    ? args.length === 0
    : name === "unshift" || (name === "splice" && zero(args[0]) && args.length === 2 && args[1]?.kind === "literal" && args[1].value === 1);
}

function growsInside(r: Reading, list: Expression, spot: Spot, around: Around): boolean {
  const key = keyOf(r, list, spot);
  return (rootUses(r, list, spot)?.reads ?? []).some(
    ({ e, parent, above }) =>
      isInside(around.node, e) &&
      parent?.kind === "member" &&
      above?.kind === "call" &&
      above.callee === parent &&
      ["push", "append", "extend", "unshift", "insert"].includes(parent.name) &&
      keyOf(r, parent.object, spot) === key,
  );
}

/** The list is the same in all rounds, or only grows. */
function sorted(r: Reading, e: Expression, object: Expression, key: number, spot: Spot, method: string): void {
  if (keyOf(r, object, spot) === "") return;
  const around = [...spot.loops].find((one) => !dependsOnLoop(r, object, one) && one.form !== "while");
  if (around === undefined) return;
  // The order itself may depend on the round.
  const args = e.kind === "call" ? e.args : [];
  if (args.some(({ value }) => value !== object && dependsOnLoop(r, value, around))) return;
  const grows = growsInside(r, object, spot, around);
  const changed = (rootUses(r, object, spot)?.writes ?? []).some(
    ({ spot: where, node }) => node !== undefined && where.loops.includes(around),
  );
  const elements = (rootUses(r, object, spot)?.reads ?? []).some(
    ({ e: use, parent, above }) =>
      isInside(around.node, use) && parent?.kind === "member" && parent.computed !== undefined && above?.kind === "assign",
  );
  if (changed || elements || someInside(object, (part) => part.kind === "call")) return;
  const { is, ...list } = listAt(r, object, spot, key, grows);
  if (is === "list" || is === undefined) r.found.sortings.push({ ...placeIn(r, e, spot), list, loop: loopOf(r, around, spot), method });
}
