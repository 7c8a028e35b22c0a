/** A function that holds a connection of a pool and waits for another one of the same pool. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import { wordsOf } from "../interpret/unit.ts";
import { functionOf, sameThing } from "./handles.ts";
import { placeIn } from "./reading.ts";
import type { Reading } from "./reading.ts";
import type { Site, Spot } from "./text.ts";

/** What is taken, until when, and in which function it is held. */
interface Held {
  readonly call: CallExpression;
  /** The pool, as the call names it. */
  readonly pool: Expression;
  readonly spot: Spot;
  readonly fn: number;
  readonly from: number;
  readonly to: number;
  readonly name: string;
}

export function readSecondAsks(r: Reading): void {
  // A `with` of Python is not followed here.
  if (r.python || (r.unit.lent.size === 0 && r.unit.transacting.size === 0)) return;
  const waited = r.t.calls.filter(({ parent }) => parent?.kind === "await");
  for (const held of [...byHand(r), ...byCallback(r)])
    for (const { e, spot } of waited) {
      if (spot.fn !== held.fn || e.at < held.from || e.end > held.to || e === held.call) continue;
      const root = rootOf(e);
      if (root === undefined || !sameThing(r, root, spot, held.pool, held.spot)) continue;
      r.found.secondAsks.push({
        ...placeIn(r, e, spot),
        call: wordsOf(e.callee),
        holds: { place: placeIn(r, held.call, held.spot).place, call: wordsOf(held.call.callee), name: held.name },
      });
    }
}

/** `const client = await pool.connect(); … client.release();`: from the one to the first of the other. */
function byHand(r: Reading): readonly Held[] {
  return r.t.statements.flatMap(({ s, spot }): readonly Held[] => {
    if (s.kind !== "assign" || s.target.kind !== "bind" || s.value?.kind !== "await" || s.value.value.kind !== "call") return [];
    const call = s.value.value;
    const spec = r.unit.lent.get(call.callee.end);
    const uses = r.t.bindings.get(s.target.binding);
    if (spec?.what !== "connection" || call.callee.kind !== "member" || uses === undefined) return [];
    const backs = uses.reads.filter(
      ({ parent, above }) =>
        parent?.kind === "member" && spec.back.includes(parent.name) && above?.kind === "call" && above.callee === parent,
    );
    const [first] = backs.toSorted((a, b) => a.e.at - b.e.at);
    if (first === undefined || backs.some((use) => use.spot.fn !== spot.fn)) return [];
    return [{ call, pool: call.callee.object, spot, fn: spot.fn, from: s.end, to: first.e.at, name: s.target.name }];
  });
}

/** `db.transaction(async (transaction) => { … })`: as long as the function runs. */
function byCallback(r: Reading): readonly Held[] {
  return r.t.calls.flatMap(({ e, spot }: Site & { readonly e: CallExpression }): readonly Held[] => {
    const pool = r.unit.transacting.has(e.callee.end) ? rootOf(e) : undefined;
    if (pool === undefined) return [];
    return e.args.flatMap(({ value }): readonly Held[] => {
      const fn = value.kind === "function" ? functionOf(r, value) : undefined;
      const [parameter] = fn === undefined ? [] : (r.t.facts.functions[fn]?.params ?? []);
      // Without a handle it is the library that knows which statements are within.
      if (fn === undefined || parameter?.target.kind !== "bind") return [];
      return [{ call: e, pool, spot, fn, from: value.at, to: value.end, name: parameter.target.name }];
    });
  });
}

/** `db` of `db("books").where(…)`, `prisma` of `prisma.book.findMany()`: none where something is made on the way. */
function rootOf({ callee }: CallExpression): Expression | undefined {
  let e: Expression = callee;
  let last: Expression | undefined;
  for (let guard = 0; guard < 40; guard++) {
    if (e.kind === "member") {
      // `this.pool` is a thing by itself.
      if (e.object.kind === "this") return e;
      last = e;
      e = e.object;
    } else if (e.kind === "call") e = e.callee;
    else if (e.kind === "cast") e = e.value;
    else return e.kind === "name" ? e : last;
  }
  return undefined;
}
