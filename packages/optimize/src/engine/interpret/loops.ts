/** Loops: statements, and calls that run a function for each element. */
import type { Expression, LoopStatement, Pattern, Statement } from "../../model/facts.ts";
import type { Polynomial } from "../../model/formula.ts";
import { atLeast, constant, free, inSequence, symbolTerm, times } from "../../model/formula.ts";
import type { Loop } from "../../model/project.ts";
import type { Activation, LoopFrame } from "./activation.ts";
import type { Deps } from "./deps.ts";
import { none, only, union } from "./deps.ts";
import { Environment } from "./environment.ts";
import { evaluate, evaluateTest, sizeOf } from "./expressions.ts";
import { iterated } from "./libraries.ts";
import { bindPattern } from "./patterns.ts";
import { note } from "./operation.ts";
import type { Flow } from "./statements.ts";
import { breaks, continues, execute, next } from "./statements.ts";
import { nameOf } from "./unit.ts";
import type { Size, Value } from "./value.ts";
import { arrayIn, awaited, constantValue, scalar, truthiness, unknown, wholeRows, withDeps } from "./value.ts";

export interface LoopSpec {
  readonly node: { readonly at: number; readonly end: number };
  readonly form: Loop["form"];
  readonly method?: string;
  readonly list: Value | undefined;
  readonly words: string;
  readonly mode: Loop["mode"];
  readonly chunks?: boolean;
  readonly body?: readonly Statement[];
}

export function openLoop(act: Activation, spec: LoopSpec): LoopFrame {
  const place = act.place(spec.node);
  const array = spec.list === undefined ? undefined : arrayIn(spec.list);
  const known = spec.list === undefined ? {} : sizeOf(spec.list);
  const chunks = spec.chunks === true || (array !== undefined && arrayIn(array.element)?.chunk === true);
  // All of a piece at once is some of the whole at a time.
  const mode = spec.mode === "parallel" && array?.chunk === true ? "limited" : spec.mode;
  const name = spec.words === "" ? "elements" : spec.words;
  const symbol = known.symbol ?? (known.exact === undefined ? `${name}@${act.unit.index}:${spec.node.at}` : undefined);
  const id = `${place.file}:${place.at}:${spec.form}`;
  const frame: LoopFrame = {
    facts: {
      id,
      place,
      form: spec.form,
      method: spec.method,
      size: { ...known, symbol },
      name,
      rows: array?.rows,
      mode,
      once: false,
      exitsOnResult: false,
      paced: false,
      yields: false,
      chunks,
      carries: false,
    },
    body: spec.body,
    element: act.token(),
    carried: act.token(),
    collected: act.token(),
    depth: act.frames.length,
    conditions: act.conditions.length,
    tries: act.tries,
    memo: act.memo + act.kept,
    once: act.once,
    transaction: act.transaction,
    mark: act.mark,
    outside: act.env,
    awaited: 0,
    started: 0,
    gathered: act.gathered,
  };
  act.gathered = free;
  if (spec.list?.what.some((origin) => origin.kind === "library" && origin.library.types[origin.type]?.paced === true) === true)
    frame.facts.paced = true;
  act.loops.push(frame);
  return frame;
}

/** Closes the loop: its body's cost is multiplied by its size. */
export function closeLoop(act: Activation, frame: LoopFrame, before: Activation["cost"], retry = false): void {
  act.loops.pop();
  // Started and not waited for inside a statement loop: all of them run at once.
  if (frame.facts.mode === "sequential" && frame.started > 0 && frame.awaited === 0) frame.facts.mode = "parallel";
  const size: Polynomial = frame.facts.once
    ? constant(1)
    : frame.facts.size.exact !== undefined
      ? constant(frame.facts.size.exact)
      : symbolTerm(frame.facts.size.symbol ?? frame.facts.name);
  const all = times(act.cost, size);
  // Rounds that only come after a failure: usually the first one is the last.
  act.cost = inSequence(before, retry ? atLeast(act.cost, all) : all);
  act.gathered = inSequence(frame.gathered, frame.facts.mode === "sequential" ? times(act.gathered, size) : act.gathered);
}

