/** Elements that are shown: what they are given leaves the function, and components that run on the server run where they stand. */
import type { ElementExpression, Expression } from "../../model/facts-expressions.ts";
import type { Activation } from "./activation.ts";
import { none, union } from "./deps.ts";
import { escapes } from "./escapes.ts";
import { evaluate } from "./expressions.ts";
import { callClosure } from "./functions.ts";
import type { Closure } from "./functions.ts";
import type { Origin, Value } from "./value.ts";
import { unknownFrom } from "./value.ts";

export function evaluateElement(act: Activation, e: ElementExpression): Value {
  const tag = typeof e.tag === "string" ? undefined : evaluate(act, e.tag);
  const components = tag?.what.filter(runsOnServer) ?? [];
  let deps = tag?.deps ?? none;
  const props = components.length === 0 ? undefined : evaluate(act, propsOf(e));
  const parts = [...(props === undefined ? e.attributes.map(({ value }) => value) : []), ...e.children];
  for (const part of parts) {
    const value = evaluate(act, part);
    escapes(act, value, part);
    deps = union(deps, value.deps);
  }
  if (props === undefined) return unknownFrom(deps);
  for (const one of components) callClosure(act, one, [props], e);
  return unknownFrom(union(deps, props.deps));
}

/** Only components that run on the server may wait: whoever shows one runs it. */
function runsOnServer(origin: Origin): origin is Closure {
  return origin.kind === "closure" && origin.unit.facts.functions[origin.fn]?.async === true;
}

function propsOf({ attributes, at, end }: ElementExpression): Expression {
  return { kind: "object", properties: attributes, at, end };
}
