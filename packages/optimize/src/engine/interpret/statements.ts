/** Executing statements in order; the result says how control may leave them. */
import { letGo } from "./floating.ts";
import { catches, dropping, unkept } from "./lost-work.ts";
import type { Expression } from "../../model/facts-expressions.ts";
import type { Pattern, Statement } from "../../model/facts-statements.ts";
import { free } from "../../model/formula.ts";
import type { Activation } from "./activation.ts";
import { AwaitScan } from "./awaits.ts";
import { readBinding } from "./bindings.ts";
import { executeBranch, executeSwitch } from "./branches.ts";
import { Environment } from "./environment.ts";
import { isErrorExit } from "./error-exits.ts";
import { escapes } from "./escapes.ts";
import { evaluate } from "./expressions.ts";
import type { Flow } from "./flow.ts";
import { next, returns, breaks, continues, throws } from "./flow.ts";
import { executeLoop } from "./loops.ts";
import { readMember } from "./members.ts";
import type { Memos } from "./memos.ts";
import { givesField } from "./given-fields.ts";
import { isDefault, isStore, keeping, memosOf } from "./memos.ts";
import { applyOperator } from "./operators.ts";
import { bindPattern } from "./patterns.ts";
import { WayCosts } from "./way-costs.ts";
import { runPending } from "./pending.ts";
import { rewraps } from "./rewraps.ts";
import { undefinedValue, unknown, awaited } from "./value.ts";
import { executeWith } from "./withs.ts";

export function execute(act: Activation, statements: readonly Statement[]): Flow {
  if (statements.length === 0) return next;
  const memos = memosOf(act, statements);
  // Awaits that follow each other: one alone follows none.
  const awaits = memos.awaits > 1 ? new AwaitScan(act) : undefined;
  const { kept, skips, bounds } = act;
  let flow = 0;
  const ways = new WayCosts();
  let conditions = 0;
  let falls = next;
  for (let i = 0; i < statements.length; i++) {
    const statement = statements[i] as Statement;
    if (memos.after !== undefined && i === memos.after + 1) act.kept++;
    awaits?.before(statement);
    act.leaving = undefined;
    const result = executeOne(act, statement, memos);
    awaits?.after(statement, result);
    flow |= result & ~next;
    if ((result & next) === 0) {
      falls = 0;
      ways.fails = result === throws;
      break;
    }
    if (endsRound(act, result)) act.skips++;
    if (givesField(act, statement)) act.kept++;
    if ((result & (returns | breaks | continues)) === 0) continue;
    const wrong = isErrorExit(act, statement);
    ways.leave(act, wrong);
    if (!wrong && conditions === 0 && (result & (breaks | continues)) !== 0 && act.loops.length > 0) {
      act.conditions = [...act.conditions, { literal: undefined }];
      conditions++;
    }
  }
  awaits?.finish();
  act.kept = kept;
  act.skips = skips;
  act.bounds = bounds;
  ways.join(act);
  if (conditions > 0) act.conditions = act.conditions.slice(0, -conditions);
  return flow | falls;
}

/** `continue`, `break`, and `return` in the callback of a loop: some rounds do not get to what follows. */
function endsRound(act: Activation, flow: Flow): boolean {
  const loop = act.loops[act.loops.length - 1];
  if (loop === undefined) return false;
  return (flow & (breaks | continues)) !== 0 || ((flow & returns) !== 0 && act.frame.callback && act.frames.length === loop.depth + 1);
}

function executeOne(act: Activation, s: Statement, memos: Memos): Flow {
  act.steps++;
  switch (s.kind) {
    case "expression": {
      const before = act.letGo;
      act.letGo = letGo(s.value);
      const value = dropping(act, s.value, () => evaluate(act, s.value));
      act.letGo = before;
      return leaves(value, s.value);
    }
    case "assign": {
      if (s.value === undefined) {
        if (s.declares) bindPattern(act, s.target, unknown, true);
        return next;
      }
      const value =
        s.operator === ""
          ? unkept(act, s, s.value)
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
    case "with":
      return executeWith(act, s);
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

function executeTry(act: Activation, s: Extract<Statement, { kind: "try" }>): Flow {
  const guards = catches(s);
  act.tries++;
  if (guards) act.guards++;
  const flow = execute(act, s.body);
  if (guards) act.guards--;
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
    if ((flow & (next | continues)) === 0 && (handled & (next | continues)) !== 0) (act.retried ??= new Set()).add(s);
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
