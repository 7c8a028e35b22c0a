/** Calls: what is called, with what, and what comes back. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import type { Activation } from "./activation.ts";
import { callArrayMethod, isListMethod } from "./arrays.ts";
import { awaitsInside } from "./awaits.ts";
import { callValue, capturedBy, callable, isOpaque, callFunctions } from "./call-targets.ts";
import { basesOf } from "./classes.ts";
import { construct } from "./constructors.ts";
import { union } from "./deps.ts";
import { evaluate } from "./expressions.ts";
import { handling } from "./lost-work.ts";
import { join } from "./joins.ts";
import { libraryMember } from "./library-members.ts";
import { readElements, readEntries, readMember } from "./members.ts";
import { iterated, runPending } from "./pending.ts";
import { withNamed } from "./python.ts";
import { evaluateAuto } from "./templates.ts";
import { shaped } from "./sent-texts.ts";
import { noteKept, noteMatched, noteOpened, noteReceiver } from "./sights.ts";
import { isSuper, superConstructor, superMethod } from "./supers.ts";
import { callDictionary, takesMore } from "./python-dictionaries.ts";
import { receiverByArgument } from "./given-receivers.ts";
import { queryByFields } from "./row-shapes.ts";
import { depsOf, callUnknown } from "./unknown-calls.ts";
import type { Origin, Value } from "./value.ts";
import { arrayIn, awaited, promiseOf, unknown, unknownFrom, valueOf, withDeps } from "./value.ts";

export function evaluateCall(act: Activation, e: CallExpression): Value {
  const { callee } = e;
  if (e.auto === true) return evaluateAuto(act, e);
  // Python's `super()` is the instance, seen from above.
  if (callee.kind === "super") return act.unit.facts.language === "python" ? act.self : superConstructor(act, e);
  if (callee.kind === "member") {
    const above = isSuper(act, callee.object);
    const receiver = above ? act.self : handling(act, callee, e);
    const computed = callee.computed === undefined ? undefined : evaluate(act, callee.computed);
    if (above) return callee.name === "__init__" ? superConstructor(act, e) : superMethod(act, e, callee.name);
    // `$transaction([write, write])`: what stands in the list runs inside.
    const before = act.transaction;
    if (opensTransaction(act, receiver, callee.name)) act.transaction = before ?? act.place(e);
    const args = evaluateArguments(act, e, joinsPromises(receiver, callee.name));
    act.transaction = before;
    const value = shaped(act, callMember(act, receiver, callee, computed, args, e), receiver, callee.name, e);
    noteOpened(act, callee.name, callee.end, receiver, value);
    return value;
  }
  const target = evaluate(act, callee);
  const args = evaluateArguments(act, e, joinsPromises(target, undefined));
  if (e.new) return construct(act, target, args, e);
  const { conditions } = act;
  const chosen = act.loops.find((loop) => target.deps.includes(loop.element) && target.what.every((origin) => origin.kind === "closure"));
  if (chosen !== undefined) act.conditions = [...conditions, { literal: chosen.element }];
  const value = callValue(act, target, args, e);
  act.conditions = conditions;
  return value;
}

/** `asyncio.gather(…)`: promises are what is passed, and all of them are waited for. */
function joinsPromises(value: Value, member: string | undefined): boolean {
  for (const origin of value.what) {
    const library = origin.kind === "package" || origin.kind === "export" ? origin.library : undefined;
    const spec = origin.kind === "export" ? origin.spec : member === undefined ? undefined : library?.exports[member];
    if (spec?.value !== undefined && library?.types[spec.value]?.call?.joins === true) return true;
  }
  return false;
}

function opensTransaction(act: Activation, receiver: Value, name: string): boolean {
  for (const origin of receiver.what) {
    if (origin.kind !== "library") continue;
    const member = libraryMember(act, origin, name, receiver)?.what[0];
    if (member?.kind === "library-method" && member.spec.callbacks?.some((callback) => callback.runs === "transaction") === true)
      return true;
  }
  return false;
}

