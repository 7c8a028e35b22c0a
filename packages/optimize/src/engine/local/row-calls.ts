/** Calls on rows that leave them rows, and those that go through them. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import type { Handles, Reading, Walk } from "./row-handles.ts";
import { chosenOf, holds, measure, noHandles, notePicks, pick, spend, takeFirst, test } from "./row-handles.ts";
import { bind, read } from "./row-readings.ts";
import { chooserOf, couldBeAsked } from "./row-relations.ts";

/** Methods that call a function with each element: which of its parameters hold one, and whether elements come back. */
const iterating: Readonly<Record<string, { readonly elements: readonly number[]; readonly gives: boolean }>> = {
  ...each("map forEach flatMap some every findIndex", [0], false),
  ...each("filter find findLast then", [0], true),
  ...each("sort toSorted", [0, 1], true),
  ...each("reduce", [1], false),
};

function each(names: string, elements: readonly number[], gives: boolean): Record<string, { elements: readonly number[]; gives: boolean }> {
  return Object.fromEntries(names.split(" ").map((name) => [name, { elements, gives: gives && name !== "then" }]));
}

/** They give the list, or elements of it, as it is. */
const passing: ReadonlySet<string> = new Set("slice at reverse toReversed values concat catch finally".split(" "));
/** Functions of Python that do. */
const passingFunctions: ReadonlySet<string> = new Set("list tuple enumerate reversed sorted iter next".split(" "));

export function readCall(w: Walk, e: CallExpression): Handles {
  const { callee } = e;
  if (callee.kind === "member") {
    const of = read(w, callee.object);
    const isPromise = callee.object.kind === "name" && callee.object.name === "Promise";
    if (isPromise || callee.name === "gather") return joined(w, e);
    if (of.length > 0) return onRows(w, e, callee.name, of);
    if (callee.computed !== undefined) spend(read(w, callee.computed));
  } else if (callee.kind === "name") {
    const given = e.args.flatMap(({ value }) => (value.kind === "function" ? noHandles : read(w, value)));
    if (callee.name === "len") return measure(given, false);
    if (callee.name === "bool" || callee.name === "Boolean") {
      test(given);
      return noHandles;
    }
    if (passingFunctions.has(callee.name)) {
      for (const { value } of e.args) bindParameters(w, value, [0], given);
      return given;
    }
    spend(given);
    return noHandles;
  } else spend(read(w, callee));
  for (const { value } of e.args) spend(read(w, value));
  return noHandles;
}

/** `Promise.all([…])`: what all of them give. */
function joined(w: Walk, e: CallExpression): Handles {
  return e.args.flatMap(({ value }) =>
    value.kind === "array" ? value.elements.flatMap((one) => (one === null ? noHandles : read(w, one.value))) : read(w, value),
  );
}

function onRows(w: Walk, e: CallExpression, name: string, of: Handles): Handles {
  const goes = Object.hasOwn(iterating, name) ? iterating[name] : undefined;
  const [first, ...others] = e.args;
  if (goes === undefined) {
    for (const { value } of e.args) spend(read(w, value));
    if (name === "at" && isZero(first?.value)) return takeFirst(of);
    if (passing.has(name)) return of;
    spend(of);
    return noHandles;
  }
  for (const { value } of others) spend(read(w, value));
  if (first !== undefined && !bindParameters(w, first.value, goes.elements, of)) {
    const truth = first.value.kind === "name" && first.value.name === "Boolean";
    spend(read(w, first.value));
    if (!truth) spend(of);
  }
  return ofMembers(w, e, name, of, goes.gives);
}

function isZero(e: Expression | undefined): boolean {
  return e?.kind === "literal" && e.value === 0;
}

/** They give some of the elements, or say whether there are such. */
const picking: ReadonlySet<string> = new Set(["find", "findLast", "some"]);

/** What becomes of members that a call goes through, and of the rows that it gives. */
function ofMembers(w: Walk, e: CallExpression, name: string, of: Handles, gives: boolean): Handles {
  const chooser = chooserOf(e);
  const by = (reading: Reading): boolean =>
    chooser !== undefined && couldBeAsked(w.unit, reading, chooser, (binding) => holds(w, binding, reading));
  const rows = of.filter((one) => one.member === undefined);
  if (name === "filter") {
    notePicks(of, e.end);
    return chosenOf(w, of, by);
  }
  const members = of.filter((one) => one.member !== undefined);
  if (picking.has(name)) pick(members, e.end, by);
  else spend(members);
  return gives ? rows : noHandles;
}

/** The function's parameters hold rows, not elements of members, of which nothing is asked. */
function bindParameters(w: Walk, e: Expression, at: readonly number[], of: Handles): boolean {
  if (e.kind !== "function") return false;
  const params = w.unit.facts.functions[e.function]?.params ?? [];
  const rows = of.filter((one) => one.member === undefined);
  for (const i of at) {
    const param = params[i];
    if (param?.rest === true) spend(rows);
    else if (param !== undefined) bind(w, param.target, rows);
  }
  return true;
}
