/** Promises that nobody waits for: `track(user);`, `void track(user)`, `track(user).catch(report)`. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import type { FunctionFacts } from "../../model/facts.ts";
import type { Activation } from "./activation.ts";
import type { Value } from "./value.ts";

/** The call that the statement lets go. With `then` something goes on when it is done. */
export function letGo(e: Expression): CallExpression | undefined {
  if (e.kind === "unary" && e.operator === "void") return letGo(e.value);
  if (e.kind !== "call") return undefined;
  const { callee } = e;
  if (callee.kind !== "member" || callee.object.kind !== "call") return e;
  return callee.name === "catch" || callee.name === "finally" ? letGo(callee.object) : callee.name === "then" ? undefined : e;
}

/** Nothing waits for the call of this function; one that is given a framework's object may answer with it. */
export function isLetGo(act: Activation, fn: FunctionFacts, args: readonly Value[], node: Expression): boolean {
  return (
    fn.async &&
    act.letGo !== undefined &&
    act.letGo.at === node.at &&
    act.letGo.end === node.end &&
    act.settlers.length === 0 &&
    !args.some((arg) => arg.what.some((origin) => origin.kind === "library"))
  );
}
