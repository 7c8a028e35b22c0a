/** Methods of requests that a function tells apart by itself: `if request.method == "POST":`. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { FunctionFacts } from "../../model/facts.ts";

const usual = ["GET", "POST"];
const methods: ReadonlySet<string> = new Set([...usual, "PUT", "PATCH", "DELETE"]);

const cache = new WeakMap<FunctionFacts, readonly string[]>();

/** The usual ones, and those that it names; nothing when it never looks, so that every method does the same. */
export function testedMethods(fn: FunctionFacts): readonly string[] {
  let known = cache.get(fn);
  if (known === undefined) {
    const target = fn.params[0]?.target;
    const named = new Set<string>();
    if (target?.kind === "bind") visit(fn.body, target.binding, named);
    known = named.size === 0 ? [] : [...new Set([...usual, ...named])];
    cache.set(fn, known);
  }
  return known;
}

function visit(node: unknown, request: number, out: Set<string>): void {
  if (Array.isArray(node)) for (const one of node) visit(one, request, out);
  if (node === null || typeof node !== "object" || Array.isArray(node)) return;
  const e = node as Expression;
  if (e.kind === "binary")
    for (const [one, other] of [
      [e.left, e.right],
      [e.right, e.left],
    ] as const)
      if (one.kind === "member" && one.name === "method" && one.object.kind === "name" && one.object.binding === request)
        for (const text of textsIn(other)) if (methods.has(text)) out.add(text);
  for (const value of Object.values(node)) if (typeof value === "object") visit(value, request, out);
}

function textsIn(e: Expression): readonly string[] {
  if (e.kind === "literal") return typeof e.value === "string" ? [e.value] : [];
  return e.kind === "array" ? e.elements.flatMap((one) => (one === null ? [] : textsIn(one.value))) : [];
}