export function evaluateArguments(act: Activation, e: CallExpression, joins = false): Value[] {
  const args: Value[] = [];
  let named: Map<string, Value> | undefined;
  const first = e.args[0]?.value;
  if (
    first?.kind === "array" &&
    e.callee.kind === "member" &&
    e.callee.object.kind === "name" &&
    e.callee.object.name === "Promise" &&
    first.elements.filter((element) => element?.value.kind === "await").length > 1
  ) {
    const values = awaitsInside(act, first.elements);
    return [
      valueOf(
        { kind: "array", element: values.reduce(join, unknown), elements: values, size: { exact: values.length, max: values.length } },
        depsOf(values),
      ),
    ];
  }
  // `await save(name.trim())`: what an argument calls is not what is waited for, unless promises are what is passed.
  const combines = (e.callee.kind === "member" && e.callee.object.kind === "name" && e.callee.object.name === "Promise") || joins;
  const races = combines && first?.kind === "array" && first.elements.length > 1 && e.callee.kind === "member" && e.callee.name === "race";
  const { argument: around, raced } = act;
  const python = act.unit.facts.language === "python";
  const { summed } = act;
  act.summed = python && isSumming(e) ? first : undefined;
  if (!combines) act.argument++;
  if (races) act.raced++;
  for (const argument of e.args) {
    const given = evaluate(act, argument.value);
    // `list.add(*rows)` goes through the rows.
    const value = argument.spread && argument.name === undefined && python ? iterated(act, given, argument.value) : given;
    const used = argument.value.kind === "function" ? union(value.deps, capturedBy(act, argument.value.function)) : value.deps;
    for (const capture of act.captures) if (capture.depth === act.frames.length) capture.deps = union(capture.deps, used);
    if (argument.name !== undefined) {
      named ??= new Map();
      if (!argument.spread) named.set(argument.name, value);
      else {
        const entries = readEntries(value);
        for (const [name, one] of entries) named.set(name, one);
        // Nobody knows which parameters it fills: those that nothing else does depend on it.
        if (entries.length === 0) named.set("**", unknownFrom(value.deps));
      }
    } else if (argument.spread) {
      const list = arrayIn(value);
      if (list?.elements !== undefined) args.push(...readElements(value, list.elements));
      else args.push(withDeps(list?.element ?? unknown, value.deps));
    } else args.push(value);
  }
  act.argument = around;
  act.summed = summed;
  act.raced = raced;
  return named === undefined ? args : withNamed(args, named);
}

/** `sum(… for …)`, from nothing on: with a start it may put lists together. */
function isSumming({ callee, args }: CallExpression): boolean {
  return args.length === 1 && callee.kind === "name" && callee.binding < 0 && callee.name === "sum";
}

function callMember(
  act: Activation,
  receiver: Value,
  callee: Extract<Expression, { kind: "member" }>,
  computed: Value | undefined,
  args: readonly Value[],
  e: CallExpression,
): Value {
  const { name } = callee;
  noteReceiver(act, name, callee.end, receiver);
  if (e.kind === "call") {
    noteKept(act, name, e, args);
    noteMatched(act, e, receiver, args);
  }
  if (name === "call" || name === "apply" || name === "bind") {
    const own = callWithThis(act, receiver, name, args, e);
    if (own !== undefined) return own;
  }
  if (name === "then" || name === "catch" || name === "finally") {
    const chained = callThen(act, receiver, name, args, e);
    if (chained !== undefined) return chained;
  }
  const entries = act.unit.facts.language === "python" && args.length === 0 ? callDictionary(receiver, name) : undefined;
  if (entries !== undefined) return entries;
  if (act.unit.facts.language === "python") takesMore(receiver, name, args);
  const target = readMember(act, receiver, callee, computed);
  if (target.what.some(callable)) {
    const { conditions } = act;
    // `loaders[key]()`, `{% include template %}`: another function for each element, so each of them runs once.
    const by = computed ?? (callee.object.kind === "import" ? evaluate(act, callee.object.specifier) : undefined);
    const chosen = by === undefined ? undefined : act.loops.find((loop) => by.deps.includes(loop.element));
    if (chosen !== undefined) act.conditions = [...conditions, { literal: chosen.element }];
    const value = e.new ? construct(act, target, args, e) : callValue(act, target, args, e, receiver);
    act.conditions = conditions;
    return value;
  }
  if (act.unit.facts.language === "python") {
    const query = queryByFields(act.world, name, args, receiver) ?? receiverByArgument(act, name, args, receiver, e);
    if (query !== undefined) return callMember(act, query, callee, computed, args, e);
  }
  // Nothing says what the receiver is: list methods with a function iterate, whatever the list is.
  if (name !== "" && isListMethod(name) && !receiver.what.some((origin) => isOpaque(origin) && !isCollection(act, origin))) {
    const value = callArrayMethod(act, receiver, name, args, e);
    if (value !== undefined) return value;
  }
  return callUnknown(act, target, args, e, receiver);
}

