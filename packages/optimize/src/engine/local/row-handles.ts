/** Rows, and members of rows, while they are followed through one file. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { BindingId, FunctionId } from "../../model/facts.ts";
import type { MemberUse } from "../../model/row-reading.ts";
import type { Unit } from "../interpret/unit.ts";

export interface Reading {
  readonly call: Expression;
  readonly fn: FunctionId;
  readonly members: Map<string, Set<MemberUse>>;
  /** Where elements of a member are picked. */
  readonly picks: Map<string, Set<number>>;
  counts: boolean;
  compared: boolean;
  /** They are needed whole, or go where nobody follows them. */
  escapes: boolean;
}

/** The rows of one statement; with `member`, what is kept in that member of theirs. */
export interface Handle {
  readonly of: Reading;
  readonly member: string | undefined;
  /** Some of the member's elements were chosen: by columns, as the database could, or by what the code does. */
  readonly chosen: "columns" | "code" | undefined;
}

export type Handles = readonly Handle[];
export const noHandles: Handles = [];

export interface Walk {
  readonly unit: Unit;
  /** Where statements give rows. */
  readonly wanted: ReadonlyMap<number, ReadonlySet<number>>;
  readonly readings: Map<string, Reading>;
  readonly held: Map<BindingId, Set<Handle>>;
  /** Each handle is there once. */
  readonly known: Map<Reading, Map<string, Handle>>;
  /** How often a variable was given rows that it did not have: when nothing is added, everything was seen. */
  added: number;
  fn: FunctionId;
}

function handle(w: Walk, of: Reading, member: string | undefined, chosen: Handle["chosen"]): Handle {
  let own = w.known.get(of);
  if (own === undefined) w.known.set(of, (own = new Map()));
  const key = `${member ?? ""}|${chosen ?? ""}`;
  let known = own.get(key);
  if (known === undefined) own.set(key, (known = { of, member, chosen }));
  return known;
}

/** The rows that this call gives. */
export function reading(w: Walk, call: Expression): Handles {
  const key = `${String(call.at)}:${String(call.end)}`;
  let known = w.readings.get(key);
  if (known === undefined) {
    known = { call, fn: w.fn, members: new Map(), picks: new Map(), counts: false, compared: false, escapes: false };
    w.readings.set(key, known);
  }
  return [handle(w, known, undefined, undefined)];
}

export function hold(w: Walk, binding: BindingId, handles: Handles): void {
  if (handles.length === 0 || binding < 0) return;
  let held = w.held.get(binding);
  if (held === undefined) w.held.set(binding, (held = new Set()));
  const before = held.size;
  for (const one of handles) held.add(one);
  w.added += held.size - before;
}

/** The variable may be rows of this statement, or a part of them. */
export function holds(w: Walk, binding: BindingId, rows: Reading): boolean {
  for (const { of } of w.held.get(binding) ?? []) if (of === rows) return true;
  return false;
}

/** What holds the rows in a driver's answer. */
const answers: ReadonlySet<string> = new Set(["rows"]);

/** The member of each row; what is read of a member needs the member. */
export function memberOf(w: Walk, handles: Handles, name: string): Handles {
  return handles.flatMap((one) => {
    if (one.member !== undefined) {
      use(one, "value");
      return noHandles;
    }
    if (answers.has(name)) return [one];
    if (!one.of.members.has(name)) one.of.members.set(name, new Set());
    return [handle(w, one.of, name, undefined)];
  });
}

/** Only some of the elements: of rows they are rows still, of a member it is known that they were chosen. */
export function chosenOf(w: Walk, handles: Handles, by: (of: Reading) => boolean): Handles {
  return handles.map((one) => (one.member === undefined ? one : handle(w, one.of, one.member, isPicked(one, by) ? "columns" : "code")));
}

function isPicked({ of, chosen }: Handle, by: (of: Reading) => boolean): boolean {
  return chosen !== "code" && by(of);
}

/** Some elements of members are taken out at `at`, and the others are left. */
export function pick(handles: Handles, at: number, by: (of: Reading) => boolean): void {
  for (const one of handles) {
    if (one.member === undefined) continue;
    use(one, isPicked(one, by) ? "picked" : "value");
    notePick(one, at);
  }
}

export function notePicks(handles: Handles, at: number): void {
  for (const one of handles) if (one.member !== undefined) notePick(one, at);
}

function notePick({ of, member = "" }: Handle, at: number): void {
  const known = of.picks.get(member);
  if (known === undefined) of.picks.set(member, new Set([at]));
  else known.add(at);
}

/** The first element of a member, and no other. */
export function takeFirst(handles: Handles): Handles {
  for (const one of handles) if (one.member !== undefined) use(one, one.chosen === undefined ? "first" : "value");
  return handles.filter((one) => one.member === undefined);
}

function use({ of, member }: Handle, as: MemberUse): void {
  if (member !== undefined) of.members.get(member)?.add(as);
}

/** How many there are, or only whether there are any. */
export function measure(handles: Handles, emptiness: boolean): Handles {
  for (const one of handles)
    if (one.member === undefined) one.of.counts ||= !emptiness;
    else use(one, emptiness ? "emptiness" : one.chosen !== undefined ? "counted" : "length");
  return noHandles;
}

/** Whether there is something at all. */
export function test(handles: Handles): void {
  for (const one of handles) use(one, "value");
}

/** A row is compared with another: by its key. */
export function compareRows(handles: Handles): void {
  for (const one of handles)
    if (one.member === undefined) one.of.compared = true;
    else use(one, "value");
}

/** Anything may be done with it from here on. */
export function spend(handles: Handles): void {
  for (const one of handles)
    if (one.member === undefined) one.of.escapes = true;
    else use(one, one.chosen === "columns" ? "picked" : "value");
}
