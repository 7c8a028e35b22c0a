/** `if (ids.length > 100) return;`: what follows has at most a hundred of them. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Statement } from "../../model/facts-statements.ts";
import type { Activation } from "./activation.ts";
import { evaluate } from "./expressions.ts";
import { smallest } from "./loops.ts";
import type { Value } from "./value.ts";
import { constantOf } from "./value.ts";

const leaving: ReadonlySet<Statement["kind"]> = new Set<Statement["kind"]>(["return", "throw", "break", "continue"]);

/** Keeps the bounds that hold after a statement which leaves when a list is longer. */
export function noteGuard(act: Activation, s: Extract<Statement, { kind: "branch" }>): void {
  const last = s.then[s.then.length - 1];
  if (last === undefined || !leaving.has(last.kind)) return;
  for (const { list, most } of bounds(act, s.test)) keep(act, list, most);
}

/** Lists that are longer than a constant when the test holds. */
function bounds(act: Activation, test: Expression): { readonly list: Expression; readonly most: number }[] {
  // Any of the alternatives leaves.
  if (test.kind === "logical") return test.operator === "||" ? [...bounds(act, test.left), ...bounds(act, test.right)] : [];
  if (test.kind !== "binary") return [];
  // `ids.length !== 2`: exactly two.
  const other = test.operator === "!==" || test.operator === "!=";
  const larger = other || test.operator.startsWith(">") ? test.left : test.operator.startsWith("<") ? test.right : undefined;
  if (larger?.kind !== "member" || (larger.name !== "length" && larger.name !== "size")) return [];
  const limit = larger === test.left ? test.right : test.left;
  if (limit.kind !== "literal" && limit.kind !== "name" && limit.kind !== "member") return [];
  const most = constantOf(evaluate(act, limit))?.value;
  return typeof most === "number" && most > 0
    ? [{ list: larger.object, most: !other && test.operator.endsWith("=") ? most - 1 : most }]
    : [];
}

function keep(act: Activation, list: Expression, most: number): void {
  if (list.kind !== "name" && list.kind !== "member") return;
  let value = evaluate(act, list);
  if (list.kind === "name" && list.binding >= 0) {
    const isArray = value.what.some((origin) => origin.kind === "array");
    if (act.fn !== 0 && act.unit.facts.bindings[list.binding]?.owner === 0) {
      // A variable of the module: it is so in this function, from here on, and there it has a name.
      value = { ...bounded(value, most), key: value.key ?? `v${act.token()}` };
      if (isArray || value.what.length === 0) act.env.overlay(list.binding, value);
    } else if (isArray) act.env.assign(list.binding, bounded(value, most), act);
  }
  if (value.key !== undefined) act.bounds = new Map([...act.bounds, [value.key, most]]);
}

function bounded(value: Value, most: number): Value {
  return {
    ...value,
    what: value.what.map((origin) => (origin.kind === "array" ? { ...origin, size: smallest(origin.size, most) } : origin)),
  };
}