export function executeLoop(act: Activation, s: LoopStatement): Flow {
  execute(act, s.init);
  const list = s.iterable === undefined ? undefined : awaited(iterated(act, evaluate(act, s.iterable), s.iterable));
  const array = list === undefined ? undefined : arrayIn(list);
  const rows = wholeRows(array);
  if (rows !== undefined && s.iterable !== undefined) note(act.world.operations.get(rows.id), "iterate", act.place(s.iterable));
  if (s.test !== undefined && s.form !== "do" && truthiness(evaluateTest(act, s.test)) === false) return next;
  const counted = s.form === "count" ? countedList(act, s) : undefined;
  const source = list ?? counted?.list;
  const words =
    s.iterable !== undefined ? nameOf(s.iterable) : (counted?.name ?? (s.form === "while" || s.form === "do" ? "rounds" : "steps"));
  const before = act.cost;
  act.cost = free;
  const frame = openLoop(act, {
    node: s,
    form: s.form,
    list: s.form === "keys" ? keysOf(list) : source,
    words,
    mode: "sequential",
    chunks: stepsByChunk(s),
    body: s.body,
  });
  if (counted?.max !== undefined) frame.facts.size = { ...frame.facts.size, exact: counted.max, max: counted.max };
  const { env } = act;
  act.env = new Environment(env, act);
  const carried = assignedIn(s);
  for (const [binding, isCounter] of carried) {
    const value = act.env.get(binding, act);
    if (value === undefined) continue;
    act.env.values.set(binding, {
      ...withDeps(
        isCounter ? scalar("number", value.deps) : later(value),
        only(isCounter && !isPageWalk(s) ? frame.element : frame.carried),
      ),
      key: undefined,
    });
  }
  if (s.target !== undefined)
    bindPattern(act, s.target, elementOf(act, s.form === "keys" ? undefined : source, frame, list?.deps ?? none), true);
  if (s.test !== undefined) evaluateTest(act, s.test);
  const flow = execute(act, s.body);
  if (s.update !== undefined) evaluate(act, s.update);
  noteCarried(act, s, frame, carried);
  const inner = act.env;
  act.env = env;
  env.merge(inner, new Environment(env, act));
  frame.facts.once = (flow & (next | continues)) === 0;
  closeLoop(act, frame, before, isRetry(act, s, flow));
  return (flow & ~(breaks | continues)) | next;
}

/** `try { return await attempt(); } catch { … }` as the end of every round. */
function isRetry(act: Activation, s: LoopStatement, flow: Flow): boolean {
  const last = s.body[s.body.length - 1];
  return last?.kind === "try" && act.retried.has(last) && (flow & continues) === 0;
}

/** What a variable holds in later rounds is not only the constant that it starts with. */
function later(value: Value): Value {
  return value.what.some((origin) => origin.kind === "const")
    ? { what: value.what.filter((origin) => origin.kind !== "const"), deps: value.deps }
    : value;
}

function keysOf(list: Value | undefined): Value | undefined {
  return list === undefined ? undefined : { what: list.what.filter((origin) => origin.kind === "object"), deps: list.deps, key: list.key };
}

/** The element that a loop's target gets: the list's, depending on the loop. */
export function elementOf(act: Activation, list: Value | undefined, frame: LoopFrame, deps: Deps): Value {
  const all = union(only(frame.element), deps);
  if (list === undefined) return { what: [], deps: all };
  const array = arrayIn(list);
  if (array === undefined) {
    for (const origin of list.what)
      if (origin.kind === "map")
        return {
          what: [
            {
              kind: "array",
              element: origin.value,
              size: { exact: 2, max: 2 },
              elements: [{ what: [], deps: all }, withDeps(origin.value, all)],
            },
          ],
          deps: all,
        };
    return { what: [], deps: all, key: undefined };
  }
  return { what: array.element.what, deps: union(all, array.element.deps), key: `e${frame.element}` };
}

/** `for (let i = 0; i < list.length; i++)` runs over `list`. */
function countedList(act: Activation, s: LoopStatement): { list: Value | undefined; name: string; max: number | undefined } | undefined {
  const { test } = s;
  if (test?.kind !== "binary") return undefined;
  if (test.operator.startsWith(">")) return countedDown(act, s);
  const limit = test.right;
  const other = test.left;
  if (other.kind !== "name") return undefined;
  if (limit.kind === "member" && (limit.name === "length" || limit.name === "size"))
    return { list: evaluate(act, limit.object), name: nameOf(limit.object), max: undefined };
  const value = evaluate(act, limit);
  const first = value.what[0];
  const start =
    s.init[0]?.kind === "assign" && s.init[0].value?.kind === "literal" && typeof s.init[0].value.value === "number"
      ? s.init[0].value.value
      : 0;
  if (value.what.length === 1 && first?.kind === "const" && typeof first.value === "number")
    return { list: undefined, name: nameOf(limit), max: Math.max(0, first.value - start + (test.operator === "<=" ? 1 : 0)) };
  return { list: undefined, name: nameOf(limit) || "steps", max: undefined };
}

