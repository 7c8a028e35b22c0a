/** Loops that count through a list, up, down or in pages. */
import type { LoopStatement } from "../../model/facts-statements.ts";
import type { Activation } from "./activation.ts";
import { evaluate } from "./expressions.ts";
import { nameOf } from "./unit.ts";
import type { Value } from "./value.ts";

export function keysOf(list: Value | undefined): Value | undefined {
  return list === undefined ? undefined : { what: list.what.filter((origin) => origin.kind === "object"), deps: list.deps, key: list.key };
}

/** `for (let i = 0; i < list.length; i++)` runs over `list`. */
export function countedList(
  act: Activation,
  s: LoopStatement,
): { list: Value | undefined; name: string; max: number | undefined } | undefined {
  const { test } = s;
  if (test?.kind !== "binary") return undefined;
  if (test.operator.startsWith(">")) return countedDown(act, s);
  const limit = test.right;
  const other = test.left;
  if (other.kind !== "name") return undefined;
  if (limit.kind === "member" && (limit.name === "length" || limit.name === "size"))
    return { list: evaluate(act, limit.object), name: nameOf(limit.object), max: undefined };
  const value = evaluate(act, limit);
  const first = value.what[0];
  const start =
    s.init[0]?.kind === "assign" && s.init[0].value?.kind === "literal" && typeof s.init[0].value.value === "number"
      ? s.init[0].value.value
      : 0;
  if (value.what.length === 1 && first?.kind === "const" && typeof first.value === "number")
    return { list: undefined, name: nameOf(limit), max: Math.max(0, first.value - start + (test.operator === "<=" ? 1 : 0)) };
  return { list: undefined, name: nameOf(limit) || "steps", max: undefined };
}

/** `for (let i = list.length - 1; i >= 0; i--)` runs over `list`. */
function countedDown(act: Activation, s: LoopStatement): { list: Value | undefined; name: string; max: number | undefined } | undefined {
  const first = s.init[0]?.kind === "assign" ? s.init[0].value : undefined;
  const top = first?.kind === "binary" && first.operator === "-" ? first.left : first;
  return top?.kind === "member" && top.name === "length"
    ? { list: evaluate(act, top.object), name: nameOf(top.object), max: undefined }
    : undefined;
}

/** `i += chunk`: the body works on pieces of the list. */
export function stepsByChunk(s: LoopStatement): boolean {
  return (
    rangesByChunk(s.iterable) ||
    (s.form === "count" &&
      s.update?.kind === "assign" &&
      s.update.operator === "+" &&
      !(s.update.value.kind === "literal" && s.update.value.value === 1))
  );
}

/** `range(0, len(rows), 500)` */
function rangesByChunk(iterable: LoopStatement["iterable"]): boolean {
  if (iterable?.kind !== "call" || iterable.callee.kind !== "name" || iterable.callee.name !== "range" || iterable.callee.binding >= 0)
    return false;
  const step = iterable.args[2]?.value;
  return step !== undefined && step.kind !== "unary" && !(step.kind === "literal" && step.value === 1);
}

/** A counter without a list whose loop only ends from inside walks pages. */
export function isPageWalk(s: LoopStatement): boolean {
  return s.iterable === undefined && s.test === undefined;
}
