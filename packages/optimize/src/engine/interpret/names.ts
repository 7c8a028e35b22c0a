/** Property names behind values. */
import type { Value } from "./value.ts";
import { constantOf } from "./value.ts";

const most = 8;

export function propertyName(value: Value): string | undefined {
  const constant = constantOf(value)?.value;
  return typeof constant === "string" ? constant : typeof constant === "number" ? String(constant) : undefined;
}

/** Every text that a template with these parts may be; undefined when it may be anything, or one of very many. */
export function alternativeTexts(strings: readonly string[], parts: readonly Value[]): string[] | undefined {
  let out = [strings[0] ?? ""];
  for (const [i, part] of parts.entries()) {
    const names = propertyNames(part);
    if (names === undefined || out.length * names.length > most) return undefined;
    out = out.flatMap((before) => names.map((name) => before + name + (strings[i + 1] ?? "")));
  }
  return [...new Set(out)];
}

/** All names that a computed key may have; undefined when it may be anything. */
export function propertyNames(value: Value): string[] | undefined {
  if (value.what.length === 0 || value.what.length > most) return undefined;
  const out: string[] = [];
  for (const origin of value.what) {
    if (origin.kind !== "const" || (typeof origin.value !== "string" && typeof origin.value !== "number")) return undefined;
    out.push(String(origin.value));
  }
  return out;
}
