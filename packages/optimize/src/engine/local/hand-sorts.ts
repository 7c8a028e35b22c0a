/** Sorting that is written out: two loops around a comparison that moves elements of the list that it compares. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Pattern, Statement } from "../../model/facts-statements.ts";
import { blocksOf, someInside } from "./parts.ts";
import { isInside, keyOf, listAt, loopOf, placeIn } from "./reading.ts";
import type { Reading } from "./reading.ts";
import type { Spot } from "./text.ts";

type Item = Extract<Expression, { kind: "member" }>;

export function readHandSorts(r: Reading): void {
  const seen = new Set<object>();
  for (const { s, spot } of r.t.statements) {
    if (s.kind !== "assign" || spot.loops.length < 2) continue;
    const list = movedIn(r, s, spot);
    const outer = spot.loops[spot.loops.length - 2];
    const inner = spot.loops[spot.loops.length - 1];
    if (list === undefined || outer === undefined || inner === undefined || seen.has(outer.node)) continue;
    if (!isCompared(r, list, s, outer.node, spot)) continue;
    seen.add(outer.node);
    const { is, ...known } = listAt(r, list, spot, list.end, false);
    if (is === "list" || is === undefined) r.found.handSorts.push({ ...placeIn(r, s, spot), list: known, loop: loopOf(r, outer, spot) });
  }
}

/** The list of which the statement puts an element in the place of another one. */
function movedIn(r: Reading, s: Extract<Statement, { kind: "assign" }>, spot: Spot): Expression | undefined {
  if (s.operator !== "" || s.value === undefined) return undefined;
  // `[a[i], a[j]] = [a[j], a[i]]`
  if (s.target.kind === "array" && s.value.kind === "array") {
    const lists = [...s.target.elements.map((one) => listOf(itemOf(one))), ...s.value.elements.map((one) => listOf(one?.value))];
    const [first] = lists;
    return lists.length === 4 && first !== undefined && lists.every((one) => isSame(r, first, one, spot)) ? first : undefined;
  }
  const list = listOf(itemOf(s.target));
  if (list === undefined) return undefined;
  // `a[j + 1] = a[j]`, or `a[j] = kept` where `kept` was an element of it.
  const from =
    s.value.kind === "name" ? r.t.bindings.get(s.value.binding)?.writes.find(({ value }) => value?.kind === "member")?.value : s.value;
  return isSame(r, list, listOf(from), spot) ? list : undefined;
}

function itemOf(pattern: Pattern | null): Item | undefined {
  return pattern?.kind === "member" ? pattern.target : undefined;
}

/** `a` of `a[i]` */
function listOf(e: Expression | undefined): Expression | undefined {
  return e?.kind === "member" && e.computed !== undefined && e.computed.kind !== "slice" ? e.object : undefined;
}

function isSame(r: Reading, a: Expression, b: Expression | undefined, spot: Spot): boolean {
  const key = keyOf(r, a, spot);
  return b !== undefined && key !== "" && key === keyOf(r, b, spot);
}

/** A test around the statement, inside of the outer loop, says which of two elements is the larger. */
function isCompared(r: Reading, list: Expression, s: Statement, outer: { readonly at: number; readonly end: number }, spot: Spot): boolean {
  return r.t.statements.some(({ s: around }) => {
    if ((around.kind !== "branch" && around.kind !== "loop") || around.test === undefined) return false;
    if (!isInside(outer, around.test) || !blocksOf(around).some((block) => block.some((one) => isInside(one, s)))) return false;
    return someInside(
      around.test,
      (part) =>
        part.kind === "binary" && /^[<>]=?$/.test(part.operator) && [part.left, part.right].some((side) => reads(r, list, side, spot)),
    );
  });
}

function reads(r: Reading, list: Expression, e: Expression, spot: Spot): boolean {
  return someInside(e, (part) => isSame(r, list, listOf(part), spot));
}
