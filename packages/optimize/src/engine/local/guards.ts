/** Time-outs that end work which takes too long: forgotten, they stay for their whole time after the work is done, with all that they can see. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import { wordsOf } from "../interpret/unit.ts";
import { calledName, callsNamed, functionOf } from "./handles.ts";
import { placeIn } from "./reading.ts";
import type { Reading } from "./reading.ts";

/** What ends work, or gives it up. */
const ending: ReadonlySet<string> = new Set(["abort", "destroy", "terminate", "kill", "cancel"]);

export function readGuards(r: Reading): void {
  if (r.python) return;
  for (const { e, parent, spot } of callsNamed(r, new Set(["setTimeout"]))) {
    // The handle is dropped where the call is a statement of its own.
    if (parent?.kind !== "expression" || e.callee.kind !== "name" || e.callee.binding >= 0 || spot.fn === 0) continue;
    const after = numberOf(r, e.args[1]?.value);
    const words = endedBy(r, e.args[0]?.value);
    if (after !== undefined && words !== undefined) r.found.guards.push({ ...placeIn(r, e, spot), words, after });
  }
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
