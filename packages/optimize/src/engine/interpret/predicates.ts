/** Choices among rows that a database could make: comparisons of the row's members with values made outside. */
import type { BindingId, FunctionFacts } from "../../model/facts.ts";
import type { Expression } from "../../model/facts-expressions.ts";
import type { Pattern } from "../../model/facts-statements.ts";

/** Methods that compare and change nothing. */
const comparing: ReadonlySet<string> = new Set(["includes", "has", "startsWith", "endsWith"]);

/** The function gives back one expression of the row's own members, constants, outside values, comparisons and logic. */
export function choosesByColumns(fn: FunctionFacts): boolean {
  const [first, ...others] = fn.body;
  if (first?.kind !== "return" || first.value === undefined || others.length > 0 || fn.async) return false;
  const target = fn.params[0]?.target;
  if (target === undefined || !isPlainTarget(target)) return false;
  return isColumnTest(first.value, rowOf(target));
}

/** The binding of the whole row; none where only its columns are bound. */
export function rowOf(target: Pattern): BindingId | undefined {
  return target.kind === "bind" ? target.binding : undefined;
}

export function isPlainTarget(target: Pattern): boolean {
  if (target.kind === "object")
    return (
      target.rest === undefined && target.properties.every((property) => property.computed === undefined && property.target.kind === "bind")
    );
  return target.kind === "bind";
}

export function isColumnTest(e: Expression, row: BindingId | undefined, depth = 0): boolean {
  if (depth > 12) return false;
  switch (e.kind) {
    case "name":
      // The row itself is no column.
      return row === undefined || e.binding !== row;
    case "literal":
    case "this":
      return true;
    case "member":
      if (e.computed !== undefined) return false;
      // Members of members are relations, or lengths of lists.
      if (e.object.kind === "name" && row !== undefined && e.object.binding === row) return true;
      return !startsAtRow(e.object, row) && isColumnTest(e.object, row, depth + 1);
    case "cast":
      return isColumnTest(e.value, row, depth + 1);
    case "unary":
      return (e.operator === "!" || e.operator === "-") && isColumnTest(e.value, row, depth + 1);
    case "array":
      return e.elements.every((element) => element !== null && !element.spread && isColumnTest(element.value, row, depth + 1));
    case "binary":
    case "logical":
      return isColumnTest(e.left, row, depth + 1) && isColumnTest(e.right, row, depth + 1);
    case "call":
      return (
        e.callee.kind === "member" &&
        comparing.has(e.callee.name) &&
        isColumnTest(e.callee.object, row, depth + 1) &&
        e.args.length === 1 &&
        e.args.every((argument) => isColumnTest(argument.value, row, depth + 1))
      );
    default:
      return false;
  }
}

function startsAtRow(e: Expression, row: BindingId | undefined): boolean {
  if (e.kind === "member") return startsAtRow(e.object, row);
  return e.kind === "name" && row !== undefined && e.binding === row;
}
