/** Filters: what the builtin ones of Django and Jinja do with a list or a value; others are the project's own functions. */
import type { Argument, ComprehensionExpression, Expression } from "../../model/facts-expressions.ts";
import type { Pattern } from "../../model/facts-statements.ts";
import type { Cursor } from "./expressions.ts";
import { argumentsUntil, auto, peek, postfix, take } from "./expressions.ts";
import { bind, call, member, named, nothing } from "./reading.ts";
import type { Reading, Span } from "./reading.ts";

/** The list is read whole and stays a list. */
const whole = new Set(
  "dictsort dictsortreversed sort reverse reversed list unique batch slice shuffle tojson json_script unordered_list pprint".split(" "),
);
/** Elements are chosen or made by an attribute of each. */
const byAttribute = new Set("map selectattr rejectattr groupby sum min max".split(" "));
/** The value's text, however it is written. */
const written = new Set(
  (
    "safe escape force_escape e upper lower title capitalize capfirst trim striptags truncatechars truncatewords truncatechars_html truncatewords_html truncate " +
    "wordcount wordwrap linebreaks linebreaksbr linenumbers urlize urlizetrunc urlencode iriencode addslashes slugify string stringformat format center ljust rjust " +
    "cut replace indent xmlattr escapejs make_list phone2numeric filesizeformat floatformat intcomma intword ordinal apnumber naturaltime naturalday date time " +
    "timesince timeuntil int float abs round get_digit divisibleby yesno pluralize add escapeseq safeseq localize unlocalize localtime utc timezone " +
    "attr items random wordwrap forceescape markdown"
  ).split(" "),
);

/** The filter after `|`, applied to a value. */
export function filtered(c: Cursor, value: Expression): Expression {
  const name = peek(c);
  if (name.kind !== "name") return value;
  c.at++;
  let word = name.value;
  let end = name.end;
  // Filters of a library may be named with dots.
  while (peek(c).value === "." && peek(c, 1).kind === "name") {
    word += `.${peek(c, 1).value}`;
    end = peek(c, 1).end;
    c.at += 2;
  }
  const args: Argument[] = [];
  if (peek(c).value === "(" && !peek(c).spaced) {
    c.at++;
    args.push(...argumentsUntil(c, ")"));
  } else if (take(c, ":")) args.push({ value: argument(c), spread: false });
  return applied(c.r, word, value, args, { at: value.at, end: Math.max(end, c.words[c.at - 1]?.end ?? end) });
}

/** `|add:other.total`: one value without filters of its own. */
function argument(c: Cursor): Expression {
  const stop = c.words.findIndex((word, i) => i > c.at && word.kind === "sign" && word.value === "|");
  if (stop === -1) return postfix(c);
  const inner: Cursor = { r: c.r, words: c.words.slice(0, stop), at: c.at, depth: c.depth, steps: c.steps };
  const value = postfix(inner);
  c.at = Math.max(inner.at, c.at + 1);
  return value;
}

function applied(r: Reading, name: string, value: Expression, args: readonly Argument[], span: Span): Expression {
  const first = args[0]?.value;
  if (name === "length" || name === "count" || name === "length_is") return call(named("len", -1, span), [value], span);
  if (name === "first" || name === "last")
    return item(value, { kind: "literal", type: "number", value: name === "first" ? 0 : -1, ...span }, span);
  if (name === "slice" && first?.kind === "literal" && typeof first.value === "string") return item(value, slice(first.value, span), span);
  if (name === "default" || name === "d" || name === "default_if_none")
    return { kind: "logical", operator: name === "default_if_none" ? "??" : "||", left: value, right: first ?? nothing(span), ...span };
  if (name === "join") return call(named("list", -1, span), [eachOf(r, value, attributeOf(args), span, true)], span);
  if (byAttribute.has(name) || (whole.has(name) && attributeOf(args) !== undefined)) {
    const path = attributeOf(args) ?? (args[0]?.name === undefined && name !== "map" ? constantText(first) : undefined);
    const keeps = name !== "map" && name !== "sum" && name !== "min" && name !== "max";
    if (path === undefined) return call(named("list", -1, span), [value], span);
    const each = eachOf(r, value, path, span, false, keeps);
    return keeps ? each : call(named("list", -1, span), [each], span);
  }
  if (whole.has(name)) return call(named("list", -1, span), [value, ...args.map((one) => one.value)], span);
  if (written.has(name)) {
    const values = [value, ...args.map((one) => one.value)];
    return { kind: "template", strings: Array.from({ length: values.length + 1 }, () => ""), values, ...span };
  }
  return { ...call(member(named("templatetags", -1, span), `filter:${name}`, span), [], span), args: [{ value, spread: false }, ...args] };
}

function item(object: Expression, computed: Expression, span: Span): Expression {
  return { kind: "member", object, name: "", computed, optional: false, subscript: true, ...span };
}

/** `":5"`, `"2:"` */
function slice(said: string, span: Span): Expression {
  const [start, stop] = said.split(":").map((part) => (/^-?\d+$/.test(part) ? Number(part) : undefined));
  const number = (value: number): Expression => ({ kind: "literal", type: "number", value, ...span });
  return {
    kind: "slice",
    ...(start === undefined ? {} : { start: number(start) }),
    ...(stop === undefined ? {} : { stop: number(stop) }),
    ...span,
  };
}

function attributeOf(args: readonly Argument[]): string | undefined {
  return constantText(args.find((one) => one.name === "attribute")?.value);
}

function constantText(e: Expression | undefined): string | undefined {
  return e?.kind === "literal" && typeof e.value === "string" ? e.value : undefined;
}

/** What is read of each element: `[one.a.b for one in list]`, or the elements for which that is asked. */
function eachOf(
  r: Reading,
  iterable: Expression,
  path: string | undefined,
  span: Span,
  said: boolean,
  keeps = false,
): ComprehensionExpression {
  const binding = bind(r, "one", "let", r.frame.fn);
  const target: Pattern = { kind: "bind", binding, name: "one", at: span.at };
  const one = named("one", binding, span);
  const read = path === undefined ? one : pathOf(one, path, span);
  const value: Expression = said ? { kind: "template", strings: ["", ""], values: [read], ...span } : read;
  return {
    kind: "comprehension",
    form: "list",
    clauses: [{ target, iterable, tests: keeps ? [value] : [], async: false }],
    value: keeps ? one : value,
    ...span,
  };
}

/** `a.b.c` of a value. */
export function pathOf(value: Expression, path: string, span: Span): Expression {
  return path.split(".").reduce<Expression>((object, name) => (/^\w+$/.test(name) ? auto(member(object, name, span)) : object), value);
}
