/** Loops that are left early: a search, a retry or a walk through pages, or only a round that went wrong. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Statement } from "../../model/facts-statements.ts";
import type { Activation } from "./activation.ts";
import type { Unit } from "./unit.ts";
import type { Value } from "./value.ts";

/** A loop that leaves when a result says so looks for something, retries or walks through pages. */
export function markExit(act: Activation, s: Extract<Statement, { kind: "branch" }>, test: Value): void {
  const loop = act.loops[act.loops.length - 1];
  if (loop === undefined || loop.depth !== act.frames.length) return;
  if (!test.deps.some((token) => token >= loop.mark && act.io?.has(token) === true)) return;
  const leaves = [s.then, s.else].filter((body) => body.some((one) => one.kind === "break" || one.kind === "return"));
  if (leaves.length > 0 && !(loop.facts.form === "each" && givesUp(act.unit, s, loop.body))) loop.facts.exitsOnResult = true;
}

/** `if (!row) return failure;` before the round goes on with the row: every round needs one, a missing one is an error. */
function givesUp(unit: Unit, s: Extract<Statement, { kind: "branch" }>, body: readonly Statement[] | undefined): boolean {
  if (body === undefined || s.else.length > 0 || s.then[s.then.length - 1]?.kind !== "return" || s.then.some((one) => one.kind === "break"))
    return false;
  const missing = absent(s.test);
  return missing !== undefined && missing.length > 0 && missing.every((binding) => binding >= 0 && isUsedAfter(unit, body, binding, s.end));
}

/** Variables of which one is missing when the test holds; undefined when it says something else. */
function absent(test: Expression): readonly number[] | undefined {
  if (test.kind === "unary" && test.operator === "!") return test.value.kind === "name" ? [test.value.binding] : undefined;
  if (test.kind === "logical" && test.operator === "||") {
    const left = absent(test.left);
    const right = absent(test.right);
    return left === undefined || right === undefined ? undefined : [...left, ...right];
  }
  if (test.kind === "binary" && (test.operator === "===" || test.operator === "==") && test.left.kind === "name" && isNothing(test.right))
    return [test.left.binding];
  return undefined;
}

function isNothing(e: Expression): boolean {
  return e.kind === "literal" && (e.type === "null" || e.type === "undefined");
}

function isUsedAfter(unit: Unit, node: unknown, binding: number, from: number): boolean {
  if (node === null || typeof node !== "object") return false;
  if (Array.isArray(node)) return node.some((one) => isUsedAfter(unit, one, binding, from));
  const record = node as Record<string, unknown>;
  if (typeof record["end"] === "number" && record["end"] <= from) return false;
  if (record["kind"] === "name" && record["binding"] === binding) return (record["at"] as number) > from;
  if (record["kind"] === "function") return unit.facts.functions[record["function"] as number]?.captures.includes(binding) === true;
  return Object.values(record).some((value) => isUsedAfter(unit, value, binding, from));
}
