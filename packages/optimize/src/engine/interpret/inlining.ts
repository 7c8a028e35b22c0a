/** Functions that are inlined: run as frames of the activation that calls them. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { FunctionId } from "../../model/facts.ts";
import type { Activation, DoneRead } from "./activation.ts";
import { Environment } from "./environment.ts";
import { noteTransacted } from "./held-in-transactions.ts";
import { join } from "./joins.ts";
import type { Unit } from "./unit.ts";
import type { ClassRef, Value } from "./value.ts";
import { unknown } from "./value.ts";

/** Runs `body` as another function of the same activation and gives what it returned. */
export function inFrame(
  act: Activation,
  target: {
    readonly unit: Unit;
    readonly fn: FunctionId;
    readonly env: Environment;
    readonly self: Value | undefined;
    readonly home?: ClassRef | undefined;
  },
  call: Expression | undefined,
  callback: boolean,
  body: () => void,
): Value[] {
  const { unit, fn, env, self, home, awaiting, returns, handler, reads } = act;
  noteTransacted(act, target.unit, target.fn);
  act.frames.push({ unit: target.unit, fn: target.fn, call, callUnit: unit, callFn: fn, callback, awaiting: awaiting > 0, callSelf: self });
  const isStep = !callback && call !== undefined ? 1 : 0;
  act.stepsDeep += isStep;
  act.unit = target.unit;
  act.fn = target.fn;
  act.env = new Environment(target.env, act);
  act.self = target.self ?? unknown;
  act.home = target.home;
  act.awaiting = 0;
  const { argument, limits } = act;
  act.argument = 0;
  act.returns = [];
  act.handler = false;
  const outer = callback || reads.length === 0 ? reads : reads.map(asOuter);
  act.reads = [...outer];
  body();
  const out = act.returns;
  const inner = act.env;
  act.frames.pop();
  act.stepsDeep -= isStep;
  act.unit = unit;
  act.fn = fn;
  act.env = env;
  if (target.unit === unit) keepWrites(act, inner, target.fn);
  act.self = self;
  act.home = home;
  act.awaiting = awaiting;
  act.argument = argument;
  // What the function acquired and did not release is released by nobody further out.
  act.limits = limits;
  act.returns = returns;
  act.handler = handler;
  // What the function wrote is read anew behind it.
  const left = new Set(act.reads);
  act.reads = outer.every((read) => left.has(read)) ? reads : reads.filter((_, i) => left.has(outer[i] as DoneRead));
  return out;
}

/** A function names what it asks by its own parameters: it neither repeats what was read around it nor is it repeated. */
function asOuter(read: DoneRead): DoneRead {
  return { ...read, key: `outside ${read.key}`, row: undefined };
}

/** What an inlined function put into variables of the functions around it holds after it: `ids.forEach((id) => { found.push(id); })`. */
function keepWrites(act: Activation, inner: Environment, fn: FunctionId): void {
  for (const [binding, value] of inner.values) {
    if (act.unit.facts.bindings[binding]?.owner === fn) continue;
    const before = act.env.peek(binding);
    if (before === undefined || before === value) continue;
    // A loop that puts the program together calls it, whatever happens.
    const sure = act.wiring !== "" && act.loops.length === 0 && act.conditions.length === 0 && act.unseen === 0;
    act.env.assign(binding, sure ? value : join(before, value), act);
  }
}
