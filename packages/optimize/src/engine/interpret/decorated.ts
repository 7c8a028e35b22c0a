/** Functions that a decorator of a library makes more of: `task.delay()`. */
import type { FunctionFacts } from "../../model/facts.ts";
import type { Library } from "../../model/library.ts";
import type { Activation } from "./activation.ts";
import { evaluate } from "./expressions.ts";
import { libraryMember } from "./library-members.ts";
import { moduleActivation } from "./modules.ts";
import type { Origin, Value } from "./value.ts";
import { valueOf } from "./value.ts";

interface Made {
  readonly library: Library;
  readonly type: string;
}

const known = new WeakMap<FunctionFacts, Made | "none">();

/** A member that the function has because of what stands above it. */
export function decoratedMember(act: Activation, origin: Extract<Origin, { kind: "closure" }>, name: string): Value | undefined {
  const fn = origin.unit.facts.functions[origin.fn];
  if (fn === undefined || origin.unit.facts.language !== "python" || fn.decorators.length === 0) return undefined;
  let made = known.get(fn);
  if (made === undefined) known.set(fn, (made = madeBy(act, origin, fn) ?? "none"));
  if (made === "none") return undefined;
  const value: Extract<Origin, { kind: "library" }> = {
    kind: "library",
    ...made,
    table: fn.name,
    site: `task:${String(origin.unit.index)}:${String(fn.at)}`,
  };
  return libraryMember(act, value, name, valueOf(value));
}

function madeBy(act: Activation, { unit }: Extract<Origin, { kind: "closure" }>, fn: FunctionFacts): Made | undefined {
  for (const decorator of fn.decorators) {
    const callee = decorator.kind === "call" ? decorator.callee : decorator;
    for (const one of evaluate(moduleActivation(act.world, unit), callee).what) {
      if (one.kind === "library-method" && one.spec.becomes !== undefined) return { library: one.library, type: one.spec.becomes };
      const type = one.kind === "export" && one.spec.value !== undefined ? one.library.types[one.spec.value]?.call?.becomes : undefined;
      if (one.kind === "export" && type !== undefined) return { library: one.library, type };
    }
  }
  return undefined;
}
