/** Names of types. */
import type { BindingId } from "../../model/facts.ts";
import type { BindingDraft, Reading } from "./reading.ts";
import { declareIn } from "./scope.ts";

/** Binds the name of a `type` statement. */
export function declareType(r: Reading, name: string): BindingId {
  const scope = r.scope.kind === "class" ? r.module : r.scope;
  const binding = declareIn(r, scope, name, "type");
  const draft = r.bindings[binding] as BindingDraft;
  if (draft.kind === "let") draft.kind = "type";
  return binding;
}
