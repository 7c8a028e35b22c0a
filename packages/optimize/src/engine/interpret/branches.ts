/** Statements that choose: `if`, `switch`, and their arms joined. */
import type { Statement } from "../../model/facts-statements.ts";
import { either, free, inSequence } from "../../model/formula.ts";
import type { Activation } from "./activation.ts";
import { conditionOf, evaluateTest } from "./conditions.ts";
import type { Deps } from "./deps.ts";
import { none } from "./deps.ts";
import { Environment } from "./environment.ts";
import { escapes } from "./escapes.ts";
import { noteGuard } from "./guard-bounds.ts";
import { stillKnown } from "./repeats.ts";
import { markExit } from "./exits.ts";
import { evaluate } from "./expressions.ts";
import type { Flow } from "./flow.ts";
import { next, throws, breaks } from "./flow.ts";
import type { Memos } from "./memos.ts";
import { keeping } from "./memos.ts";
import { execute } from "./statements.ts";
import { keepRows } from "./row-uses.ts";
import { truthiness, constantOf, withDeps } from "./value.ts";

export function executeBranch(act: Activation, s: Extract<Statement, { kind: "branch" }>, memos: Memos): Flow {
  const test = evaluateTest(act, s.test);
  const truth = truthiness(test);
  const { env } = act;
  const arm = (isKept: boolean, body: readonly Statement[]): Flow =>
    keeping(
      act,
      isKept,
      () => {
        const flow = execute(act, body);
        // What the program keeps for the next time is a query that was run then: its rows are kept with it.
        if (isKept && act.env !== env) keepRows(act, s.test);
        return flow;
      },
      isKept && memos.shared.has(s),
    );
  const then = (): Flow => arm(memos.then.has(s), s.then);
  const otherwise = (): Flow => arm(memos.else.has(s), s.else);
  if (truth === true) return then();
  if (truth === false) return otherwise();
  markExit(act, s, test);
  const flow = arms(act, [then, otherwise], [conditionOf(act, s.test), conditionOf(act, s.test)], test.deps);
  noteGuard(act, s);
  return flow;
}

/** Runs alternatives side by side; bindings and costs of those that go on are joined. */
export function arms(
  act: Activation,
  bodies: readonly (() => Flow)[],
  conditions: readonly { readonly literal: number | undefined }[],
  deps: Deps = none,
): Flow {
  const { env, cost, pending, reads, transaction } = act;
  let flow = 0;
  let total: typeof cost | undefined;
  let left: typeof cost | undefined;
  let leaving: typeof cost | undefined;
  const going: Environment[] = [];
  let known = reads;
  let transactionAfter = transaction;
  for (let i = 0; i < bodies.length; i++) {
    act.env = new Environment(env, act);
    act.cost = free;
    act.pending = pending;
    act.conditions = [...act.conditions, conditions[i] ?? { literal: undefined }];
    act.reads = [...reads];
    act.transaction = transaction;
    const result = (bodies[i] as () => Flow)();
    act.conditions = act.conditions.slice(0, -1);
    if ((result & next) !== 0) {
      decideBy(act.env, env, deps);
      going.push(act.env);
      known = stillKnown(known, act.reads);
      transactionAfter = act.transaction;
    }
    // An arm that throws is no way through.
    if ((result & ~throws) !== 0) {
      if ((result & next) !== 0) total = total === undefined ? act.cost : either(total, act.cost);
      else leaving = leaving === undefined ? act.cost : either(leaving, act.cost);
      left = left === undefined ? act.pending : either(left, act.pending);
    }
    flow |= result;
  }
  act.env = env;
  act.reads = known;
  act.transaction = transactionAfter;
  act.cost = inSequence(cost, total ?? leaving ?? free);
  act.leaving = total === undefined || leaving === undefined ? undefined : inSequence(cost, leaving);
  act.pending = left ?? pending;
  const first = going[0];
  if (going.length === 1 && first !== undefined) env.adopt(first);
  else if (first !== undefined) {
    let merged = first;
    for (const other of going.slice(1)) {
      const out = new Environment(env, act);
      out.merge(merged, other);
      merged = out;
    }
    env.adopt(merged);
  }
  return flow;
}

/** What an arm assigns depends on what the arm was chosen by: `if (found) include = true`. */
function decideBy(arm: Environment, around: Environment, deps: Deps): void {
  if (deps.length === 0) return;
  for (const [binding, value] of arm.values) if (around.holds(binding)) arm.overlay(binding, withDeps(value, deps));
}

export function executeSwitch(act: Activation, s: Extract<Statement, { kind: "switch" }>): Flow {
  const subject = evaluate(act, s.subject);
  escapes(act, subject, s.subject);
  const constant = constantOf(subject);
  const loop = act.loops.find((one) => subject.deps.includes(one.element) && s.subject.kind !== "call");
  const condition = { literal: loop?.element };
  const bodies: (() => Flow)[] = [];
  for (const [i, one] of s.cases.entries()) {
    if (one.test !== undefined) {
      const value = evaluate(act, one.test);
      const known = constantOf(value);
      if (constant !== undefined && known !== undefined && constant.value !== known.value) continue;
    }
    // A case without a break goes on into the next one.
    let body = one.body;
    for (let j = i + 1; j < s.cases.length && body.length === 0; j++) body = s.cases[j]?.body ?? [];
    if (one.body.length === 0) continue;
    bodies.push(() => {
      const flow = execute(act, body);
      return (flow & breaks) !== 0 ? (flow & ~breaks) | next : flow;
    });
  }
  if (!s.cases.some((one) => one.test === undefined)) bodies.push(() => next);
  if (bodies.length === 0) return next;
  return arms(
    act,
    bodies,
    bodies.map(() => condition),
    subject.deps,
  );
}
