/** Whether anything in the file lets go of a listener or of a handle. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import type { Acquisition } from "../../model/acquisition.ts";
import { wordsOf } from "../interpret/unit.ts";
import { calledName, callsNamed, sameThing, textOf } from "./handles.ts";
import type { Reading } from "./reading.ts";
import { keyOf } from "./reading.ts";
import type { Site, Spot } from "./text.ts";

export const listening: ReadonlySet<string> = new Set(["addEventListener", "on", "addListener", "prependListener"]);
export const unlistening: ReadonlySet<string> = new Set(["removeEventListener", "off", "removeListener", "removeAllListeners"]);
/** What ends the thing itself, and all that it calls back with it. */
export const ending: ReadonlySet<string> = new Set([
  "destroy",
  "close",
  "disconnect",
  "dispose",
  "terminate",
  "unsubscribe",
  "abort",
  "stop",
  "removeAllListeners",
  "kill",
  "complete",
  "quit",
  "end",
]);

export type CallSite = Site & { readonly e: CallExpression };

/** `{ once: true }`, `{ signal }`, or options that cannot be seen. A signal that never aborts calls nobody once. */
export function isOnce(options: Expression | undefined, event: string): boolean {
  if (options === undefined || options.kind === "literal") return false;
  if (options.kind !== "object") return true;
  return options.properties.some(
    (one) =>
      one.spread ||
      one.name === "signal" ||
      (event !== "abort" && one.name === "once" && !(one.value.kind === "literal" && one.value.value === false)),
  );
}

/** What is added, as a call says it. */
export interface Added {
  readonly target: Expression;
  /** The event as a text; undefined when it is a constant or an element. */
  readonly event: string | undefined;
  readonly handler: Expression;
  readonly options: Expression | undefined;
  readonly spot: Spot;
}

export function releasedBy(r: Reading, added: Added): Acquisition["released"] {
  const { target, event, handler, spot } = added;
  if (endsHolder(r, target, spot)) return "yes";
  let near: "no" | "mismatch" | "phase" = "no";
  for (const { e, spot: where } of callsNamed(r, unlistening)) {
    if (e.callee.kind !== "member" || !sameThing(r, target, spot, e.callee.object, where)) continue;
    const name = textOf(e.args[0]?.value);
    if (e.args.length === 0 || event === undefined || (e.args[0] !== undefined && name === undefined)) return "yes";
    if (name !== event) continue;
    const removed = e.args[1]?.value;
    if (removed === undefined) return "yes";
    // A function that is written there and then is nobody else's.
    if (isFresh(removed) || isBoundOf(r, handler, spot, removed, where)) near = "mismatch";
    else if (isFresh(handler) || (isAnother(r, handler, spot, removed, where) && isAdded(r, added, removed, where))) continue;
    else if (calledName(e) === "removeEventListener" && captures(added.options) === true && captures(e.args[2]?.value) === false)
      near = "phase";
    else return "yes";
  }
  return near;
}

/** `() => …`, `this.draw.bind(this)`: another function each time. */
function isFresh(e: Expression): boolean {
  return e.kind === "function" || (e.kind === "call" && e.callee.kind === "member" && e.callee.name === "bind");
}

/** `on("change", this.draw.bind(this))` and `off("change", this.draw)`. */
function isBoundOf(r: Reading, handler: Expression, spot: Spot, removed: Expression, where: Spot): boolean {
  return (
    handler.kind === "call" &&
    handler.callee.kind === "member" &&
    handler.callee.name === "bind" &&
    sameThing(r, handler.callee.object, spot, removed, where)
  );
}

/** Two variables or fields that are known, and not the same one. */
function isAnother(r: Reading, a: Expression, aSpot: Spot, b: Expression, bSpot: Spot): boolean {
  const [one, other] = [keyOf(r, a, aSpot), keyOf(r, b, bSpot)];
  return one !== "" && other !== "" && one !== other && isDeclared(r, a) && isDeclared(r, b);
}

/** A function under a name: a variable that is only another name for one is not looked through. */
function isDeclared(r: Reading, e: Expression): boolean {
  if (e.kind !== "name") return e.kind === "member" && e.object.kind === "this";
  const writes = r.t.bindings.get(e.binding)?.writes ?? [];
  return r.t.facts.bindings[e.binding]?.kind === "function" || (writes.length === 1 && writes[0]?.value?.kind === "function");
}

/** What is removed was itself added: the call that removes it is about that one. */
function isAdded(r: Reading, { target, event, spot }: Added, removed: Expression, where: Spot): boolean {
  return r.t.calls.some(
    ({ e, spot: there }) =>
      e.callee.kind === "member" &&
      (listening.has(e.callee.name) || e.callee.name === "once") &&
      textOf(e.args[0]?.value) === event &&
      e.args[1] !== undefined &&
      sameThing(r, e.callee.object, there, target, spot) &&
      sameThing(r, e.args[1].value, there, removed, where),
  );
}

/** The phase that the options say; undefined when they cannot be seen. */
function captures(options: Expression | undefined): boolean | undefined {
  if (options === undefined) return false;
  if (options.kind === "literal") return options.value === true;
  if (options.kind !== "object" || options.properties.some((one) => one.spread)) return undefined;
  const said = options.properties.find((one) => one.name === "capture")?.value;
  if (said === undefined) return false;
  return said.kind === "literal" ? said.value === true : undefined;
}

/** Something in the file ends the holder itself. */
export function endsHolder(r: Reading, target: Expression, spot: Spot): boolean {
  // `process.kill(…)`, `window.close()`: what they have of listeners matters until then.
  if (target.kind === "name" && target.binding < 0) return false;
  return callsNamed(r, ending).some(
    ({ e, spot: where }) => e.callee.kind === "member" && sameThing(r, target, spot, e.callee.object, where),
  );
}

/** The handle is cleared somewhere, or goes where it cannot be followed. */
export function handleReleased(
  r: Reading,
  { spot, parent }: CallSite,
  released: readonly { readonly e: Expression | undefined; readonly spot: Spot }[],
): Acquisition["released"] {
  if (parent === undefined || parent.kind === "expression") return "no";
  // `setInterval(…).unref()` drops it too.
  if (parent.kind === "member") return parent.name === "unref" || parent.name === "observe" ? "no" : "yes";
  if (parent.kind !== "assign") return "yes";
  const target: Expression | undefined =
    parent.target.kind === "member"
      ? parent.target.target
      : parent.target.kind === "bind"
        ? { ...parent.target, kind: "name", end: parent.target.at }
        : undefined;
  if (target === undefined) return "yes";
  if (released.some((one) => one.e !== undefined && sameThing(r, target, spot, one.e, one.spot))) return "yes";
  const uses = target.kind === "name" ? r.t.bindings.get(target.binding)?.reads : undefined;
  const key = keyOf(r, target, spot);
  if (target.kind === "member" && !key.startsWith("f")) return "yes";
  const reads = uses ?? r.t.fields.get(key.slice(1))?.reads ?? [];
  return reads.every(({ parent: use }) => use?.kind === "member" || use?.kind === "branch" || use?.kind === "unary") ? "no" : "yes";
}

/** Calls that end what they are called on, as what they are called on. */
export function endedThings(r: Reading, names: ReadonlySet<string>): readonly { readonly e: Expression; readonly spot: Spot }[] {
  return callsNamed(r, names).flatMap(({ e, spot }) => (e.callee.kind === "member" ? [{ e: e.callee.object, spot }] : []));
}

/** Words for an event: a text, or the constant that holds it. */
export function eventWords(e: Expression): string {
  return textOf(e) ?? wordsOf(e);
}
