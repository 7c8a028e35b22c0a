/**
 * What a function does with the rows that a statement gives it. The rows are followed through variables, loops and callbacks of lists;
 * whatever else happens to them (they are returned, passed on, shown, written) makes all of them needed, and nothing is said of them.
 */
import type { MemberExpression } from "../../model/facts-expressions.ts";
import type { Expression } from "../../model/facts-expressions.ts";
import type { Pattern, Statement } from "../../model/facts-statements.ts";
import type { RowReading } from "../../model/row-reading.ts";
import type { Unit } from "../interpret/unit.ts";
import { functionInfo, placeOf } from "../interpret/unit.ts";
import { expressionsIn } from "./parts.ts";
import { readCall } from "./row-calls.ts";
import type { Handles, Walk } from "./row-handles.ts";
import { compareRows, hold, memberOf, measure, noHandles, reading, spend, takeFirst, test } from "./row-handles.ts";
import { isIndex, isNothing, isZero } from "./plain-values.ts";
import { loadedRelations, wholeRelations } from "./row-relations.ts";

const mostRounds = 4;

/** `wanted`: where the calls that give rows begin, and end. */
export function readRows(unit: Unit, wanted: Walk["wanted"]): readonly RowReading[] {
  const w: Walk = { unit, wanted, readings: new Map(), held: new Map(), known: new Map(), added: 0, fn: 0 };
  // A variable may be read in the text before it is given its rows.
  for (let round = 0, before = -1; round < mostRounds && before !== w.added; round++) {
    before = w.added;
    for (const fn of unit.facts.functions) {
      w.fn = fn.id;
      block(w, fn.body);
    }
  }
  return [...w.readings.values()].flatMap(({ call, fn, members, picks, counts, compared, escapes }) =>
    escapes
      ? []
      : [
          {
            place: placeOf(unit, call, fn),
            function: functionInfo(unit, fn),
            members,
            picks,
            whole: wholeRelations(call),
            loaded: loadedRelations(call),
            counts,
            compared,
            plain: isPlain(unit, call),
          },
        ],
  );
}

/** `User.findAll(…)`, `(this.constructor as typeof User).findAll(…)`; not `User.scope("open").findAll(…)`, and not what a variable holds. */
function isPlain({ facts }: Unit, call: Expression): boolean {
  if (call.kind !== "call" || call.callee.kind !== "member") return false;
  let model = call.callee.object;
  while (model.kind === "cast") model = model.value;
  if (model.kind === "this") return true;
  if (model.kind === "member") return model.name === "constructor" || /^[A-Z]/.test(model.name);
  const declared = model.kind === "name" ? facts.bindings[model.binding] : undefined;
  if (declared === undefined || model.kind !== "name") return false;
  if (declared.kind === "class" || declared.from !== undefined) return true;
  return declared.kind === "const" && declared.owner === 0 && !isScoped(facts.functions[0]?.body ?? [], model.binding);
}

const scoping: ReadonlySet<string> = new Set(["scope", "withScope", "unscoped"]);

/** `const Open = Note.scope("open");` */
function isScoped(body: readonly Statement[], binding: number): boolean {
  return body.some(
    (s) =>
      s.kind === "assign" &&
      s.target?.kind === "bind" &&
      s.target.binding === binding &&
      s.value?.kind === "call" &&
      s.value.callee.kind === "member" &&
      scoping.has(s.value.callee.name),
  );
}

function block(w: Walk, list: readonly Statement[]): void {
  for (const s of list) statement(w, s);
}

function statement(w: Walk, s: Statement): void {
  switch (s.kind) {
    case "expression":
      read(w, s.value);
      return;
    case "assign":
      return assigned(w, s.target, s.value, s.operator);
    case "return":
    case "throw":
      return spend(readMaybe(w, s.value));
    case "branch":
      test(read(w, s.test));
      block(w, s.then);
      return block(w, s.else);
    case "switch":
      spend(read(w, s.subject));
      for (const one of s.cases) {
        spend(readMaybe(w, one.test));
        block(w, one.body);
      }
      return;
    case "loop":
      block(w, s.init);
      if (s.target !== undefined) bindElements(w, s.target, s.iterable);
      test(readMaybe(w, s.test));
      readMaybe(w, s.update);
      return block(w, s.body);
    case "try":
      block(w, s.body);
      block(w, s.handler ?? []);
      return block(w, s.finalizer ?? []);
    case "with":
      for (const { value, target } of s.items) assigned(w, target, value, "");
      return block(w, s.body);
    case "block":
      return block(w, s.body);
    default:
      return;
  }
}

function assigned(w: Walk, target: Pattern | undefined, value: Expression | undefined, operator: string): void {
  if (value === undefined) return;
  const all = target?.kind === "array" ? together(value) : undefined;
  if (all !== undefined && target?.kind === "array") {
    for (const [i, one] of all.entries()) {
      const into = target.elements[i];
      if (into === undefined || into === null) read(w, one);
      else assigned(w, into, one, "");
    }
    return;
  }
  const handles = read(w, value);
  if (target === undefined || (operator !== "" && operator !== "??" && operator !== "||")) spend(handles);
  else bind(w, target, handles);
}

/** `const [a, b] = await Promise.all([one(), two()])`, `a, b = await asyncio.gather(one(), two())`: each gets its own. */
function together(e: Expression): readonly Expression[] | undefined {
  if (e.kind === "await" || e.kind === "cast") return together(e.value);
  if (e.kind !== "call" || e.callee.kind !== "member") return undefined;
  if (e.args.some(({ spread }) => spread)) return undefined;
  if (e.callee.name === "gather") return e.args.map(({ value }) => value);
  const [first] = e.args;
  if (e.callee.name !== "all" || first?.value.kind !== "array") return undefined;
  const elements = first.value.elements.flatMap((one) => (one === null || one.spread ? [] : [one.value]));
  return elements.length === first.value.elements.length ? elements : undefined;
}

