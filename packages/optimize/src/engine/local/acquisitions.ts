/** Listeners, timers, subscriptions: what is asked to call back, and whether anything in the file lets go of it. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import type { Acquisition } from "../../model/acquisition.ts";
import { wordsOf } from "../interpret/unit.ts";
import { againOf, waitsToDrain } from "./again.ts";
import { around, calledName, callsNamed, cleanupsOf, functionOf, isShared, textOf } from "./handles.ts";
import { madeOf } from "./mounted.ts";
import type { Reading } from "./reading.ts";
import { placeIn } from "./reading.ts";
import type { CallSite } from "./releases.ts";
import { endedThings, ending, endsHolder, eventWords, handleReleased, isOnce, listening, releasedBy, unlistening } from "./releases.ts";
import { effectOf, isEnded, isGuarded, scopeOf } from "./scopes.ts";
import type { Spot } from "./text.ts";

const runtime: ReadonlySet<string> = new Set([
  "window",
  "document",
  "process",
  "globalThis",
  "self",
  "navigator",
  "visualViewport",
  "screen",
]);

export function readAcquisitions(r: Reading): void {
  if (r.python) return;
  for (const site of r.t.calls) {
    const name = calledName(site.e);
    if ((listening.has(name) || (name === "once" && staysAfterOnce(r, site))) && site.e.callee.kind === "member") listener(r, site);
    else if (name === "setInterval" && isGlobalCall(site.e)) interval(r, site);
    else if (name === "subscribe" && site.e.callee.kind === "member" && site.e.args.length > 0) subscription(r, site);
    else if (site.e.new && (name === "WebSocket" || name === "EventSource") && isGlobalCall(site.e)) socket(r, site);
    else if (site.e.new && /^(?:Resize|Mutation|Intersection)Observer$/.test(name) && isGlobalCall(site.e)) observer(r, site);
    else if (site.e.new) instance(r, site);
  }
}

/** Once may be never: what the process waits for, the end of a connection that requests share, and the error of a stream that is only full. */
function staysAfterOnce(r: Reading, { e, spot }: CallSite): boolean {
  if (e.callee.kind !== "member") return false;
  const { object } = e.callee;
  return (
    (object.kind === "name" && object.binding < 0 && object.name === "process") || isWire(r, object) || waitsToDrain(r, e, object, spot)
  );
}

/** `req.socket`, `res.connection`: of what a function was given. */
function isWire(r: Reading, e: Expression): boolean {
  return (
    e.kind === "member" &&
    (e.name === "socket" || e.name === "connection") &&
    e.object.kind === "name" &&
    e.object.binding >= 0 &&
    r.t.facts.bindings[e.object.binding]?.kind === "parameter"
  );
}

function isGlobalCall({ callee }: CallExpression): boolean {
  if (callee.kind === "name") return callee.binding < 0;
  return callee.kind === "member" && callee.object.kind === "name" && callee.object.binding < 0 && runtime.has(callee.object.name);
}

function listener(r: Reading, site: CallSite): void {
  const { e, spot, parent } = site;
  const named = e.args[0]?.value;
  const handler = e.args[1]?.value;
  if (e.callee.kind !== "member" || named === undefined || handler === undefined) return;
  const event = textOf(named);
  // What happens once in the life of a page calls nobody back again.
  if (event === "load" || event === "DOMContentLoaded") return;
  if (event === undefined && eventWords(named) === "") return;
  const target = e.callee.object;
  const holder = holderOf(r, target, spot);
  const options = e.args[2]?.value;
  if (isOnce(options, event ?? "")) return;
  // `const off = emitter.on(…)`, `return emitter.on(…)`: what it gives back lets go of it.
  const kept =
    parent?.kind === "assign" ||
    parent?.kind === "return" ||
    parent?.kind === "array" ||
    parent?.kind === "object" ||
    parent?.kind === "call";
  const added = { target, event, handler, options, spot };
  push(
    r,
    site,
    "listener",
    `\`${eventWords(named)}\` of \`${wordsOf(target)}\``,
    holder,
    kept || isKnownAlready(r, site, handler) ? "yes" : releasedBy(r, added),
    {
      signal: event === "abort",
      shared: isShared(r, target, spot.fn),
      again: calledName(e) === "once" && waitsToDrain(r, e, target, spot) ? "promise" : againOf(r, site, added, holder),
      handler,
      wire: isWire(r, target),
    },
  );
}

