/** Sums and extremes of a whole list that each round of a loop computes anew, although no round changes the list. */
import type { Argument, CallExpression, Expression } from "../../model/facts-expressions.ts";
import { boundBy, someInside } from "./parts.ts";
import type { Reading } from "./reading.ts";
import { isInside, isMadeIn, keyOf, listAt, loopOf, placeIn, rootUses } from "./reading.ts";
import type { Around, Spot } from "./text.ts";

const aggregates: ReadonlySet<string> = new Set(["sum", "max", "min"]);
const changing: ReadonlySet<string> = new Set("push append extend insert unshift splice pop shift remove clear sort reverse".split(" "));

export function readAggregates(r: Reading): void {
  for (const { e, spot } of r.t.calls) {
    if (spot.loops.length === 0) continue;
    const found = r.python ? inPython(e) : inJavaScript(r, e);
    if (found === undefined || keyOf(r, found.list, spot) === "") continue;
    const around = spot.loops.find((one) => !isOfRound(r, e, one));
    if (around === undefined || isChanged(r, e, found.list, spot, around)) continue;
    const { is, ...list } = listAt(r, found.list, spot, found.key, false);
    if (is === undefined || is === "list")
      r.found.aggregates.push({ ...placeIn(r, e, spot), name: found.name, list, loop: loopOf(r, around, spot) });
  }
}

interface Aggregate {
  readonly name: string;
  readonly list: Expression;
  readonly key: number;
}

/** `sum(prices)`, `max(one.price for one in lines)` */
function inPython({ callee, args }: CallExpression): Aggregate | undefined {
  const [first, ...others] = args;
  if (callee.kind !== "name" || callee.binding >= 0 || !aggregates.has(callee.name) || first === undefined || first.spread)
    return undefined;
  if (others.some(({ name }) => name === undefined)) return undefined;
  const { value } = first;
  if (value.kind !== "comprehension") return { name: callee.name, list: value, key: value.end };
  const [clause, ...more] = value.clauses;
  if (clause === undefined || more.length > 0 || [value.value, ...clause.tests].some(calls)) return undefined;
  return { name: callee.name, list: clause.iterable, key: clause.iterable.end };
}

/** `lines.reduce((sum, one) => sum + one.price, 0)`, `Math.max(...prices)` */
function inJavaScript(r: Reading, { callee, args }: CallExpression): Aggregate | undefined {
  if (callee.kind !== "member") return undefined;
  if (callee.name === "reduce" && isPlain(r, args[0]?.value)) return { name: "reduce", list: callee.object, key: callee.end };
  const isMath = callee.object.kind === "name" && callee.object.binding < 0 && callee.object.name === "Math";
  return isMath && aggregates.has(callee.name) ? spread(callee.name, args) : undefined;
}

/** A function that gives one expression and calls nothing. */
function isPlain(r: Reading, e: Expression | undefined): boolean {
  const body = e?.kind === "function" ? r.t.facts.functions[e.function]?.body : undefined;
  const [only, ...others] = body ?? [];
  return only?.kind === "return" && only.value !== undefined && others.length === 0 && !calls(only.value);
}

function spread(name: string, [only, ...others]: readonly Argument[]): Aggregate | undefined {
  return only?.spread === true && others.length === 0 ? { name: `Math.${name}`, list: only.value, key: only.value.end } : undefined;
}

function calls(e: Expression): boolean {
  return someInside(e, (part) => part.kind === "call");
}

/** Something in it is made by the round, other than what it calls its own elements. */
function isOfRound(r: Reading, e: CallExpression, around: Around): boolean {
  const own = new Set<number>();
  const inside: Expression[] = [e];
  for (const { value } of e.args) {
    if (value.kind === "comprehension") for (const { target } of value.clauses) boundBy(target).forEach((one) => own.add(one));
    const fn = value.kind === "function" ? r.t.facts.functions[value.function] : undefined;
    for (const { target } of fn?.params ?? []) boundBy(target).forEach((one) => own.add(one));
    for (const one of fn?.body ?? []) if (one.kind === "return" && one.value !== undefined) inside.push(one.value);
  }
  return inside.some((whole) =>
    someInside(whole, (part) => part.kind === "name" && part.binding >= 0 && !own.has(part.binding) && isMadeIn(r, part.binding, around)),
  );
}

/** A round adds to the list or takes from it, gives the variable another one, or sets a member that the value is computed from. */
function isChanged(r: Reading, e: CallExpression, list: Expression, spot: Spot, around: Around): boolean {
  const uses = rootUses(r, list, spot);
  const key = keyOf(r, list, spot);
  if (uses?.writes.some(({ spot: where, node }) => node !== undefined && where.loops.includes(around)) === true) return true;
  const moved = uses?.reads.some(
    ({ e: one, parent, above }) =>
      isInside(around.node, one) &&
      parent?.kind === "member" &&
      above?.kind === "call" &&
      above.callee === parent &&
      changing.has(parent.name) &&
      keyOf(r, parent.object, spot) === key,
  );
  // What is set in a round, on whatever: it may be what is added up.
  return moved === true || r.t.statements.some(({ s }) => s.kind === "assign" && s.target.kind === "member" && isInside(around.node, s));
}
