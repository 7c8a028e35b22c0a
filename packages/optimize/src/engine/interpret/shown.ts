/** Values that are turned into an answer: each field of the answer's class is read, and what it holds in turn. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { FunctionFacts } from "../../model/facts.ts";
import type { Cost } from "../../model/formula.ts";
import { either, free, inSequence } from "../../model/formula.ts";
import type { Activation } from "./activation.ts";
import { basesOf } from "./classes.ts";
import { closeLoop, elementOf, openLoop } from "./loops.ts";
import { readNamed } from "./members.ts";
import { note } from "./operation.ts";
import { iterated } from "./pending.ts";
import { modelsOf, relationOf } from "./schema.ts";
import type { Answer } from "./root.ts";
import type { Shape } from "./shapes.ts";
import { shapeOfExpression, shapeOfType } from "./shapes.ts";
import type { ClassRef, Value } from "./value.ts";
import { arrayIn, awaited, wholeRows } from "./value.ts";

const maxDepth = 6;

/** Reads of `value` what `shape` shows. */
export function show(act: Activation, value: Value, shape: Shape, e: Expression): void {
  const { through } = act;
  act.through ??= "serializer";
  walk({ act, all: e, lists: 0 }, value, shape, "answer", e, []);
  act.through = through;
}

interface Walk {
  readonly act: Activation;
  /** Where it is said what the value is turned into. */
  readonly all: Expression;
  /** Lists so far. */
  lists: number;
}

/** A place of its own for each list, so that what is read in one is not taken for what is read in another. */
function placeOfList(w: Walk): Expression {
  const { at, end } = w.all;
  return { ...w.all, at: at + Math.min(w.lists++, Math.max(end - at - 1, 0)) };
}

/** What a handler returned, as the framework turns it into an answer. */
export function showAnswer(act: Activation, answer: Answer, fn: FunctionFacts): void {
  const { type } = answer;
  const shape = type === undefined ? shapeOfType(act.world, act.unit, fn.returns) : shapeOfExpression(act.world, answer.unit, type);
  if (shape === undefined) return;
  const e: Expression =
    type !== undefined && answer.unit === act.unit ? type : { kind: "literal", type: "null", value: null, at: fn.at, end: fn.end };
  const { cost } = act;
  let total: Cost | undefined;
  // One of them is what is answered with.
  for (const value of act.returns) {
    act.cost = free;
    show(act, awaited(value), shape, e);
    total = total === undefined ? act.cost : either(total, act.cost);
  }
  act.cost = inSequence(cost, total ?? free);
}

function walk(w: Walk, value: Value, shape: Shape, name: string, e: Expression, above: readonly ClassRef[]): void {
  if (value.what.length === 0 || above.length > maxDepth) return;
  if (shape.kind === "list") walkList(w, value, shape.of, name, above);
  else if (!above.includes(shape.ref)) walkFields(w, value, shape.ref, e, above);
}

function walkList(w: Walk, value: Value, of: Shape, name: string, above: readonly ClassRef[]): void {
  const { act } = w;
  const e = placeOfList(w);
  const list = awaited(iterated(act, value, e));
  const array = arrayIn(list);
  if (array === undefined) return;
  const rows = wholeRows(array);
  if (rows !== undefined) note(act.world.operations.get(rows.id), "iterate", act.place(e));
  const before = act.cost;
  act.cost = free;
  const frame = openLoop(act, { node: e, form: "callback", method: "response", list, words: rows?.table ?? name, mode: "sequential" });
  walk(w, elementOf(act, list, frame, list.deps), of, name, e, above);
  closeLoop(act, frame, before);
}

function walkFields(w: Walk, value: Value, ref: ClassRef, e: Expression, above: readonly ClassRef[]): void {
  const { act } = w;
  const inner = [...above, ref];
  const seen = new Set<string>();
  for (const one of basesOf(act.world, ref).project)
    for (const member of one.facts.members) {
      if (member.kind !== "field" || member.type === undefined || seen.has(member.name)) continue;
      seen.add(member.name);
      // A table's relations are no fields of it.
      if (modelsOf(act.world, one) !== undefined && relationOf(act.world, one, member.name) !== undefined) continue;
      const field = readNamed(act, value, member.name, e);
      const shape = shapeOfType(act.world, one.unit, member.type);
      if (shape !== undefined) walk(w, field, shape, member.name, e, inner);
    }
}
