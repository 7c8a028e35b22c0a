/** Listeners, timers, subscriptions: what is asked to call back, and whether anything in the file lets go of it. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import type { Acquisition } from "../../model/local.ts";
import { wordsOf } from "../interpret/unit.ts";
import { around, calledName, callsNamed, cleanupOf, isEffect, isShared, sameThing, textOf } from "./handles.ts";
import type { Reading } from "./reading.ts";
import { keyOf, placeIn } from "./reading.ts";
import type { Site, Spot } from "./text.ts";
import { classOf } from "./text.ts";

export const listening: ReadonlySet<string> = new Set(["addEventListener", "on", "addListener", "prependListener"]);
export const unlistening: ReadonlySet<string> = new Set(["removeEventListener", "off", "removeListener", "removeAllListeners"]);
/** What ends the thing itself, and all that it calls back with it. */
const ending: ReadonlySet<string> = new Set([
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
const endMethods: ReadonlySet<string> = new Set([
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

type CallSite = Site & { readonly e: CallExpression };

export function readAcquisitions(r: Reading): void {
  if (r.python) return;
  const off = callsNamed(r, unlistening);
  for (const site of r.t.calls) {
    const name = calledName(site.e);
    if (listening.has(name) && site.e.callee.kind === "member") listener(r, site, off);
    else if (name === "setInterval" && isGlobalCall(site.e)) interval(r, site);
    else if (name === "subscribe" && site.e.callee.kind === "member" && site.e.args.length > 0) subscription(r, site);
    else if (site.e.new && (name === "WebSocket" || name === "EventSource") && isGlobalCall(site.e)) socket(r, site);
  }
}

function isGlobalCall({ callee }: CallExpression): boolean {
  if (callee.kind === "name") return callee.binding < 0;
  return callee.kind === "member" && callee.object.kind === "name" && callee.object.binding < 0 && runtime.has(callee.object.name);
}

function listener(r: Reading, site: CallSite, off: readonly CallSite[]): void {
  const { e, spot, parent } = site;
  if (e.callee.kind !== "member") return;
  const event = textOf(e.args[0]?.value);
  const handler = e.args[1]?.value;
  // What happens once in the life of a page calls nobody back again.
  if (event === undefined || handler === undefined || event === "load" || event === "DOMContentLoaded") return;
  const holder = holderOf(r, e.callee.object, spot);
  const options = e.args[2]?.value;
  if (isOnce(options)) return;
  // `const off = emitter.on(…)`, `return emitter.on(…)`: what it gives back lets go of it.
  const kept =
    parent?.kind === "assign" ||
    parent?.kind === "return" ||
    parent?.kind === "array" ||
    parent?.kind === "object" ||
    parent?.kind === "call";
  const target = e.callee.object;
  const released = kept ? "yes" : releasedBy(r, off, target, event, handler, spot, endsHolder(r, target, spot));
  push(r, site, "listener", `\`${event}\` of \`${wordsOf(target)}\``, holder, released, {
    signal: event === "abort",
    shared: isShared(r, target, spot.fn),
  });
}

/** `{ once: true }`, `{ signal }`, or options that cannot be seen. */
function isOnce(options: Expression | undefined): boolean {
  if (options === undefined || options.kind === "literal") return false;
  if (options.kind !== "object") return true;
  return options.properties.some(
    (one) => one.spread || one.name === "signal" || (one.name === "once" && !(one.value.kind === "literal" && one.value.value === false)),
  );
}

function releasedBy(
  r: Reading,
  off: readonly CallSite[],
  target: Expression,
  event: string,
  handler: Expression,
  spot: Spot,
  ended: boolean,
): Acquisition["released"] {
  if (ended) return "yes";
  let near = false;
  for (const { e, spot: where } of off) {
    if (e.callee.kind !== "member" || !sameThing(r, target, spot, e.callee.object, where)) continue;
    const name = textOf(e.args[0]?.value);
    if (e.args.length === 0 || (e.args[0] !== undefined && name === undefined)) return "yes";
    if (name !== event) continue;
    const removed = e.args[1]?.value;
    if (removed === undefined) return "yes";
    // A function that is written there and then is nobody else's.
    if (removed.kind === "function" || handler.kind === "function") near = true;
    else return "yes";
  }
  return near ? "mismatch" : "no";
}

/** Something in the file ends the holder itself. */
function endsHolder(r: Reading, target: Expression, spot: Spot): boolean {
  return callsNamed(r, ending).some(
    ({ e, spot: where }) => e.callee.kind === "member" && sameThing(r, target, spot, e.callee.object, where),
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
    return declared?.owner === innermost ? "made" : "given";
  }
  if (target.kind === "member") {
    const root = rootOf(target);
    if (root?.kind === "name" && root.binding < 0 && runtime.has(root.name)) return "runtime";
    return "given";
  }
  return "made";
}

function rootOf(e: Expression): Expression | undefined {
  return e.kind === "member" ? rootOf(e.object) : e;
}

function interval(r: Reading, site: CallSite): void {
  const clears = callsNamed(r, new Set(["clearInterval", "clearTimeout"]));
  push(
    r,
    site,
    "interval",
    "an interval",
    "runtime",
    handleReleased(
      r,
      site,
      clears.map((one) => ({ e: one.e.args[0]?.value, spot: one.spot })),
    ),
    {},
  );
}

/** The handle is cleared somewhere, or goes where it cannot be followed. */
function handleReleased(
  r: Reading,
  { spot, parent }: CallSite,
  released: readonly { readonly e: Expression | undefined; readonly spot: Spot }[],
): Acquisition["released"] {
  if (parent === undefined || parent.kind === "expression") return "no";
  // `setInterval(…).unref()` drops it too.
  if (parent.kind === "member") return parent.name === "unref" ? "no" : "yes";
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

function subscription(r: Reading, site: CallSite): void {
  const { e, spot, parent } = site;
  if (e.callee.kind !== "member" || parent?.kind !== "expression" || e.args[0]?.value.kind !== "function") return;
  const effect = around(r, spot.fn).find((fn) => isEffect(r, fn));
  if (effect === undefined) return;
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
  const ends = callsNamed(r, ending).flatMap((one) => (one.e.callee.kind === "member" ? [{ e: one.e.callee.object, spot: one.spot }] : []));
  if (!around(r, site.spot.fn).some((fn) => isEffect(r, fn))) return;
  push(r, site, "socket", "the connection", "runtime", handleReleased(r, site, ends), {});
}

function push(
  r: Reading,
  { e, spot }: CallSite,
  kind: Acquisition["kind"],
  words: string,
  holder: Acquisition["holder"],
  released: Acquisition["released"],
  more: { readonly signal?: boolean; readonly shared?: boolean },
): void {
  const effect = isEffect(r, spot.fn) ? spot.fn : undefined;
  const cleanup = effect === undefined ? undefined : cleanupOf(r, effect);
  // A clean-up that calls something else may let go of anything.
  const unknownCleanup = cleanup === true || (typeof cleanup === "number" && callsElsewhere(r, cleanup));
  const owner = classOf(r.t.facts, spot.fn);
  const own = owner === undefined ? undefined : r.t.facts.classes[owner];
  const sets = own?.members.some(
    (one) =>
      one.function === spot.fn &&
      (one.kind === "constructor" || one.name === "constructor" || one.name === "componentDidMount" || one.name === "connectedCallback"),
  );
  r.found.acquisitions.push({
    ...placeIn(r, e, spot),
    kind,
    words,
    holder,
    scope: spot.fn === 0 ? "module" : effect !== undefined ? "effect" : sets === true ? "instance" : "function",
    released: unknownCleanup ? "yes" : released,
    tidies: cleanup !== undefined,
    ends: own !== undefined && own.members.some((one) => endMethods.has(one.name)) && !isMadeOnce(r, owner ?? -1),
    signal: more.signal === true,
    shared: more.shared === true,
  });
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

/** Calls something that neither lets go of a listener nor of a timer. */
function callsElsewhere(r: Reading, fn: number): boolean {
  return r.t.calls.some(({ e, spot }) => {
    if (spot.fn !== fn) return false;
    const name = calledName(e);
    return !(unlistening.has(name) || ending.has(name) || name.startsWith("clear") || name === "unobserve" || /^set[A-Z]/.test(name));
  });
}
