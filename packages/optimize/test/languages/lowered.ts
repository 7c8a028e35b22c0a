/** Lowers a text for a test and finds things in the Facts. */
import type { Binding, Facts, FunctionFacts } from "../../src/model/facts.ts";
import type { Expression } from "../../src/model/facts-expressions.ts";
import type { Statement } from "../../src/model/facts-statements.ts";
import { lowerJavaScript } from "../../src/languages/javascript/index.ts";

/** Facts of a text that must lower. */
export function facts(text: string, file = "a.ts"): Facts {
  const lowered = lowerJavaScript({ file, text });
  if ("failure" in lowered) throw new Error(`${lowered.failure.code}: ${lowered.failure.message}`);
  return lowered.facts;
}

/** The failure of a text that must not lower. */
export function failure(text: string, file = "a.ts"): { code: string; line: number | undefined } {
  const lowered = lowerJavaScript({ file, text });
  if ("facts" in lowered) throw new Error("it lowered");
  return { code: lowered.failure.code, line: lowered.failure.line };
}

/** The body of the module. */
export function body(text: string, file = "a.ts"): readonly Statement[] {
  return facts(text, file).functions[0]?.body ?? [];
}

/** The value of the last statement of the module. */
export function value(text: string, file = "a.ts"): Expression {
  const last = body(text, file).at(-1);
  if (last === undefined || !("value" in last) || last.value === undefined) throw new Error("no value");
  return last.value;
}

export function functionNamed(of: Facts, name: string): FunctionFacts {
  const found = of.functions.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no function ${name}`);
  return found;
}

export function bindingNamed(of: Facts, name: string): Binding & { readonly id: number } {
  const id = of.bindings.findIndex((one) => one.name === name);
  const found = of.bindings[id];
  if (found === undefined) throw new Error(`no binding ${name}`);
  return { ...found, id };
}

/** Without positions, for comparing shapes. */
export function shape(node: unknown): unknown {
  return JSON.parse(JSON.stringify(node, (key, held: unknown) => (key === "at" || key === "end" ? undefined : held)));
}

/** A name in the shape that has no binding. */
export function free(name: string): unknown {
  return { kind: "name", name, binding: -1 };
}
