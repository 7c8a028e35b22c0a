/** What a call does by its library that the reading of a file's text asks about, by the end of what is called. */
import type { CallExpression } from "../../model/facts-expressions.ts";
import type { MethodSpec } from "../../model/library.ts";
import type { Unit } from "./unit.ts";

/** `given`: one of its callbacks is there, and gets what it would give otherwise. */
export function noteCall(
  unit: Unit,
  { lends, pools, listens, callbacks }: MethodSpec,
  library: string,
  e: CallExpression,
  given: boolean,
): void {
  const at = e.callee.end;
  if (lends !== undefined && !given) unit.lent.set(at, lends);
  if (pools !== undefined) unit.pools.set(at, { spec: pools, library });
  if (listens === true) unit.listening.add(at);
  if (callbacks?.some(({ runs }) => runs === "transaction") === true) unit.transacting.add(at);
}