/** The DOM adds one function only once: a function of the module never grows in number. */
function isKnownAlready(r: Reading, { e, spot }: CallSite, handler: Expression): boolean {
  return (
    calledName(e) === "addEventListener" &&
    handler.kind === "name" &&
    handler.binding >= 0 &&
    r.t.facts.bindings[handler.binding]?.owner === 0 &&
    effectOf(r, spot.fn) === undefined
  );
}

function holderOf(r: Reading, target: Expression, spot: Spot): Acquisition["holder"] {
  if (target.kind === "name") {
    if (target.binding < 0) return runtime.has(target.name) ? "runtime" : "given";
    const declared = r.t.facts.bindings[target.binding];
    if (declared?.kind === "parameter" || declared?.kind === "catch") return "given";
    if (declared?.owner === 0) return "module";
    const inside = around(r, spot.fn);
    const [innermost] = inside;
    return declared?.owner === innermost && !isTakenFromGiven(r, target.binding) ? "made" : "given";
  }
  if (target.kind === "member") {
    const root = rootOf(target);
    if (root?.kind === "name" && root.binding < 0 && runtime.has(root.name)) return "runtime";
    return "given";
  }
  return "made";
}

/** `const { signal } = options`, `const signal = options.signal ?? null`: another name for what was given. */
function isTakenFromGiven(r: Reading, binding: number): boolean {
  const writes = r.t.bindings.get(binding)?.writes ?? [];
  return (
    writes.some(({ value }) => value?.kind !== "literal") &&
    writes.every(({ value, whole }) => (value === undefined ? !whole : isGiven(r, value)))
  );
}

function isGiven(r: Reading, e: Expression): boolean {
  if (e.kind === "literal") return true;
  if (e.kind === "logical") return isGiven(r, e.left) && isGiven(r, e.right);
  const root = e.kind === "member" ? rootOf(e) : undefined;
  return root?.kind === "name" && root.binding >= 0 && r.t.facts.bindings[root.binding]?.kind === "parameter";
}

function rootOf(e: Expression): Expression | undefined {
  return e.kind === "member" ? rootOf(e.object) : e;
}

function interval(r: Reading, site: CallSite): void {
  const clears = callsNamed(r, new Set(["clearInterval", "clearTimeout"])).map((one) => ({ e: one.e.args[0]?.value, spot: one.spot }));
  push(r, site, "interval", "an interval", "runtime", handleReleased(r, site, clears), { handler: site.e.args[0]?.value });
}

function subscription(r: Reading, site: CallSite): void {
  const { e, spot, parent } = site;
  if (e.callee.kind !== "member" || parent?.kind !== "expression" || e.args[0]?.value.kind !== "function") return;
  const effect = around(r, spot.fn).find((fn) => effectOf(r, fn) !== undefined);
  if (effect === undefined && scopeOf(r, e, spot) !== "render") return;
  const ended = endsHolder(r, e.callee.object, spot);
  push(
    r,
    site,
    "subscription",
    `the subscription to \`${wordsOf(e.callee.object)}\``,
    holderOf(r, e.callee.object, spot),
    ended ? "yes" : "no",
    {},
  );
}

function socket(r: Reading, site: CallSite): void {
  if (!around(r, site.spot.fn).some((fn) => effectOf(r, fn) !== undefined)) return;
  push(r, site, "socket", "the connection", "runtime", handleReleased(r, site, endedThings(r, ending)), {});
}

/** Something of a library, or of the browser, that has to be ended. */
function instance(r: Reading, site: CallSite): void {
  const made = effectOf(r, site.spot.fn) === undefined ? undefined : madeOf(r, site.e);
  if (made === undefined) return;
  const released = handleReleased(r, site, endedThings(r, new Set([made.end, ...ending])));
  push(r, site, "instance", `\`${wordsOf(site.e)}\``, "runtime", released, { end: made.end });
}

/** What it watches goes with the component, unless it is the page itself. */
function observer(r: Reading, site: CallSite): void {
  if (effectOf(r, site.spot.fn) === undefined) return;
  const released = handleReleased(r, site, endedThings(r, new Set(["disconnect", "unobserve"])));
  push(r, site, "observer", `the \`${calledName(site.e)}\``, watchesPage(r, site) ? "runtime" : "given", released, {});
}