/** `for (let i = list.length - 1; i >= 0; i--)` runs over `list`. */
function countedDown(act: Activation, s: LoopStatement): { list: Value | undefined; name: string; max: number | undefined } | undefined {
  const first = s.init[0]?.kind === "assign" ? s.init[0].value : undefined;
  const top = first?.kind === "binary" && first.operator === "-" ? first.left : first;
  return top?.kind === "member" && top.name === "length"
    ? { list: evaluate(act, top.object), name: nameOf(top.object), max: undefined }
    : undefined;
}

/** `i += chunk`: the body works on pieces of the list. */
function stepsByChunk(s: LoopStatement): boolean {
  return (
    s.form === "count" &&
    s.update?.kind === "assign" &&
    s.update.operator === "+" &&
    !(s.update.value.kind === "literal" && s.update.value.value === 1)
  );
}

/** A counter without a list whose loop only ends from inside walks pages. */
function isPageWalk(s: LoopStatement): boolean {
  return s.iterable === undefined && s.test === undefined;
}

const assigned = new WeakMap<LoopStatement, Map<number, boolean>>();

/** Bindings that the loop's body or head writes; true for counters. */
function assignedIn(s: LoopStatement): Map<number, boolean> {
  const known = assigned.get(s);
  if (known !== undefined) return known;
  const out = new Map<number, boolean>();
  const visitTarget = (target: Pattern, counter: boolean): void => {
    if (target.kind === "bind") out.set(target.binding, counter && out.get(target.binding) !== false);
    else if (target.kind === "default") visitTarget(target.target, false);
    else if (target.kind === "array") for (const element of target.elements) if (element !== null) visitTarget(element, false);
    if (target.kind === "object") for (const property of target.properties) visitTarget(property.target, false);
  };
  const visit = (e: Expression | undefined): void => {
    if (e === undefined) return;
    if (e.kind === "unary" && (e.operator === "++" || e.operator === "--") && e.value.kind === "name" && e.value.binding >= 0)
      out.set(e.value.binding, out.get(e.value.binding) !== false);
    else if (e.kind === "assign") {
      visitTarget(e.target, (e.operator === "+" || e.operator === "-") && e.value.kind === "literal" && typeof e.value.value === "number");
      visit(e.value);
    } else if (e.kind === "await" || e.kind === "cast") visit(e.value);
    else if (e.kind === "sequence") e.values.forEach(visit);
    else if (e.kind === "binary" || e.kind === "logical") {
      visit(e.left);
      visit(e.right);
    }
  };
  const walk = (statements: readonly Statement[]): void => {
    for (const one of statements) {
      if (one.kind === "assign") {
        if (!one.declares)
          visitTarget(
            one.target,
            (one.operator === "+" || one.operator === "-") && one.value?.kind === "literal" && typeof one.value.value === "number",
          );
        visit(one.value);
      } else if (one.kind === "expression" || one.kind === "return" || one.kind === "throw") visit(one.value);
      else if (one.kind === "branch") {
        visit(one.test);
        walk(one.then);
        walk(one.else);
      } else if (one.kind === "loop") {
        visit(one.test);
        visit(one.update);
        walk(one.body);
      } else if (one.kind === "try") {
        walk(one.body);
        walk(one.handler ?? []);
        walk(one.finalizer ?? []);
      } else if (one.kind === "switch") for (const part of one.cases) walk(part.body);
      else if (one.kind === "block" || one.kind === "with") walk(one.body);
    }
  };
  visit(s.test);
  visit(s.update);
  walk(s.body);
  assigned.set(s, out);
  return out;
}

/** Pages and chains: what the next round asks depends on what this round read. */
function noteCarried(act: Activation, s: LoopStatement, frame: LoopFrame, carried: ReadonlyMap<number, boolean>): void {
  for (const [binding] of carried) {
    const value = act.env.get(binding, act);
    if (value !== undefined && value.deps.some((token) => token >= frame.mark && act.io.has(token))) frame.facts.carries = true;
  }
  if (s.test === undefined) return;
  const test = evaluateTest(act, s.test);
  if (test.deps.some((token) => token >= frame.mark && act.io.has(token))) frame.facts.exitsOnResult = true;
}

export function smallest(size: Size, max: number | undefined): Size {
  if (max === undefined) return size;
  return { ...size, max: size.max === undefined ? max : Math.min(size.max, max) };
}

void unknown;
void constantValue;
