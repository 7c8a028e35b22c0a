/** Executing statements in order; the result says how control may leave them. */
import type { Expression, MemberExpression, Pattern, Statement } from "../../model/facts.ts";
import { either, free, inSequence, perhaps } from "../../model/formula.ts";
import type { Activation } from "./activation.ts";
import { AwaitScan } from "./awaits.ts";
import type { Deps } from "./deps.ts";
import { none } from "./deps.ts";
import { Environment } from "./environment.ts";
import { applyOperator, conditionOf, evaluate, evaluateTest, readBinding } from "./expressions.ts";
import { escapes } from "./calls.ts";
import { markExit } from "./exits.ts";
import { executeLoop } from "./loops.ts";
import { isDefault, isStore, keeping, memosOf } from "./memos.ts";
import type { Memos } from "./memos.ts";
import { bindPattern } from "./patterns.ts";
import { readMember } from "./members.ts";
import { truthiness, undefinedValue, unknown, valueOf, constantOf, awaited, withDeps } from "./value.ts";
import { runPending } from "./libraries.ts";

/** Ways out of a statement, as bits. */
export const next = 1;
export const returns = 2;
export const throws = 4;
export const breaks = 8;
export const continues = 16;
export type Flow = number;

export function execute(act: Activation, statements: readonly Statement[]): Flow {
  const awaits = new AwaitScan(act);
  const memos = memosOf(act, statements);
  const { kept } = act;
  let flow = 0;
  let saved: typeof act.cost | undefined;
  let conditions = 0;
  for (const [i, statement] of statements.entries()) {
    if (memos.after !== undefined && i === memos.after + 1) act.kept++;
    awaits.before(statement);
    const result = executeOne(act, statement, memos);
    awaits.after(statement, result);
    flow |= result & ~next;
    if ((result & next) === 0) {
      finish();
      return flow;
    }
    if ((result & (returns | breaks | continues)) !== 0 && saved === undefined && !isErrorExit(act, statement)) {
      // What follows runs only when that statement did not leave.
      saved = act.cost;
      act.cost = free;
      if ((result & (breaks | continues)) !== 0 && act.loops.length > 0) {
        act.conditions = [...act.conditions, { literal: undefined }];
        conditions++;
      }
    }
  }
  finish();
  return flow | next;

  function finish(): void {
    awaits.finish();
    act.kept = kept;
    if (saved !== undefined) act.cost = inSequence(saved, perhaps(act.cost));
    if (conditions > 0) act.conditions = act.conditions.slice(0, -conditions);
  }
}

/** Leaving with an error is no other way through the function: it says that the request was wrong. */
function isErrorExit(act: Activation, statement: Statement): boolean {
  if (statement.kind !== "branch") return false;
  return [statement.then, statement.else].every(
    (arm) =>
      arm.length === 0 ||
      arm.length > 4 ||
      arm.every((one) => one.kind !== "return") ||
      arm.some((one) => hasErrorMark(one)) ||
      (act.handler && arm.every((one) => one.kind === "return" && one.value === undefined)),
  );
}

function hasErrorMark(statement: Statement): boolean {
  const value = statement.kind === "expression" || statement.kind === "return" || statement.kind === "throw" ? statement.value : undefined;
  return statement.kind === "throw" || (value !== undefined && marksError(value, 0));
}

function marksError(e: Expression, depth: number): boolean {
  if (depth > 6) return false;
  switch (e.kind) {
    case "await":
    case "cast":
      return marksError(e.value, depth + 1);
    case "call":
      return (
        e.args.some(
          (argument) =>
            (argument.value.kind === "literal" &&
              typeof argument.value.value === "number" &&
              argument.value.value >= 400 &&
              argument.value.value < 600) ||
            marksError(argument.value, depth + 1),
        ) ||
        marksError(e.callee, depth + 1) ||
        (e.callee.kind === "name" && (e.callee.name === "next" || e.callee.name === "notFound" || e.callee.name === "redirect"))
      );
    case "member":
      return marksError(e.object, depth + 1);
    case "object":
      return e.properties.some(
        (property) =>
          /^(status|statusCode)$/.test(property.name) &&
          marksError(
            {
              kind: "call",
              callee: property.value,
              args: [{ value: property.value, spread: false }],
              new: false,
              tag: false,
              optional: false,
              types: [],
              at: 0,
              end: 0,
            },
            depth + 1,
          ),
      );
    default:
      return false;
  }
}

