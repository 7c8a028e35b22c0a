/** Functions that something unknown may call, now or later. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Activation } from "./activation.ts";
import { none } from "./deps.ts";
import { callClosure } from "./functions.ts";
import { noteKept } from "./kept-queries.ts";
import { note } from "./operation.ts";
import type { Origin, Value } from "./value.ts";
import { arrayIn, unknownFrom, wholeRows } from "./value.ts";

export function unknownArgs(deps: readonly number[]): Value[] {
  const value: Value = unknownFrom(deps);
  return [value, value, value];
}

/** Interprets a function that runs at another time: nothing of it happens here, but it is reached from here. */
export function later(act: Activation, origin: Extract<Origin, { kind: "closure" }>, e: Expression): undefined {
  if (act.deep) return;
  if (settles(act, origin)) {
    callClosure(act, origin, unknownArgs(none), e, { callback: true });
    return;
  }
  const { cost, gathered, pending, awaiting, memo, kept, loops, conditions, transaction, captures, summary } = act;
  const { effects } = act;
  act.effects = new Map(effects);
  const { reads } = act;
  act.reads = [];
  const marks = { writes: summary.writesState, mutates: summary.mutates };
  // Loops around the place do not multiply it: it is started there, not run there.
  const saved = loops.splice(0, loops.length);
  act.awaiting = 0;
  act.captures = [];
  act.conditions = [];
  act.transaction = undefined;
  act.unseen++;
  callClosure(act, origin, unknownArgs(none), e, { callback: true });
  act.unseen--;
  loops.push(...saved);
  act.cost = cost;
  act.gathered = gathered;
  act.pending = pending;
  act.awaiting = awaiting;
  act.memo = memo;
  act.kept = kept;
  act.conditions = conditions;
  act.transaction = transaction;
  act.captures = captures;
  act.effects = effects;
  act.reads = reads;
  summary.writesState = marks.writes;
  summary.mutates = marks.mutates;
  return undefined;
}

/** The promise around the place waits for the function: its executor ends when the function says so. */
function settles(act: Activation, origin: Extract<Origin, { kind: "closure" }>): boolean {
  const captures = origin.unit.facts.functions[origin.fn]?.captures ?? [];
  return act.settlers.some(({ unit, binding }) => unit === origin.unit && captures.includes(binding));
}

/** The value goes where its uses cannot be seen. */
export function escapes(act: Activation, value: Value, e: { readonly at: number; readonly end: number }): void {
  if (value.what.length === 0) return;
  for (const origin of value.what)
    if (origin.kind === "library" && origin.state !== undefined && origin.draft !== undefined) {
      (act.handedOut ??= new Set()).add(origin.draft);
      note(act.evaluated?.get(origin.draft), "escape", act.place(e));
    }
  const list = arrayIn(value);
  const rows = wholeRows(list);
  if (rows !== undefined) note(act.world.operations.get(rows.id), "escape", act.place(e));
  for (const origin of value.what)
    if (origin.kind === "library" && origin.draft !== undefined) noteKept(act.world, origin.draft, act.place(e));
  for (let i = 0; i < value.what.length; i++) escapesAs(act, value.what[i] as Origin, e);
  if (list !== undefined) for (const origin of list.element.what) if (origin.kind === "scalar") escapesAs(act, origin, e);
}

function escapesAs(act: Activation, origin: Origin, e: { readonly at: number; readonly end: number }): void {
  if (origin.kind === "row")
    note(act.world.operations.get(origin.operation?.id ?? ""), origin.operation?.spec.list === true ? "member" : "escape", act.place(e));
  if (origin.kind === "scalar" && (origin.type.startsWith("length:") || origin.type.startsWith("count:")))
    note(act.world.operations.get(origin.type.slice(origin.type.indexOf(":") + 1)), "length", act.place(e));
}
