/** Fields that a method gives back when they are there, and that others fill: `if self.object: return self.object`. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Statement } from "../../model/facts-statements.ts";
import type { Activation } from "./activation.ts";
import { basesOf, fieldsOf } from "./classes.ts";
import { readObject } from "./members.ts";
import type { Origin } from "./value.ts";

/** After this statement the method only works when a field of its object is missing, which the program fills elsewhere. */
export function givesField(act: Activation, s: Statement): boolean {
  if (s.kind !== "branch" || s.then.length !== 1 || s.else.length > 0) return false;
  const [only] = s.then;
  if (only?.kind !== "return" || only.value === undefined) return false;
  const name = fieldOf(only.value);
  if (name === undefined || tested(s.test) !== name || act.self.what.length === 0) return false;
  return act.self.what.every((origin) => isFilled(act, origin, name));
}

/** Rows are many, and whoever fills the field of one fills it of no other. */
function isFilled(act: Activation, origin: Origin, name: string): boolean {
  if (origin.kind !== "instance") return false;
  return basesOf(act.world, origin.ref).project.some((ref) => {
    const value = readObject(fieldsOf(act.world, ref, false), name, act.summary);
    return value?.what.some((one) => one.kind !== "const") === true;
  });
}

/** The field that has to be there: `self.x`, `hasattr(self, "x")`, `self.x is not None`. */
function tested(test: Expression): string | undefined {
  if (test.kind === "binary" && (test.operator === "!==" || test.operator === "!="))
    return test.right.kind === "literal" && (test.right.type === "null" || test.right.type === "undefined")
      ? fieldOf(test.left)
      : undefined;
  return fieldOf(test, "hasattr");
}

function fieldOf(e: Expression, also?: "hasattr"): string | undefined {
  if (e.kind === "member" && e.computed === undefined) return e.object.kind === "this" ? e.name : undefined;
  if (e.kind !== "call" || e.callee.kind !== "name" || (e.callee.name !== "getattr" && e.callee.name !== also)) return undefined;
  const [object, name] = e.args;
  return object?.value.kind === "this" && name?.value.kind === "literal" && e.callee.binding < 0 ? String(name.value.value) : undefined;
}
