/** Lists in order that are gone through from one end, in every round of a loop, for where a value lies among their elements. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import type { Statement } from "../../model/facts-statements.ts";
import { boundBy, someInside } from "./parts.ts";
import type { Reading } from "./reading.ts";
import { dependsOnLoop, isInside, keyOf, listAt, loopOf, placeIn } from "./reading.ts";
import type { Around, Spot, Uses } from "./text.ts";

const finding: ReadonlySet<string> = new Set(["find", "findIndex", "findLast", "findLastIndex"]);
const ordering: ReadonlySet<string> = new Set(["<", "<=", ">", ">="]);
const sorting: ReadonlySet<string> = new Set(["sort", "toSorted"]);
/** What may put an element where it does not belong. */
const unsorting: ReadonlySet<string> = new Set(["push", "unshift", "append", "insert", "extend", "splice", "reverse"]);

export function readSortedSearches(r: Reading): void {
  for (const { e, spot } of r.t.calls) {
    if (spot.loops.length === 0) continue;
    const [first] = e.args;
    if (!r.python && e.callee.kind === "member" && finding.has(e.callee.name) && first?.value.kind === "function")
      add(r, e, e.callee.object, testOf(r, first.value.function), spot, e.callee.name, e.callee.end);
    else if (r.python && e.callee.kind === "name" && e.callee.binding < 0 && e.callee.name === "next") byGenerator(r, e, spot);
  }
  for (const { s, spot } of r.t.statements) if (s.kind === "loop" && s.form === "each" && spot.loops.length > 0) byBreak(r, s, spot);
}

/** How elements are compared with what is sought: by which member ("" for themselves), and with what. */
interface Test {
  readonly member: string;
  readonly sought: Expression;
}

/** `one => one.from <= order.at` */
function testOf(r: Reading, fn: number): Test | undefined {
  const facts = r.t.facts.functions[fn];
  const [param] = facts?.params ?? [];
  const [only, ...others] = facts?.body ?? [];
  if (param === undefined || others.length > 0 || only?.kind !== "return" || only.value === undefined) return undefined;
  return compared(only.value, new Set(boundBy(param.target)));
}

/** `next(one for one in rates if one.start >= order.at)` */
function byGenerator(r: Reading, e: CallExpression, spot: Spot): void {
  const inner = e.args[0]?.value;
  const clause = inner?.kind === "comprehension" && inner.clauses.length === 1 ? inner.clauses[0] : undefined;
  const [test, ...others] = clause?.tests ?? [];
  if (clause === undefined || test === undefined || others.length > 0) return;
  add(r, e, clause.iterable, compared(test, new Set(boundBy(clause.target))), spot, "next", clause.iterable.end);
}

/** `for (const one of rates) if (one.from >= order.at) { …; break; }` with nothing else in the inner loop. */
function byBreak(r: Reading, s: Extract<Statement, { kind: "loop" }>, spot: Spot): void {
  const [only, ...others] = s.body;
  if (only?.kind !== "branch" || others.length > 0 || only.else.length > 0 || s.iterable === undefined) return;
  if (!only.then.some(({ kind }) => kind === "break")) return;
  add(r, s, s.iterable, compared(only.test, new Set(boundBy(s.target))), spot, "for", s.at);
}

function compared(test: Expression, own: ReadonlySet<number>): Test | undefined {
  if (test.kind !== "binary" || !ordering.has(test.operator)) return undefined;
  const left = memberOf(test.left, own);
  const right = memberOf(test.right, own);
  if (left === undefined) return right === undefined || mentions(test.left, own) ? undefined : { member: right, sought: test.left };
  return right !== undefined || mentions(test.right, own) ? undefined : { member: left, sought: test.right };
}

