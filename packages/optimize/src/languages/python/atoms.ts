/** Names, constants and displays. */
import type { Argument, Expression, Property } from "../../model/facts-expressions.ts";
import { comprehension } from "./comprehensions.ts";
import { constantKey } from "./calls.ts";
import { binary, constant, deeper, expression, expressions, named, yielded } from "./expressions.ts";
import type { Reading } from "./reading.ts";
import { refer } from "./scope.ts";
import { strings } from "./strings.ts";
import { accept, advance, expect, unexpected } from "./tokens.ts";

/** What members, subscripts and calls hang on. */
export function atom(r: Reading): Expression {
  const { start: at, end, kind } = r;
  switch (kind) {
    case "name":
    case "async": {
      const name = r.word;
      advance(r);
      if (name === r.self) return { kind: "this", word: "self", at, end };
      const out = { kind: "name" as const, name, binding: -1, at, end };
      refer(r, out, name);
      return out;
    }
    case "number":
      advance(r);
      return number(r.text.slice(at, end), at, end);
    case "string":
    case "fstring":
      return strings(r);
    case "None":
    case "True":
    case "False":
      advance(r);
      return constant(at, end, kind);
    case "...":
      advance(r);
      return { kind: "name", name: "...", binding: -1, at, end };
    case "(":
      return parentheses(r);
    case "[":
      return list(r);
    case "{":
      return braces(r);
    case "`": {
      // Python 2: the text of a value.
      r.old = true;
      advance(r);
      const value = expressions(r);
      expect(r, "`");
      return { kind: "template", strings: ["", ""], values: [value], at, end: r.before };
    }
    default:
      throw unexpected(r, at);
  }
}

function number(text: string, at: number, end: number): Expression {
  const plain = text.replaceAll("_", "").replace(/[lL]$/, "");
  const old = /^0\d+$/.test(plain);
  const value = /[jJ]$/.test(plain) && !/^0[xX]/.test(plain) ? Number.NaN : Number(old ? `0o${plain}` : plain);
  if (Number.isNaN(value)) return { kind: "literal", type: "bigint", value: text, at, end };
  if (Number.isInteger(value) && !Number.isSafeInteger(value) && !/[.eE]/.test(plain))
    return { kind: "literal", type: "bigint", value: plain, at, end };
  return { kind: "literal", type: "number", value: Number.isFinite(value) ? value : Number.MAX_VALUE, at, end };
}

function item(r: Reading): Argument {
  if (accept(r, "*")) return { value: binary(r, 5), spread: true };
  return { value: named(r), spread: false };
}

/** A group, a tuple or a generator. A group keeps the place of what is inside. */
function parentheses(r: Reading): Expression {
  const at = r.start;
  deeper(r);
  advance(r);
  const out = grouped(r, at);
  r.depth--;
  return out;
}

function grouped(r: Reading, at: number): Expression {
  if (accept(r, ")")) return { kind: "array", elements: [], form: "tuple", at, end: r.before };
  if (r.kind === "yield") {
    const value = yielded(r);
    expect(r, ")");
    return value;
  }
  const mark = r.references.length;
  const first = item(r);
  if (r.kind === "for" || r.kind === "async") {
    const value = comprehension(r, "generator", first.value, undefined, at, mark);
    expect(r, ")");
    return { ...value, end: r.before };
  }
  if (r.kind !== "," && !first.spread) {
    expect(r, ")");
    return first.value;
  }
  const elements = rest(r, first, ")");
  return { kind: "array", elements, form: "tuple", at, end: r.before };
}

const maxLiterals = 2000;

/** The elements behind the first, up to the closing bracket. */
function rest(r: Reading, first: Argument, close: string): Argument[] {
  const elements = [first];
  while (accept(r, ",")) {
    if (r.kind === close) break;
    const next = item(r);
    // Of a table of data its size counts: one element stands for the rest of them.
    elements.push(elements.length > maxLiterals && next.value.kind === "literal" ? (elements[maxLiterals] ?? next) : next);
  }
  expect(r, close);
  return elements;
}

function list(r: Reading): Expression {
  const at = r.start;
  deeper(r);
  advance(r);
  let out: Expression;
  const mark = r.references.length;
  if (accept(r, "]")) out = { kind: "array", elements: [], form: "array", at, end: r.before };
  else {
    const first = item(r);
    if (r.kind === "for" || r.kind === "async") {
      const value = comprehension(r, "list", first.value, undefined, at, mark);
      expect(r, "]");
      out = { ...value, end: r.before };
    } else {
      const elements = rest(r, first, "]");
      out = { kind: "array", elements, form: "array", at, end: r.before };
    }
  }
  r.depth--;
  return out;
}

/** A dict or a set. */
function braces(r: Reading): Expression {
  const at = r.start;
  deeper(r);
  advance(r);
  const out = inBraces(r, at);
  r.depth--;
  return out;
}

function inBraces(r: Reading, at: number): Expression {
  const mark = r.references.length;
  if (r.kind === "}" || r.kind === "**") return dict(r, at, undefined, mark);
  const first = item(r);
  if (r.kind === ":" && !first.spread) return dict(r, at, first.value, mark);
  if (r.kind === "for" || r.kind === "async") {
    const value = comprehension(r, "set", first.value, undefined, at, mark);
    expect(r, "}");
    return { ...value, end: r.before };
  }
  const elements = rest(r, first, "}");
  return { kind: "array", elements, form: "set", at, end: r.before };
}

/** A dict whose first key is already read. */
function dict(r: Reading, at: number, first: Expression | undefined, mark: number): Expression {
  const properties: Property[] = [];
  let key = first;
  while (r.kind !== "}") {
    if (key === undefined && accept(r, "**")) properties.push({ name: "", value: binary(r, 5), spread: true });
    else {
      const computed = key ?? expression(r);
      key = undefined;
      expect(r, ":");
      const name = constantKey(computed);
      if (r.kind === "lambda") r.hint = name ?? "";
      const value = expression(r);
      if (properties.length === 0 && (r.kind === "for" || r.kind === "async")) {
        const made = comprehension(r, "dict", value, computed, at, mark);
        expect(r, "}");
        return { ...made, end: r.before };
      }
      properties.push(name === undefined ? { name: "", computed, value, spread: false } : { name, value, spread: false });
    }
    if (!accept(r, ",")) break;
  }
  expect(r, "}");
  return { kind: "object", properties, at, end: r.before };
}
