/** Methods that a base class leaves to its subclasses. */
import type { FunctionFacts } from "../../model/facts.ts";

/** The body says nothing but that there is nothing: it raises, is empty, or gives a constant, an empty list or a query without rows. */
export function isLeftOpen(fn: FunctionFacts | undefined): boolean {
  const body = fn?.body.filter((one) => one.kind !== "expression" || one.value.kind !== "literal") ?? [];
  const [first, second] = body;
  if (first === undefined) return true;
  if (second !== undefined) return false;
  if (first.kind === "throw") return true;
  if (first.kind !== "return") return false;
  const { value } = first;
  if (value === undefined || value.kind === "literal") return true;
  if (value.kind === "array") return value.elements.length === 0;
  return value.kind === "call" && value.callee.kind === "member" && value.callee.name === "none";
}
