/** What an expression says by itself: nothing, zero, a place in a list. */
import type { Expression } from "../../model/facts-expressions.ts";

export function isZero(e: Expression): boolean {
  return e.kind === "literal" && e.value === 0;
}

export function isIndex(e: Expression): boolean {
  if (e.kind === "unary") return isIndex(e.value);
  if (e.kind === "binary") return e.operator === "-" || e.operator === "+" ? isIndex(e.left) || isIndex(e.right) : false;
  return e.kind === "literal" && e.type === "number";
}

export function isNothing(e: Expression): boolean {
  return (e.kind === "literal" && (e.type === "null" || e.type === "undefined")) || (e.kind === "name" && e.name === "undefined");
}
