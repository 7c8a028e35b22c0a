/** Property names behind values. */
import type { Value } from "./value.ts";
import { constantOf } from "./value.ts";

export function propertyName(value: Value): string | undefined {
  const constant = constantOf(value)?.value;
  return typeof constant === "string" ? constant : typeof constant === "number" ? String(constant) : undefined;
}

/** All names that a computed key may have; undefined when it may be anything. */
export function propertyNames(value: Value): string[] | undefined {
  if (value.what.length === 0 || value.what.length > 8) return undefined;
  const out: string[] = [];
  for (const origin of value.what) {
    if (origin.kind !== "const" || (typeof origin.value !== "string" && typeof origin.value !== "number")) return undefined;
    out.push(String(origin.value));
  }
  return out;
}
