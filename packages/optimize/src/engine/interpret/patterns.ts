/** Binding values to patterns: declarations, parameters, loop targets, assignments. */
import type { Pattern } from "../../model/facts-statements.ts";
import type { Activation } from "./activation.ts";
import { evaluate } from "./expressions.ts";
import { noteChangedVariable } from "./lost-updates.ts";
import { readNamed } from "./members.ts";
import { writeMember } from "./member-writes.ts";
import { propertyName } from "./names.ts";
import { noteSetting } from "./timeouts.ts";
import { typedValue } from "./types.ts";
import { noteKey } from "./sights.ts";
import type { Value } from "./value.ts";
import { arrayIn, arrayOf, constantOf, perhapsMissing, undefinedValue, unknown, unknownFrom, withDeps } from "./value.ts";
import { join } from "./joins.ts";

/** Options written as a literal at the call that do not hold the name: it is undefined. */
function isLeftOut(value: Value, name: string): boolean {
  return (
    value.what.length > 0 &&
    value.what.every(
      (origin) =>
        origin.kind === "object" &&
        !origin.object.persistent &&
        origin.object.literal &&
        origin.object.rest === undefined &&
        !origin.object.props.has(name),
    )
  );
}

export function bindPattern(act: Activation, pattern: Pattern, value: Value, declares: boolean): void {
  switch (pattern.kind) {
    case "bind": {
      const binding = act.unit.facts.bindings[pattern.binding];
      let bound = value;
      if (declares && binding?.type !== undefined && value.what.length === 0) {
        const typed = typedValue(act.world, act.unit, binding.type);
        if (typed.what.length > 0) bound = { what: typed.what, deps: value.deps, key: value.key };
      }
      // A constant that holds a plain value, or one that nothing is known of, is the same wherever it is named.
      if (declares && binding?.kind === "const" && bound.key === undefined && bound.what.every((origin) => origin.kind === "scalar"))
        bound = { ...bound, key: `v${act.token()}` };
      if (declares) act.env.declare(pattern.binding, bound);
      else {
        if (binding?.owner === 0)
          noteChangedVariable(act, pattern.binding, bound, { at: pattern.at, end: pattern.at + pattern.name.length });
        act.env.assign(pattern.binding, perhapsMissing(bound), act);
      }
      return;
    }
    case "object": {
      for (const property of pattern.properties) {
        const name = property.computed === undefined ? property.name : propertyName(evaluate(act, property.computed));
        const inner =
          name === undefined
            ? unknownFrom(value.deps)
            : declares && isLeftOut(value, name)
              ? { ...undefinedValue, deps: value.deps }
              : readNamed(act, value, name, pattern);
        bindPattern(act, property.target, inner, declares);
      }
      if (pattern.rest !== undefined) bindPattern(act, pattern.rest, value, declares);
      return;
    }
    case "array": {
      const list = arrayIn(value);
      for (const [i, element] of pattern.elements.entries()) {
        if (element === null) continue;
        const inner = list?.elements?.[i] ?? list?.element;
        bindPattern(
          act,
          element,
          inner === undefined
            ? { what: [], deps: value.deps, key: value.key === undefined ? undefined : `${value.key}.${i}` }
            : withDeps(inner, value.deps),
          declares,
        );
      }
      if (pattern.rest !== undefined)
        bindPattern(act, pattern.rest, list === undefined ? arrayOf(unknown, {}, value.deps) : value, declares);
      return;
    }
    case "default": {
      const constant = constantOf(value);
      const missing = constant !== undefined && constant.value === undefined;
      const known = value.what.length > 0 && !value.what.some((origin) => origin.kind === "const" && origin.value === undefined);
      const fallback = known ? undefined : evaluate(act, pattern.value);
      bindPattern(
        act,
        pattern.target,
        missing
          ? (fallback ?? unknown)
          : fallback === undefined
            ? value
            : value.what.length === 0
              ? withoutConstants(value, fallback)
              : join(value, fallback),
        declares,
      );
      return;
    }
    case "member": {
      const object = evaluate(act, pattern.target.object);
      const computed = pattern.target.computed === undefined ? undefined : evaluate(act, pattern.target.computed);
      if (computed !== undefined && pattern.target.computed !== undefined) noteKey(act, pattern.target.computed.end, computed);
      writeMember(act, object, pattern.target, computed, perhapsMissing(value));
      noteSetting(act, pattern.target);
      return;
    }
    default:
  }
}

/** A value that is not known may be anything besides the default. */
function withoutConstants(value: Value, fallback: Value): Value {
  return {
    what: fallback.what.filter((origin) => origin.kind !== "const"),
    deps: join(unknownFrom(value.deps), unknownFrom(fallback.deps)).deps,
    key: value.key,
  };
}
