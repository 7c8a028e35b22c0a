/** Calls with a callback that stand in the callback of another call, of which they need nothing. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import type { FunctionId } from "../../model/facts.ts";
import { functionInfo, placeOf } from "../interpret/unit.ts";
import { around } from "./handles.ts";
import { blocksOf, someInside } from "./parts.ts";
import type { Reading } from "./reading.ts";
import type { Statement } from "../../model/facts-statements.ts";

export function readNestedCalls(r: Reading): void {
  if (r.python) return;
  for (const { e: outer, spot } of r.t.calls) {
    const fn = callbackOf(outer);
    if (fn === undefined || spot.fn === 0) continue;
    for (const inner of callsIn(r.t.facts.functions[fn]?.body ?? [])) {
      if (callbackOf(inner) === undefined || needs(r, inner, fn)) continue;
      r.found.nestedCalls.push({
        outer: placeOf(r.unit, outer, spot.fn),
        inner: placeOf(r.unit, inner, fn),
        function: functionInfo(r.unit, fn),
      });
    }
  }
}

function callbackOf({ args }: CallExpression): FunctionId | undefined {
  const last = args[args.length - 1]?.value;
  return last?.kind === "function" ? last.function : undefined;
}

/** Calls that stand as statements of the function itself, also after an early `return`. */
function callsIn(body: readonly Statement[]): CallExpression[] {
  return body.flatMap((s) => {
    if (s.kind === "expression" || s.kind === "return") return s.value?.kind === "call" ? [s.value] : [];
    return s.kind === "branch" && !isConditional(s) ? blocksOf(s).flatMap(callsIn) : [];
  });
}

/** `if (error) return done(error)` alone is no choice. */
function isConditional(s: Extract<Statement, { kind: "branch" }>): boolean {
  return s.else.length === 0 || s.then.some((one) => one.kind !== "return" && one.kind !== "throw");
}

/** What it is called on or with is a parameter of the outer callback, or made inside of it. */
function needs(r: Reading, { callee, args }: CallExpression, fn: FunctionId): boolean {
  const made = (e: Expression): boolean =>
    someInside(e, (part) => part.kind === "name" && part.binding >= 0 && around(r, r.t.facts.bindings[part.binding]?.owner ?? 0)[0] === fn);
  return made(callee) || args.slice(0, -1).some(({ value }) => made(value));
}
