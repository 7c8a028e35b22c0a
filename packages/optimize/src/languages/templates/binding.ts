/** Tags that name something: for what stands inside, from here on, or for the whole file. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Pattern } from "../../model/facts-statements.ts";
import type { Cursor } from "./expressions.ts";
import { expression, isAtEnd, peek, postfix, take } from "./expressions.ts";
import { pathOf } from "./filters.ts";
import { bind, declare, inFunction, named, nothing } from "./reading.ts";
import type { Reading } from "./reading.ts";
import { assign, inside, put } from "./tag.ts";
import type { ReadBody, Tag } from "./tag.ts";
import { unquoted } from "./words.ts";

/** `a=x b=y`, or `x as a`: names for what stands inside. */
function bindings(r: Reading, c: Cursor): void {
  while (!isAtEnd(c)) {
    const before = c.at;
    const name = peek(c);
    if (name.kind === "name" && peek(c, 1).value === "=") {
      c.at += 2;
      assign(r, name.value, name, expression(c));
    } else {
      const value = expression(c);
      const called = take(c, "as") ? peek(c) : undefined;
      if (called?.kind === "name") {
        c.at++;
        assign(r, called.value, called, value);
      } else put(r, value, value);
    }
    take(c, ",");
    take(c, "and");
    if (c.at === before) c.at++;
  }
}

export function readWith(r: Reading, tag: Tag, body: ReadBody): void {
  r.frame.out.push(
    ...inside(r, () => {
      bindings(r, tag.c);
      body(r, new Set([`end${tag.name}`]));
    }),
  );
}

/** `{% blocktranslate with a=b count n=x.y %}` */
export function readTranslated(r: Reading, tag: Tag, body: ReadBody): void {
  for (const word of ["with", "count", "trimmed", "asvar"]) take(tag.c, word);
  const words = tag.c.words.filter(({ kind, value }) => kind !== "name" || !["with", "count", "trimmed"].includes(value));
  readWith(r, { ...tag, c: { ...tag.c, words } }, body);
}

export function readMacro(r: Reading, tag: Tag, body: ReadBody): void {
  const name = peek(tag.c).value;
  tag.c.at++;
  const parameters: string[] = [];
  if (take(tag.c, "("))
    while (!isAtEnd(tag.c) && !take(tag.c, ")")) {
      const word = peek(tag.c);
      tag.c.at++;
      if (word.kind === "name") parameters.push(word.value);
      if (take(tag.c, "=")) expression(tag.c);
    }
  const binding = bind(r, name, "function", 0, { definition: r.functions.length });
  r.names.set(name, binding);
  r.exports.set(name, binding);
  inFunction(r, name, parameters, tag, () => ({ read: () => void body(r, new Set(["endmacro"])) }));
}

/** `{% import "x" as m %}`, `{% from "x" import a as b %}` */
export function readImport(r: Reading, { name: word, c }: Tag): void {
  const from = peek(c);
  if (from.kind !== "text") return;
  c.at++;
  const specifier = unquoted(from);
  r.imports.add(specifier);
  const add = (name: string, imported: string): void => {
    r.names.set(name, bind(r, name, "import", 0, { from: { specifier, name: imported, typeOnly: false } }));
  };
  if (word === "import") {
    if (take(c, "as")) add(peek(c).value, "*");
    return;
  }
  take(c, "import");
  while (!isAtEnd(c)) {
    const one = peek(c);
    c.at++;
    if (one.kind !== "name" || one.value === "with" || one.value === "without" || one.value === "context") continue;
    const called = take(c, "as") ? peek(c) : one;
    if (called !== one) c.at++;
    add(called.value, one.value);
  }
}

/** `{% set a = x %}`, `{% set a %}…{% endset %}` */
export function readSet(r: Reading, { c, at, end }: Tag, body: ReadBody): void {
  const names: { readonly value: string; readonly at: number; readonly end: number }[] = [];
  while (!isAtEnd(c) && peek(c).value !== "=" && peek(c).value !== "|") {
    const word = peek(c);
    c.at++;
    if (word.value === ".") names.pop();
    else if (word.kind === "name") names.push(word);
  }
  const [first] = names;
  if (!take(c, "=")) {
    body(r, new Set(["endset"]));
    if (first !== undefined) assign(r, first.value, first, nothing({ at, end }));
    return;
  }
  const value = expression(c);
  if (names.length === 1 && first !== undefined) assign(r, first.value, first, value);
  else {
    const target: Pattern = { kind: "array", elements: names.map((one) => declare(r, one.value, one.at)), at };
    r.frame.out.push({ kind: "assign", target, value, operator: "", declares: true, at, end });
  }
}

/** `{% regroup rows by owner.name as groups %}` */
export function readRegroup(r: Reading, { c, at, end }: Tag): void {
  const span = { at, end };
  const list = postfix(c);
  take(c, "by");
  const path: string[] = [];
  while (peek(c).kind === "name" && peek(c).value !== "as") {
    path.push(peek(c).value);
    c.at++;
    while (take(c, ".")) {
      path.push(peek(c).value);
      c.at++;
    }
  }
  const name = take(c, "as") ? peek(c) : undefined;
  const binding = bind(r, "one", "let", r.frame.fn);
  const one = named("one", binding, span);
  const value: Expression = {
    kind: "object",
    properties: [
      { name: "grouper", value: pathOf(one, path.join("."), span), spread: false },
      { name: "list", value: list, spread: false },
    ],
    ...span,
  };
  const target: Pattern = { kind: "bind", binding, name: "one", at };
  const groups: Expression = {
    kind: "comprehension",
    form: "list",
    clauses: [{ target, iterable: list, tests: [], async: false }],
    value,
    ...span,
  };
  if (name?.kind === "name") assign(r, name.value, name, groups);
  else put(r, groups, span);
}
