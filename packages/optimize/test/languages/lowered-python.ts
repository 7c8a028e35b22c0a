/** Lowers a Python text for a test. */
import type { Facts } from "../../src/model/facts.ts";
import type { Expression } from "../../src/model/facts-expressions.ts";
import type { Statement } from "../../src/model/facts-statements.ts";
import { lowerPython } from "../../src/languages/python/index.ts";

/** Facts of a text that lowers whole. */
export function facts(text: string): Facts {
  const { facts: found, failure } = lowerPython({ file: "a.py", text });
  if (failure !== undefined) throw new Error(`${failure.code} in line ${failure.line}: ${failure.message}`);
  return found;
}

/** The body of the module. */
export function body(text: string): readonly Statement[] {
  return facts(text).functions[0]?.body ?? [];
}

/** The value of the last statement of the module. */
export function value(text: string): Expression {
  const last = body(text).at(-1);
  if (last === undefined || !("value" in last) || last.value === undefined) throw new Error("no value");
  return last.value;
}
