/** Tests, and the expressions that choose by one. */
import type { Expression } from "../../model/facts-expressions.ts";
import { either, free, inSequence } from "../../model/formula.ts";
import type { Activation, Condition } from "./activation.ts";
import { Environment } from "./environment.ts";
import { evaluate } from "./expressions.ts";
import { join } from "./joins.ts";
import { whenAbsent } from "./filled.ts";
import { fillsLeft, keeping } from "./memos.ts";
import { note } from "./operation.ts";
import { stillKnown } from "./repeats.ts";
import { askTruth } from "./row-uses.ts";
import type { Value } from "./value.ts";
import { constantOf, constantValue, truthiness, withDeps } from "./value.ts";

/** The condition that a test sets for what depends on it. */
export function conditionOf(act: Activation, test: Expression): Condition {
  if (test.kind === "binary" && (test.operator === "===" || test.operator === "==")) {
    const left = test.left.kind === "literal" ? test.right : test.left;
    const constant = test.left.kind === "literal" ? test.left : test.right;
    if (constant.kind === "literal" && (left.kind === "name" || left.kind === "member")) {
      const deps = left.kind === "name" && left.binding >= 0 ? act.env.get(left.binding, act)?.deps : undefined;
      if (deps !== undefined) for (const loop of act.loops) if (deps.includes(loop.element)) return { literal: loop.element };
    }
  }
  return { literal: undefined };
}

export function conditionalValue(act: Activation, test: Expression, then: Expression, otherwise: Expression): Value {
  const value = evaluateTest(act, test);
  const truth = truthiness(value);
  if (truth === true) return withDeps(evaluate(act, then), value.deps);
  if (truth === false) return withDeps(evaluate(act, otherwise), value.deps);
  const [first, second] = inArms(
    act,
    conditionOf(act, test),
    () => evaluate(act, then),
    () => evaluate(act, otherwise),
  );
  const out = join(first, second);
  // The tests of enclosing conditionals belong to the dependence.
  return withDeps(out, value.deps);
}

/** Evaluates two alternatives, each in its own overlay, and joins bindings and costs. */
export function inArms<A, B>(act: Activation, condition: Condition, then: () => A, otherwise: () => B): [A, B] {
  const { env, cost, reads } = act;
  act.conditions = [...act.conditions, condition];
  act.cost = free;
  act.env = new Environment(env, act);
  const thenEnv = act.env;
  act.reads = [...reads];
  const first = then();
  const thenCost = act.cost;
  const known = stillKnown(reads, act.reads);
  act.cost = free;
  act.env = new Environment(env, act);
  const elseEnv = act.env;
  act.reads = [...reads];
  const second = otherwise();
  const elseCost = act.cost;
  act.conditions = act.conditions.slice(0, -1);
  act.env = env;
  act.reads = stillKnown(known, act.reads);
  if (thenEnv.values.size > 0 || elseEnv.values.size > 0) env.merge(thenEnv, elseEnv);
  act.cost = inSequence(cost, either(thenCost, elseCost));
  return [first, second];
}

export function logicalValue(act: Activation, e: Extract<Expression, { kind: "logical" }>): Value {
  const left = e.operator === "??" ? evaluate(act, e.left) : evaluateTest(act, e.left);
  const truth = truthiness(left);
  if (e.operator === "&&") {
    if (truth === false) return left;
    if (truth === true) return withDeps(evaluate(act, e.right), left.deps);
    const [right] = inArms(
      act,
      conditionOf(act, e.left),
      () => evaluate(act, e.right),
      () => undefined,
    );
    return withDeps(right, left.deps);
  }
  if (truth === true) return left;
  const constant = constantOf(left);
  const fills = fillsLeft(act, e);
  if (truth === false || (constant !== undefined && (constant.value === null || constant.value === undefined)))
    return withDeps(
      keeping(act, fills, () => evaluate(act, e.right)),
      left.deps,
    );
  const [right] = inArms(
    act,
    { literal: undefined },
    () => whenAbsent(act, e.left, left, () => keeping(act, fills, () => evaluate(act, e.right))),
    () => undefined,
  );
  const out = join(left, right);
  return { what: out.what, deps: out.deps, key: left.key };
}

/** A test: list lengths and rows tested for truth are uses that rules ask about. */
export function evaluateTest(act: Activation, test: Expression): Value {
  const value = evaluate(act, test);
  noteTruth(act, value, test);
  if (act.unit.facts.language === "python" && isEmptyList(value)) return constantValue(false, value.deps);
  return value;
}

/** Python takes a list without elements for no. */
function isEmptyList(value: Value): boolean {
  return (
    value.what.length > 0 &&
    value.what.every((origin) => origin.kind === "array" && origin.size.exact === 0 && origin.elements?.length === 0)
  );
}

function noteTruth(act: Activation, value: Value, node: Expression): void {
  askTruth(act, value, node);
  for (const origin of value.what) {
    if (origin.kind === "scalar" && origin.type.startsWith("count:"))
      note(act.world.operations.get(origin.type.slice(6)), "truth", act.place(node));
    if (origin.kind === "scalar" && origin.type.startsWith("length:"))
      note(act.world.operations.get(origin.type.slice(7)), "truth", act.place(node));
    if (origin.kind === "row") note(origin.operation, "truth", act.place(node));
  }
}
