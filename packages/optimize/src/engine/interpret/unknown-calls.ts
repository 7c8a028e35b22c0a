/** Calls of what is not known: the result depends on what is given, and functions that are given escape. */
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import type { Activation } from "./activation.ts";
import { none, only, union } from "./deps.ts";
import { escapes, unknownArgs, later } from "./escapes.ts";
import { callClosure } from "./functions.ts";
import { noteTaken } from "./holders.ts";
import { everyOf } from "./python.ts";
import { forgetReads } from "./repeats.ts";
import { typedValue } from "./types.ts";
import { wordsOf } from "./unit.ts";
import type { Origin, Value } from "./value.ts";
import { awaited, constantOf, constantValue, unknown, unknownFrom, valueOf, withDeps } from "./value.ts";

export function depsOf(args: readonly Value[]) {
  let out = none;
  for (const arg of everyOf(args)) out = union(out, arg.deps);
  return out;
}

/** A callee that nothing is known of: functions passed to it may run; what it gives depends on all it got. */
export function callUnknown(act: Activation, target: Value, args: readonly Value[], e: Expression, receiver: Value | undefined): Value {
  const call = e.kind === "call" ? e : undefined;
  const deps = union(union(depsOf(args), target.deps), receiver?.deps ?? none);
  const waits = act.awaiting > 0 && act.argument === 0;
  noteTaken(act, e, receiver, depsOf(args));
  let result: Value | undefined;
  const path = joinedPath(target, args);
  if (path !== undefined) return withDeps(path, deps);
  if (act.unit.facts.language === "python") mayWriteRows(act, target, args, receiver);
  for (const arg of everyOf(args)) {
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
    const name = wordsOf(call?.callee);
    (act.summary.unknown ??= new Set()).add(name);
    act.busy++;
    for (const capture of act.captures)
      (act.frames.slice(capture.depth).every((frame) => frame.callback) ? capture.unknown : capture.inside).push(name);
  }
  const typed = call?.types.length === 1 ? typedValue(act.world, act.unit, call.types[0]) : unknown;
  if (typed.what.length > 0) return withDeps(promiseOfMaybe(typed), deps);
  const key = partOfRequest(call, args, receiver) ?? (waits ? `io${String(act.result()[0])}` : undefined);
  const token = waits ? only(act.mark - 1) : none;
  return result === undefined ? unknownFrom(union(deps, token), key) : { what: awaited(result).what, deps: union(deps, token), key };
}

/** Ways of asking what somebody sent for one of its parts. */
const parts: ReadonlySet<string> = new Set(["get", "getAll", "get_all", "getlist"]);

/** `request.POST.getlist("tags")` is a part of the parameter as `request.tags` is. */
function partOfRequest(call: CallExpression | undefined, args: readonly Value[], receiver: Value | undefined): string | undefined {
  if (receiver?.key?.startsWith("$") !== true || call?.callee.kind !== "member" || !parts.has(call.callee.name)) return undefined;
  const [name] = args;
  const text = name === undefined || args.length > 1 ? undefined : constantOf(name)?.value;
  return typeof text === "string" && text.length <= 40 ? `${receiver.key}.${call.callee.name}(${text})` : undefined;
}

/** Python waits for every call: what is not known, and what is given rows, may have written anything. */
export function mayWriteRows(act: Activation, target: Value, args: readonly Value[], receiver: Value | undefined): void {
  if (act.reads.length === 0) return;
  const rows = [...args, receiver ?? unknown].some((value) =>
    value.what.some((origin) => origin.kind === "library" && origin.state !== undefined),
  );
  if (rows || (target.what.length === 0 && (receiver === undefined || receiver.what.length === 0))) forgetReads(act);
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

/** Functions in options that something unknown was given (`{ callbacks: { signIn } }`) are called by it when it likes. */
function handedOver(act: Activation, options: Extract<Origin, { kind: "object" }>, e: Expression, depth: number): void {
  for (const value of options.object.props.values()) {
    for (const origin of value.what) {
      if (origin.kind === "closure") later(act, origin, e);
      else if (depth < 2 && origin.kind === "object" && !origin.object.persistent) handedOver(act, origin, e, depth + 1);
    }
  }
}
