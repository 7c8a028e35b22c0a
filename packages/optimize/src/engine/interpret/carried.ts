/** Bindings that a loop carries from one round to the next. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { LoopStatement, Pattern, Statement } from "../../model/facts-statements.ts";
import type { Activation } from "./activation.ts";
import type { LoopFrame } from "./frames.ts";
import { evaluateTest } from "./conditions.ts";

const assigned = new WeakMap<LoopStatement, Map<number, boolean>>();

/** Bindings that the loop's body or head writes; true for counters. */
export function assignedIn(s: LoopStatement): Map<number, boolean> {
  const known = assigned.get(s);
  if (known !== undefined) return known;
  const out = new Map<number, boolean>();
  const visitTarget = (target: Pattern, counter: boolean): void => {
    if (target.kind === "bind") out.set(target.binding, counter && out.get(target.binding) !== false);
    else if (target.kind === "default") visitTarget(target.target, false);
    else if (target.kind === "array") for (const element of target.elements) if (element !== null) visitTarget(element, false);
    if (target.kind === "object") for (const property of target.properties) visitTarget(property.target, false);
  };
  const visit = (e: Expression | undefined): void => {
    if (e === undefined) return;
    if (e.kind === "unary" && (e.operator === "++" || e.operator === "--") && e.value.kind === "name" && e.value.binding >= 0)
      out.set(e.value.binding, out.get(e.value.binding) !== false);
    else if (e.kind === "assign") {
      visitTarget(e.target, (e.operator === "+" || e.operator === "-") && e.value.kind === "literal" && typeof e.value.value === "number");
      visit(e.value);
    } else if (e.kind === "await" || e.kind === "cast") visit(e.value);
    else if (e.kind === "sequence") e.values.forEach(visit);
    else if (e.kind === "binary" || e.kind === "logical") {
      visit(e.left);
      visit(e.right);
    }
  };
  const walk = (statements: readonly Statement[]): void => {
    for (const one of statements) {
      if (one.kind === "assign") {
        if (!one.declares)
          visitTarget(
            one.target,
            (one.operator === "+" || one.operator === "-") && one.value?.kind === "literal" && typeof one.value.value === "number",
          );
        visit(one.value);
      } else if (one.kind === "expression" || one.kind === "return" || one.kind === "throw") visit(one.value);
      else if (one.kind === "branch") {
        visit(one.test);
        walk(one.then);
        walk(one.else);
      } else if (one.kind === "loop") {
        visit(one.test);
        visit(one.update);
        walk(one.body);
      } else if (one.kind === "try") {
        walk(one.body);
        walk(one.handler ?? []);
        walk(one.finalizer ?? []);
      } else if (one.kind === "switch") for (const part of one.cases) walk(part.body);
      else if (one.kind === "block" || one.kind === "with") walk(one.body);
    }
  };
  visit(s.test);
  visit(s.update);
  walk(s.body);
  assigned.set(s, out);
  return out;
}

/** Pages and chains: what the next round asks depends on what this round read. */
export function noteCarried(act: Activation, s: LoopStatement, frame: LoopFrame, carried: ReadonlyMap<number, boolean>): void {
  for (const [binding] of carried) {
    const value = act.env.get(binding, act);
    if (value !== undefined && value.deps.some((token) => token >= frame.mark && act.io?.has(token) === true)) frame.facts.carries = true;
  }
  if (s.test === undefined) return;
  const test = evaluateTest(act, s.test);
  if (test.deps.some((token) => token >= frame.mark && act.io?.has(token) === true)) frame.facts.exitsOnResult = true;
}