export function bind(w: Walk, target: Pattern, handles: Handles): void {
  switch (target.kind) {
    case "bind":
      return hold(w, target.binding, handles);
    case "default":
      spend(read(w, target.value));
      return bind(w, target.target, handles);
    case "object":
      for (const { name, computed, target: inner } of target.properties) {
        if (computed !== undefined) spend(read(w, computed));
        if (name === "") spend(handles);
        else bind(w, inner, memberOf(w, handles, name));
      }
      if (target.rest !== undefined) spend(handles);
      return;
    case "array":
      // The first row of a list.
      for (const one of target.elements) if (one !== null) bind(w, one, handles);
      if (target.rest !== undefined) bind(w, target.rest, handles);
      return;
    case "member":
      spend(read(w, target.target.object));
      spend(readMaybe(w, target.target.computed));
      return spend(handles);
  }
}

/** What a loop goes over: each of the rows, perhaps with its number. */
function bindElements(w: Walk, target: Pattern, iterable: Expression | undefined): void {
  const handles = readMaybe(w, iterable);
  const numbered = target.kind === "array" && iterable?.kind === "call" && namesCall(iterable.callee, ["enumerate", "entries"]);
  if (!numbered) return target.kind === "array" ? spend(handles) : bind(w, target, handles);
  const [, row] = target.elements;
  if (row !== undefined && row !== null) bind(w, row, handles);
}

function namesCall(callee: Expression, names: readonly string[]): boolean {
  return (callee.kind === "name" || callee.kind === "member") && names.includes(callee.name);
}

export function readMaybe(w: Walk, e: Expression | undefined): Handles {
  return e === undefined ? noHandles : read(w, e);
}

/** Goes through the expression, and gives the rows that it is. */
export function read(w: Walk, e: Expression): Handles {
  const own = gives(e) && w.wanted.get(e.at)?.has(e.end) === true ? reading(w, e) : noHandles;
  const inner = parts(w, e);
  return own.length === 0 ? inner : own;
}

/** A lazy list that is kept somewhere is asked for at its first use; what the other uses read of it is not seen from there. */
function gives(e: Expression): boolean {
  return e.kind !== "await" && e.kind !== "name" && e.kind !== "member";
}

function parts(w: Walk, e: Expression): Handles {
  switch (e.kind) {
    case "name":
      return heldIn(w, e.binding);
    case "member":
      return readMember(w, e);
    case "call":
      return readCall(w, e);
    case "await":
    case "cast":
      return read(w, e.value);
    case "conditional":
      test(read(w, e.test));
      return [...read(w, e.then), ...read(w, e.else)];
    case "logical": {
      const left = read(w, e.left);
      test(left);
      return e.operator === "&&" ? read(w, e.right) : [...left, ...read(w, e.right)];
    }
    case "unary":
      (e.operator === "!" || e.operator === "not" ? test : spend)(read(w, e.value));
      return noHandles;
    case "binary":
      return compared(w, e);
    case "assign":
      if (e.operator !== "") spend(read(w, e.value));
      else bind(w, e.target, read(w, e.value));
      return noHandles;
    case "comprehension":
      for (const { target, iterable, tests } of e.clauses) {
        bindElements(w, target, iterable);
        for (const one of tests) test(read(w, one));
      }
      spend(read(w, e.value));
      spend(readMaybe(w, e.key));
      return noHandles;
    default:
      spendAll(w, e);
      return noHandles;
  }
}

function heldIn(w: Walk, binding: number): Handles {
  const held = w.held.get(binding);
  return held === undefined ? noHandles : [...held.values()];
}

function spendAll(w: Walk, e: Expression): void {
  expressionsIn(e, (part) => spend(read(w, part)));
}

function readMember(w: Walk, e: MemberExpression): Handles {
  const of = read(w, e.object);
  if (e.computed?.kind === "slice") return of;
  const computed = readMaybe(w, e.computed);
  spend(computed);
  if (of.length === 0) return noHandles;
  if (e.name === "" && e.computed !== undefined) {
    // `rows[0]`, `rows[i]` of what is a list; `row[name]` may be any column.
    if (isIndex(e.computed)) return isZero(e.computed) ? takeFirst(of) : of;
    spend(of);
    return noHandles;
  }
  if (e.name === "0") return takeFirst(of);
  if (/^-?\d+$/.test(e.name)) return of;
  if (e.name === "length") return measure(of, false);
  return memberOf(w, of, e.name);
}

const equality: ReadonlySet<string> = new Set(["==", "!=", "===", "!==", "is", "is not"]);

function compared(w: Walk, e: Extract<Expression, { kind: "binary" }>): Handles {
  const sides = [e.left, e.right].map((side, i) => readSide(w, side, i === 0 ? e.right : e.left));
  const nothing = [e.left, e.right].some(isNothing);
  for (const side of sides)
    if (equality.has(e.operator) && nothing) test(side);
    else if (equality.has(e.operator) && w.unit.facts.language === "python") compareRows(side);
    else spend(side);
  return noHandles;
}

/** `rows.length > 0` asks whether there are any. */
function readSide(w: Walk, e: Expression, other: Expression): Handles {
  const zero = other.kind === "literal" && (other.value === 0 || other.value === 1);
  if (zero && e.kind === "member" && e.name === "length") return measure(read(w, e.object), true);
  return read(w, e);
}