function executeOne(act: Activation, s: Statement, memos: Memos): Flow {
  act.steps++;
  switch (s.kind) {
    case "expression":
      return leaves(evaluate(act, s.value), s.value);
    case "assign": {
      if (s.value === undefined) {
        if (s.declares) bindPattern(act, s.target, unknown, true);
        return next;
      }
      const value =
        s.operator === ""
          ? evaluate(act, s.value)
          : keeping(act, isDefault(s.operator) && isStore(act, s.target), () =>
              applyOperator(act, s.operator, before(act, s.target), s.value as Expression),
            );
      // `o[key] = wrap(o[key])`: every entry stays what it was.
      if (s.target.kind !== "member" || !rewraps(s.target.target, s.value)) bindPattern(act, s.target, value, s.declares);
      return next;
    }
    case "return": {
      if (s.value === undefined) act.returns.push(undefinedValue);
      else {
        const fn = act.unit.facts.functions[act.fn];
        const inAsync = fn?.async === true;
        // Returning from an async function waits: a pending builder runs now. A returned promise is waited for by the caller.
        if (inAsync) act.awaiting++;
        else if (act.frame.awaiting) act.awaiting++;
        // The loops around it in this function end with it: what it does is done once, as for one literal of the list.
        const { conditions } = act;
        const left = act.loops.filter((loop) => loop.depth === act.frames.length && loop.body !== undefined);
        if (left.length > 0) act.conditions = [...conditions, ...left.map((loop) => ({ literal: loop.element }))];
        const value = evaluate(act, s.value);
        act.conditions = conditions;
        if (act.handler && act.frames.length === 1) escapes(act, awaited(value), s.value);
        act.returns.push(inAsync ? awaited(runPending(act, value, s.value)) : value);
        if (inAsync || act.frame.awaiting) act.awaiting--;
      }
      return returns;
    }
    case "throw":
      if (s.value !== undefined) evaluate(act, s.value);
      if (act.frames.length === 1 && act.tries === 0) act.summary.throws = true;
      return throws;
    case "branch":
      return executeBranch(act, s, memos);
    case "switch":
      return executeSwitch(act, s);
    case "loop":
      return executeLoop(act, s);
    case "try":
      return executeTry(act, s);
    case "with": {
      for (const item of s.items) {
        const value = evaluate(act, item.value);
        if (item.target !== undefined) bindPattern(act, item.target, value, true);
      }
      return execute(act, s.body);
    }
    case "break":
      return breaks;
    case "continue":
      return continues;
    case "block": {
      const flow = execute(act, s.body);
      return s.label !== undefined && (flow & breaks) !== 0 ? (flow & ~breaks) | next : flow;
    }
    default:
      return next;
  }
}

/** The value is made from the very entry that is written, under a key that is not known. */
function rewraps(target: MemberExpression, value: Expression): boolean {
  const { object, computed } = target;
  if (computed?.kind !== "name" || object.kind !== "name") return false;
  return mentions(value, object.binding, object.name, computed.binding, 0);
}

function mentions(e: Expression, object: number, name: string, key: number, depth: number): boolean {
  if (depth > 6) return false;
  switch (e.kind) {
    case "member":
      if (
        e.object.kind === "name" &&
        e.object.binding === object &&
        e.object.name === name &&
        e.computed?.kind === "name" &&
        e.computed.binding === key
      )
        return true;
      return mentions(e.object, object, name, key, depth + 1);
    case "call":
      return (
        mentions(e.callee, object, name, key, depth + 1) ||
        e.args.some((argument) => mentions(argument.value, object, name, key, depth + 1))
      );
    case "conditional":
      return mentions(e.then, object, name, key, depth + 1) || mentions(e.else, object, name, key, depth + 1);
    case "await":
    case "cast":
      return mentions(e.value, object, name, key, depth + 1);
    default:
      return false;
  }
}