/** The element, "", or a member of it by its name. */
function memberOf(e: Expression, own: ReadonlySet<number>): string | undefined {
  if (e.kind === "name") return own.has(e.binding) ? "" : undefined;
  if (e.kind === "cast") return memberOf(e.value, own);
  return e.kind === "member" && e.name !== "" && memberOf(e.object, own) === "" ? e.name : undefined;
}

function mentions(e: Expression, own: ReadonlySet<number>): boolean {
  return someInside(e, (part) => part.kind === "name" && own.has(part.binding));
}

function add(
  r: Reading,
  node: Expression | Statement,
  list: Expression,
  test: Test | undefined,
  spot: Spot,
  method: string,
  key: number,
): void {
  if (test === undefined || list.kind !== "name" || list.binding < 0) return;
  const around = spot.loops.find((one) => !dependsOnLoop(r, list, one));
  const uses = r.t.bindings.get(list.binding);
  if (around === undefined || uses === undefined || !dependsOnLoop(r, test.sought, around)) return;
  if (!isSorted(r, list, uses, test.member, around, spot)) return;
  const { is, ...known } = listAt(r, list, spot, key, false);
  if (is !== undefined && is !== "list") return;
  r.found.sortedSearches.push({
    ...placeIn(r, node, spot),
    method,
    // What was sorted is a list.
    list: { ...known, proven: true },
    loop: loopOf(r, around, spot),
    member: test.member,
  });
}

/** It was put in order by that member before the loop, and nothing is put in or taken out since. */
function isSorted(r: Reading, list: Expression, { reads, writes }: Uses, member: string, around: Around, spot: Spot): boolean {
  const [only, ...others] = writes;
  if (others.length > 0 || only?.value === undefined || !only.whole) return false;
  let sortedAt = sortsBy(r, only.value, member) ? only.value.end : undefined;
  const key = keyOf(r, list, spot);
  for (const { parent, above, e } of reads) {
    if (parent?.kind !== "member" || parent.object !== e || above?.kind !== "call" || above.callee !== parent) continue;
    if (above.end > around.node.at && !isInside(around.node, above)) continue;
    if (sorting.has(parent.name) && keyOf(r, parent.object, spot) === key) {
      if (isInside(around.node, above) || parent.name !== "sort") return false;
      sortedAt = orderIs(r, above, member) ? above.end : undefined;
    } else if (unsorting.has(parent.name) && (isInside(around.node, above) || (sortedAt !== undefined && above.at > sortedAt)))
      return false;
  }
  return sortedAt !== undefined;
}

/** `rows.toSorted(…)`, `[...rows].sort(…)`, `sorted(rows, key=…)` */
function sortsBy(r: Reading, e: Expression, member: string): boolean {
  if (e.kind === "cast") return sortsBy(r, e.value, member);
  if (e.kind !== "call") return false;
  const { callee } = e;
  if (r.python) return callee.kind === "name" && callee.binding < 0 && callee.name === "sorted" && orderIs(r, e, member);
  return callee.kind === "member" && sorting.has(callee.name) && orderIs(r, e, member);
}

/** The first thing that the order looks at is that member. */
function orderIs(r: Reading, call: CallExpression, member: string): boolean {
  const by = r.python ? call.args.find(({ name }) => name === "key")?.value : call.args[0]?.value;
  if (by === undefined) return member === "";
  if (by.kind === "call") return by.args.length === 1 && by.args[0]?.value.kind === "literal" && by.args[0].value.value === member;
  const facts = by.kind === "function" ? r.t.facts.functions[by.function] : undefined;
  const [only, ...others] = facts?.body ?? [];
  if (facts === undefined || others.length > 0 || only?.kind !== "return" || only.value === undefined) return false;
  const own = new Set(facts.params.flatMap(({ target }) => boundBy(target)));
  let first: string | undefined;
  someInside(only.value, (part) => {
    first ??= part.kind === "member" && part.object.kind === "name" && own.has(part.object.binding) ? part.name : undefined;
    return first !== undefined;
  });
  return (first ?? "") === member;
}
