/** Which parameters a function decides by: constants passed there change what it does. */
import type { FunctionFacts } from "../../model/facts.ts";
import type { Pattern } from "../../model/facts-statements.ts";
import type { Unit } from "./unit.ts";

const cache = new WeakMap<FunctionFacts, ReadonlySet<number>>();
const nothing: ReadonlySet<number> = new Set();

export function decides(unit: Unit, fn: FunctionFacts): ReadonlySet<number> {
  const known = cache.get(fn);
  if (known !== undefined) return known;
  // Most functions have no parameter: their bodies need not be read.
  if (fn.params.length === 0) return nothing;
  const bindings = new Map<number, number>();
  for (const [i, parameter] of fn.params.entries()) collect(parameter.target, i, bindings);
  const out = new Set<number>();
  if (bindings.size > 0) {
    visit(fn.body, false, bindings, out);
    for (const other of unit.facts.functions) if (other !== fn && inside(unit, other, fn)) visit(other.body, false, bindings, out);
  }
  cache.set(fn, out);
  return out;
}

function inside(unit: Unit, fn: FunctionFacts, outer: FunctionFacts): boolean {
  return fn.at > outer.at && fn.end <= outer.end && unit.facts.functions[fn.id] === fn;
}

function collect(pattern: Pattern, index: number, out: Map<number, number>): void {
  if (pattern.kind === "bind") out.set(pattern.binding, index);
  else if (pattern.kind === "default") collect(pattern.target, index, out);
  else if (pattern.kind === "object") for (const property of pattern.properties) collect(property.target, index, out);
  else if (pattern.kind === "array") for (const element of pattern.elements) if (element !== null) collect(element, index, out);
}

/** Names in tests, switch subjects, computed names and import specifiers. */
function visit(node: unknown, deciding: boolean, bindings: ReadonlyMap<number, number>, out: Set<number>): void {
  if (Array.isArray(node)) {
    for (let i = 0; i < node.length; i++) visit(node[i], deciding, bindings, out);
    return;
  }
  if (node === null || typeof node !== "object") return;
  const record = node as Record<string, unknown>;
  if (record["kind"] === "name" && deciding) {
    const index = bindings.get(record["binding"] as number);
    if (index !== undefined) out.add(index);
    return;
  }
  for (const name in record) {
    const value = record[name];
    if (value === null || typeof value !== "object") continue;
    const decisive =
      name === "test" ||
      name === "subject" ||
      name === "computed" ||
      name === "specifier" ||
      (record["kind"] === "logical" && name === "left");
    visit(value, deciding || decisive, bindings, out);
  }
}
