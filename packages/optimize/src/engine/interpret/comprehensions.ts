/** Comprehensions: loops that are expressions. */
import type { ComprehensionExpression } from "../../model/facts-expressions.ts";
import { free } from "../../model/formula.ts";
import type { Activation } from "./activation.ts";
import type { LoopFrame } from "./frames.ts";
import { Environment } from "./environment.ts";
import { evaluate } from "./expressions.ts";
import { evaluateTest } from "./conditions.ts";
import { sizeOf } from "./literals.ts";
import { noteRounds } from "./limited-work.ts";
import { closeLoop, elementOf, openLoop } from "./loops.ts";
import { bindPattern } from "./patterns.ts";
import { iterated } from "./pending.ts";
import { unique } from "./python-lists.ts";
import { nameOf } from "./unit.ts";
import type { Value } from "./value.ts";
import { useOfComprehension } from "./row-loops.ts";
import { noteRowUse } from "./row-picks.ts";
import { arrayIn, arrayOf, awaited, valueOf, wholeRows } from "./value.ts";

export function evaluateComprehension(act: Activation, e: ComprehensionExpression): Value {
  const { env } = act;
  act.env = new Environment(env, act);
  const open: { frame: LoopFrame; before: Activation["cost"] }[] = [];
  let size = {};
  for (const clause of e.clauses) {
    const list = awaited(iterated(act, evaluate(act, clause.iterable), clause.iterable, clause.async));
    const rows = wholeRows(arrayIn(list));
    if (rows !== undefined) noteRowUse(act, rows.id, useOfComprehension(e, act.summed === e), clause.iterable);
    size = sizeOf(list);
    const before = act.cost;
    act.cost = free;
    const frame = openLoop(act, {
      node: e,
      form: "comprehension",
      list,
      words: nameOf(clause.iterable),
      source: clause.iterable,
      sight: clause.iterable.end,
      mode: "sequential",
    });
    open.push({ frame, before });
    bindPattern(act, clause.target, elementOf(act, list, frame, list.deps), true);
    for (const test of clause.tests) evaluateTest(act, test);
  }
  // Coroutines that the elements are were only started: whoever gets the list waits for all of them together.
  const { awaiting } = act;
  if (act.unit.facts.functions[act.fn]?.async === true) act.awaiting = 0;
  const value = evaluate(act, e.value);
  act.awaiting = awaiting;
  if (e.key !== undefined) evaluate(act, e.key);
  const last = open.at(-1)?.frame;
  if (last !== undefined && value.what.some((origin) => origin.kind === "promise")) last.facts.mode = "parallel";
  for (const { frame, before } of open.reverse()) closeLoop(act, frame, before);
  const inner = open[0]?.frame;
  if (inner !== undefined) noteRounds(value, inner);
  act.env = env;
  if (e.form === "dict") return valueOf({ kind: "map", value, size }, value.deps);
  return e.form === "set" ? unique(arrayOf(value, size)) : arrayOf(value, size);
}
