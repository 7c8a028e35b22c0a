/** Work that is started and that nobody holds on to: promises without a reader, coroutines that never run, tasks without a handle. */
import { toldOf } from "./summary.ts";
import type { CallExpression, Expression } from "../../model/facts-expressions.ts";
import type { FunctionFacts } from "../../model/facts.ts";
import type { Statement } from "../../model/facts-statements.ts";
import type { Activation } from "./activation.ts";
import { evaluate } from "./expressions.ts";
import { wordsOf } from "./unit.ts";
import type { Value } from "./value.ts";

/** Evaluates an expression that is a statement of its own; what it gives is lost. */
export function dropping(act: Activation, e: Expression, run: () => Value): Value {
  const call = unhandled(e);
  if (call === undefined) return run();
  const { dropped, droppedTo, failing, guards } = act;
  // A try around the statement catches nothing that fails later.
  act.guards = 0;
  act.dropped = call;
  act.droppedTo = undefined;
  const value = run();
  const fn = act.droppedTo as FunctionFacts | undefined;
  act.dropped = dropped;
  act.guards = guards;
  act.droppedTo = droppedTo;
  // A module's own last call is what the program is; tests and decorated functions are called by others than they look.
  if (fn === undefined || !fn.async || fn.generator || fn.decorators.length > 0 || act.fn === 0) return value;
  if (act.unit.facts.language === "python") {
    if (call === e) note(act, "coroutine", call, false);
  } else if (act.failing > failing) note(act, "promise", call, false);
  return value;
}

/** The call behind a statement whose failure nothing in the statement handles. */
function unhandled(e: Expression): CallExpression | undefined {
  if (e.kind !== "call" || e.new) return undefined;
  const { callee } = e;
  if (callee.kind !== "member" || callee.object.kind !== "call") return e;
  if (callee.name === "finally" || (callee.name === "then" && e.args.length === 1)) return unhandled(callee.object);
  return callee.name === "catch" || callee.name === "then" ? undefined : e;
}

const catching = new WeakMap<Statement, boolean>();

/** What fails in the try goes no further. */
export function catches(s: Extract<Statement, { kind: "try" }>): boolean {
  let known = catching.get(s);
  if (known === undefined) {
    known = s.handler !== undefined && !mentions(s.handler, (node) => node["kind"] === "throw");
    catching.set(s, known);
  }
  return known;
}

/** `send().catch(report)`: the receiver's failures are handled; what the handler does is not. */
export function handling(act: Activation, callee: Extract<Expression, { kind: "member" }>, e: CallExpression): Value {
  const handled = callee.name === "catch" || (callee.name === "then" && e.args.length > 1);
  if (handled) act.guards++;
  const value = evaluate(act, callee.object);
  if (handled) act.guards--;
  return value;
}

/** `asyncio.create_task(work())`: the call starts what nobody else holds. */
export function noteStarted(act: Activation, e: Expression): void {
  if (act.dropped === e) note(act, "task", e, false);
  else if (act.unread === e) note(act, "task", e, true);
}

/** Evaluates what is assigned; a task under a name that nothing asks for again is as good as dropped. */
export function unkept(act: Activation, s: Extract<Statement, { kind: "assign" }>, value: Expression): Value {
  if (value.kind !== "call" || s.target.kind !== "bind" || act.unit.facts.language !== "python") return evaluate(act, value);
  const before = act.unread;
  const { binding } = s.target;
  act.unread = act.unit.facts.bindings[binding]?.owner === act.fn && act.fn !== 0 && !isRead(act, binding) ? value : undefined;
  const out = evaluate(act, value);
  act.unread = before;
  return out;
}

const read = new WeakMap<FunctionFacts, Map<number, boolean>>();

function isRead(act: Activation, binding: number): boolean {
  const fn = act.unit.facts.functions[act.fn];
  if (fn === undefined) return true;
  let known = read.get(fn);
  if (known === undefined) read.set(fn, (known = new Map()));
  let answer = known.get(binding);
  if (answer === undefined) {
    const inner = act.unit.facts.functions.some((other) => other.id !== fn.id && other.captures.includes(binding));
    answer = inner || mentions(fn.body, (node) => node["kind"] === "name" && node["binding"] === binding);
    known.set(binding, answer);
  }
  return answer;
}

/** Some node of the tree is such. */
function mentions(tree: unknown, wanted: (node: Readonly<Record<string, unknown>>) => boolean): boolean {
  if (typeof tree !== "object" || tree === null) return false;
  if (Array.isArray(tree)) return tree.some((one) => mentions(one, wanted));
  const node = tree as Readonly<Record<string, unknown>>;
  return wanted(node) || Object.values(node).some((one) => mentions(one, wanted));
}

function note(act: Activation, kind: "task" | "coroutine" | "promise", e: Expression, named: boolean): void {
  const place = act.place(e);
  toldOf(act.summary).lost.push({
    kind,
    place,
    function: place.function,
    name: wordsOf(e.kind === "call" ? (kind === "task" ? e.args[0]?.value : e.callee) : e),
    named,
  });
}