/** `class Found extends Map<…>`: what the language's own collections do is done as they do it. */
function isCollection(act: Activation, origin: Origin): boolean {
  if (origin.kind !== "instance") return false;
  const { project, library } = basesOf(act.world, origin.ref);
  return (
    library === undefined &&
    project.some(({ facts }) => facts.bases.some((base) => base.kind === "name" && base.binding < 0 && collections.has(base.name)))
  );
}

const collections: ReadonlySet<string> = new Set(["Map", "Set", "Array"]);

function callWithThis(act: Activation, receiver: Value, name: string, args: readonly Value[], e: CallExpression): Value | undefined {
  const functions = receiver.what.filter(
    (origin) => origin.kind === "closure" || origin.kind === "library-method" || origin.kind === "bound",
  );
  if (functions.length === 0) return undefined;
  const target: Value = {
    what: functions.map((origin) => (origin.kind === "closure" && takesThis(origin, args[0]) ? { ...origin, self: args[0] } : origin)),
    deps: receiver.deps,
  };
  if (name === "bind") return args.length <= 1 ? target : valueOf({ kind: "bound", inner: target, self: args[0], args: args.slice(1) });
  const rest = name === "call" ? args.slice(1) : (arrayIn(args[1] ?? unknown)?.elements ?? []);
  return callValue(act, target, rest, e);
}

/** What a method of an object was is no longer `this` when it is called with another one; an arrow function keeps its own. */
function takesThis({ unit, fn, self }: Extract<Origin, { kind: "closure" }>, given: Value | undefined): boolean {
  if (self === undefined) return true;
  return given !== undefined && given.what.length > 0 && unit.facts.functions[fn]?.lexicalThis === false && self.what[0]?.kind === "object";
}

function callThen(act: Activation, receiver: Value, name: string, args: readonly Value[], e: CallExpression): Value | undefined {
  if (
    !receiver.what.some(
      (origin) =>
        origin.kind === "promise" ||
        (origin.kind === "library" &&
          origin.library.types[origin.type]?.lazy !== undefined &&
          origin.library.types[origin.type]?.members?.[name] === undefined),
    ) &&
    !(receiver.what.length === 0 && args.some((arg) => arg.what.some((origin) => origin.kind === "closure")))
  )
    return undefined;
  const value = awaited(runPending(act, receiver, e));
  if (name === "then") {
    act.awaiting++;
    const out = callFunctions(act, args[0], [value], e);
    if (args[1] !== undefined) {
      act.handlers++;
      callFunctions(act, args[1], [unknown], e);
      act.handlers--;
    }
    act.awaiting--;
    return promiseOf(awaited(withDeps(out ?? value, value.deps)));
  }
  if (name === "catch") act.handlers++;
  const handled = callFunctions(act, args[0], name === "catch" ? [unknown] : [], e);
  if (name === "catch") act.handlers--;
  void handled;
  return promiseOf(value);
}
