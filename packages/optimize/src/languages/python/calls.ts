/** Arguments of calls and of classes, and subscripts. */
import type { Argument, Expression } from "../../model/facts-expressions.ts";
import { fitted } from "../fitted.ts";
import { comprehension } from "./comprehensions.ts";
import { deeper, expression, named, starts } from "./expressions.ts";
import type { Reading } from "./reading.ts";
import { unrefer } from "./scope.ts";
import { accept, advance, expect, is } from "./tokens.ts";

/** `(a, *b, c=d, **e)`. */
export function argumentsOf(r: Reading): Argument[] {
  deeper(r);
  const open = r.start;
  advance(r);
  const out: Argument[] = [];
  while (r.kind !== ")") {
    out.push(argument(r, open));
    if (!accept(r, ",")) break;
  }
  expect(r, ")");
  r.depth--;
  return fitted(out);
}

/** One argument; a generator that is the only one starts at the bracket, which is its own too. */
function argument(r: Reading, open: number): Argument {
  if (accept(r, "*")) return { value: expression(r), spread: true };
  if (accept(r, "**")) return { value: expression(r), spread: true, name: "**" };
  const mark = r.references.length;
  // `async=True` and `print=f` are arguments of older files.
  const value = named(r);
  if (r.kind === "=" && (value.kind === "name" || value.kind === "this")) {
    const name = r.text.slice(value.at, value.end);
    if (value.kind === "name") unrefer(r, value);
    advance(r);
    if (is(r, "lambda")) r.hint = name;
    return { value: expression(r), spread: false, name };
  }
  if (r.kind === "for" || r.kind === "async") return { value: comprehension(r, "generator", value, undefined, open, mark), spread: false };
  return { value, spread: false };
}

/** `x[a]`, `x[a:b]`, `x[a, b]`. */
export function subscript(r: Reading, object: Expression, at: number): Expression {
  deeper(r);
  advance(r);
  const from = r.start;
  const first = index(r);
  let key = first.value;
  if (r.kind === "," || first.spread) {
    const elements = [first];
    while (accept(r, ",")) {
      if (r.kind === "]") break;
      elements.push(index(r));
    }
    key = { kind: "array", elements, form: "tuple", at: from, end: r.before };
  }
  expect(r, "]");
  r.depth--;
  const end = r.before;
  const name = constantKey(key);
  return name === undefined
    ? { kind: "member", object, name: "", computed: key, optional: false, subscript: true, at, end }
    : { kind: "member", object, name, optional: false, subscript: true, at, end };
}

/** The name that a constant key spells. */
export function constantKey(key: Expression): string | undefined {
  if (key.kind !== "literal") return undefined;
  if (key.type === "string") return String(key.value);
  return key.type === "number" && Number(key.value) >= 0 ? String(key.value) : undefined;
}

function index(r: Reading): Argument {
  if (accept(r, "*")) return { value: expression(r), spread: true };
  const at = r.start;
  const start = r.kind === ":" ? undefined : named(r);
  if (start !== undefined && r.kind !== ":") return { value: start, spread: false };
  expect(r, ":");
  const stop = bound(r);
  const step = accept(r, ":") ? bound(r) : undefined;
  const value: Expression = {
    kind: "slice",
    ...(start === undefined ? undefined : { start }),
    ...(stop === undefined ? undefined : { stop }),
    ...(step === undefined ? undefined : { step }),
    at,
    end: r.before,
  };
  return { value, spread: false };
}

function bound(r: Reading): Expression | undefined {
  return starts(r) ? expression(r) : undefined;
}
