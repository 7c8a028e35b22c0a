/** What a called value does, by the kind of each origin. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Cost } from "../../model/formula.ts";
import { either, free, inSequence } from "../../model/formula.ts";
import type { Activation } from "./activation.ts";
import { guessAmong, isOwn, settle } from "./alternatives.ts";
import { callArrayMethod } from "./arrays.ts";
import { callBuiltin } from "./builtins.ts";
import { constructLibrary } from "./clients.ts";
import { construct } from "./constructors.ts";
import { aroundFunction } from "./decorated-views.ts";
import type { Deps } from "./deps.ts";
import { has, none, union } from "./deps.ts";
import { escapes } from "./escapes.ts";
import { callClosure } from "./functions.ts";
import { join } from "./joins.ts";
import { invoke } from "./libraries.ts";
import { settled } from "./modules.ts";
import { namedOf, withNamed } from "./python.ts";
import { askedKey } from "./repeats.ts";
import { callTag } from "./templates.ts";
import { isPartOfParameter } from "./translation.ts";
import { typedValue } from "./types.ts";
import { callUnknown, depsOf } from "./unknown-calls.ts";
import { noteDispatched } from "./dispatch-roots.ts";
import type { Origin, Value } from "./value.ts";
import { awaited, promiseOf, unknown, valueOf, withDeps } from "./value.ts";

export function callable(origin: Origin): boolean {
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
export function isOpaque(origin: Origin): boolean {
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
export function capturedBy(act: Activation, id: number): Deps {
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
  // Clients of different libraries: one of them is there, and it is not known which.
  const guessed = several && librariesOf(target) > 1;
  const guess = guessAmong(act, target);
  if (guessed) act.conditions = [...act.conditions, { literal: undefined }];
  for (const origin of target.what) {
    if (several) act.cost = free;
    const unsure = guess !== undefined && !isOwn(act, origin, receiver);
    if (unsure) act.guesses.push(guess);
    const value = callOrigin(act, origin, args, e, receiver, target);
    if (unsure) act.guesses.pop();
    if (several) total = total === undefined ? act.cost : either(total, act.cost);
    if (value !== undefined) out = out === undefined ? value : join(out, value);
  }
  if (several) act.cost = inSequence(cost, total ?? free);
  settle(guess, several, total);
  if (guessed) act.conditions = act.conditions.slice(0, -1);
  return out ?? callUnknown(act, target, args, e, receiver);
}

function librariesOf(target: Value): number {
  return new Set(target.what.flatMap((origin) => (origin.kind === "library-method" ? [origin.library.id] : []))).size;
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
    case "closure": {
      const around = aroundFunction(act.world, origin);
      if (around !== undefined) return callValue(act, around, args, e);
      return callClosure(
        act,
        origin.self === undefined && receiver !== undefined && receiver.what.some((one) => one.kind === "object" || one.kind === "row")
          ? { ...origin, self: receiver }
          : origin,
        args,
        e,
      );
    }
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
      if (origin.spec.value === undefined)
        return act.unit.facts.language === "python" && origin.spec.class !== undefined ? constructLibrary(act, origin, args, e) : undefined;
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
            // A default export has the name that the file gives it; its library's is what readers know.
            {
              kind: "library-method",
              library: origin.library,
              spec: call,
              receiver: self,
              name: origin.name === "default" ? origin.library.id : origin.name,
            },
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
      if (origin.name.startsWith("templatetags.")) return callTag(act, origin.name.slice("templatetags.".length), args, e);
      // Python's functions on lists say themselves what they use.
      if (!origin.name.startsWith("Promise") && !origin.name.startsWith("python:")) for (const arg of args) escapes(act, arg, e);
      return callBuiltin(act, origin.name, args, e);
    case "method":
      return callArrayMethod(act, origin.receiver, origin.name, args, e) ?? undefined;
    case "bound":
      return callValue(act, origin.inner, withNamed([...origin.args, ...args], namedOf(args) ?? new Map()), e, origin.self);
    case "wrapped": {
      const { transaction } = act;
      const remembers = origin.memoizes === "request" && !answersAgain(act, origin.inner, args) ? "once" : "memo";
      const blurs = remembers === "once" && args.some(isPartOfParameter);
      if (origin.memoizes !== false) act[remembers]++;
      if (blurs) act.blurred++;
      if (origin.transactional) act.transaction ??= act.place(e);
      if (origin.threaded === true) act.threaded++;
      const value = callValue(act, origin.inner, args, e, receiver);
      if (origin.threaded === true) act.threaded--;
      if (origin.memoizes !== false) act[remembers]--;
      if (blurs) act.blurred--;
      act.transaction = transaction;
      return origin.threaded === true ? promiseOf(awaited(value)) : value;
    }
    case "typed":
      return origin.type.kind === "function" ? withDeps(typedValue(act.world, origin.unit, origin.type.returns), depsOf(args)) : undefined;
    case "some":
      noteDispatched(act, origin.object, e);
      return undefined;
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
  if (key === undefined || act.conditions.length > 0) return key !== undefined && act.answered?.has(key) === true;
  if (act.answered?.has(key) === true) return true;
  (act.answered ??= new Set()).add(key);
  return false;
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
