/** Lists that are gone through in every round of a loop, to find one element. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import type { Statement } from "../../model/facts-statements.ts";
import { boundBy, someInside } from "./parts.ts";
import type { Reading } from "./reading.ts";
import { dependsOnLoop, isInside, isMadeIn, keyOf, listAt, loopOf, placeIn, rootUses } from "./reading.ts";
import type { Around, Spot } from "./text.ts";

const byValue: ReadonlySet<string> = new Set(["includes", "indexOf", "lastIndexOf"]);
const byTest: ReadonlySet<string> = new Set(["find", "findIndex", "findLast", "findLastIndex", "some", "filter"]);
const pythonByValue: ReadonlySet<string> = new Set(["index", "count"]);
/** What makes a list shorter, or another one: looking it up by a set would have to follow. */
const changing: ReadonlySet<string> = new Set(["splice", "pop", "shift", "remove", "clear", "sort", "reverse"]);
const adding: ReadonlySet<string> = new Set(["push", "unshift", "append", "extend", "insert"]);

export function readLookups(r: Reading): void {
  for (const { e, spot } of r.t.calls) {
    if (spot.loops.length === 0) continue;
    if (e.callee.kind === "member") {
      const { object, name } = e.callee;
      const [first] = e.args;
      if (first === undefined) continue;
      if (r.python ? pythonByValue.has(name) : byValue.has(name)) add(r, spot, e, object, name, e.callee.end, first.value, false);
      else if (!r.python && byTest.has(name) && first.value.kind === "function") {
        const sought = comparedIn(r, first.value.function);
        if (sought !== undefined) add(r, spot, e, object, name, e.callee.end, sought, true);
      }
    } else if (r.python && e.callee.kind === "name" && e.callee.binding < 0 && (e.callee.name === "any" || e.callee.name === "next"))
      byGenerator(r, e, spot);
  }
  if (r.python)
    for (const { e, spot } of r.t.expressions)
      if (e.kind === "binary" && e.operator === "in" && spot.loops.length > 0) add(r, spot, e, e.right, "in", e.right.end, e.left, false);
  for (const { s, spot } of r.t.statements) if (s.kind === "loop" && s.form === "each") byNestedLoop(r, s, spot);
}

function add(
  r: Reading,
  spot: Spot,
  e: Expression | Statement,
  object: Expression,
  method: string,
  key: number,
  sought: Expression,
  keyed: boolean,
): void {
  const around = invariantLoop(r, object, spot);
  if (around === undefined || !dependsOnLoop(r, sought, around)) return;
  const change = changesIn(r, object, spot, around);
  if (change === "other") return;
  const { is, ...list } = listAt(r, object, spot, key, change === "grows");
  if (is !== undefined && is !== "list") return;
  // What a loop goes through is gone through, whatever it is; and what tries a function on its elements, if it is nothing of a library.
  const through = method === "for" || method === "any" || method === "next" || (byTest.has(method) && r.sight(key)?.other !== true);
  r.found.lookups.push({
    ...placeIn(r, e, spot),
    method,
    list: through ? { ...list, proven: true } : list,
    loop: loopOf(r, around, spot),
    keyed,
  });
}

/** The outermost loop in all of whose rounds the list is the same. */
function invariantLoop(r: Reading, list: Expression, spot: Spot): Around | undefined {
  if (keyOf(r, list, spot) === "") return undefined;
  return spot.loops.find((around) => !dependsOnLoop(r, list, around));
}

/** What the loop does to the list: nothing, it only adds, or something else. */
function changesIn(r: Reading, list: Expression, spot: Spot, around: Around): "nothing" | "grows" | "other" {
  const key = keyOf(r, list, spot);
  const uses = rootUses(r, list, spot);
  let grows = false;
  for (const { e, parent, above } of uses?.reads ?? []) {
    if (!isInside(around.node, e) || parent?.kind !== "member" || above?.kind !== "call") continue;
    const call = above.callee === parent && keyOf(r, parent.object, spot) === key;
    if (call && changing.has(parent.name)) return "other";
    if (call && adding.has(parent.name)) grows = true;
  }
  for (const { node, operator, spot: where } of uses?.writes ?? []) {
    if (!where.loops.includes(around)) continue;
    if (operator === "+") grows = true;
    else if (node !== undefined) return "other";
  }
  return grows ? "grows" : "nothing";
}

/** `one => one.id === order.userId`: what elements are compared with; undefined when the test does more than a map could answer. */
function comparedIn(r: Reading, fn: number): Expression | undefined {
  const facts = r.t.facts.functions[fn];
  const [param] = facts?.params ?? [];
  const [only] = facts?.body ?? [];
  if (facts === undefined || param === undefined || facts.body.length !== 1 || only?.kind !== "return" || only.value === undefined)
    return undefined;
  return comparedWith(only.value, new Set(boundBy(param.target)));
}

const equal: ReadonlySet<string> = new Set(["===", "==", "is"]);

/** Of `a.k == x && …`: the side that is not of the element. All other parts may say anything. */
function comparedWith(test: Expression, own: ReadonlySet<number>): Expression | undefined {
  if (test.kind === "logical" && test.operator === "&&") return comparedWith(test.left, own) ?? comparedWith(test.right, own);
  if (test.kind !== "binary" || !equal.has(test.operator)) return undefined;
  const left = mentions(test.left, own);
  const right = mentions(test.right, own);
  if (left === right) return undefined;
  // A part of the element is a key; a variable of its own may be anything, and no key at all (a dictionary of Python).
  if ((left ? test.left : test.right).kind === "name") return undefined;
  return left ? test.right : test.left;
}

function mentions(e: Expression, own: ReadonlySet<number>): boolean {
  return someInside(e, (part) => part.kind === "name" && own.has(part.binding));
}

/** `any(x.id == y.id for y in ys)`, `next((y for y in ys if y.id == x.id), None)` */
function byGenerator(r: Reading, e: CallExpression, spot: Spot): void {
  const inner = e.args[0]?.value;
  const clause = inner?.kind === "comprehension" && inner.clauses.length === 1 ? inner.clauses[0] : undefined;
  if (inner?.kind !== "comprehension" || clause === undefined) return;
  const own = new Set(boundBy(clause.target));
  const tests = clause.tests.length > 0 ? clause.tests : [inner.value];
  for (const test of tests) {
    const sought = comparedWith(test, own);
    if (sought !== undefined)
      return add(r, spot, e, clause.iterable, e.callee.kind === "name" ? e.callee.name : "any", clause.iterable.end, sought, true);
  }
}

/** `for a in as: for b in bs: if a.k == b.k: …` with nothing else in the inner loop. */
function byNestedLoop(r: Reading, s: Extract<Statement, { kind: "loop" }>, spot: Spot): void {
  const [only] = s.body;
  if (s.body.length !== 1 || only?.kind !== "branch" || only.else.length > 0 || s.iterable === undefined || spot.loops.length === 0) return;
  const own = new Set(boundBy(s.target));
  const sought = comparedWith(only.test, own);
  if (sought === undefined) return;
  const outer = spot.loops[spot.loops.length - 1];
  if (outer === undefined || !madeByRound(r, sought, outer)) return;
  add(r, spot, s, s.iterable, "for", s.at, sought, true);
}

function madeByRound(r: Reading, e: Expression, around: Around): boolean {
  return someInside(e, (part) => part.kind === "name" && part.binding >= 0 && isMadeIn(r, part.binding, around));
}
