/** Functions put one after the other (`pipe(a, b)`, `compose(b, a)`): what the chain is called with goes through all of them. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { MethodSpec } from "../../model/library.ts";
import type { Activation } from "./activation.ts";
import { callValue } from "./call-targets.ts";
import type { Origin, Value } from "./value.ts";
import { arrayIn, arrayOf, unknown, valueOf } from "./value.ts";

type MethodOrigin = Extract<Origin, { kind: "library-method" }>;

/** What calling a chain does. */
const called: MethodSpec = { chained: true };

/** Makes a chain, or calls one. */
export function chained(act: Activation, method: MethodOrigin, args: readonly Value[], e: Expression): Value {
  return method.spec.chained === true ? runChain(act, args, e) : chainOf(method, args);
}

/** The function that the chain is: its steps are bound, in the order in which they run. */
function chainOf(method: MethodOrigin, functions: readonly Value[]): Value {
  const given = functions.length === 1 ? (arrayIn(functions[0] as Value)?.elements ?? functions) : functions;
  const elements = method.spec.chains === "compose" ? given.toReversed() : given;
  const steps = valueOf({ ...(arrayOf(unknown, { exact: elements.length }).what[0] as Extract<Origin, { kind: "array" }>), elements });
  const inner = valueOf({ kind: "library-method", library: method.library, spec: called, receiver: undefined, name: method.name });
  return valueOf({ kind: "bound", inner, self: undefined, args: [steps] });
}

/** Calls a chain: the first of its steps with all arguments, each other one with what came before. */
function runChain(act: Activation, [steps, ...args]: readonly Value[], e: Expression): Value {
  let given = args;
  for (const step of arrayIn(steps ?? unknown)?.elements ?? []) given = [callValue(act, step, given, e, undefined)];
  return given[0] ?? unknown;
}
