/** Binary, unary and compound operators. */
import type { Expression } from "../../model/facts-expressions.ts";
import { made } from "./sent-texts.ts";
import type { Activation } from "./activation.ts";
import { readBinding } from "./bindings.ts";
import { evaluateTest, inArms } from "./conditions.ts";
import type { Deps } from "./deps.ts";
import { union } from "./deps.ts";
import { escapes } from "./escapes.ts";
import { evaluate } from "./expressions.ts";
import { join, joinAll } from "./joins.ts";
import { changedFrom, changedIn } from "./lost-updates.ts";
import { note } from "./operation.ts";
import { setOperation } from "./python-sets.ts";
import { askRows, joinedQueries } from "./row-uses.ts";
import { noteSight } from "./sights.ts";
import { joinLists } from "./slices.ts";
import type { Value } from "./value.ts";
import { arrayIn, constantOf, constantValue, scalar, truthiness, undefinedValue, unknown, valueOf, withDeps } from "./value.ts";

const comparisons = new Set(["===", "!==", "==", "!=", ">", "<", ">=", "<="]);

/** Characters of a text that is put together: twice itself, again and again, would fill the memory. */
const longestText = 1_000_000;

export function binaryValue(
  act: Activation,
  operator: string,
  left: Value,
  right: Value,
  e: Extract<Expression, { kind: "binary" }>,
): Value {
  const deps = union(left.deps, right.deps);
  if (comparisons.has(operator)) {
    const a = constantOf(left);
    const b = constantOf(right);
    noteComparison(act, left, b?.value, operator, e);
    noteComparison(act, right, a?.value, operator, e);
    if (a !== undefined && b !== undefined) {
      if (operator === "===" || operator === "==") return constantValue(a.value === b.value, deps);
      if (operator === "!==" || operator === "!=") return constantValue(a.value !== b.value, deps);
    }
    if (!/[<>]/.test(operator) && (differs(a, b, right) || differs(b, a, left))) return constantValue(operator.startsWith("!"), deps);
    return scalar("boolean", deps);
  }
  if (operator === "|" || operator === "&") {
    const both = joinedQueries(left, right);
    if (both !== undefined) return { ...both, deps };
  }
  const set = act.unit.facts.language === "python" ? setOperation(operator, left, right) : undefined;
  if (set !== undefined) return set;
  if (operator === "in") {
    askRows(act, right, e);
    noteSight(act, e.right.end, right);
    const held = holdsKey(left, right);
    if (held !== undefined) return constantValue(held, deps);
  }
  escapes(act, left, e.left);
  escapes(act, right, e.right);
  const a = constantOf(left)?.value;
  const b = constantOf(right)?.value;
  if (operator === "+") {
    const whole = act.unit.facts.language === "python" ? joinedLists(left, right) : undefined;
    if (whole !== undefined) return withDeps(whole, deps);
    if (typeof a === "string" && typeof b === "string" && a.length + b.length <= longestText) return constantValue(a + b, deps);
    if (typeof a === "number" && typeof b === "number") return constantValue(a + b, deps);
    const pattern = patternOf(left, right);
    if (pattern !== undefined) return valueOf(pattern, deps);
    return typeof a === "string" || typeof b === "string"
      ? made(act, scalar("string", deps), "text", [left, right], e)
      : changedNumber(act, left, right, deps);
  }
  if (typeof a === "number" && typeof b === "number") {
    if (operator === "*") return constantValue(a * b, deps);
    if (operator === "-") return constantValue(a - b, deps);
  }
  if (operator === "-") return changedNumber(act, left, right, deps);
  if (operator === "in" || operator === "instanceof") return scalar("boolean", deps);
  return scalar("number", deps);
}

/** A class, a function and an object are something; the first two are no text or number either. */
function differs(constant: ReturnType<typeof constantOf>, other: ReturnType<typeof constantOf>, value: Value): boolean {
  if (constant === undefined || other !== undefined || truthiness(value) !== true) return false;
  return isNothing(constant.value) || value.what.every((origin) => origin.kind === "class" || origin.kind === "closure");
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined;
}

/** `"number" in given`, of an object whose keys are all known. */
function holdsKey(left: Value, right: Value): boolean | undefined {
  const name = constantOf(left)?.value;
  const [object] = right.what;
  if (typeof name !== "string" || right.what.length !== 1 || object?.kind !== "object") return undefined;
  const { persistent, literal, rest, props } = object.object;
  if (persistent || !literal || rest !== undefined) return undefined;
  return props.has(name) ? undefined : false;
}

