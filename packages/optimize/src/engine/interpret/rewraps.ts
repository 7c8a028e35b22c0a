/** Assignments that put an object around its own value. */
import type { Expression, MemberExpression } from "../../model/facts-expressions.ts";

/** The value is made from the very entry that is written, under a key that is not known. */
export function rewraps(target: MemberExpression, value: Expression): boolean {
  const { object, computed } = target;
  if (computed?.kind !== "name" || object.kind !== "name") return false;
  return mentions(value, object.binding, object.name, computed.binding, 0);
}

function mentions(e: Expression, object: number, name: string, key: number, depth: number): boolean {
  if (depth > 6) return false;
  switch (e.kind) {
    case "member":
      if (
        e.object.kind === "name" &&
        e.object.binding === object &&
        e.object.name === name &&
        e.computed?.kind === "name" &&
        e.computed.binding === key
      )
        return true;
      return mentions(e.object, object, name, key, depth + 1);
    case "call":
      return (
        mentions(e.callee, object, name, key, depth + 1) ||
        e.args.some((argument) => mentions(argument.value, object, name, key, depth + 1))
      );
    case "conditional":
      return mentions(e.then, object, name, key, depth + 1) || mentions(e.else, object, name, key, depth + 1);
    case "await":
    case "cast":
      return mentions(e.value, object, name, key, depth + 1);
    default:
      return false;
  }
}
