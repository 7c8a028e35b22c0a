/** What was read as an expression and turns out to be a target. */
import type { Expression, MemberExpression } from "../../model/facts-expressions.ts";
import type { Pattern } from "../../model/facts-statements.ts";
import type { Reading, Scope } from "./reading.ts";
import { bind, bindIn, unrefer } from "./scope.ts";

/** The target that an expression spells; its names are bound where the statement stands. */
export function toPattern(r: Reading, value: Expression): Pattern {
  return toPatternIn(r, value, undefined);
}

/** The target that an expression spells; its names are bound in a given scope. */
export function toPatternIn(r: Reading, value: Expression, scope: Scope | undefined): Pattern {
  const { at, end } = value;
  switch (value.kind) {
    case "name":
      unrefer(r, value);
      return scope === undefined ? bind(r, value.name, at, end) : bindIn(r, scope, value.name, at, end);
    case "this": {
      // The method's own name for its instance is bound anew.
      const name = r.text.slice(at, end);
      return scope === undefined ? bind(r, name, at, end) : bindIn(r, scope, name, at, end);
    }
    case "member":
      return { kind: "member", target: value, at };
    case "array": {
      const elements: (Pattern | null)[] = [];
      let rest: Pattern | undefined;
      for (const element of value.elements) {
        if (element === null) continue;
        const target = toPatternIn(r, element.value, scope);
        // What follows the rest counts from the end: it is an element of an unknown place.
        if (element.spread) rest = target;
        else elements.push(target);
      }
      return rest === undefined ? { kind: "array", elements, at } : { kind: "array", elements, rest, at };
    }
    default: {
      // Not a target in valid code; kept so that nothing that runs is lost.
      const wrapped: MemberExpression = { kind: "member", object: value, name: "", optional: false, at, end };
      return { kind: "member", target: wrapped, at };
    }
  }
}