/** Python's `list + list`. */
function joinedLists(left: Value, right: Value): Value | undefined {
  const a = arrayIn(left);
  const b = arrayIn(right);
  if (a === undefined && b === undefined) return undefined;
  if (a?.elements === undefined || b?.elements === undefined)
    return joinLists(a === undefined ? right : left, [a === undefined ? left : right]);
  const elements = [...a.elements, ...b.elements];
  return valueOf({ kind: "array", element: joinAll(elements), elements, size: { exact: elements.length, max: elements.length } });
}

/** A sum that remembers what it was made from: written back there, it overwrites what others wrote meanwhile. */
function changedNumber(act: Activation, left: Value, right: Value, deps: Deps): Value {
  const from = changedFrom(act, left) ?? changedFrom(act, right) ?? changedIn(left) ?? changedIn(right);
  return from === undefined ? scalar("number", deps) : valueOf({ kind: "scalar", type: "number", from }, deps);
}

/** `"./models/" + name + ".js"`: what is known of a path. */
export function patternOf(left: Value, right: Value): Extract<Value["what"][number], { kind: "pattern" }> | undefined {
  const first = left.what[0];
  const last = constantOf(right)?.value;
  const suffix = typeof last === "string" ? last : "";
  if (first?.kind === "pattern") return { kind: "pattern", prefix: first.prefix, suffix };
  if (first?.kind === "const" && typeof first.value === "string" && first.value.startsWith("."))
    return { kind: "pattern", prefix: first.value, suffix: "" };
  return undefined;
}

function noteComparison(act: Activation, value: Value, other: unknown, operator: string, node: Expression): void {
  for (const origin of value.what) {
    if (origin.kind !== "scalar") continue;
    const id = origin.type.startsWith("count:")
      ? origin.type.slice(6)
      : origin.type.startsWith("length:")
        ? origin.type.slice(7)
        : undefined;
    if (id === undefined) continue;
    const zero = (other === 0 && operator !== ">=") || (other === 1 && (operator === ">=" || operator === "<"));
    note(act.world.operations.get(id), zero ? "zero-comparison" : "length", act.place(node));
  }
}

export function unaryValue(act: Activation, e: Extract<Expression, { kind: "unary" }>): Value {
  if (e.operator === "++" || e.operator === "--") {
    const value = evaluate(act, e.value);
    const next = scalar("number", value.deps);
    if (e.value.kind === "name" && e.value.binding >= 0) act.env.assign(e.value.binding, next, act);
    return next;
  }
  if (e.operator === "!") {
    const value = evaluateTest(act, e.value);
    const truth = truthiness(value);
    return truth === undefined ? scalar("boolean", value.deps) : constantValue(!truth, value.deps);
  }
  const value = evaluate(act, e.value);
  if (e.operator === "typeof") return scalar("string", value.deps);
  if (e.operator === "void") return undefinedValue;
  if (e.operator === "-") {
    const constant = constantOf(value)?.value;
    if (typeof constant === "number") return constantValue(-constant);
  }
  return scalar(e.operator === "delete" ? "boolean" : "number", value.deps);
}

export function compound(act: Activation, e: Extract<Expression, { kind: "assign" }>): Value {
  const before =
    e.target.kind === "bind" ? readBinding(act, e.target.binding) : e.target.kind === "member" ? evaluate(act, e.target.target) : unknown;
  return applyOperator(act, e.operator, before, e.value);
}

/** `a op= b`. */
export function applyOperator(act: Activation, operator: string, before: Value, right: Expression): Value {
  if (operator === "??" || operator === "||" || operator === "&&") {
    const [value] = inArms(
      act,
      { literal: undefined },
      () => evaluate(act, right),
      () => undefined,
    );
    return join(before, value);
  }
  const from = operator === "+" || operator === "-" ? (changedFrom(act, before) ?? changedIn(before)) : undefined;
  const value = evaluate(act, right);
  const whole = operator === "+" && act.unit.facts.language === "python" ? joinedLists(before, value) : undefined;
  if (whole !== undefined) return withDeps(whole, union(before.deps, value.deps));
  if (from !== undefined) return valueOf({ kind: "scalar", type: "number", from }, union(before.deps, value.deps));
  return { what: [{ kind: "scalar", type: operator === "+" ? "string" : "number" }], deps: union(before.deps, value.deps) };
}
