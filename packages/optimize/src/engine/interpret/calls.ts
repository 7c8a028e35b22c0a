/** Calls: what is called, with what, and what comes back. */
import type { CallExpression, Expression } from "../../model/facts.ts";
import type { Cost } from "../../model/formula.ts";
import { either, free, inSequence } from "../../model/formula.ts";
import type { Activation } from "./activation.ts";
import { callArrayMethod, isListMethod } from "./arrays.ts";
import { awaitsInside } from "./awaits.ts";
import { callBuiltin } from "./builtins.ts";
import { basesOf, findMember, fieldsOf, tableOfBase } from "./classes.ts";
import type { Deps } from "./deps.ts";
import { has, none, only, union } from "./deps.ts";
import { evaluate } from "./expressions.ts";
import { callClosure, isPartOfParameter } from "./functions.ts";
import { constructLibrary, invoke, runPending } from "./libraries.ts";
import { libraryMember, readMember, readNamed, writeObject } from "./members.ts";
import { settled } from "./modules.ts";
import { unborn } from "./mutations.ts";
import { note } from "./operation.ts";
import { askedKey, forgetReads } from "./repeats.ts";
import { typedValue } from "./types.ts";
import { wordsOf } from "./unit.ts";
import type { ClassRef, Origin, Value } from "./value.ts";
import { arrayIn, arrayOf, awaited, constantOf, constantValue, join, promiseOf, unknown, valueOf, wholeRows, withDeps } from "./value.ts";

