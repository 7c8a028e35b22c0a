/** Promises that nobody waits for: `track(user);`, `void track(user)`, `track(user).catch(report)`. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import type { FunctionFacts } from "../../model/facts.ts";
import type { MethodSpec } from "../../model/library.ts";
import type { Activation } from "./activation.ts";
import { calls } from "./decisions.ts";
import type { Unit } from "./unit.ts";
import type { Origin, Value } from "./value.ts";

type Closure = Extract<Origin, { kind: "closure" }>;

/** The call that the statement lets go. With `then` something goes on when it is done. */
export function letGo(e: Expression): CallExpression | undefined {
  if (e.kind === "unary" && e.operator === "void") return letGo(e.value);
  if (e.kind !== "call") return undefined;
  const { callee } = e;
  if (callee.kind !== "member" || callee.object.kind !== "call") return e;
  return callee.name === "catch" || callee.name === "finally" ? letGo(callee.object) : callee.name === "then" ? undefined : e;
}

/**
 * Nothing waits for the call of this function; one that is given a framework's object may answer with it. A function that is not
 * async waits for nothing itself: only a callback that it is given, or that it has caught, may go on when what it started is done.
 */
export function isLetGo(act: Activation, target: Closure, fn: FunctionFacts, args: readonly Value[], node: Expression): boolean {
  const { letGo: dropped, settlers } = act;
  if (dropped === undefined || dropped.at !== node.at || dropped.end !== node.end) return false;
  if (args.some((arg) => arg.what.some((origin) => origin.kind === "library"))) return false;
  const alone = target.env === target.unit.env && !args.some((arg, i) => mayGoOn(target.unit, fn, arg, i));
  return fn.async ? alone || settlers.length === 0 : alone && target.unit.facts.language === "javascript";
}

/** A callback, or what the function calls if it is one; `() => {}` goes on with nothing. */
function mayGoOn(unit: Unit, fn: FunctionFacts, arg: Value, index: number): boolean {
  if (arg.what.length === 0) return calls(unit, fn).has(Math.min(index, fn.params.length - 1));
  return arg.what.some((origin) =>
    origin.kind === "closure"
      ? origin.unit.facts.functions[origin.fn]?.body.length !== 0
      : origin.kind === "bound" || origin.kind === "wrapped" || origin.kind === "method" || origin.kind === "library-method",
  );
}

/** `queue.add(async () => …);`: what a library runs for a promise that nobody waits for. */
export function letGoOf<T>(act: Activation, spec: MethodSpec, e: Expression | undefined, run: () => T): T {
  const drops = spec.promise === true && e !== undefined && act.letGo?.at === e.at && act.letGo.end === e.end;
  if (drops) act.floating++;
  const out = run();
  if (drops) act.floating--;
  return out;
}
