/** `with`: what is entered is bound, the body runs, and then it is left. */
import type { Expression } from "../../model/facts-expressions.ts";
import type { Statement } from "../../model/facts-statements.ts";
import type { Activation } from "./activation.ts";
import { callValue } from "./call-targets.ts";
import { findMember } from "./classes.ts";
import { evaluate } from "./expressions.ts";
import type { Flow } from "./flow.ts";
import { join } from "./joins.ts";
import { libraryMember } from "./library-members.ts";
import { readNamed } from "./members.ts";
import { bindPattern } from "./patterns.ts";
import { runPending } from "./pending.ts";
import { execute } from "./statements.ts";
import type { Origin, Value } from "./value.ts";
import { awaited, valueOf, withDeps } from "./value.ts";

type WithStatement = Extract<Statement, { kind: "with" }>;

export function executeWith(act: Activation, s: WithStatement): Flow {
  const { transaction, limits } = act;
  const left: { readonly value: Value; readonly e: Expression }[] = [];
  for (const { value: e, target } of s.items) {
    const made = evaluate(act, e);
    const whole = s.async ? awaited(runPending(act, made, e)) : made;
    left.unshift({ value: whole, e });
    const value = entered(act, whole, e, s.async);
    if (whole.what.some(isLock)) act.locks++;
    if (whole.what.some(isSemaphore)) act.limits++;
    if (target !== undefined) bindPattern(act, target, value, true);
  }
  const flow = execute(act, s.body);
  for (const { value, e } of left) leave(act, value, e, s.async);
  act.transaction = transaction;
  act.limits = limits;
  return flow;
}

/** What can be acquired keeps others out of the body. */
function isLock(origin: Origin): boolean {
  const acquire = origin.kind === "library" ? origin.library.types[origin.type]?.members?.["acquire"] : undefined;
  return typeof acquire === "object" && acquire.effect?.kind === "lock";
}

/** What is entered a chosen number of times at once. */
function isSemaphore(origin: Origin): boolean {
  return origin.kind === "library" && origin.library.types[origin.type]?.limits === true;
}

/** What `as` names: a generator's value, what `__enter__` gives, else the thing itself. */
function entered(act: Activation, value: Value, e: Expression, waits: boolean): Value {
  if (act.unit.facts.language !== "python") return value;
  let out: Value | undefined;
  for (const origin of value.what) {
    let one: Value = { what: [origin], deps: value.deps, key: value.key };
    // Lists are no contexts: it is a generator under `@contextmanager`.
    if (origin.kind === "array") one = withDeps(origin.element, value.deps);
    else {
      const enter = special(act, origin, value, waits ? "__aenter__" : "__enter__", e);
      if (enter !== undefined) one = awaited(callValue(act, enter, [], e, value));
    }
    out = out === undefined ? one : join(out, one);
  }
  return out ?? value;
}

function leave(act: Activation, value: Value, e: Expression, waits: boolean): void {
  if (act.unit.facts.language !== "python") return;
  for (const origin of value.what) {
    const exit = special(act, origin, value, waits ? "__aexit__" : "__exit__", e);
    if (exit !== undefined) callValue(act, exit, [], e, value);
  }
}

/** A method that the statement calls, where the class or the library has it. */
function special(act: Activation, origin: Origin, value: Value, name: string, e: Expression): Value | undefined {
  if (origin.kind === "library") return libraryMember(act, origin, name, value);
  if (origin.kind !== "instance" || findMember(act.world, origin.ref, name, false) === undefined) return undefined;
  return readNamed(act, valueOf(origin, value.deps, value.key), name, e);
}
