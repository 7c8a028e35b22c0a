/** Routes that a decorator registers: `@app.get("/orders")` above the handler. */
import type { MethodSpec, RegisterSpec } from "../../../model/library.ts";
import { named } from "../../shapes/places.ts";

/** A decorator for each HTTP method; `path` is the name of the path's parameter. */
export function decoratedVerbs(verbs: string, path: string, more: Partial<RegisterSpec> = {}): Record<string, MethodSpec> {
  return Object.fromEntries(
    verbs.split(" ").map((verb) => [verb, decorated({ kind: "route", method: verb.toUpperCase(), path: named(path, 0), ...more })]),
  );
}

export function decorated(registers: RegisterSpec): MethodSpec {
  return { registers: { ...registers, decorates: true }, returns: "value" };
}
