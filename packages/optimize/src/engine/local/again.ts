/** What the text alone says of how often one thing gets another listener. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import type { FunctionId } from "../../model/facts.ts";
import type { Acquisition } from "../../model/acquisition.ts";
import { around, calledName, callsNamed, functionOf, sameThing, textOf } from "./handles.ts";
import { someInside } from "./parts.ts";
import type { Reading } from "./reading.ts";
import { isInside, keyOf } from "./reading.ts";
import { endTakesOff, scopeOf } from "./scopes.ts";
import type { Added, CallSite } from "./releases.ts";
import { unlistening } from "./releases.ts";
import { effectOf } from "./scopes.ts";
import type { Spot } from "./text.ts";

/** Events of a start: who waits for one of these does it once. */
const starting: ReadonlySet<string> = new Set([
  "connect",
  "connected",
  "open",
  "ready",
  "listening",
  "online",
  "load",
  "finish",
  "exit",
  "spawn",
]);

export function againOf(r: Reading, site: CallSite, added: Added, holder: Acquisition["holder"]): Acquisition["again"] {
  const { spot } = site;
  if (holder === "given" && isRunFor(r, spot, added)) return "runs";
  if (isRepeated(r, site, added)) return "loop";
  if (settles(r, spot, added, holder)) return "promise";
  const rooted = added.target.kind === "member" && rootOf(added.target).kind === "this";
  return holder === "given" && rooted && scopeOf(r, site.e, spot) === "instance" && endTakesOff(r, spot.fn, unlistening) && !isOwn(r, added)
    ? "partly"
    : undefined;
}

function rootOf(e: Expression): Expression {
  return e.kind === "member" ? rootOf(e.object) : e.kind === "cast" ? rootOf(e.value) : e;
}

/** The effect runs again for other reasons than that the holder is another one. */
function isRunFor(r: Reading, spot: Spot, { target, handler }: Added): boolean {
  const effect = effectOf(r, spot.fn);
  const call = effect === undefined ? undefined : r.t.standing.get(effect)?.parent;
  if (call?.kind !== "call" || !calledName(call).endsWith("Effect")) return false;
  const root = rootOf(target);
  if (root.kind !== "name" || root.binding < 0 || r.t.facts.bindings[root.binding]?.owner === spot.fn) return false;
  const on = call.args[1]?.value;
  if (on?.kind !== "array") return false;
  const fn = functionOf(r, handler);
  const seen = fn === undefined ? [] : (r.t.facts.functions[fn]?.captures ?? []);
  const made = r.t.bindings.get(root.binding)?.writes.flatMap(({ value }) => value ?? []) ?? [];
  return on.elements.some((one) => {
    const value = one?.value;
    if (value?.kind !== "name" || value.binding < 0 || value.binding === root.binding || /^set[A-Z]/.test(value.name)) return false;
    if (made.some((inner) => someInside(inner, (part) => part.kind === "name" && part.binding === value.binding))) return false;
    return seen.includes(value.binding) || (handler.kind === "name" && handler.binding === value.binding);
  });
}

/** A loop adds one to the same holder in each round. */
function isRepeated(r: Reading, { e, spot }: CallSite, { target, event, handler }: Added): boolean {
  if (event === undefined || e.args.some(({ spread }) => spread)) return false;
  const loops = loopsAround(r, e, spot);
  if (loops.length > 0) return loops.some((loop) => isOutsideOf(r, target, spot, loop)) && handler.kind === "function";
  // The function is called in a loop, each time with the same signal.
  return event === "abort" && isCalledInLoop(r, target, spot);
}

interface Node {
  readonly at: number;
  readonly end: number;
}

/** Loops around it, also around functions that their rounds write, when those run at once: in a promise that is made there. */
function loopsAround(r: Reading, e: Node, spot: Spot): readonly Node[] {
  const own = spot.loops.map(({ node }) => node);
  const site = r.t.standing.get(spot.fn);
  const executed = site?.parent?.kind === "call" && site.parent.new && calledName(site.parent) === "Promise";
  const loops = executed ? [...own, ...site.spot.loops.map(({ node }) => node)] : own;
  const all = executed ? [...spot.loops, ...site.spot.loops] : spot.loops;
  // What somebody wrote down is gone through once.
  return loops.filter((_, i) => {
    const list = all[i]?.iterable;
    return list === undefined || (list.kind !== "array" && !(list.kind === "name" && isWritten(r, list.binding)));
  });
}

function isWritten(r: Reading, binding: number): boolean {
  const writes = r.t.bindings.get(binding)?.writes ?? [];
  return (
    writes.length === 1 &&
    (writes[0]?.value?.kind === "array" || (writes[0]?.value?.kind === "cast" && writes[0].value.value.kind === "array"))
  );
}

/** The variable is the same one in each round. */
function isOutsideOf(r: Reading, target: Expression, spot: Spot, loop: Node): boolean {
  const root = rootOf(target);
  if (someInside(target, (part) => part.kind === "call" || (part.kind === "member" && part.computed !== undefined))) return false;
  if (root.kind === "this") {
    const key = keyOf(r, target, spot);
    return (
      key.startsWith("f") &&
      !(r.t.fields.get(key.slice(1).split(".")[0] ?? "")?.writes ?? []).some(({ node }) => node !== undefined && isInside(loop, node))
    );
  }
  if (root.kind !== "name" || root.binding < 0) return false;
  const writes = r.t.bindings.get(root.binding)?.writes ?? [];
  const declared = r.t.facts.bindings[root.binding];
  const parameterInside = declared?.kind === "parameter" && isInside(loop, r.t.facts.functions[declared.owner] ?? loop);
  return (
    !parameterInside &&
    writes.length > 0 &&
    !writes.some(
      ({ node, spot: where }) => (node !== undefined && isInside(loop, node)) || where.loops.some(({ node: inner }) => inner === loop),
    )
  );
}

