/** Choices among rows that a database could make: comparisons of the row's members with values made outside. */
import type { Expression, FunctionFacts, Pattern } from "../../model/facts.ts";

/** Methods that compare and change nothing. */
const comparing: ReadonlySet<string> = new Set(["includes", "has", "startsWith", "endsWith"]);

/** The function gives back one expression of members, constants, comparisons and logic. */
export function choosesByColumns(fn: FunctionFacts): boolean {
  const [first, ...others] = fn.body;
  if (first?.kind !== "return" || first.value === undefined || others.length > 0 || fn.async) return false;
  const row = fn.params[0]?.target;
  return row !== undefined && isPlainTarget(row) && isColumnTest(first.value, 0);
}

function isPlainTarget(target: Pattern): boolean {
  if (target.kind === "object") return target.rest === undefined && target.properties.every((property) => property.computed === undefined && property.target.kind === "bind");
  return target.kind === "bind";
}

function isColumnTest(e: Expression, depth: number): boolean {
  if (depth > 12) return false;
  switch (e.kind) {
    case "name":
    case "literal":
    case "this":
      return true;
    case "member":
      return e.computed === undefined && isColumnTest(e.object, depth + 1);
    case "cast":
      return isColumnTest(e.value, depth + 1);
    case "unary":
      return (e.operator === "!" || e.operator === "-") && isColumnTest(e.value, depth + 1);
    case "binary":
    case "logical":
      return isColumnTest(e.left, depth + 1) && isColumnTest(e.right, depth + 1);
    case "call":
      return e.callee.kind === "member" && comparing.has(e.callee.name) && isColumnTest(e.callee.object, depth + 1) && e.args.length === 1 && e.args.every((argument) => isColumnTest(argument.value, depth + 1));
    default:
      return false;
  }
}
