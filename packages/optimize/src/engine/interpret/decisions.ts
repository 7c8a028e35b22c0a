/** Which parameters a function decides by: constants passed there change what it does. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
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
  const out = new Set<number>();
  inParameters(unit, fn, (body, bindings) => {
    for (const binding of decisiveIn(body)) {
      const index = bindings.get(binding);
      if (index !== undefined) out.add(index);
    }
  });
  cache.set(fn, out);
  return out;
}

/** The bodies of the function and of those that are written in it, with the parameter that each binding belongs to. */
function inParameters(
  unit: Unit,
  fn: FunctionFacts,
  look: (body: FunctionFacts["body"], bindings: ReadonlyMap<number, number>) => void,
): void {
  const bindings = new Map<number, number>();
  for (const [i, parameter] of fn.params.entries()) collect(parameter.target, i, bindings);
  if (bindings.size === 0) return;
  look(fn.body, bindings);
  for (const other of unit.facts.functions) if (other !== fn && inside(unit, other, fn)) look(other.body, bindings);
}

const called = new WeakMap<FunctionFacts, ReadonlySet<number>>();

/** Parameters that the function calls, or hands to another call as they are: callbacks, if they are functions. */
export function calls(unit: Unit, fn: FunctionFacts): ReadonlySet<number> {
  const known = called.get(fn);
  if (known !== undefined) return known;
  const out = new Set<number>();
  if (fn.params.length > 0) inParameters(unit, fn, (body, bindings) => visitCalls(body, bindings, out));
  called.set(fn, out);
  return out;
}

function visitCalls(node: unknown, bindings: ReadonlyMap<number, number>, out: Set<number>): void {
  if (node === null || typeof node !== "object") return;
  if (Array.isArray(node)) {
    for (const one of node) visitCalls(one, bindings, out);
    return;
  }
  const e = node as Expression;
  if (e.kind === "call")
    for (const one of [e.callee, ...e.args.map(({ value }) => value)]) {
      const index = one.kind === "name" ? bindings.get(one.binding) : undefined;
      if (index !== undefined) out.add(index);
    }
  for (const value of Object.values(node)) if (typeof value === "object") visitCalls(value, bindings, out);
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

const decisive = new WeakMap<FunctionFacts["body"], ReadonlySet<number>>();

/** Variables that one body, without those of functions in it, names in tests, switch subjects, computed names and import specifiers, or as tables; and in texts that it gives back. */
function decisiveIn(body: FunctionFacts["body"]): ReadonlySet<number> {
  let known = decisive.get(body);
  if (known === undefined) {
    const out = new Set<number>();
    visit(body, false, out);
    decisive.set(body, (known = out.size === 0 ? nothing : out));
  }
  return known;
}

function visit(node: unknown, deciding: boolean, out: Set<number>): void {
  if (Array.isArray(node)) {
    for (let i = 0; i < node.length; i++) visit(node[i], deciding, out);
    return;
  }
  if (node === null || typeof node !== "object") return;
  const record = node as Record<string, unknown>;
  if (record["kind"] === "literal") return;
  if (record["kind"] === "name") {
    if (deciding) out.add(record["binding"] as number);
    // Most of what is written are names, and nothing is in one; a type's has a path, and may have arguments.
    if (deciding || record["path"] === undefined) return;
  }
  // A text that is put together and given back is another one for each constant.
  if (record["kind"] === "return" && (record["value"] as Expression | undefined)?.kind === "template") visit(record["value"], true, out);
  if (record["kind"] === "call") tableNamed(node as CallExpression, out);
  for (const name in record) {
    const value = record[name];
    if (value === null || typeof value !== "object") continue;
    const decides =
      name === "test" ||
      name === "subject" ||
      name === "computed" ||
      name === "specifier" ||
      (record["kind"] === "logical" && name === "left");
    visit(value, deciding || decides, out);
  }
}

/** Methods that are told by a name which table or collection is meant. */
const naming: ReadonlySet<string> = new Set(["collection", "model", "table", "from", "into", "getRepository", "getCollection"]);

/** `db.collection(name)`: what the function gives is another table for each name. */
function tableNamed({ callee, args }: CallExpression, out: Set<number>): void {
  if ((callee.kind === "member" || callee.kind === "name") && naming.has(callee.name)) visit(args[0]?.value, true, out);
}
