/** GraphQL types that some field answers with a list of: only their own fields run once for each item. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Unit } from "./unit.ts";
import type { World } from "./world.ts";

/** The names, as schemas in the code's texts and in its types' options say them. */
export function listedTypes(world: World): ReadonlySet<string> {
  const out = new Set<string>();
  for (const unit of world.units) {
    for (const fn of unit.facts.functions) visit(fn.body, out);
    for (const one of unit.facts.exports) visit(one.value, out);
    for (const owner of unit.facts.classes)
      for (const member of owner.members) for (const decorator of member.decorators) typeFunctions(unit, decorator, out);
  }
  return out;
}

/** `@Query(() => [Post])`. */
function typeFunctions(unit: Unit, decorator: Expression, out: Set<string>): void {
  if (decorator.kind !== "call") return;
  for (const { value } of decorator.args) {
    if (value.kind !== "function") continue;
    const last = unit.facts.functions[value.function]?.body.at(-1);
    if (last?.kind === "return") listOf(last.value, out);
  }
}

function listOf(e: Expression | undefined, out: Set<string>): void {
  const element = e?.kind === "array" && e.elements.length === 1 ? e.elements[0]?.value : undefined;
  if (element?.kind === "name") out.add(element.name);
  else if (element?.kind === "literal" && typeof element.value === "string") out.add(element.value);
}

/** Schemas in texts, and `type: [Post]`. */
function visit(node: unknown, out: Set<string>): void {
  if (node === null || typeof node !== "object") return;
  if (Array.isArray(node)) {
    for (const one of node) visit(one, out);
    return;
  }
  const record = node as Record<string, unknown>;
  if (record["kind"] === "template") for (const text of record["strings"] as readonly string[]) schema(text, out);
  else if (record["kind"] === "literal") {
    if (typeof record["value"] === "string") schema(record["value"], out);
    return;
  } else if (record["name"] === "type" && record["value"] !== undefined) listOf(record["value"] as Expression, out);
  for (const name in record) {
    const value = record[name];
    if (value !== null && typeof value === "object") visit(value, out);
  }
}

/** `posts(first: Int): [Post!]!` in a text that declares types. */
function schema(text: string, out: Set<string>): void {
  if (!/\btype\s+\w+[^{]*\{/.test(text)) return;
  for (const match of text.matchAll(/:\s*\[\s*(\w+)/g)) out.add(match[1] as string);
}