function isCalledInLoop(r: Reading, target: Expression, spot: Spot): boolean {
  const root = rootOf(target);
  const owner = root.kind === "name" && root.binding >= 0 ? r.t.facts.bindings[root.binding]?.owner : undefined;
  const fn = owner === undefined ? undefined : r.t.facts.functions[owner];
  if (root.kind !== "name" || fn === undefined || owner === 0 || !around(r, spot.fn).includes(owner ?? -1)) return false;
  const index = fn.params.findIndex(({ target: one }) => one.kind === "bind" && one.binding === root.binding);
  if (index < 0) return false;
  return r.t.calls.some(({ e, spot: where }) => {
    if (e.callee.kind !== "name" || functionOf(r, e.callee) !== owner) return false;
    const given = givenSignal(e, index, target);
    return given !== undefined && loopsAround(r, e, where).some((loop) => isOutsideOf(r, given, where, loop));
  });
}

/** `wait(ms, signal)`, `ask({ signal })`: what the call gives for `signal`, or for `options.signal`. */
function givenSignal(call: CallExpression, index: number, target: Expression): Expression | undefined {
  const given = call.args[index]?.value;
  if (given?.kind !== "object") return given;
  return target.kind === "member" ? given.properties.find((one) => !one.spread && one.name === target.name)?.value : undefined;
}

/** It settles a promise that each call makes, and nobody needs it afterwards. */
function settles(r: Reading, spot: Spot, { target, event, handler }: Added, holder: Acquisition["holder"]): boolean {
  if (event !== undefined && starting.has(event)) return false;
  const executor = around(r, spot.fn).find((fn) => isExecutor(r, fn));
  const facts = executor === undefined ? undefined : r.t.facts.functions[executor];
  if (facts === undefined || executor === undefined) return false;
  const settling = new Set(facts.params.flatMap(({ target: one }) => (one.kind === "bind" ? [one.binding] : [])));
  const fn = functionOf(r, handler);
  const seen = handler.kind === "name" ? [handler.binding] : [];
  if (![...seen, ...(fn === undefined ? [] : (r.t.facts.functions[fn]?.captures ?? []))].some((one) => settling.has(one))) return false;
  const root = rootOf(target);
  if (root.kind === "this") {
    const key = keyOf(r, target, spot);
    return event !== "error" && event !== "close" && event !== "end" && key.startsWith("f") && !isMadeNear(r, key.slice(1), facts.parent);
  }
  if (holder === "runtime") return root.kind !== "name" || root.name !== "process";
  return holder === "module" && isAskedFor(r, executor) && !listens(r, executor, target);
}

/** Beside `once("drain", …)` for the same stream, in a promise: it drains again and again, and each time the other one stays. */
export function waitsToDrain(r: Reading, call: CallExpression, target: Expression, spot: Spot): boolean {
  if (textOf(call.args[0]?.value) === "drain" || !around(r, spot.fn).some((fn) => isExecutor(r, fn))) return false;
  return callsNamed(r, new Set(["once"])).some(
    ({ e, spot: where }) =>
      where.fn === spot.fn &&
      e.callee.kind === "member" &&
      textOf(e.args[0]?.value) === "drain" &&
      sameThing(r, e.callee.object, where, target, spot),
  );
}

function isExecutor(r: Reading, fn: FunctionId): boolean {
  const site = r.t.standing.get(fn);
  return site?.parent?.kind === "call" && site.parent.new && calledName(site.parent) === "Promise" && site.parent.args[0]?.value === site.e;
}

/** The field is filled by the function itself: it is about that one. */
function isMadeNear(r: Reading, field: string, fn: FunctionId): boolean {
  const writes = r.t.fields.get(field.split(".")[0] ?? "")?.writes ?? [];
  return writes.length === 0 || writes.some(({ spot }) => around(r, spot.fn).includes(fn));
}

/** What is done in the promise depends on what the function was given. */
function isAskedFor(r: Reading, executor: FunctionId): boolean {
  const outer = r.t.facts.functions[executor]?.captures ?? [];
  return outer.some((one) => r.t.facts.bindings[one]?.kind === "parameter");
}

function listens(r: Reading, executor: FunctionId, target: Expression): boolean {
  return r.t.calls.some(
    ({ e, spot }) =>
      calledName(e) === "listen" &&
      around(r, spot.fn).includes(executor) &&
      e.callee.kind === "member" &&
      keyOf(r, e.callee.object, spot) === keyOf(r, target, spot),
  );
}

/** The class made it: it goes with the instance. */
function isOwn(r: Reading, { target, spot }: Added): boolean {
  const key = keyOf(r, target, spot);
  if (!key.startsWith("f")) return true;
  const makes = (value: Expression | undefined): boolean => value?.kind === "call" || value?.kind === "await" || value?.kind === "object";
  if (key.includes(".")) {
    const written = r.t.statements.flatMap(({ s, spot: where }) =>
      s.kind === "assign" && s.target.kind === "member" && keyOf(r, s.target.target, where) === key ? [s.value] : [],
    );
    return written.some(makes);
  }
  const writes = r.t.fields.get(key.slice(1))?.writes ?? [];
  return writes.length === 0 || writes.some(({ value }) => makes(value));
}
