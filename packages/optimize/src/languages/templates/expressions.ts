/** Expressions of templates: Django's variables with filters, and Jinja's, which are nearly Python's. */
import type { Argument, CallExpression, Expression } from "../../model/facts-expressions.ts";
import { filtered } from "./filters.ts";
import { bindingOf, call, member, named, nothing } from "./reading.ts";
import type { Reading, Span } from "./reading.ts";
import { unquoted } from "./words.ts";
import type { Word } from "./words.ts";

/** A cursor over the words of one tag. */
export interface Cursor {
  readonly r: Reading;
  readonly words: readonly Word[];
  at: number;
  depth: number;
  /** Steps of chains so far: each of them nests what comes before it. */
  steps: number;
}

export function cursorOf(r: Reading, words: readonly Word[], at = 0): Cursor {
  return { r, words, at, depth: 0, steps: 0 };
}

const last: Word = { kind: "end", value: "", at: 0, end: 0, spaced: true };

export function peek(c: Cursor, ahead = 0): Word {
  return c.words[c.at + ahead] ?? last;
}

export function isAtEnd(c: Cursor): boolean {
  return c.at >= c.words.length;
}

/** Takes the word when it is this one. */
export function take(c: Cursor, value: string): boolean {
  const word = peek(c);
  if (word.value !== value || word.kind === "text") return false;
  c.at++;
  return true;
}

const deepest = 60;
const longest = 400;

/** The chain is too long to be a template's: what follows is not read. */
function isTooLong(c: Cursor): boolean {
  if (++c.steps <= longest) return false;
  c.at = c.words.length;
  return true;
}

/** One expression; what cannot be read is unknown, and the cursor always moves on. */
export function expression(c: Cursor): Expression {
  if (++c.depth > deepest) {
    c.at = c.words.length;
    c.depth--;
    return nothing(spanAt(c));
  }
  const out = binary(c, 0);
  if (peek(c).value === "if" && peek(c).kind === "name") {
    c.at++;
    const test = binary(c, 0);
    const otherwise = take(c, "else") ? expression(c) : nothing({ at: out.at, end: out.end });
    c.depth--;
    return { kind: "conditional", test, then: out, else: otherwise, at: out.at, end: otherwise.end };
  }
  c.depth--;
  return out;
}

/** An expression up to `if`. */
export function withoutChoice(c: Cursor): Expression {
  return binary(c, 0);
}

/** From the loosest to the tightest. */
const levels: readonly ReadonlySet<string>[] = [
  new Set(["or"]),
  new Set(["and"]),
  new Set(["==", "!=", "<", ">", "<=", ">=", "in", "not", "is"]),
  new Set(["+", "-", "~"]),
  new Set(["*", "/", "//", "%", "**"]),
];

function binary(c: Cursor, level: number): Expression {
  const signs = levels[level];
  if (signs === undefined) return unary(c);
  let left = binary(c, level + 1);
  for (;;) {
    const sign = peek(c);
    if (sign.kind === "text" || !signs.has(sign.value)) return left;
    if ((sign.value === "not" && peek(c, 1).value !== "in") || isTooLong(c)) return left;
    c.at++;
    if (sign.value === "not") c.at++;
    if (sign.value === "is") {
      left = tested(c, left);
      continue;
    }
    const right = binary(c, level + 1);
    const span = { at: left.at, end: right.end };
    left =
      sign.value === "or" || sign.value === "and"
        ? { kind: "logical", operator: sign.value === "or" ? "||" : "&&", left, right, ...span }
        : { kind: "binary", operator: sign.value === "not" ? "not in" : sign.value, left, right, ...span };
  }
}

/** `x is defined`, `x is not divisibleby(3)`: a question that reads x. */
function tested(c: Cursor, left: Expression): Expression {
  take(c, "not");
  const name = peek(c);
  if (name.kind === "name") c.at++;
  const args = take(c, "(") ? argumentsUntil(c, ")") : [];
  const right = args[0]?.value ?? nothing(left);
  return { kind: "binary", operator: "is", left, right, at: left.at, end: name.end };
}

function unary(c: Cursor): Expression {
  const sign = peek(c);
  if (sign.kind !== "text" && (sign.value === "not" || sign.value === "-" || sign.value === "+")) {
    c.at++;
    if (++c.depth > deepest) {
      c.at = c.words.length;
      c.depth--;
      return nothing(sign);
    }
    const value = sign.value === "not" ? binary(c, 2) : unary(c);
    c.depth--;
    return { kind: "unary", operator: sign.value === "not" ? "!" : sign.value, value, at: sign.at, end: value.end };
  }
  return postfix(c);
}

/** A value with its members, calls and filters, as one word of Django's tags. */
export function postfix(c: Cursor): Expression {
  let value = primary(c);
  for (;;) {
    const sign = peek(c);
    const { at } = value;
    if (sign.kind === "text" || sign.kind === "end" || isTooLong(c)) return value;
    if (sign.value === ".") {
      const name = peek(c, 1);
      if (name.kind !== "name" && name.kind !== "number") {
        c.at++;
        return value;
      }
      c.at += 2;
      // `rows.0.1` is read as a number with a fraction.
      for (const part of name.value.split(".")) value = step(c, value, part, { at, end: name.end });
    } else if (isCalled(c)) {
      c.at++;
      const args = argumentsUntil(c, ")");
      value = called(c, value, args, { at, end: endOf(c) });
    } else if (sign.value === "[") {
      c.at++;
      const computed = expression(c);
      while (!isAtEnd(c) && !take(c, "]")) c.at++;
      const name = computed.kind === "literal" && typeof computed.value === "string" ? computed.value : "";
      value = {
        kind: "member",
        object: value,
        name,
        ...(name === "" ? { computed } : {}),
        optional: false,
        subscript: true,
        at,
        end: endOf(c),
      };
    } else if (sign.value === "|") {
      c.at++;
      value = filtered(c, value);
    } else return value;
  }
}