export function evaluateCall(act: Activation, e: CallExpression): Value {
  const { callee } = e;
  if (callee.kind === "super") return superConstructor(act, e);
  if (callee.kind === "member") {
    const receiver = callee.object.kind === "super" ? act.self : evaluate(act, callee.object);
    const computed = callee.computed === undefined ? undefined : evaluate(act, callee.computed);
    if (callee.object.kind === "super") return superMethod(act, e, callee.name);
    // `$transaction([write, write])`: what stands in the list runs inside.
    const before = act.transaction;
    if (opensTransaction(act, receiver, callee.name)) act.transaction = before ?? act.place(e);
    const args = evaluateArguments(act, e);
    act.transaction = before;
    return callMember(act, receiver, callee, computed, args, e);
  }
  const target = evaluate(act, callee);
  const args = evaluateArguments(act, e);
  if (e.new) return construct(act, target, args, e);
  const { conditions } = act;
  const chosen = act.loops.find((loop) => target.deps.includes(loop.element) && target.what.every((origin) => origin.kind === "closure"));
  if (chosen !== undefined) act.conditions = [...conditions, { literal: chosen.element }];
  const value = callValue(act, target, args, e);
  act.conditions = conditions;
  return value;
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

function evaluateArguments(act: Activation, e: CallExpression): Value[] {
  const args: Value[] = [];
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
  const combines = e.callee.kind === "member" && e.callee.object.kind === "name" && e.callee.object.name === "Promise";
  const races = combines && first?.kind === "array" && first.elements.length > 1 && e.callee.kind === "member" && e.callee.name === "race";
  const { argument: around, raced } = act;
  if (!combines) act.argument++;
  if (races) act.raced++;
  for (const argument of e.args) {
    const value = evaluate(act, argument.value);
    const used = argument.value.kind === "function" ? union(value.deps, capturedBy(act, argument.value.function)) : value.deps;
    for (const capture of act.captures) if (capture.depth === act.frames.length) capture.deps = union(capture.deps, used);
    if (argument.spread) {
      const list = arrayIn(value);
      if (list?.elements !== undefined) args.push(...list.elements);
      else args.push(withDeps(list?.element ?? unknown, value.deps));
    } else args.push(value);
  }
  act.argument = around;
  act.raced = raced;
  return args;
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
  if (name === "call" || name === "apply" || name === "bind") {
    const own = callWithThis(act, receiver, name, args, e);
    if (own !== undefined) return own;
  }
  if (name === "then" || name === "catch" || name === "finally") {
    const chained = callThen(act, receiver, name, args, e);
    if (chained !== undefined) return chained;
  }
  const target = readMember(act, receiver, callee, computed);
  if (target.what.some(callable)) {
    const { conditions } = act;
    const chosen = computed === undefined ? undefined : act.loops.find((loop) => computed.deps.includes(loop.element));
    // `loaders[key]()`: another function for each element, so each of them runs once.
    if (chosen !== undefined) act.conditions = [...conditions, { literal: chosen.element }];
    const value = e.new ? construct(act, target, args, e) : callValue(act, target, args, e, receiver);
    act.conditions = conditions;
    return value;
  }
  // Nothing says what the receiver is: list methods with a function iterate, whatever the list is.
  if (name !== "" && isListMethod(name) && !receiver.what.some(isOpaque)) {
    const value = callArrayMethod(act, receiver, name, args, e);
    if (value !== undefined) return value;
  }
  return callUnknown(act, target, args, e, receiver);
}

function callable(origin: Origin): boolean {
  return (
    origin.kind === "closure" ||
    origin.kind === "class" ||
    origin.kind === "library-method" ||
    origin.kind === "builtin" ||
    origin.kind === "method" ||
    origin.kind === "bound" ||
    origin.kind === "wrapped" ||
    origin.kind === "commonjs" ||
    origin.kind === "export" ||
    origin.kind === "library" ||
    (origin.kind === "typed" && origin.type.kind === "function")
  );
}

/** Receivers of other kinds have their own `map` and `filter`. */
function isOpaque(origin: Origin): boolean {
  return (
    origin.kind === "library" ||
    origin.kind === "instance" ||
    origin.kind === "class" ||
    origin.kind === "package" ||
    origin.kind === "export" ||
    origin.kind === "namespace" ||
    origin.kind === "builtin"
  );
}

/** What the variables of the surrounding functions that a function uses depend on. */
function capturedBy(act: Activation, id: number): Deps {
  let out = none;
  for (const binding of act.unit.facts.functions[id]?.captures ?? []) out = union(out, act.env.get(binding, act)?.deps ?? none);
  return out;
}

/** Calls a value; alternatives are joined, their costs are an upper bound. */
export function callValue(act: Activation, target: Value, args: readonly Value[], e: Expression, receiver?: Value): Value {
  let out: Value | undefined;
  const { cost } = act;
  let total: Cost | undefined;
  const several = target.what.length > 1;
  for (const origin of target.what) {
    if (several) act.cost = free;
    const value = callOrigin(act, origin, args, e, receiver, target);
    if (several) total = total === undefined ? act.cost : either(total, act.cost);
    if (value !== undefined) out = out === undefined ? value : join(out, value);
  }
  if (several) act.cost = inSequence(cost, total ?? free);
  return out ?? callUnknown(act, target, args, e, receiver);
}

export function callOrigin(
  act: Activation,
  origin: Origin,
  args: readonly Value[],
  e: Expression,
  receiver: Value | undefined,
  target: Value,
): Value | undefined {
  switch (origin.kind) {
    case "closure":
      return callClosure(
        act,
        origin.self === undefined && receiver !== undefined && receiver.what.some((one) => one.kind === "object" || one.kind === "row")
          ? { ...origin, self: receiver }
          : origin,
        args,
        e,
      );
    case "class":
      return construct(act, valueOf(origin), args, e);
    case "library-method":
      return invoke(act, origin, args, e, receiver ?? (origin.receiver === undefined ? unknown : valueOf(origin.receiver)));
    case "library": {
      const call = origin.library.types[origin.type]?.call;
      return call === undefined
        ? undefined
        : invoke(
            act,
            { kind: "library-method", library: origin.library, spec: call, receiver: origin, name: origin.type },
            args,
            e,
            target,
          );
    }
    case "export": {
      if (origin.spec.value === undefined) return undefined;
      const call = origin.library.types[origin.spec.value]?.call;
      const self: Origin = {
        kind: "library",
        library: origin.library,
        type: origin.spec.value,
        table: undefined,
        site: `export:${origin.name}`,
      };
      return call === undefined
        ? undefined
        : invoke(
            act,
            { kind: "library-method", library: origin.library, spec: call, receiver: self, name: origin.name },
            args,
            e,
            valueOf(self),
          );
    }
    case "package": {
      const named = origin.library?.exports["default"];
      return named === undefined
        ? undefined
        : callOrigin(
            act,
            { kind: "export", library: origin.library as NonNullable<typeof origin.library>, spec: named, name: "default" },
            args,
            e,
            receiver,
            target,
          );
    }
    case "builtin":
      if (!origin.name.startsWith("Promise")) for (const arg of args) escapes(act, arg, e);
      return callBuiltin(act, origin.name, args, e);
    case "method":
      return callArrayMethod(act, origin.receiver, origin.name, args, e) ?? undefined;
    case "bound":
      return callValue(act, origin.inner, [...origin.args, ...args], e, origin.self);
    case "wrapped": {
      const { transaction } = act;
      const remembers = origin.memoizes === "request" && !answersAgain(act, origin.inner, args) ? "once" : "memo";
      const blurs = remembers === "once" && args.some(isPartOfParameter);
      if (origin.memoizes !== false) act[remembers]++;
      if (blurs) act.blurred++;
      if (origin.transactional) act.transaction ??= act.place(e);
      const value = callValue(act, origin.inner, args, e, receiver);
      if (origin.memoizes !== false) act[remembers]--;
      if (blurs) act.blurred--;
      act.transaction = transaction;
      return value;
    }
    case "typed":
      return origin.type.kind === "function" ? withDeps(typedValue(act.world, origin.unit, origin.type.returns), depsOf(args)) : undefined;
    case "commonjs":
      return callValue(act, settled(valueOf(origin)), args, e, receiver);
    default:
      return undefined;
  }
}

/** The same question in every round, or asked before: the answer is there. */
function answersAgain(act: Activation, inner: Value, args: readonly Value[]): boolean {
  const deps = depsOf(args);
  if (act.loops.length > 0 && !act.loops.some((loop) => has(deps, loop.element))) return true;
  const [fn] = inner.what;
  const key = fn?.kind === "closure" ? askedKey(`${fn.unit.index}:${fn.fn}`, args) : undefined;
  if (key === undefined || act.conditions.length > 0) return key !== undefined && act.answered.has(key);
  if (act.answered.has(key)) return true;
  act.answered.add(key);
  return false;
}

function depsOf(args: readonly Value[]) {
  let out = none;
  for (const arg of args) out = union(out, arg.deps);
  return out;
}

/** A callee that nothing is known of: functions passed to it may run; what it gives depends on all it got. */
function callUnknown(act: Activation, target: Value, args: readonly Value[], e: Expression, receiver: Value | undefined): Value {
  const call = e.kind === "call" ? e : undefined;
  const name = wordsOf(call?.callee);
  const deps = union(union(depsOf(args), target.deps), receiver?.deps ?? none);
  const waits = act.awaiting > 0 && act.argument === 0;
  let result: Value | undefined;
  const path = joinedPath(target, args);
  if (path !== undefined) return withDeps(path, deps);
  for (const arg of args) {
    escapes(act, arg, e);
    for (const origin of arg.what) {
      if (origin.kind === "closure" && call !== undefined && !call.new) {
        // A function given to something awaited runs inside it; else perhaps later. Once, as far as anybody can tell.
        const value = waits ? callClosure(act, origin, unknownArgs(deps), e, { callback: true }) : later(act, origin, e);
        if (value !== undefined && waits) result = value;
      } else if (origin.kind === "object" && !origin.object.persistent) handedOver(act, origin, e, 0);
    }
  }
  if (waits && !isHarmless(target)) {
    forgetReads(act);
    act.summary.unknown.add(name);
    act.busy++;
    for (const capture of act.captures)
      (act.frames.slice(capture.depth).every((frame) => frame.callback) ? capture.unknown : capture.inside).push(name);
  }
  const typed = call?.types.length === 1 ? typedValue(act.world, act.unit, call.types[0]) : unknown;
  if (typed.what.length > 0) return withDeps(promiseOfMaybe(typed), deps);
  const key = waits ? `io${String(act.result()[0])}` : undefined;
  const token = waits ? only(act.mark - 1) : none;
  return result === undefined ? { what: [], deps: union(deps, token), key } : { what: awaited(result).what, deps: union(deps, token), key };
}

/** `path.join(__dirname, name)`: a path as far as it is known. */
function joinedPath(target: Value, args: readonly Value[]): Value | undefined {
  const origin = target.what[0];
  if (
    origin?.kind !== "package" ||
    (origin.name !== "node:path" && origin.name !== "path") ||
    !/^(posix\.)?(join|resolve)$/.test(origin.path)
  )
    return undefined;
  let text = "";
  for (const arg of args) {
    const part = constantOf(arg)?.value;
    if (typeof part !== "string") return text === "" ? undefined : valueOf({ kind: "pattern", prefix: `${text}/`, suffix: "" });
    text = text === "" ? part : `${text}/${part}`;
  }
  return text === "" ? undefined : constantValue(text.startsWith(".") ? text : `./${text}`);
}

function promiseOfMaybe(value: Value): Value {
  return value;
}

/** Methods of packages without a table are taken to compute. */
function isHarmless(target: Value): boolean {
  return target.what.some((origin) => origin.kind === "package" || origin.kind === "builtin");
}

function unknownArgs(deps: readonly number[]): Value[] {
  const value: Value = { what: [], deps };
  return [value, value, value];
}

/** Functions in options that something unknown was given (`{ callbacks: { signIn } }`) are called by it when it likes. */
function handedOver(act: Activation, options: Extract<Origin, { kind: "object" }>, e: Expression, depth: number): void {
  for (const value of options.object.props.values()) {
    for (const origin of value.what) {
      if (origin.kind === "closure") later(act, origin, e);
      else if (depth < 2 && origin.kind === "object" && !origin.object.persistent) handedOver(act, origin, e, depth + 1);
    }
  }
}

/** Interprets a function that runs at another time: nothing of it happens here, but it is reached from here. */
export function later(act: Activation, origin: Extract<Origin, { kind: "closure" }>, e: Expression): undefined {
  if (act.deep) return;
  const { cost, gathered, awaiting, memo, kept, loops, conditions, transaction, captures, summary } = act;
  const { effects } = act;
  act.effects = new Map(effects);
  const marks = { looped: summary.looped.length, writes: summary.writesState, mutates: summary.mutates };
  // Loops around the place do not multiply it: it is started there, not run there.
  const saved = loops.splice(0, loops.length);
  act.awaiting = 0;
  act.captures = [];
  act.conditions = [];
  act.transaction = undefined;
  callClosure(act, origin, unknownArgs(none), e, { callback: true });
  loops.push(...saved);
  act.cost = cost;
  act.gathered = gathered;
  act.awaiting = awaiting;
  act.memo = memo;
  act.kept = kept;
  act.conditions = conditions;
  act.transaction = transaction;
  act.captures = captures;
  act.effects = effects;
  summary.writesState = marks.writes;
  summary.mutates = marks.mutates;
  return undefined;
}

/** The value goes where its uses cannot be seen. */
export function escapes(act: Activation, value: Value, e: { readonly at: number; readonly end: number }): void {
  if (value.what.length === 0) return;
  const rows = wholeRows(arrayIn(value));
  if (rows !== undefined) note(act.world.operations.get(rows.id), "escape", act.place(e));
  for (const origin of value.what) {
    if (origin.kind === "row")
      note(act.world.operations.get(origin.operation?.id ?? ""), origin.operation?.spec.list === true ? "member" : "escape", act.place(e));
    if (origin.kind === "scalar" && (origin.type.startsWith("length:") || origin.type.startsWith("count:")))
      note(act.world.operations.get(origin.type.slice(origin.type.indexOf(":") + 1)), "length", act.place(e));
  }
}

function callWithThis(act: Activation, receiver: Value, name: string, args: readonly Value[], e: CallExpression): Value | undefined {
  const functions = receiver.what.filter(
    (origin) => origin.kind === "closure" || origin.kind === "library-method" || origin.kind === "bound",
  );
  if (functions.length === 0) return undefined;
  const target: Value = {
    what: functions.map((origin) => (origin.kind === "closure" && origin.self === undefined ? { ...origin, self: args[0] } : origin)),
    deps: receiver.deps,
  };
  if (name === "bind") return args.length <= 1 ? target : valueOf({ kind: "bound", inner: target, self: args[0], args: args.slice(1) });
  const rest = name === "call" ? args.slice(1) : (arrayIn(args[1] ?? unknown)?.elements ?? []);
  return callValue(act, target, rest, e);
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

/** Calls the functions in a value as callbacks. */
export function callFunctions(act: Activation, target: Value | undefined, args: readonly Value[], e: Expression): Value | undefined {
  let out: Value | undefined;
  for (const origin of target?.what ?? []) {
    const value =
      origin.kind === "closure"
        ? callClosure(act, origin, args, e, { callback: true })
        : callable(origin)
          ? callOrigin(act, origin, args, e, undefined, target ?? unknown)
          : undefined;
    if (value !== undefined) out = out === undefined ? value : join(out, value);
  }
  return out;
}

export function construct(act: Activation, target: Value, args: readonly Value[], e: CallExpression | Expression): Value {
  let out: Value | undefined;
  const deps = depsOf(args);
  for (const origin of target.what) {
    let value: Value | undefined;
    if (origin.kind === "class") {
      const opens = opensClient(act, origin.ref);
      if (opens !== undefined) act.opening++;
      runConstructor(act, origin.ref, args, e);
      if (opens !== undefined) act.opening--;
      // `class Database extends Client`: making one opens what making a client opens.
      if (opens !== undefined) constructLibrary(act, opens, [], e);
      value = valueOf({ kind: "instance", ref: origin.ref }, deps);
    } else if (origin.kind === "export" || origin.kind === "library") value = constructLibrary(act, origin, args, e);
    else if (origin.kind === "builtin") value = callBuiltin(act, `new ${origin.name}`, args, e);
    else if (origin.kind === "closure") {
      // A function used as a constructor: its prototype's methods are its properties'.
      callClosure(act, { ...origin, self: undefined }, args, e);
      const proto = readNamed(act, valueOf(origin), "prototype", e);
      value = proto.what.length > 0 ? withDeps(proto, deps) : undefined;
    } else if (origin.kind === "package") {
      const named = origin.library?.exports["default"];
      if (named !== undefined && origin.library !== undefined)
        value = constructLibrary(act, { kind: "export", library: origin.library, spec: named, name: "default" }, args, e);
    }
    if (value !== undefined) out = out === undefined ? value : join(out, value);
  }
  if (out !== undefined) return out;
  for (const arg of args) {
    escapes(act, arg, e);
    for (const origin of arg.what) if (origin.kind === "closure") later(act, origin, e);
  }
  return { what: [], deps };
}

/** The library's client that the class ends in, when making one opens a connection. */
function opensClient(act: Activation, ref: ClassRef): Extract<Origin, { kind: "library" }> | undefined {
  const { library } = basesOf(act.world, ref);
  if (library?.library.types[library.instance]?.construct?.effect?.kind !== "connect") return undefined;
  return { kind: "library", library: library.library, type: library.instance, table: undefined, site: `class:${ref.facts.name}` };
}

/** The constructor runs with its arguments: parameters that declare fields keep what they got. */
function runConstructor(act: Activation, ref: Extract<Origin, { kind: "class" }>["ref"], args: readonly Value[], e: Expression): void {
  for (const base of basesOf(act.world, ref).project) {
    const made = base.facts.members.find((member) => member.kind === "constructor" && member.function !== undefined);
    if (made?.function === undefined) continue;
    for (const member of base.facts.members) {
      if (member.parameter === undefined) continue;
      const value = args[member.parameter];
      if (value !== undefined && value.what.length > 0) writeObject(fieldsOf(act.world, base, false), member.name, value, true);
    }
    const self = valueOf({ kind: "instance", ref }, none, unborn);
    callClosure(act, { kind: "closure", unit: base.unit, fn: made.function, env: base.env, self, home: base }, args, e);
    return;
  }
  for (const base of basesOf(act.world, ref).project)
    for (const member of base.facts.members)
      if (member.kind === "field" && !member.static && member.value?.kind === "call") void findMember(act.world, base, member.name, false);
}

function superConstructor(act: Activation, e: CallExpression): Value {
  const args = evaluateArguments(act, e);
  const { home } = act;
  if (home === undefined) return unknown;
  const [, above] = basesOf(act.world, home).project;
  if (above !== undefined) {
    const made = above.facts.members.find((member) => member.kind === "constructor" && member.function !== undefined);
    if (made?.function !== undefined)
      callClosure(act, { kind: "closure", unit: above.unit, fn: made.function, env: above.env, self: act.self, home: above }, args, e);
  } else {
    const { library } = basesOf(act.world, home);
    if (library !== undefined && opensClient(act, home) === undefined && library.library.types[library.instance]?.construct !== undefined)
      constructLibrary(
        act,
        { kind: "library", library: library.library, type: library.instance, table: undefined, site: "super" },
        args,
        e,
      );
  }
  return act.self;
}

function superMethod(act: Activation, e: CallExpression, name: string): Value {
  const args = evaluateArguments(act, e);
  const { home } = act;
  if (home === undefined) return callUnknown(act, unknown, args, e, act.self);
  const isStatic = act.self.what.some((origin) => origin.kind === "class");
  const above = findMember(act.world, home, name, isStatic, home);
  if (above?.member.function !== undefined)
    return callClosure(
      act,
      { kind: "closure", unit: above.ref.unit, fn: above.member.function, env: above.ref.env, self: act.self, home: above.ref },
      args,
      e,
    );
  const { library } = basesOf(act.world, home);
  const type = isStatic ? library?.statics : library?.instance;
  if (library === undefined || type === undefined) return { what: [], deps: depsOf(args) };
  const leaf = act.self.what.find((origin) => origin.kind === "instance" || origin.kind === "class");
  const table = leaf !== undefined && (leaf.kind === "instance" || leaf.kind === "class") ? tableOfBase(act.world, leaf.ref) : undefined;
  const target = libraryMember(act, { kind: "library", library: library.library, type, table, site: "super" }, name, act.self);
  return target === undefined ? { what: [], deps: depsOf(args) } : callValue(act, target, args, e, act.self);
}

void arrayOf;