function before(act: Activation, target: Pattern) {
  if (target.kind === "bind") return readBinding(act, target.binding);
  if (target.kind === "member") return readMember(act, evaluate(act, target.target.object), target.target, undefined);
  return unknown;
}

/** `process.exit()` and the like end the path. */
function leaves(value: ReturnType<typeof evaluate>, e: Expression): Flow {
  void value;
  if (
    e.kind === "call" &&
    e.callee.kind === "member" &&
    e.callee.name === "exit" &&
    e.callee.object.kind === "name" &&
    e.callee.object.name === "process"
  )
    return throws;
  return next;
}

function executeBranch(act: Activation, s: Extract<Statement, { kind: "branch" }>, memos: Memos): Flow {
  const test = evaluateTest(act, s.test);
  const truth = truthiness(test);
  const then = (): Flow => keeping(act, memos.then.has(s), () => execute(act, s.then));
  const otherwise = (): Flow => keeping(act, memos.else.has(s), () => execute(act, s.else));
  if (truth === true) return then();
  if (truth === false) return otherwise();
  markExit(act, s, test);
  return arms(act, [then, otherwise], [conditionOf(act, s.test), conditionOf(act, s.test)], test.deps);
}

/** Runs alternatives side by side; bindings and costs of those that go on are joined. */
export function arms(
  act: Activation,
  bodies: readonly (() => Flow)[],
  conditions: readonly { readonly literal: number | undefined }[],
  deps: Deps = none,
): Flow {
  const { env, cost, reads, transaction } = act;
  let flow = 0;
  let total: typeof cost | undefined;
  const going: Environment[] = [];
  let transactionAfter = transaction;
  for (const [i, body] of bodies.entries()) {
    act.env = new Environment(env, act);
    act.cost = free;
    act.conditions = [...act.conditions, conditions[i] ?? { literal: undefined }];
    act.reads = [...reads];
    act.transaction = transaction;
    const result = body();
    act.conditions = act.conditions.slice(0, -1);
    if ((result & next) !== 0) {
      decideBy(act.env, env, deps);
      going.push(act.env);
      transactionAfter = act.transaction;
    }
    // An arm that throws is no way through.
    if ((result & ~throws) !== 0) total = total === undefined ? act.cost : either(total, act.cost);
    flow |= result;
  }
  act.env = env;
  act.reads = reads;
  act.transaction = transactionAfter;
  act.cost = total === undefined ? cost : inSequence(cost, total);
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
  for (const [binding, value] of arm.values) if (around.holds(binding)) arm.values.set(binding, withDeps(value, deps));
}

function executeSwitch(act: Activation, s: Extract<Statement, { kind: "switch" }>): Flow {
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

function executeTry(act: Activation, s: Extract<Statement, { kind: "try" }>): Flow {
  act.tries++;
  const flow = execute(act, s.body);
  act.tries--;
  let out = flow;
  if (s.handler !== undefined) {
    const { cost, env } = act;
    act.env = new Environment(env, act);
    if (s.param !== undefined) bindPattern(act, s.param, unknown, true);
    act.cost = free;
    act.handlers++;
    const handled = execute(act, s.handler);
    act.handlers--;
    const after = act.env;
    act.env = env;
    if ((flow & (next | continues)) === 0 && (handled & (next | continues)) !== 0) act.retried.add(s);
    if ((handled & next) !== 0 && (flow & next) !== 0) env.merge(after, new Environment(env, act));
    else if ((handled & next) !== 0) env.adopt(after);
    // Falling over is not the ordinary way: the handler's cost is left to the effects.
    act.cost = cost;
    out = (flow & ~throws) | (handled & ~continues) | ((handled & continues) !== 0 ? next : 0);
    if (act.frames.length === 1 && (handled & throws) !== 0) act.summary.throws = true;
  }
  if (s.finalizer !== undefined) {
    const last = execute(act, s.finalizer);
    if ((last & next) === 0) out = last;
  }
  return out;
}

void valueOf;