/** `a.b`: an attribute, an item or a method; what can be called without arguments is called. */
function step(c: Cursor, object: Expression, name: string, span: Span): Expression {
  const read: Expression = /^\d+$/.test(name)
    ? {
        kind: "member",
        object,
        name: "",
        computed: { kind: "literal", type: "number", value: Number(name), ...span },
        optional: false,
        ...span,
      }
    : member(object, name, span);
  return isCalled(c) ? read : auto(read);
}

function isCalled(c: Cursor): boolean {
  return peek(c).value === "(" && !peek(c).spaced;
}

/** Called only when it can be: templates say `order.total` of fields and methods alike. */
export function auto(callee: Expression): CallExpression {
  return { ...call(callee, [], callee), auto: true };
}

function called(c: Cursor, callee: Expression, args: readonly Argument[], span: Span): Expression {
  const { above, context } = c.r.frame;
  // `super()` puts out the block of the template above.
  if (callee.kind === "name" && callee.name === "super" && callee.binding < 0 && above !== undefined && context !== undefined)
    return call(named("parent", above, span), [named("context", context, span)], span);
  return { ...call(callee, [], span), args };
}

function endOf(c: Cursor): number {
  return c.words[c.at - 1]?.end ?? 0;
}

function spanAt(c: Cursor): Span {
  const word = c.words[Math.min(c.at, c.words.length - 1)] ?? last;
  return { at: word.at, end: word.end };
}

/** Arguments up to the closing sign, which is taken. */
export function argumentsUntil(c: Cursor, close: string): Argument[] {
  const out: Argument[] = [];
  while (!isAtEnd(c) && !take(c, close)) {
    const before = c.at;
    const spread = take(c, "**") ? "**" : take(c, "*") ? "*" : "";
    const name = peek(c);
    if (spread === "" && name.kind === "name" && peek(c, 1).value === "=") {
      c.at += 2;
      out.push({ value: expression(c), spread: false, name: name.value });
    } else {
      const value = expression(c);
      out.push(spread === "**" ? { value, spread: true, name: "**" } : { value, spread: spread === "*" });
    }
    if (take(c, ",") || take(c, ":")) continue;
    if (c.at === before) c.at++;
  }
  return out;
}

/** Functions that a template may call without getting them from the context. */
const globals = new Set(["range", "dict", "super", "len"]);

function primary(c: Cursor): Expression {
  const word = peek(c);
  const { at, end } = word;
  if (word.kind === "end") return nothing({ at: endOf(c), end: endOf(c) });
  c.at++;
  if (word.kind === "number") return { kind: "literal", type: "number", value: Number(word.value), at, end };
  if (word.kind === "text") return { kind: "literal", type: "string", value: unquoted(word), at, end };
  if (word.kind === "name") return nameOf(c, word);
  if (word.value === "_" && take(c, "(")) {
    const [first] = argumentsUntil(c, ")");
    return first?.value ?? nothing(word);
  }
  if (word.value === "(" || word.value === "[") {
    const items = argumentsUntil(c, word.value === "(" ? ")" : "]");
    const [only] = items;
    if (word.value === "(" && items.length === 1 && only !== undefined && c.words[c.at - 2]?.value !== ",") return only.value;
    return { kind: "array", elements: items, form: word.value === "(" ? "tuple" : "array", at, end: endOf(c) };
  }
  if (word.value === "{") return dictionary(c, word);
  return nothing(word);
}

function dictionary(c: Cursor, open: Word): Expression {
  const properties: { name: string; computed?: Expression; value: Expression; spread: boolean }[] = [];
  while (!isAtEnd(c) && !take(c, "}")) {
    const before = c.at;
    const key = expression(c);
    const value = take(c, ":") ? expression(c) : nothing(key);
    const name = key.kind === "literal" && typeof key.value === "string" ? key.value : "";
    properties.push({ name, ...(name === "" ? { computed: key } : {}), value, spread: false });
    take(c, ",");
    if (c.at === before) c.at++;
  }
  return { kind: "object", properties, at: open.at, end: endOf(c) };
}

function nameOf(c: Cursor, word: Word): Expression {
  const { at, end, value } = word;
  const constants: Readonly<Record<string, boolean | null>> = {
    True: true,
    true: true,
    False: false,
    false: false,
    None: null,
    none: null,
  };
  const constant = Object.hasOwn(constants, value) ? constants[value] : undefined;
  if (constant === null) return { kind: "literal", type: "null", value: null, at, end };
  if (constant !== undefined) return { kind: "literal", type: "boolean", value: constant, at, end };
  const binding = bindingOf(c.r, value);
  if (binding !== undefined) return named(value, binding, word);
  const { context, above } = c.r.frame;
  if (value === "block" && above !== undefined && context !== undefined && peek(c).value === "." && peek(c, 1).value === "super") {
    c.at += 2;
    return call(named("parent", above, word), [named("context", context, word)], word);
  }
  if (context === undefined || (globals.has(value) && peek(c).value === "(") || value === "forloop" || value === "loop")
    return named(globals.has(value) ? value : "", -1, word);
  const read = member(named("context", context, word), value, word);
  return isCalled(c) ? read : auto(read);
}
