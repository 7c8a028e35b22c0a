/** In what something is acquired: an effect, the body of a component, what sets an instance up, or any function. */
import type { FunctionId } from "../../model/facts.ts";
import type { Acquisition } from "../../model/acquisition.ts";
import { around, calledName, importedName, isEffect, isMounting, react } from "./handles.ts";
import type { Reading } from "./reading.ts";
import { isInside } from "./reading.ts";
import type { Spot } from "./text.ts";
import { classOf } from "./text.ts";

export const endMethods: ReadonlySet<string> = new Set([
  "close",
  "destroy",
  "dispose",
  "stop",
  "disconnect",
  "teardown",
  "cleanup",
  "end",
  "componentWillUnmount",
  "disconnectedCallback",
  "ngOnDestroy",
  "onModuleDestroy",
  "terminate",
  "unmount",
]);
/** What frameworks call when an instance comes into the page, each time that it does. */
const mounts: ReadonlySet<string> = new Set(["componentDidMount", "connectedCallback", "ngOnInit", "ngAfterViewInit"]);

/** The effect that runs the function: itself, or one that calls it at once. */
export function effectOf(r: Reading, fn: FunctionId): FunctionId | undefined {
  for (const one of around(r, fn)) {
    if (isEffect(r, one) || isMounting(r, one)) return one;
    if (!isCalledAround(r, one)) return undefined;
  }
  return undefined;
}

/** The function around calls it: `void (async () => …)()`, `const load = async () => …; load();`. */
function isCalledAround(r: Reading, fn: FunctionId): boolean {
  if (isRunAtOnce(r, fn)) return true;
  const parent = r.t.facts.functions[fn]?.parent;
  return r.t.facts.bindings.some(
    (one, binding) =>
      one.owner === parent &&
      ((one.kind === "function" && one.definition === fn) ||
        r.t.bindings.get(binding)?.writes.some(({ value }) => value?.kind === "function" && value.function === fn) === true) &&
      r.t.bindings
        .get(binding)
        ?.reads.some(({ parent: call, e, spot }) => call?.kind === "call" && call.callee === e && spot.fn === parent) === true,
  );
}

/** `(() => …)()`, `signals.forEach((signal) => …)`. */
function isRunAtOnce(r: Reading, fn: FunctionId): boolean {
  const site = r.t.standing.get(fn);
  const call = site?.parent;
  if (call?.kind !== "call") return false;
  return call.callee === site?.e || (call.callee.kind === "member" && call.callee.name === "forEach" && call.args[0]?.value === site?.e);
}

/** The function that the place runs in, through those that it runs at once. */
function runningIn(r: Reading, fn: FunctionId): FunctionId {
  return around(r, fn).find((one) => !isRunAtOnce(r, one)) ?? fn;
}

export function scopeOf(r: Reading, e: { readonly at: number; readonly end: number }, spot: Spot): Acquisition["scope"] {
  if (spot.fn === 0) return "module";
  if (effectOf(r, spot.fn) !== undefined) return "effect";
  const running = runningIn(r, spot.fn);
  if (running === 0) return "module";
  if (setsUp(r, running)) return "instance";
  return isComponent(r, running) && !isGuarded(r, e, spot) ? "render" : "function";
}

/** A constructor, what a framework calls when the instance is mounted, or a method that only these call. */
function setsUp(r: Reading, fn: FunctionId, depth = 0): boolean {
  const member = memberOf(r, fn);
  if (member === undefined || depth > 2) return false;
  if (member.kind === "constructor" || member.name === "constructor" || mounts.has(member.name)) return true;
  const uses = r.t.fields.get(`${String(member.owner)}:${member.name}`)?.reads ?? [];
  return (
    uses.length > 0 &&
    uses.every(
      ({ parent, e, spot }) => parent?.kind === "call" && parent.callee === e && spot.loops.length === 0 && setsUp(r, spot.fn, depth + 1),
    )
  );
}

function memberOf(r: Reading, fn: FunctionId): { readonly kind: string; readonly name: string; readonly owner: number } | undefined {
  const owner = r.t.facts.functions[fn]?.class;
  const member = owner === undefined ? undefined : r.t.facts.classes[owner]?.members.find((one) => one.function === fn);
  return member === undefined || owner === undefined ? undefined : { kind: member.kind, name: member.name, owner };
}

/** A function that asks React for something itself: it runs again for each rendering. */
function isComponent(r: Reading, fn: FunctionId): boolean {
  return r.t.calls.some(({ e, spot }) => spot.fn === fn && /^use[A-Z]/.test(importedName(r, e.callee, react) ?? ""));
}

/** Something in the function decides whether it happens. */
export function isGuarded(r: Reading, e: { readonly at: number; readonly end: number }, { fn }: Spot): boolean {
  return (
    r.t.statements.some(
      ({ s, spot }) => spot.fn === fn && (s.kind === "branch" || s.kind === "switch") && (isInside(s, e) || leavesBefore(s, e)),
    ) || r.t.expressions.some(({ e: around, spot }) => spot.fn === fn && around.kind === "binary" && isInside(around, e))
  );
}

/** `if (ready) return;` above it. */
function leavesBefore(
  s: { readonly kind: string; readonly end: number; readonly then?: readonly { readonly kind: string }[] },
  e: { readonly at: number },
): boolean {
  return s.end <= e.at && s.then?.at(-1)?.kind === "return";
}

/** The class has a method that ends its instances, or each mounting makes one; and there is more than one. */
export function isEnded(r: Reading, fn: FunctionId): boolean {
  const owner = classOf(r.t.facts, fn);
  const own = owner === undefined ? undefined : r.t.facts.classes[owner];
  return (
    own !== undefined &&
    owner !== undefined &&
    own.members.some((one) => endMethods.has(one.name) || mounts.has(one.name)) &&
    !isMadeOnce(r, owner)
  );
}

/** The file makes the one instance itself: at its top level, or for a static member. */
function isMadeOnce(r: Reading, owner: number): boolean {
  const binding = r.t.facts.bindings.findIndex((one) => one.kind === "class" && one.definition === owner);
  return r.t.calls.some(
    ({ e, spot }) =>
      e.new &&
      e.callee.kind === "name" &&
      e.callee.binding === binding &&
      (spot.fn === 0 || classOf(r.t.facts, spot.fn) === owner || r.t.facts.functions[spot.fn]?.class === owner),
  );
}

/** A method that ends the instances of the class takes listeners off something: `this.model.off(…)`. */
export function endTakesOff(r: Reading, fn: FunctionId, unlistening: ReadonlySet<string>): boolean {
  const owner = classOf(r.t.facts, fn);
  const ends = new Set(
    (r.t.facts.classes[owner ?? -1]?.members ?? []).flatMap((one) =>
      endMethods.has(one.name) && one.function !== undefined ? [one.function] : [],
    ),
  );
  return r.t.calls.some(
    ({ e, spot }) =>
      unlistening.has(calledName(e)) &&
      e.callee.kind === "member" &&
      e.callee.object.kind === "member" &&
      around(r, spot.fn).some((one) => ends.has(one)),
  );
}
