/** Chains of calls: `text("name").notNull().references(() => users.id)`. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import { calledName } from "./folding.ts";

/** The calls of a chain from its first on. */
export function chainOf(e: Expression | undefined): readonly CallExpression[] {
  const calls: CallExpression[] = [];
  let current = e;
  while (current?.kind === "call") {
    calls.unshift(current);
    current = current.callee.kind === "member" ? current.callee.object : undefined;
  }
  return calls;
}

/** The call of that name in the chain. */
export function linkOf(chain: readonly CallExpression[], name: string): CallExpression | undefined {
  return chain.find((call) => calledName(call) === name);
}