function watchesPage(r: Reading, { spot }: CallSite): boolean {
  return callsNamed(r, new Set(["observe"])).some(({ e, spot: where }) => {
    const root = e.args[0] === undefined ? undefined : rootOf(e.args[0].value);
    return where.fn === spot.fn && root?.kind === "name" && root.binding < 0 && root.name === "document";
  });
}

interface More {
  readonly signal?: boolean;
  readonly shared?: boolean;
  readonly again?: Acquisition["again"];
  readonly handler?: Expression | undefined;
  readonly end?: string;
  readonly wire?: boolean;
}

function push(
  r: Reading,
  { e, spot }: CallSite,
  kind: Acquisition["kind"],
  words: string,
  holder: Acquisition["holder"],
  released: Acquisition["released"],
  more: More,
): void {
  const effect = effectOf(r, spot.fn);
  const cleanups = effect === undefined ? [] : cleanupsOf(r, effect);
  // A clean-up that calls something else may let go of anything.
  const unknownCleanup = cleanups === true || cleanups.some((one) => callsElsewhere(r, one));
  const fn = more.handler === undefined ? undefined : functionOf(r, more.handler);
  const seen = fn === undefined ? [] : (r.t.facts.functions[fn]?.captures ?? []);
  r.found.acquisitions.push({
    ...placeIn(r, e, spot),
    kind,
    words,
    holder,
    scope: scopeOf(r, e, spot),
    released: unknownCleanup ? "yes" : released,
    tidies: cleanups === true || cleanups.length > 0,
    ends: isEnded(r, spot.fn),
    signal: more.signal === true,
    wire: more.wire === true,
    shared: more.shared === true,
    local: seen.some((one) => (r.t.facts.bindings[one]?.owner ?? 0) !== 0) && (more.wire === true || isOfCaller(r, e)),
    perCall: seen.some((one) => r.t.facts.bindings[one]?.kind === "parameter") && !isGuarded(r, e, spot),
    ...(more.again === undefined ? {} : { again: more.again }),
    ...(more.end === undefined ? {} : { end: more.end }),
  });
}

/** A signal that the caller gives, with the options: who serves a request is given that first, and its signal ends with it. */
function isOfCaller(r: Reading, { callee, args }: CallExpression): boolean {
  const target = callee.kind === "member" ? callee.object : undefined;
  const root = target === undefined ? undefined : rootOf(target);
  if (target === undefined || root?.kind !== "name" || root.binding < 0 || isKeptElsewhere(r, args[1]?.value)) return false;
  if (r.t.facts.bindings[root.binding]?.kind === "parameter") return target.kind === "name" || !isServedFirst(r, root.binding);
  const from = (r.t.bindings.get(root.binding)?.writes ?? []).flatMap(({ value }) =>
    value?.kind === "member" ? (rootOf(value) ?? []) : [],
  );
  return from.some((one) => one.kind === "name" && r.t.facts.bindings[one.binding]?.kind === "parameter" && !isServedFirst(r, one.binding));
}

/** Somebody holds the function that calls back, and may take it off under another name. */
function isKeptElsewhere(r: Reading, handler: Expression | undefined): boolean {
  if (handler?.kind !== "name") return handler?.kind !== "function";
  return (r.t.bindings.get(handler.binding)?.reads ?? []).some(
    ({ parent, e }) => parent?.kind !== "call" || parent.callee === e || !listening.has(calledName(parent)),
  );
}

function isServedFirst(r: Reading, binding: number): boolean {
  const declared = r.t.facts.bindings[binding];
  if (declared === undefined) return true;
  if (declared.type?.kind === "name" && /(?:Request|Context)$/.test(declared.type.path.at(-1) ?? "")) return true;
  const first = r.t.facts.functions[declared.owner]?.params[0]?.target;
  return declared.kind === "parameter" && first?.kind === "bind" && first.binding === binding;
}

/** Calls something that neither lets go of a listener nor of a timer. */
function callsElsewhere(r: Reading, fn: number): boolean {
  return r.t.calls.some(({ e, spot }) => {
    if (spot.fn !== fn) return false;
    const name = calledName(e);
    return !(unlistening.has(name) || ending.has(name) || name.startsWith("clear") || name === "unobserve" || /^set[A-Z]/.test(name));
  });
}
