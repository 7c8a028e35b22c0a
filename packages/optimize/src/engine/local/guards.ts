/** Time-outs that end work which takes too long: forgotten, they stay for their whole time after the work is done, with all that they can see. */
import type { AssignExpression, CallExpression, Expression } from "../../model/facts-expressions.ts";
import type { Statement } from "../../model/facts-statements.ts";
import { wordsOf } from "../interpret/unit.ts";
import { calledName, callsNamed, functionOf } from "./handles.ts";
import { someInside } from "./parts.ts";
import { isInside, partsOf, placeIn } from "./reading.ts";
import type { Reading } from "./reading.ts";
import type { Spot } from "./text.ts";

/** What ends work, or gives it up. */
const ending: ReadonlySet<string> = new Set(["abort", "destroy", "terminate", "kill", "cancel"]);

export function readGuards(r: Reading): void {
  if (r.python) return;
  for (const { e, parent, spot } of callsNamed(r, new Set(["setTimeout"]))) {
    if (e.callee.kind !== "name" || e.callee.binding >= 0 || spot.fn === 0) continue;
    const after = numberOf(r, e.args[1]?.value);
    const words = endedBy(r, e.args[0]?.value);
    // To end what has ended does nothing: such a time-out matters when it is known to stay long.
    if (parent?.kind === "assign" && (after !== undefined || words === undefined) && isLeftByErrors(r, parent, spot))
      r.found.guards.push({ ...placeIn(r, e, spot), words: "", after, kept: true });
    // The handle is dropped where the call is a statement of its own.
    if (parent?.kind !== "expression") continue;
    if (after !== undefined && words !== undefined) r.found.guards.push({ ...placeIn(r, e, spot), words, after, kept: false });
  }
}

/** The one variable that holds the handle is cleared where the work has succeeded, and nowhere else: `await work(); clearTimeout(timer);`. */
function isLeftByErrors(
  r: Reading,
  { target, end }: AssignExpression | Extract<Statement, { readonly kind: "assign" }>,
  { fn }: Spot,
): boolean {
  if (target.kind !== "bind" || r.t.facts.bindings[target.binding]?.owner !== fn) return false;
  const reads = r.t.bindings.get(target.binding)?.reads ?? [];
  const clears = reads.flatMap(({ parent, spot, e }) =>
    spot.fn === fn && parent?.kind === "call" && parent.callee !== e && calledName(parent) === "clearTimeout" ? [parent] : [],
  );
  const [first] = clears;
  if (first === undefined || clears.length !== reads.length) return false;
  const tries = r.t.statements.flatMap(({ s, spot }) => (spot.fn === fn && s.kind === "try" ? [s] : []));
  // Cleared in a handler, or after one.
  if (clears.some((clear) => tries.some((one) => isInside(one, clear) && !one.body.some((s) => isInside(s, clear))))) return false;
  return r.t.statements.some(({ s, spot }) => {
    if (spot.fn !== fn || s.at < end || s.end > first.at || !partsOf(s).some((part) => someInside(part, mayFail))) return false;
    const around = tries.filter((one) => isInside(one, s));
    return around.every((one) => clears.every((clear) => isInside(one, clear)));
  });
}

/** `await work()`; to wait for a time does not fail. */
function mayFail(e: Expression): boolean {
  return e.kind === "await" && !(e.value.kind === "call" && e.value.new);
}

/** What the function does, when all that it does is to end something. */
function endedBy(r: Reading, callback: Expression | undefined): string | undefined {
  if (callback === undefined) return undefined;
  if ((callback.kind === "name" || callback.kind === "member") && ending.has(callback.name) && !isOwn(r, callback))
    return wordsOf(callback);
  const fn = functionOf(r, callback);
  const body = fn === undefined ? undefined : r.t.facts.functions[fn]?.body;
  const [only] = body ?? [];
  if (body?.length !== 1 || (only?.kind !== "expression" && only?.kind !== "return") || only.value?.kind !== "call") return undefined;
  const { callee } = only.value;
  return ending.has(calledName(only.value)) || isReject(r, only.value) ? wordsOf(callee) : undefined;
}

/** A function of the file is not what a library calls so. */
function isOwn(r: Reading, e: Expression): boolean {
  return e.kind === "name" && functionOf(r, e) !== undefined;
}

/** `reject(…)` of the promise that is being made. */
function isReject(r: Reading, { callee }: CallExpression): boolean {
  if (callee.kind !== "name" || callee.binding < 0) return false;
  const owner = r.t.facts.bindings[callee.binding]?.owner;
  const [, second] = owner === undefined ? [] : (r.t.facts.functions[owner]?.params ?? []);
  if (owner === undefined || second?.target.kind !== "bind" || second.target.binding !== callee.binding) return false;
  const site = r.t.standing.get(owner);
  return site?.parent?.kind === "call" && site.parent.new && calledName(site.parent) === "Promise";
}

/** `30_000`, `30 * 1000`, or a constant that is so. */
function numberOf(r: Reading, e: Expression | undefined, depth = 0): number | undefined {
  if (e === undefined || depth > 4) return undefined;
  if (e.kind === "literal") return typeof e.value === "number" ? e.value : undefined;
  if (e.kind === "binary" && e.operator === "*") {
    const [left, right] = [numberOf(r, e.left, depth + 1), numberOf(r, e.right, depth + 1)];
    return left === undefined || right === undefined ? undefined : left * right;
  }
  if (e.kind !== "name" || e.binding < 0) return undefined;
  const writes = r.t.bindings.get(e.binding)?.writes ?? [];
  return writes.length === 1 && writes[0]?.operator === "" ? numberOf(r, writes[0].value, depth + 1) : undefined;
}
