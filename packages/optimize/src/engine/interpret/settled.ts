/** Lists that the settings of the program name. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Activation } from "./activation.ts";
import type { Value } from "./value.ts";

/** `settings.servers`: reached by names alone from what another module gives, and nothing of a call is in it. */
export function isSetting(act: Activation, list: Value | undefined, source: Expression | undefined): boolean {
  if (list === undefined || list.what.length > 0 || list.deps.length > 0 || source?.kind !== "member") return false;
  let e: Expression = source;
  while (e.kind === "member" && e.name !== "") e = e.object;
  return e.kind === "name" && e.binding >= 0 && act.unit.facts.bindings[e.binding]?.kind === "import";
}
